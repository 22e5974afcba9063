/**
 * How busy a currency market is through the day: quiet after New York's close, waking with Tokyo, busy in London, busiest while both are open.
 *
 * Mean 1 over 24 hours; straight lines between full hours on New York's clock. The shape follows the hourly counts usual for EURUSD.
 */
const byHour: readonly number[] = [
  // New York's midnight to 23:00
  0.7, 0.8, 1.1, 1.7, 1.7, 1.5, 1.3, 1.3, 1.8, 2.1, 2.1, 1.7, 1.2, 1.0, 0.9, 0.7, 0.5, 0.2, 0.25, 0.5, 0.6, 0.6, 0.6, 0.6,
];
const mean = byHour.reduce((sum, value) => sum + value, 0) / 24;

/** Activity at a second of the day on New York's clock. */
export function activity(second: number): number {
  const hours = second / 3600, hour = Math.floor(hours), rest = hours - hour;
  const from = byHour[((hour % 24) + 24) % 24], to = byHour[(((hour + 1) % 24) + 24) % 24];
  return (from + (to - from) * rest) / mean;
}
