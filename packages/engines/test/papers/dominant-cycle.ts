/**
 * Periods that the autocorrelation periodogram (J. F. Ehlers, Cycle Analytics for Traders, 2013, listing 8-3; 10 to 48 rows, 3 rows of averaging) gives of pure sines,
 * with 360 degrees and with the 370 of the listing, as measured apart from this library: means over some hundred rows, within which single rows differ by up to 1.6.
 */
export const periodsOfSines: readonly { readonly sine: number; readonly full360: number; readonly legacy370: number }[] = [
  { sine: 12, full360: 12.24, legacy370: 12.46 }, { sine: 16, full360: 16.13, legacy370: 16.52 }, { sine: 20, full360: 20.32, legacy370: 20.79 },
  { sine: 25, full360: 25.61, legacy370: 26.33 }, { sine: 30, full360: 31.15, legacy370: 32.04 }, { sine: 40, full360: 40.5, legacy370: 41.05 },
];
