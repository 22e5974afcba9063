/** The call of the strategy that is under way. */
import type { Venue } from './venue.ts';

export class Call {
  readonly venue: Venue;
  /** Instrument of the calling source, -1 is none. */
  instrument = -1;
  /** The source's absolute row, 0 for calls without a source. */
  row = 0;
  /** First row of that instrument for what is decided. */
  notBefore = 0;
  isBar = false;
  isStop = false;
  /** Link groups of this call, and the order that stands for each. */
  groups: Map<number, number> | null = null;
  /** The row whose call they are of: a lane's calls that send nothing but what is denied leave them behind. */
  groupsRow = 0;

  constructor(venue: Venue) {
    this.venue = venue;
  }

  none(): void {
    this.instrument = -1;
    this.row = 0;
    this.notBefore = 0;
    this.isBar = false;
    this.groups = null;
  }

  instrumentOf(id: string | undefined): number {
    if (id === undefined) return this.instrument < 0 ? 0 : this.instrument;
    const { markets } = this.venue;
    for (let k = 0; k < markets.length; k++) if (markets[k].facts.id === id) return k;
    throw new RangeError(`instrument: must be one of ${markets.map(market => market.facts.id).join(', ')}, was ${id}`);
  }
}
