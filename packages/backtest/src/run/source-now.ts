/** The view of a source's rows that a strategy is called with. */
import type { Now, NowKind, Report } from '../strategy/strategy.ts';

/** What the strategy is shown at a row of one source; the arrays are this block's. */
export class SourceNow implements Now {
  readonly kind: NowKind;
  readonly source: string;
  readonly instrument: string;
  row = 0;
  base = 0;
  columns: { [column: string]: any } = {};
  tables: { readonly [table: string]: any } = {};
  offsets: { readonly [table: string]: Int32Array } = {};
  times: BigInt64Array = new BigInt64Array(0);
  report: Report | undefined = undefined;

  constructor(kind: NowKind, source: string, instrument: string) {
    this.kind = kind;
    this.source = source;
    this.instrument = instrument;
  }

  get time(): bigint {
    return this.times[this.row];
  }
}
