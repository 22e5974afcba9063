import { defineEngine, type Engine, type F64 } from '@zanzibar/core';
import { calibrated, type Calibration } from './calibration.ts';

/**
 * Calibrated probability: what a fitted calibration says of each row's score.
 *
 * Definition  `calibrated` of the score. A driver refuses rows at or before the `fittedThrough` of the calibration: probabilities of the rows that it was learnt from
 *             flatter it
 * Units       the score of the calibration in, 0 to 1 out     Warm-up  0 rows     Lag  0     NaN  of NaN
 * Source      as `fitCalibration`
 * Oracle      program oracles/score/expected.json
 * Example     isotonic of scores 1 2 3 4 and labels 0 1 0 1: score 2.5 gives .5, score 9 gives 1
 */
export interface CalibratedProbabilityOptions {
  /** What `fitCalibration` gave: without one it throws. */
  calibration: Calibration | null;
}

export const calibratedProbability: Engine<CalibratedProbabilityOptions, F64<'score'>, F64<'probability'>> = /* @__PURE__ */ defineEngine({
  name: 'calibratedProbability',
  input: { score: 'f64' },
  aligned: { probability: 'f64' },
  defaults: { calibration: null } as CalibratedProbabilityOptions,
  warmup: () => 0,
  units: { probability: 'ratio' },
  mirror: { none: 'a calibration belongs to the market that it was fitted on' },
  scale: { none: 'a calibration belongs to the unit of its scores' },
  init({ calibration }) {
    if (calibration === null) throw new TypeError('calibratedProbability: calibration is missing, fitCalibration makes one');
    return {};
  },

  advance(_state, { score }, { probability }, from, to, { calibration }) {
    for (let i = from; i < to; i++) probability[i] = calibrated(calibration!, score[i]);
  },
});
