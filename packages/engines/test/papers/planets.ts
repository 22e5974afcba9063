/** Where and when the Sun, the Moon and the planets are, as published by observatories, as data. */

/** US Naval Observatory: instants of moon phases in UTC to the minute, 0 new, 1 first quarter, 2 full, 3 last quarter. */
export const moonQuarters: readonly (readonly [quarter: number, time: string])[] = [
  [0, '2024-01-11T11:57:00Z'], [0, '2024-02-09T22:59:00Z'], [0, '2024-03-10T09:00:00Z'], [0, '2024-04-08T18:21:00Z'], [0, '2024-05-08T03:22:00Z'],
  [3, '2100-01-03T13:05:00Z'], [0, '2100-01-10T12:57:00Z'], [1, '2100-01-18T12:35:00Z'], [2, '2100-01-26T02:51:00Z'], [3, '2100-02-01T21:17:00Z'], [0, '2100-02-09T04:56:00Z'],
  [1, '2100-02-17T09:23:00Z'], [2, '2100-02-24T14:53:00Z'], [3, '2100-03-03T06:12:00Z'], [0, '2100-03-10T22:30:00Z'], [1, '2100-03-19T03:00:00Z'], [2, '2100-03-26T01:06:00Z'],
];

/** US Naval Observatory: equinoxes and solstices of 2024 in UTC, at 0, 90, 180 and 270 degrees of the Sun. */
export const seasons: readonly (readonly [degrees: number, time: string])[] = [
  [0, '2024-03-20T03:06:00Z'], [90, '2024-06-20T20:51:00Z'], [180, '2024-09-22T12:44:00Z'], [270, '2024-12-21T09:21:00Z'],
];

/** JPL Horizons: astrometric right ascension and declination of Mercury at 00:00 UTC, degrees of the equator of J2000. */
export const mercury: readonly (readonly [date: string, rightAscension: number, declination: number])[] = [
  ['2023-12-02', 270.15037, -25.81558], ['2023-12-12', 278.79846, -24.29315], ['2023-12-22', 271.51157, -21.50658], ['2024-01-01', 261.43577, -20.13324],
  ['2024-01-21', 278.62022, -22.87271], ['2024-02-20', 326.86378, -15.56905], ['2024-03-21', 16.27812, 8.72221], ['2024-03-31', 23.55198, 13.24822],
  ['2024-04-10', 20.88644, 11.61124], ['2024-04-20', 15.55478, 6.7199], ['2024-04-30', 16.00064, 4.44656], ['2024-06-19', 93.49782, 24.88959],
  ['2024-08-08', 153.79247, 6.27065], ['2024-08-18', 147.78335, 8.08471], ['2024-10-07', 197.28551, -6.58636], ['2024-11-26', 261.54212, -24.83899],
];

/** Days on which Mercury turned in 2024 (published calendars, UTC): retrograde, direct, ... */
export const mercuryStations: readonly string[] = ['2024-01-02', '2024-04-01', '2024-04-25', '2024-08-05', '2024-08-28', '2024-11-26', '2024-12-15'];

/** The conjunction of Jupiter and Saturn in geocentric ecliptic longitude: 2020-12-21, 18:20 UTC (US Naval Observatory and others, to some minutes). */
export const greatConjunction = '2020-12-21T18:20:00Z';
