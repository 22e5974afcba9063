/** Quality of bars that come as bars: wrong units, impossible highs and lows. */
import { defineEngine } from '../engine/define-engine.ts';
import type { Engine } from '../engine/engine.ts';
import { positiveNumber } from '../errors.ts';
import { findingSchema } from '../schemas.ts';
import { actionCodes, qualityActions, ruleCode, writeFinding, type QualityPolicy } from './rules.ts';

export interface CleanBarsOptions {
  /** What is done about a bar that breaks a rule: notANumber, price and jump keep or fail, unit and enclosed repair too. @defaultValue every rule: 'keep' */
  readonly policy: QualityPolicy;
  /** How many times too large or too small a price in another unit is: pence for pounds. @defaultValue 100 */
  readonly factor: number;
  /** A close before the first bar, in the right unit; NaN takes the first bar as it is. @defaultValue NaN */
  readonly reference: number;
  /** Part of the last good close beyond which an open or close is a jump. @defaultValue Infinity, none */
  readonly jump: number;
}

const repairAction = qualityActions.indexOf('repair');
const prices = ['open', 'high', 'low', 'close'] as const;
const barRules = ['notANumber', 'price', 'jump', 'unit', 'enclosed'] as const;

/**
 * Quality of bars: finds, and repairs on demand, prices in another unit and highs and lows that cannot be; every bar passes, none is taken out.
 *
 * Definition  for each of the four prices p and the last good close c: `unit` where p / c is within a factor of 2 of `factor` or 1 / `factor`; the repair divides or
 *             multiplies by it. `enclosed` where, after that, the high is below another price or the low above one; the repair takes their highest and lowest, and a
 *             bar whose unit was repaired is enclosed too. `jump` where the open or close is off c by more than `jump`. The last good close is that of the last
 *             bar with a positive close in the right unit, as passed on; first it is `reference`. Repairs use earlier bars only: a split or dividend that came too
 *             early or late in the adjustment of a history changes bars before it, which no bar can know; such histories are found by `jump` and left as they are
 * Units       as the input's; flag 0 original, 1 repaired     Lag  0
 * NaN         passes, as a finding `notANumber`     Errors  RangeError for options, DataError with the row by policy
 * Source      none: our own rules; repairs the wrong units that yfinance repairs (its tests 100x-error and bad-unit)
 * Oracle      shared bar-repair/AET-L-1d-100x-error.csv.gz
 * Example     closes 60, 0.6, 61 with the policy unit repair  ->  60, 60, 61, flag 0, 1, 0; one finding: row 1, rule unit, value 0.01
 */
export const cleanBars: Engine<
  CleanBarsOptions,
  { open: 'f64'; high: 'f64'; low: 'f64'; close: 'f64' },
  { open: 'f64'; high: 'f64'; low: 'f64'; close: 'f64'; flag: 'i8' },
  { findings: typeof findingSchema },
  {},
  { closeTime: 'i64' }
> = /* @__PURE__ */ defineEngine({
  name: 'cleanBars',
  input: { open: 'f64', high: 'f64', low: 'f64', close: 'f64' },
  optional: { closeTime: 'i64' },
  aligned: { open: 'f64', high: 'f64', low: 'f64', close: 'f64', flag: 'i8' },
  sparse: ['open', 'high', 'low', 'close', 'flag'],
  appended: { findings: findingSchema },
  defaults: { policy: {}, factor: 100, reference: NaN, jump: Infinity } as CleanBarsOptions,
  check({ policy, factor, reference, jump }) {
    actionCodes(policy);
    for (const name in policy) {
      if (!barRules.includes(name as 'unit')) throw new RangeError(`cleanBars: it looks at ${barRules.join(', ')}, not at ${name}`);
      const action = policy[name as 'unit'];
      if (action === 'drop' || (action === 'repair' && name !== 'unit' && name !== 'enclosed'))
        throw new RangeError(`cleanBars: the policy for ${name} must be one of keep, fail${name === 'unit' || name === 'enclosed' ? ', repair' : ''}, was ${action}`);
    }
    if (!(factor > 4)) throw new RangeError(`cleanBars: factor must be above 4, was ${factor}`);
    if (reference === reference) positiveNumber('cleanBars: reference', reference);
    if (!(jump > 0)) throw new RangeError(`cleanBars: jump must be above 0, was ${jump}`);
  },
  mirror: { none: 'a unit is a ratio, and prices turned over have others' },
  scale: { none: 'reference is a price of the user, and repairs round where scaled prices round otherwise' },
  init: ({ policy, reference }) => ({ good: reference, actions: actionCodes(policy) }),

  advance(state, input, output, from, to, options) {
    const { findings, flag } = output,
      { actions } = state,
      { factor } = options,
      { base, closeTime } = input;
    let { good } = state;
    for (let i = from; i < to; i++) {
      const time = closeTime === undefined ? 0n : closeTime[i];
      let isRepaired = false,
        isOtherUnit = false,
        isNumber = true,
        isPositive = true;
      for (const name of prices) {
        const raw = input[name][i],
          ratio = raw / good,
          power = ratio > factor / 2 && ratio < factor * 2 ? 1 : ratio > 0.5 / factor && ratio < 2 / factor ? -1 : 0;
        let price = raw;
        if (power !== 0) {
          isOtherUnit = actions[ruleCode.unit] !== repairAction;
          if (!isOtherUnit) {
            price = power > 0 ? raw / factor : raw * factor;
            isRepaired = true;
          }
          writeFinding(findings, base + i, time, ruleCode.unit, ratio, actions[ruleCode.unit]);
        }
        if (!Number.isFinite(raw)) isNumber = false;
        else if (raw <= 0) isPositive = false;
        output[name][i] = price;
      }
      const open = output.open[i],
        close = output.close[i],
        high = Math.max(open, output.high[i], output.low[i], close),
        low = Math.min(open, output.high[i], output.low[i], close),
        short = Math.max(high - output.high[i], output.low[i] - low);
      if (!isNumber) writeFinding(findings, base + i, time, ruleCode.notANumber, 1, actions[ruleCode.notANumber]);
      if (!isPositive) writeFinding(findings, base + i, time, ruleCode.price, low, actions[ruleCode.price]);
      if (short > 0) {
        const isEnclosing = actions[ruleCode.enclosed] === repairAction || isRepaired;
        writeFinding(findings, base + i, time, ruleCode.enclosed, short, isEnclosing ? repairAction : actions[ruleCode.enclosed]);
        if (isEnclosing) {
          output.high[i] = high;
          output.low[i] = low;
          isRepaired = true;
        }
      }
      const move = Math.abs(open - good) > Math.abs(close - good) ? (open - good) / good : (close - good) / good;
      if (Math.abs(move) > options.jump) writeFinding(findings, base + i, time, ruleCode.jump, move, actions[ruleCode.jump]);
      flag[i] = isRepaired ? 1 : 0;
      if (close > 0 && close < Infinity && !isOtherUnit) good = close;
    }
    state.good = good;
  },
});
