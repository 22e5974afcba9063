import { defineEngine, positiveInteger, positiveNumber, type Engine } from '@zanzibar/core';

/**
 * Analysis packet: the seven inputs of the published design, each as a score of 0 to 1 out of columns of other engines, with a direction where the evidence has one.
 * What no engine gives yet is NaN, never 0: nothing known is not the same as nothing there.
 *
 * Definition  clip(x) holds x within 0 to 1. iceberg = clip(icebergStrength / 10). absorption = clip(|absorptionSigned|), direction its sign. orderFlow = clip(|heat - 50| / 50),
 *             direction the sign of delta. liquidity = clip(1 - |liquidityDistance| / liquidityReach), the distance to the nearest resting liquidity in average true ranges,
 *             direction its sign (above is up). gann = clip(gannConfluence / gannFamilies). astro = clip(astroConfidence), halved outside a reversal window where
 *             that column is wired. cycle = clip(cycleHits / cyclePeriods). A column that is not wired gives NaN.
 *             Of these: qmo = mean of orderFlow and liquidity, imo = mean of iceberg and absorption, over those known (the literal, unsigned pillars of
 *             `fivePillarScore`); qmoSigned and imoSigned the same with score times direction, gannSigned gann times gannDirection (pillars of
 *             `signedPillarScore`); iceberg goes with the direction of absorption, and has no signed score without one
 *             Where they come from: gannConfluence `gannConfluence/confluence`, gannDirection `gannAngles/direction`, astroConfidence and reversalWindow of
 *             `planetaryOutlook`, cycleHits `barCycles/hits`, heat and delta `delta/heat` and `delta/delta`, absorptionSigned `absorptionShare/absorptionSigned`,
 *             liquidityDistance `restingLiquidity/liquidityDistance`; icebergStrength (0 to 10) of no engine yet: it needs order-by-order data
 * Units       as stated for each; 0 to 1, -1 to 1 for the signed ones     Warm-up  0 rows     Lag  0
 * NaN         of an input: of the score; of one of two in a mean: the other alone
 * Source      Quantam-imo/quantum-market-observer, DATABENTO_DATA_FLOW.md, sections 2 and 3, which names the inputs and leaves their formulas open; these are ours
 * Oracle      reference packages/engines/test/reference/analysis-packet.ts
 * Example     heat 10, delta -5, nothing else: orderFlow .8, qmo .8, qmoSigned -.8, all other scores NaN
 */
export interface AnalysisPacketOptions {
  /** Distance in average true ranges at which liquidity no longer counts. @defaultValue 3 */
  liquidityReach: number;
  /** Families that make a full score; there are five. @defaultValue 3 */
  gannFamilies: number;
  /** Cycles hit in one row that make a full score. @defaultValue 1 */
  cyclePeriods: number;
}

type Inputs = {
  readonly icebergStrength: 'f64'; readonly absorptionSigned: 'f64'; readonly heat: 'f64'; readonly delta: 'f64'; readonly liquidityDistance: 'f64'; readonly gannConfluence: 'i32';
  readonly gannDirection: 'i8'; readonly astroConfidence: 'f64'; readonly reversalWindow: 'i8'; readonly cycleHits: 'i32';
};
type Scores = {
  readonly iceberg: 'f64'; readonly absorption: 'f64'; readonly orderFlow: 'f64'; readonly liquidity: 'f64'; readonly gann: 'f64'; readonly astro: 'f64'; readonly cycle: 'f64';
  readonly qmo: 'f64'; readonly imo: 'f64'; readonly qmoSigned: 'f64'; readonly imoSigned: 'f64'; readonly gannSigned: 'f64';
};

export const analysisPacket: Engine<AnalysisPacketOptions, {}, Scores, {}, {}, Inputs> = /* @__PURE__ */ defineEngine({
  name: 'analysisPacket',
  version: 2,
  input: {},
  optional: {
    icebergStrength: 'f64', absorptionSigned: 'f64', heat: 'f64', delta: 'f64', liquidityDistance: 'f64', gannConfluence: 'i32', gannDirection: 'i8', astroConfidence: 'f64',
    reversalWindow: 'i8', cycleHits: 'i32',
  },
  aligned: {
    iceberg: 'f64', absorption: 'f64', orderFlow: 'f64', liquidity: 'f64', gann: 'f64', astro: 'f64', cycle: 'f64', qmo: 'f64', imo: 'f64', qmoSigned: 'f64', imoSigned: 'f64', gannSigned: 'f64',
  },
  sparse: ['iceberg', 'absorption', 'orderFlow', 'liquidity', 'gann', 'astro', 'cycle', 'qmo', 'imo', 'qmoSigned', 'imoSigned', 'gannSigned'],
  defaults: { liquidityReach: 3, gannFamilies: 3, cyclePeriods: 1 },
  check({ liquidityReach, gannFamilies, cyclePeriods }) {
    positiveNumber('analysisPacket: liquidityReach', liquidityReach);
    positiveInteger('analysisPacket: gannFamilies', gannFamilies);
    positiveInteger('analysisPacket: cyclePeriods', cyclePeriods);
  },
  units: {
    iceberg: 'ratio', absorption: 'ratio', orderFlow: 'ratio', liquidity: 'ratio', gann: 'ratio', astro: 'ratio', cycle: 'ratio', qmo: 'ratio', imo: 'ratio',
    qmoSigned: 'signed', imoSigned: 'signed', gannSigned: 'signed',
  },
  mirror: 'exact',
  scale: 'exact',
  init: () => ({}),

  advance(_state, input, output, from, to, { liquidityReach, gannFamilies, cyclePeriods }) {
    const { icebergStrength, absorptionSigned, heat, delta, liquidityDistance, gannConfluence, gannDirection, astroConfidence, reversalWindow, cycleHits } = input;
    for (let i = from; i < to; i++) {
      const side = at(absorptionSigned, i), flow = at(delta, i), distance = at(liquidityDistance, i);
      const iceberg = clip(at(icebergStrength, i) / 10), absorption = clip(Math.abs(side)), orderFlow = clip(Math.abs(at(heat, i) - 50) / 50), liquidity = clip(1 - Math.abs(distance) / liquidityReach);
      const gann = clip(at(gannConfluence, i) / gannFamilies), window = at(reversalWindow, i);
      output.iceberg[i] = iceberg;
      output.absorption[i] = absorption;
      output.orderFlow[i] = orderFlow;
      output.liquidity[i] = liquidity;
      output.gann[i] = gann;
      output.astro[i] = clip(at(astroConfidence, i)) * (window === 0 ? 0.5 : 1);
      output.cycle[i] = clip(at(cycleHits, i) / cyclePeriods);
      output.qmo[i] = meanOf(orderFlow, liquidity);
      output.imo[i] = meanOf(iceberg, absorption);
      output.qmoSigned[i] = meanOf(orderFlow * Math.sign(flow), liquidity * Math.sign(distance)) + 0;
      output.imoSigned[i] = meanOf(iceberg * Math.sign(side), absorption * Math.sign(side)) + 0;
      output.gannSigned[i] = gann * Math.sign(at(gannDirection, i)) + 0;
    }
  },
});

function at(column: Float64Array | Int32Array | Int8Array | undefined, row: number): number {
  return column === undefined ? NaN : column[row];
}

function clip(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** Of those that are numbers. */
function meanOf(a: number, b: number): number {
  return a !== a ? b : b !== b ? a : (a + b) / 2;
}
