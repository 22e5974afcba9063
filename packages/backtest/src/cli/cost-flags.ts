/** Flags of costs beyond plain rates: fee schedules, slippage and impact models, participation. */
import { readFileSync } from 'node:fs';
import { checkFeeSchedules, type FeeSchedules } from '../ledger/fee-schedule.ts';
import type { ImpactModels } from '../simulator/impact-model.ts';
import type { Costs } from '../simulator/setup.ts';
import type { Flags, Parsed } from './arguments.ts';
import { UsageError } from './usage-error.ts';

export const costFlags: Flags = {
  fees: { type: 'text', value: 'FILE', about: 'fee schedules (JSON): by instrument, venue or *, with tiers, minimum and maximum of an order' },
  'slippage-bps': { type: 'text', value: 'BPS', about: 'slippage of market orders and stops in basis points of price' },
  'slippage-spread': { type: 'text', value: 'SHARE', about: 'the same as a share of the spread: 0.5 or 50%' },
  impact: { type: 'text', value: 'MODEL', about: 'what their size moves the price by: squareRoot:COEFFICIENT:VOLATILITY:VOLUME (of a day: squareRoot:1:0.6%:2e9) or volumeShare:COEFFICIENT' },
  participation: { type: 'text', value: 'SHARE', about: 'largest share of what a row trades or shows that may be taken: 10%; the rest waits (default: no limit)' },
};

/** Costs of the flags that are given; undefined fields were not. */
export function costsOf(command: string, given: Parsed): { readonly [K in 'fees' | 'slippageBasisPoints' | 'slippageSpreadShare' | 'impact']: Costs[K] | undefined } {
  return { fees: feesOf(command, given.text('fees')), slippageBasisPoints: given.number('slippage-bps'), slippageSpreadShare: shareOf(command, given, 'slippage-spread'), impact: impactOf(command, given.text('impact')) };
}

function feesOf(command: string, file: string | undefined): FeeSchedules | undefined {
  if (file === undefined) return undefined;
  try {
    const schedules = JSON.parse(readFileSync(file, 'utf8')) as FeeSchedules;
    checkFeeSchedules(schedules);
    return schedules;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${command}: --fees: ${code === 'ENOENT' ? `there is no file ${file}` : `${file}: ${message}`}`, '--fees');
  }
}

function impactOf(command: string, text: string | undefined): ImpactModels | undefined {
  if (text === undefined) return undefined;
  const [kind, ...parts] = text.split(':'), values = parts.map(shareOfText);
  const fail = (): never => {
    throw new UsageError(`${command}: --impact must be squareRoot:COEFFICIENT:VOLATILITY:VOLUME or volumeShare:COEFFICIENT, was ${text}`, '--impact');
  };
  if (values.some(value => !(value >= 0))) return fail();
  if (kind === 'volumeShare' && values.length === 1) return { '*': { kind, coefficient: values[0] } };
  if (kind !== 'squareRoot' || values.length !== 3 || values[2] === 0) return fail();
  const [coefficient, volatility, volume] = values;
  return { '*': { kind, coefficient, volatility, volume } };
}

export function shareOf(command: string, given: Parsed, flag: string): number | undefined {
  const text = given.text(flag);
  if (text === undefined) return undefined;
  const value = shareOfText(text);
  if (!(value >= 0)) throw new UsageError(`${command}: --${flag} must be a share such as 0.1 or 10%, was ${text}`, `--${flag}`);
  return value;
}

/** A number, or a percentage as a share; NaN for anything else. */
export function shareOfText(text: string): number {
  const isPercent = text.endsWith('%'), digits = isPercent ? text.slice(0, -1) : text;
  return digits.trim() === '' ? NaN : Number(digits) / (isPercent ? 100 : 1);
}

/** Of a value that may be numbers or a file: is it the file? */
export function isFileName(text: string): boolean {
  return !/^[-+.\d][-+.\de%:]*$/i.test(text);
}
