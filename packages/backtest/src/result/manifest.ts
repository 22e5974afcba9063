/** Everything that a result depends on, in plain JSON: who wants the same bits again reads it here. */
import type { ParameterValue } from '../strategy/strategy.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The facts of an instrument as they were in force. */
export interface ManifestInstrument {
  readonly id: string;
  /** Null: no grid. */
  readonly tick: number | null;
  readonly quantityStep: number | null;
  readonly multiplier: number;
  readonly currency: string;
  readonly market: 'quotes' | 'trades' | 'bars';
}

export interface Manifest {
  readonly strategy: string;
  readonly strategyVersion: string;
  /** SHA-256 of the module and its relative imports, empty for a strategy without a file. */
  readonly sourceHash: string;
  /** Digest of the list of (kind, instrument, day, digest), `from` and `to`. */
  readonly dataHash: string;
  /** Start, inclusive, ISO 8601 in UTC. */
  readonly from: string;
  /** End, exclusive for decisions. */
  readonly to: string;
  readonly seed: number;
  readonly parameters: { readonly [name: string]: ParameterValue };
  /** What changes results: costs, latency, sizing, fill rules, quality policy. */
  readonly options: { readonly [name: string]: Json };
  readonly instruments: readonly ManifestInstrument[];
  readonly currency: string;
  /** Account currency at the start. */
  readonly cash: number;
  /** Versions by package name. */
  readonly packages: { readonly [name: string]: string };
  /** Versions by engine name. */
  readonly engines: { readonly [name: string]: string };
  readonly node: string;
  /** Version of the zone rules behind calendars. */
  readonly zoneData: string;
  /** What was counted on the way: ambiguous bars, refused rows, legs through on arrival ... */
  readonly counters: { readonly [name: string]: number };
}
