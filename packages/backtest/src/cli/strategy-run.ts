/** A strategy, its data and its options from the flags that `backtest`, `lookahead` and `parity` share. */
import { parseInterval } from '@zanzibar/core';
import { loadMarkets, type LoadedMarket } from '../data/load-market.ts';
import { prepareRun, type PreparedRun, type RunSettings } from '../run/prepare.ts';
import type { SimulationOptions, Sizing } from '../simulator/setup.ts';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import { parseParameter } from '../strategy/parameters.ts';
import type { ParameterValue } from '../strategy/strategy.ts';
import { parsedFrom, parseFlags, type Flags, type Parsed } from './arguments.ts';
import { dataFlags, loadOptions } from './data-flags.ts';
import { loadStrategy } from './load-strategy.ts';
import { readRunFile } from './run-file.ts';
import { UsageError } from './usage-error.ts';

export const runFlags: Flags = {
  ...dataFlags,
  set: { type: 'list', value: 'NAME=VALUE', about: 'a parameter of the strategy' },
  cash: { type: 'text', value: 'MONEY', about: 'at the start (default 100000)' },
  currency: { type: 'text', value: 'NAME', about: 'of the account (default USD)' },
  'fee-unit': { type: 'text', value: 'MONEY', about: 'fee per unit of quantity' },
  'fee-bps': { type: 'text', value: 'BPS', about: 'fee in basis points of notional' },
  'maker-bps': { type: 'text', value: 'BPS', about: 'the same for orders that rested' },
  'taker-bps': { type: 'text', value: 'BPS', about: 'the same for orders that took' },
  'half-spread': { type: 'text', value: 'PRICE', about: 'half the modelled spread, where data has trades or bars' },
  slippage: { type: 'text', value: 'TICKS', about: 'of orders that take, against them' },
  latency: { type: 'text', value: 'TIME', about: 'of orders, cancels, replaces: 50ms (default 0)' },
  'report-latency': { type: 'text', value: 'TIME', about: 'of reports to the strategy' },
  size: { type: 'text', value: 'SIZE', about: 'orders without a quantity: 1000 (units), 10% (of equity), or risk:1% (per trade)' },
  'fill-at': { type: 'text', value: 'nextEvent|sameClose', about: 'sameClose fills at the bar that decided, and the report says so' },
  intrabar: { type: 'text', value: 'pessimistic|optimistic', about: 'bars only: what comes first in one bar' },
  'limit-fill': { type: 'text', value: 'through|touch', about: 'trades and bars: when a resting limit fills' },
  quantity: { type: 'text', value: 'unlimited|shown', about: 'fills at most the displayed size' },
  crossed: { type: 'text', value: 'ignore|trade', about: 'what crossed quotes are to orders' },
  'at-end': { type: 'text', value: 'mark|close', about: 'open positions at the end' },
};

export interface StrategyRun {
  readonly file: string;
  readonly strategy: AnyStrategy;
  readonly settings: RunSettings;
  readonly markets: readonly LoadedMarket[];
  readonly given: Parsed;
  prepare(data?: RunSettings['data']): PreparedRun;
}

/** Flags from the line or, where the first word is a YAML file, from there; flags on the line win. */
export async function gatherFlags(command: string, argv: readonly string[], flags: Flags): Promise<{ readonly file: string; readonly given: Parsed; readonly values: { readonly [flag: string]: unknown } }> {
  const given = parseFlags(command, argv, flags), [word] = given.words;
  if (word === undefined) throw new UsageError(`${command}: name a strategy module or a run file`);
  const own = Object.fromEntries(Object.entries(flags).map(([name, { type }]) => [name, type === 'switch' ? given.has(name) || undefined : type === 'list' ? (given.list(name).length > 0 ? given.list(name) : undefined) : given.text(name)]).filter(([, value]) => value !== undefined));
  if (!/\.ya?ml$/.test(word)) return { file: word, given: parsedFrom(command, given.words, own), values: { strategy: word, ...own } };
  const fromFile = await readRunFile(word, flags);
  if (typeof fromFile.strategy !== 'string') throw new UsageError(`${word}: "strategy: FILE" is missing`, 'strategy');
  const set = [...((fromFile.set as string[] | undefined) ?? []), ...((own.set as string[] | undefined) ?? [])], values = { ...fromFile, ...own, ...(set.length > 0 ? { set } : {}) };
  return { file: fromFile.strategy, given: parsedFrom(command, given.words, values), values };
}

