import { appendEvent, defineEngine, eventCode, eventSchema, logarithm, type Engine, type F64 } from '@zanzibar/core';
import type { GaussianHiddenMarkov } from './fit-gaussian-hidden-markov.ts';
import { stateDensities } from './hidden-markov-passes.ts';

/**
 * Hidden Markov regime: the likeliest state of a fitted Gaussian hidden Markov model, given the values up to this row and none after it.
 *
 * Definition  filtered probabilities f[0] ~ start * b(x), f[i] ~ (f[i - 1] P) b(x), b the normal densities of the states, scaled to sum 1. `state` counts from 1
 *             (0: none), ordered by deviation where `fitGaussianHiddenMarkov` made the model; `probability` is its f; `surprise` -log of the density that the
 *             model gave x before it came. Table `probabilities`: f of every state. Event `regimeChanged` where the state changes: value the new one, direction 0.
 *             Smoothed probabilities and Viterbi's path know later rows and are not offered
 * Units       value in the unit of the model; a count, a probability, natural logarithms out     Warm-up  0 rows     Lag  0
 * NaN         such a row has state 0 and NaN; the probabilities move on by P alone
 * Source      J. D. Hamilton, A new approach to the economic analysis of nonstationary time series and the business cycle, Econometrica 57 (1989) 357-384
 * Oracle      program oracles/regime/expected.json
 * Oracle      paper packages/engines/test/papers/regime.ts
 * Example     two states that never change, start 1/2 1/2, means 0 and 10, deviations 1: value 0 gives state 1 with probability 1
 */
export interface HiddenMarkovRegimeOptions {
  /** What `fitGaussianHiddenMarkov` gave: without one it throws. A driver refuses rows at or before its `fittedThrough`. */
  model: GaussianHiddenMarkov | null;
}

export const stateProbabilitySchema = { row: 'f64', state: 'i32', probability: 'f64' } as const;

export const hiddenMarkovRegime: Engine<
  HiddenMarkovRegimeOptions, F64<'value'>, { readonly state: 'i8'; readonly probability: 'f64'; readonly surprise: 'f64' },
  { events: typeof eventSchema; probabilities: typeof stateProbabilitySchema }
> = /* @__PURE__ */ defineEngine({
  name: 'hiddenMarkovRegime',
  input: { value: 'f64' },
  aligned: { state: 'i8', probability: 'f64', surprise: 'f64' },
  appended: { events: eventSchema, probabilities: stateProbabilitySchema },
  kinds: ['regimeChanged'],
  defaults: { model: null } as HiddenMarkovRegimeOptions,
  check({ model }) {
    if (model !== null) checkModel(model);
  },
  warmup: () => 0,
  lag: () => 0,
  units: { state: 'count', probability: 'ratio', surprise: 'ratio', value: 'count' },
  mirror: { none: 'a model belongs to the market that it was fitted on' },
  scale: { none: 'a model belongs to the price unit that it was fitted in' },
  init({ model }) {
    if (model === null) throw new TypeError('hiddenMarkovRegime: model is missing, fitGaussianHiddenMarkov makes one');
    const states = model.means.length;
    return { isFirst: 1, last: 0, filtered: model.start.slice(), predicted: new Float64Array(states), densities: new Float64Array(states) };
  },

  advance(memory, { base, value }, { state, probability, surprise, events, probabilities }, from, to, { model }) {
    const { filtered, predicted, densities } = memory, { transition, means } = model!, states = means.length;
    for (let i = from; i < to; i++) {
      for (let k = 0; k < states; k++) {
        predicted[k] = memory.isFirst === 1 ? filtered[k] : 0;
        if (memory.isFirst === 0) for (let j = 0; j < states; j++) predicted[k] += filtered[j] * transition[j * states + k];
      }
      memory.isFirst = 0;
      state[i] = 0;
      probability[i] = surprise[i] = NaN;
      if (value[i] !== value[i]) {
        filtered.set(predicted);
        continue;
      }
      const largest = stateDensities(value[i], model!, densities, 0);
      let sum = 0, likeliest = 0;
      for (let k = 0; k < states; k++) sum += filtered[k] = predicted[k] * densities[k];
      for (let k = 0; k < states; k++) {
        filtered[k] /= sum;
        if (filtered[k] > filtered[likeliest]) likeliest = k;
        const at = probabilities.append();
        probabilities.row[at] = base + i;
        probabilities.state[at] = k + 1;
        probabilities.probability[at] = filtered[k];
      }
      state[i] = likeliest + 1;
      probability[i] = filtered[likeliest];
      surprise[i] = -(logarithm(sum) + largest);
      if (memory.last !== 0 && memory.last !== likeliest + 1) appendEvent(events, eventCode.regimeChanged, 0, base + i, base + i, NaN, NaN, NaN, likeliest + 1);
      memory.last = likeliest + 1;
    }
  },
});

function checkModel({ start, transition, means, deviations }: GaussianHiddenMarkov): void {
  const states = means.length, isWhole = states > 0 && start.length === states && transition.length === states * states && deviations.length === states;
  if (!isWhole) throw new RangeError(`hiddenMarkovRegime: model of ${states} means has ${start.length} start probabilities, ${transition.length} transitions and ${deviations.length} deviations`);
  for (const deviation of deviations) if (!(deviation > 0)) throw new RangeError(`hiddenMarkovRegime: model has a deviation of ${deviation}, all must be positive`);
}
