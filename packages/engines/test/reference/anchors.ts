/** Anchors from their definition; periods by the clocks of the running machine's Intl. Shares no code with the engines. */
import { periodKey } from './periods.ts';

/** Rows whose period is not that of the row before. */
export function referencePeriodStarts(period: string, openTime: readonly bigint[]): number[] {
  return openTime.map((time, row) => (row > 0 && periodKey(period, time) !== periodKey(period, openTime[row - 1]) ? 1 : 0));
}

/** Rows with which an event of a kind, of one direction or of both, is known. */
export function referenceEventStarts(rows: number, events: readonly { readonly kind: string; readonly direction: number; readonly knownRow: number }[], kind: string, direction: number): number[] {
  return Array.from({ length: rows }, (_, row) => (events.some(event => event.knownRow === row && event.kind === kind && direction * event.direction >= 0) ? 1 : 0));
}
