import { appendEvent, defineEngine, eventCode, eventSchema, positiveInteger, type Engine, type F64 } from '@zanzibar/core';
import { endZones, followZones, newZones, openZone } from './zones.ts';

/**
 * Breaker and mitigation blocks: violated order blocks, used from the other side.
 *
 * Definition  A violated order block turns its direction: a `breakerBlock` if its move had taken the liquidity beyond the swing before (a breakOfStructure in
 *             its direction made it or came before the violation), a `mitigationBlock` if it had failed to (only a changeOfCharacter: lower high or higher
 *             low). From the next bar on: `touched` at the near edge, the retest; `midTouched`; `violated` when a close is beyond the far edge, which ends it;
 *             `expired` after `maximumAge` bars or when `cap` newer ones came, `segmentEnd` at a cut. Within a bar blocks go by age, the new one comes last
 * Units       price in; direction is that of the turned zone, levels its edges, lower first, ref the id of the orderBlock
 * Warm-up     that of the swings     Lag  0: knownRow and originRow are the bar that violates
 * NaN         such a bar touches and violates nothing
 * Source      inner-circle trading practice, no primary source
 * Oracle      reference packages/engines/test/reference/blocks-by-scan.ts
 * Oracle      reference packages/engines/test/reference/drawn-structures.ts
 * Oracle      reference packages/engines/test/reference/zone-lives.ts
 * Example     an order block up, 1 to 2, violated by a close of 0.5 at row 9, with value 1: breakerBlock, direction -1, levels 1 and 2, knownRow 9
 */
export interface BreakerBlocksOptions {
  /** Bars for which a block is followed. @defaultValue 1000 */
  maximumAge: number;
  /** Newest blocks that are followed. @defaultValue 32 */
  cap: number;
}

const blockColumns = { kind: 'i16', direction: 'i8', ref: 'f64', level0: 'f64', level1: 'f64', value: 'f64' } as const;

export const breakerBlocks: Engine<
  BreakerBlocksOptions, F64<'high' | 'low' | 'close'>, {}, { events: typeof eventSchema }, { blocks: typeof blockColumns }
> = /* @__PURE__ */ defineEngine({
  name: 'breakerBlocks',
  version: 2,
  input: { high: 'f64', low: 'f64', close: 'f64' },
  reads: { blocks: blockColumns },
  appended: { events: eventSchema },
  kinds: ['breakerBlock', 'mitigationBlock', 'touched', 'midTouched', 'violated', 'expired', 'segmentEnd'],
  refersTo: { events: 'blocks' },
  defaults: { maximumAge: 1000, cap: 32 },
  check({ maximumAge, cap }) {
    positiveInteger('breakerBlocks: maximumAge', maximumAge);
    positiveInteger('breakerBlocks: cap', cap);
  },
  lag: () => 0,
  mirror: 'exact',
  scale: 'exact',
  init: ({ cap }) => newZones(cap),

  advance(state, { base, high, low, close, tables, offsets }, { events }, from, to, { maximumAge }) {
    const { blocks } = tables, start = offsets.blocks;
    for (let i = from; i < to; i++) {
      const row = base + i, c = close[i], sum = high[i] + low[i] + c, isBar = sum === sum, h = isBar ? high[i] : NaN, l = isBar ? low[i] : NaN;
      if (l <= state.below || h >= state.above || row > state.due) followZones(events, state, h, l, c, c, row);
      for (let k = start[i]; k < start[i + 1]; k++) {
        if (blocks.kind[k] !== eventCode.violated) continue;
        const direction = 0 - blocks.direction[k], lower = blocks.level0[k], upper = blocks.level1[k], kind = blocks.value[k] === 1 ? eventCode.breakerBlock : eventCode.mitigationBlock;
        const z = openZone(events, state, direction, lower, upper, row, maximumAge);
        state.id[z] = blocks.ref[k];
        appendEvent(events, kind, direction, row, row, blocks.ref[k], lower, upper, NaN);
      }
    }
  },

  end(state, { base }, { events }, row) {
    endZones(events, state, base + row);
  },
});
