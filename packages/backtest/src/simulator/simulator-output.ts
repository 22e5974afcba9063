/** What a simulator hands out: its tables as they stand, and what it counted. */
import type { GrowingTable } from '@zanzibar/core';
import type { Conservation } from '../ledger/conservation.ts';
import type { RecordedSeries } from './output.ts';

export interface SimulatorOutput {
  readonly orders: GrowingTable;
  readonly executions: GrowingTable;
  readonly fills: GrowingTable;
  readonly roundTrips: GrowingTable;
  readonly equity: GrowingTable;
  /** Positions open at present. */
  readonly positions: GrowingTable;
  /** By name, what the strategy gave to `record`. */
  readonly recorded: { readonly [name: string]: RecordedSeries };
  /** What it gave to `mark`. */
  readonly marks: RecordedSeries;
  readonly counters: { readonly ambiguousBars: number; readonly resolvedBars?: number; readonly throughOnArrival: number; readonly orders: number; readonly fills: number; readonly executions: number };
  readonly warnings: readonly string[];
  /** What each of them is about, in their order. */
  readonly warningCodes: readonly string[];
  readonly startCash: number;
  readonly cash: number;
  readonly equityNow: number;
  /** Cash and positions against start, profit and costs, recomputed from the fills. */
  readonly conservation: Conservation;
}