export async function strategyRun(command: string, argv: readonly string[], flags: Flags): Promise<StrategyRun> {
  const { file, given } = await gatherFlags(command, argv, flags), strategy = await loadStrategy(file);
  const parameters = parametersOf(command, strategy, given), markets = await loadMarkets(loadOptions(command, given)), load = loadOptions(command, given);
  const settings: RunSettings = {
    data: markets, parameters, options: simulationOptions(command, given),
    ...(load.from === undefined ? {} : { from: load.from }), ...(load.to === undefined ? {} : { to: load.to }),
  };
  return { file, strategy, settings, markets, given, prepare: (data = markets) => prepareRun(strategy, { ...settings, data }) };
}

export function parametersOf(command: string, strategy: AnyStrategy, given: Parsed): { [name: string]: ParameterValue } {
  const values: { [name: string]: ParameterValue } = {};
  for (const pair of given.list('set')) {
    const at = pair.indexOf('='), name = pair.slice(0, at);
    if (at < 1) throw new UsageError(`${command}: --set wants NAME=VALUE, was ${pair}`, '--set');
    if (!Object.hasOwn(strategy.parameters, name)) throw new UsageError(`${command}: ${strategy.name} has no parameter "${name}", it has ${Object.keys(strategy.parameters).join(', ') || 'none'}`, '--set');
    values[name] = parseParameter(`${strategy.name}: ${name}`, strategy.parameters[name], pair.slice(at + 1));
  }
  return values;
}

/** Simulation options of the flags that are given. */
export function simulationOptions(command: string, given: Parsed): SimulationOptions {
  const numbers = { cash: given.number('cash') }, costs = {
    perUnit: given.number('fee-unit'), basisPoints: given.number('fee-bps'), makerBasisPoints: given.number('maker-bps'), takerBasisPoints: given.number('taker-bps'),
    halfSpread: given.number('half-spread'), slippage: given.number('slippage'),
  };
  const latency = given.text('latency'), report = given.text('report-latency'), nanoseconds = latency === undefined ? undefined : parseInterval(latency);
  const words = { currency: given.text('currency'), fillAt: word(command, given, 'fill-at', ['nextEvent', 'sameClose']), intrabar: word(command, given, 'intrabar', ['pessimistic', 'optimistic']), limitFill: word(command, given, 'limit-fill', ['through', 'touch']), quantity: word(command, given, 'quantity', ['unlimited', 'shown']), crossed: word(command, given, 'crossed', ['ignore', 'trade']), atEnd: word(command, given, 'at-end', ['mark', 'close']) };
  const sizing = sizingOf(command, given.text('size'));
  return stated({
    ...numbers, ...words, costs: stated(costs), sizing,
    latency: stated({ submit: nanoseconds, cancel: nanoseconds, replace: nanoseconds, report: report === undefined ? undefined : parseInterval(report) }),
  }) as SimulationOptions;
}

function stated<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0))) as Partial<T>;
}

function word(command: string, given: Parsed, flag: string, allowed: readonly string[]): string | undefined {
  const value = given.text(flag);
  if (value !== undefined && !allowed.includes(value)) throw new UsageError(`${command}: --${flag} must be ${allowed.join(' or ')}, was ${value}`, `--${flag}`);
  return value;
}

function sizingOf(command: string, text: string | undefined): Sizing | undefined {
  if (text === undefined) return undefined;
  const match = /^(risk:)?(\d+(?:\.\d+)?)(%)?$/.exec(text);
  if (!match || (match[1] && !match[3])) throw new UsageError(`${command}: --size must be 1000, 10% or risk:1%, was ${text}`, '--size');
  const value = Number(match[2]);
  if (!match[3]) return { kind: 'units', units: value };
  return { kind: match[1] ? 'riskPerTrade' : 'percentOfEquity', fraction: value / 100 };
}

/** Help of a command about a strategy: the strategy's own parameters are listed where its file is named. */
export async function strategyHelp(base: string, argv: readonly string[]): Promise<string> {
  const file = argv.find(word => !word.startsWith('-') && /\.[cm]?[jt]s$/.test(word));
  if (file === undefined) return base;
  const { name, parameters } = await loadStrategy(file), lines = Object.entries(parameters).map(([parameter, declared]) => `  --set ${parameter}=${declared.default}  ${describe(declared)}`);
  return `${base}\nparameters of ${name}:\n${lines.join('\n') || '  none'}\n`;
}

function describe(parameter: AnyStrategy['parameters'][string]): string {
  if (parameter.type === 'choice') return `one of ${parameter.choices.join(', ')}`;
  return parameter.type === 'flag' ? 'true or false' : `${parameter.type} in [${parameter.minimum}, ${parameter.maximum}]`;
}

