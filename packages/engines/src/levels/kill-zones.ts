/** Sessions of the day, as data. Public pages differ in their hours: these are one set of them, another set is another table. */
export interface SessionRule {
  /** What the session is called. */
  name: string;
  /** Zone on whose clocks it begins and ends: UTC, a distance such as UTC-5, or a name that ships (`zoneNames`). */
  zone: string;
  /** Time of day at which it begins, 09:30. */
  start: string;
  /** Time of day before which its bars open; at or before the start it is on the next day. */
  end: string;
}

const zone = 'America/New_York';

/** Kill zones on the clocks of New York. */
export const killZones: { readonly [N in 'asia' | 'london' | 'nyAm' | 'londonClose' | 'nyPm']: Readonly<SessionRule> } = {
  asia: { name: 'asia', zone, start: '20:00', end: '00:00' },
  london: { name: 'london', zone, start: '02:00', end: '05:00' },
  nyAm: { name: 'nyAm', zone, start: '08:30', end: '11:00' },
  londonClose: { name: 'londonClose', zone, start: '10:00', end: '12:00' },
  nyPm: { name: 'nyPm', zone, start: '13:30', end: '16:00' },
};
