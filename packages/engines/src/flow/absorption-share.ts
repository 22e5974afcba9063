import { defineEngine, eventCode, type Engine, type F64 } from '@zanzibar/core';

const absorptionColumns = { kind: 'i16', direction: 'i8', value: 'f64' } as const;

/**
 * Absorption share: how much of a bar's volume was absorbed, with the sign of the side that was defended.
 *
 * Definition  absorptionSigned = (sum of value of the `absorption` events of direction +1 less that of direction -1 that became known since the bar before) / volume.
 *             A window of absorption can begin before the bar, so a quiet bar may be beyond 1
 * Units       volume in; a share with a sign out     Warm-up  that of absorption     Lag  that of absorption
 * NaN         without volume, or where it is NaN
 * Source      definition ours: a column of what the events say, for `analysisPacket` and features
 * Oracle      reference packages/engines/test/reference/absorption-share.ts
 * Example     volume 100, absorptions of 30 bought into (direction -1) and of 10 sold into (+1): -0.2
 */
export const absorptionShare: Engine<{}, F64<'volume'>, F64<'absorptionSigned'>, {}, { absorptions: typeof absorptionColumns }> = /* @__PURE__ */ defineEngine({
  name: 'absorptionShare',
  input: { volume: 'f64' },
  reads: { absorptions: absorptionColumns },
  aligned: { absorptionSigned: 'f64' },
  sparse: ['absorptionSigned'],
  defaults: {},
  units: { absorptionSigned: 'signed' },
  mirror: 'exact',
  scale: 'exact',
  init: () => ({}),

  advance(_, { volume, tables, offsets }, { absorptionSigned }, from, to) {
    const { kind, direction, value } = tables.absorptions, start = offsets.absorptions;
    for (let i = from; i < to; i++) {
      let signed = 0;
      for (let k = start[i]; k < start[i + 1]; k++) if (kind[k] === eventCode.absorption) signed += direction[k] * value[k];
      absorptionSigned[i] = volume[i] > 0 && volume[i] < Infinity ? signed / volume[i] : NaN;
    }
  },
});
