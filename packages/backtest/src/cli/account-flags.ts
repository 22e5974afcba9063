/** Flags of the account: limits, cooldowns, locks, margin, lots. */
import type { Margin, RiskLimits } from '../simulator/account-options.ts';
import type { SimulationOptions } from '../simulator/setup.ts';
import type { Flags, Parsed } from './arguments.ts';
import { shareOf, shareOfText } from './cost-flags.ts';
import { intervalOf } from './data-flags.ts';
import { UsageError } from './usage-error.ts';

export const accountFlags: Flags = {
  'max-positions': { type: 'text', value: 'COUNT', about: 'instruments with a position at once (default: no limit)' },
  cooldown: { type: 'text', value: 'TIME', about: 'after a position has closed, for which nothing opens in its instrument: 2h (default 0)' },
  'loss-cooldown': { type: 'text', value: 'TIME', about: 'the same after a loss (default 0)' },
  'daily-loss': { type: 'text', value: 'SHARE', about: "of equity at the start of a session whose loss locks the account until the session's end: 2% (default: no lock)" },
  'max-drawdown': { type: 'text', value: 'SHARE', about: 'below the highest equity at which the account is locked for good: 20% (default: no lock)' },
  'on-lock': { type: 'text', value: 'keep|close', about: 'open positions where a lock begins (default keep)' },
  margin: { type: 'text', value: 'SHARE|LEVERAGEx', about: 'of notional that opening needs: 10%, or as leverage: 10x (default: an account without margin, nothing is denied)' },
  maintenance: { type: 'text', value: 'SHARE', about: 'of notional at which all positions are liquidated (default: half of --margin)' },
  'liquidation-bps': { type: 'text', value: 'BPS', about: 'fee of a liquidation on top, in basis points of notional (default 0)' },
  lots: { type: 'text', value: 'average|fifo', about: 'what a fill that reduces a position closes: a share of its average, or its oldest lots (default average)' },
  'sizing-fees': { type: 'text', value: 'apart|included', about: 'whether a share of equity (--size) covers the fee of entering too (default apart)' },
  grid: { type: 'text', value: 'round|refuse', about: 'order prices off the grid: rounded to the passive side, or refused (default round)' },
  'money-unit': { type: 'text', value: 'MONEY', about: 'smallest unit of money; 0 never rounds (default 1e-6 on a grid, 0 without)' },
};

/** Options of the account that are given; undefined fields were not. */
export function accountOf(command: string, given: Parsed): { readonly [K in 'limits' | 'margin' | 'lots' | 'sizingFees' | 'grid' | 'moneyUnit']: SimulationOptions[K] | undefined } {
  return {
    limits: limitsOf(command, given), margin: marginOf(command, given), lots: word(command, given, 'lots', ['average', 'fifo']), sizingFees: word(command, given, 'sizing-fees', ['apart', 'included']),
    grid: word(command, given, 'grid', ['round', 'refuse']), moneyUnit: atLeastZero(command, given, 'money-unit'),
  };
}

function limitsOf(command: string, given: Parsed): RiskLimits | undefined {
  const maximumPositions = given.number('max-positions'), limits = {
    maximumPositions, cooldownAfterExit: intervalOf(command, given, 'cooldown'), cooldownAfterLoss: intervalOf(command, given, 'loss-cooldown'),
    dailyLoss: partOf(command, given, 'daily-loss'), maximumDrawdown: partOf(command, given, 'max-drawdown'), onLock: word(command, given, 'on-lock', ['keep', 'close']),
  };
  if (maximumPositions !== undefined && !(Number.isSafeInteger(maximumPositions) && maximumPositions > 0)) throw new UsageError(`${command}: --max-positions must be a positive integer, was ${maximumPositions}`, '--max-positions');
  if (limits.onLock !== undefined && limits.dailyLoss === undefined && limits.maximumDrawdown === undefined) throw new UsageError(`${command}: --on-lock is about --daily-loss and --max-drawdown, and neither is given`, '--on-lock');
  return Object.values(limits).every(value => value === undefined) ? undefined : onlyStated(limits);
}

function marginOf(command: string, given: Parsed): Margin | undefined {
  const text = given.text('margin'), maintenance = shareOf(command, given, 'maintenance'), liquidationBasisPoints = atLeastZero(command, given, 'liquidation-bps');
  if (text === undefined) {
    for (const flag of ['maintenance', 'liquidation-bps']) if (given.text(flag) !== undefined) throw new UsageError(`${command}: --${flag} needs --margin`, `--${flag}`);
    return undefined;
  }
  const isLeverage = /x$/i.test(text), value = shareOfText(isLeverage ? text.slice(0, -1) : text), initial = isLeverage ? 1 / value : value;
  if (!(initial > 0 && Number.isFinite(initial))) throw new UsageError(`${command}: --margin must be a share such as 10%, or a leverage such as 10x, was ${text}`, '--margin');
  if (maintenance !== undefined && !(maintenance < 1 && maintenance <= initial)) throw new UsageError(`${command}: --maintenance must be below 100% and at most --margin, was ${given.text('maintenance')}`, '--maintenance');
  return onlyStated({ initial, maintenance, liquidationBasisPoints });
}

/** A share below the whole. */
function partOf(command: string, given: Parsed, flag: string): number | undefined {
  const value = shareOf(command, given, flag);
  if (value !== undefined && !(value < 1)) throw new UsageError(`${command}: --${flag} must be below 100%, was ${given.text(flag)}`, `--${flag}`);
  return value;
}

function atLeastZero(command: string, given: Parsed, flag: string): number | undefined {
  const value = given.number(flag);
  if (value !== undefined && value < 0) throw new UsageError(`${command}: --${flag} must be at least 0, was ${value}`, `--${flag}`);
  return value;
}

/** One of several words, or undefined where the flag is not given. */
export function word<W extends string>(command: string, given: Parsed, flag: string, allowed: readonly W[]): W | undefined {
  const value = given.text(flag);
  if (value !== undefined && !(allowed as readonly string[]).includes(value)) throw new UsageError(`${command}: --${flag} must be ${allowed.join(' or ')}, was ${value}`, `--${flag}`);
  return value as W | undefined;
}

function onlyStated<T extends object>(record: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
