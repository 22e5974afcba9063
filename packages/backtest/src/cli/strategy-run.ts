/** A strategy, its data and its options from the flags that `backtest`, `lookahead` and `parity` share. */
import { cleanTicks, qualityRules, type Calendar } from '@zanzibar/core';
import { loadInside } from '../data/load-inside.ts';
import { loadMarkets, streamMarkets, type LoadedMarket, type StreamedMarket } from '../data/load-market.ts';
import { prepareRun, type PreparedRun, type RunSettings } from '../run/prepare.ts';
import { prepareStream, type StreamRun } from '../run/run-stream.ts';
import { intrabarPolicies } from '../simulator/intrabar.ts';
import type { SimulationOptions, Sizing } from '../simulator/setup.ts';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import { historyOf, historyStart } from '../run/history.ts';
import { parseParameter, resolveParameters } from '../strategy/parameters.ts';
import type { ParameterValue } from '../strategy/strategy.ts';
import { accountFlags, accountOf, word } from './account-flags.ts';
import { parsedFrom, parseFlags, type Flags, type Parsed } from './arguments.ts';
import { costFlags, costsOf, shareOf } from './cost-flags.ts';
import { dataFlags, intervalOf, loadOptions } from './data-flags.ts';
import { loadStrategy } from './load-strategy.ts';
import { readRunFile } from './run-file.ts';
import { checkStatedFlags, readStated, statedFlags } from './stated-flags.ts';
import { UsageError } from './usage-error.ts';

const conflicts = ['ignore', 'accumulate', 'reverse', 'exitFirst', 'enterFirst'] as const;

export const runFlags: Flags = {
  ...dataFlags,
  set: { type: 'list', value: 'NAME=VALUE', about: 'a parameter of the strategy' },
  cash: { type: 'text', value: 'MONEY', about: 'at the start (default 100000)' },
  currency: { type: 'text', value: 'NAME', about: 'of the account (default: that of the instruments, else USD)' },
  'fee-unit': { type: 'text', value: 'MONEY', about: 'fee per unit of quantity' },
  'fee-bps': { type: 'text', value: 'BPS', about: 'fee in basis points of notional' },
  'maker-bps': { type: 'text', value: 'BPS', about: 'the same for orders that rested' },
  'taker-bps': { type: 'text', value: 'BPS', about: 'the same for orders that took' },
  'half-spread': { type: 'text', value: 'PRICE', about: 'half the modelled spread, where data has trades or bars' },
  slippage: { type: 'text', value: 'TICKS', about: 'of orders that take, against them' },
  ...costFlags,
  ...accountFlags,
  ...statedFlags,
  latency: { type: 'text', value: 'TIME', about: 'of orders, cancels, replaces: 50ms (default 0)' },
  'report-latency': { type: 'text', value: 'TIME', about: 'of reports to the strategy (default 0)' },
  size: { type: 'text', value: 'SIZE', about: 'orders without a quantity: 1000 (units), 10% (of equity), or risk:1% (per trade) (default 1)' },
  'fill-at': { type: 'text', value: 'nextEvent|sameClose', about: 'default nextEvent; sameClose fills at the bar that decided, and the report says so' },
  intrabar: { type: 'text', value: 'POLICY|range', about: `bars only: what comes first in one bar, ${intrabarPolicies.join(', ')} (default pessimistic); with range, backtest adds how far the policies lie apart` },
  seed: { type: 'text', value: 'NUMBER', about: 'of the policy random (default 0)' },
  inside: { type: 'list', value: 'PATH', about: 'catalogue or file with the ticks of which the bars were made: they decide what came first in a bar that reaches stop and target; again for more' },
  'limit-fill': { type: 'text', value: 'through|touch', about: 'trades and bars: when a resting limit fills (default through)' },
  quantity: { type: 'text', value: 'unlimited|shown', about: 'shown fills at most the displayed size (default unlimited)' },
  crossed: { type: 'text', value: 'ignore|trade', about: 'what crossed quotes are to orders (default ignore)' },
  conflict: { type: 'text', value: 'RULE', about: `plans: what an entry in a position, an exit without one and both in one row do: ${conflicts.join(', ')} (default ignore)` },
  'position-mode': { type: 'text', value: 'netting|hedging', about: 'one position an instrument (default netting), or one for each order that opens' },
  'at-end': { type: 'text', value: 'mark|close', about: 'open positions at the end (default mark)' },
  quality: { type: 'list', value: 'RULE=ACTION', about: `what happens to ticks that break a rule: keep (default), drop, fail, or repair where the rule states how; rules: ${qualityRules.map(({ name }) => name).join(', ')}` },
  'max-gap': { type: 'text', value: 'TIME', about: 'longest time without a tick that is no finding (default 5s)' },
  cut: { type: 'list', value: 'gap=TIME|nanRun=ROWS', about: 'start a new segment there: engines start anew, positions stay (default: never)' },
};

/** Of `lookahead` alone. */
export const lookaheadFlags: Flags = { seeds: { type: 'text', value: 'COUNT', about: 'runs with a poisoned future (default 20)' } };

/** What `--intrabar` says for all policies. */
export const rangeWord = 'range';

/** What `backtest` writes; a run file may hold it and still be checked by `lookahead` and `parity`. */
export const outputFlags: Flags = {
  report: { type: 'text', value: 'FILE', about: 'HTML report' },
  svg: { type: 'text', value: 'FILE', about: 'equity curve as SVG' },
  out: { type: 'text', value: 'FOLDER', about: 'result files (summary.json, Parquet)' },
  trials: { type: 'text', value: 'FOLDER|none', about: 'trial ledger (default $ZANZIBAR_TRIALS, else .zanzibar/trials beside package.json)' },
};

export interface StrategyRun {
  readonly file: string;
  readonly strategy: AnyStrategy;
  readonly settings: RunSettings;
  readonly markets: readonly (LoadedMarket | StreamedMarket)[];
  readonly given: Parsed;
  prepare(data?: RunSettings['data']): PreparedRun;
  /** Where the data is read while it is replayed. */
  stream?(): StreamRun;
  /** The same with other settings. */
  with(settings: RunSettings): StrategyRun;
}

/** Flags from the line or, where the first word is a YAML file, from there; flags on the line win. */
export async function gatherFlags(command: string, argv: readonly string[], flags: Flags, program: string = 'zanzibar'): Promise<{ readonly file: string; readonly given: Parsed; readonly values: { readonly [flag: string]: unknown } }> {
  const given = parseFlags(command, argv, flags, program), [word, ...more] = given.words;
  if (word === undefined) throw new UsageError(`${command}: name a strategy module or a run file (see ${program} ${command} --help)`);
  if (more.length > 0) throw new UsageError(`${command}: one strategy or run file is wanted, ${more.join(' ')} is too much; a list is given by naming its flag again`, more[0]);
  const own = Object.fromEntries(Object.entries(flags).map(([name, { type }]) => [name, type === 'switch' ? given.has(name) || undefined : type === 'list' ? (given.list(name).length > 0 ? given.list(name) : undefined) : given.text(name)]).filter(([, value]) => value !== undefined));
  if (!/\.ya?ml$/.test(word)) return { file: word, given: parsedFrom(command, given.words, own), values: { strategy: word, ...own } };
  const fromFile = await readRunFile(word, flags, { ...outputFlags, ...lookaheadFlags });
  if (typeof fromFile.strategy !== 'string') throw new UsageError(`${word}: "strategy: FILE" is missing`, 'strategy');
  const set = [...((fromFile.set as string[] | undefined) ?? []), ...((own.set as string[] | undefined) ?? [])], values = { ...fromFile, ...own, ...(set.length > 0 ? { set } : {}) };
  return { file: fromFile.strategy, given: parsedFrom(command, given.words, values), values };
}

export async function strategyRun(command: string, argv: readonly string[], flags: Flags, program: string = 'zanzibar'): Promise<StrategyRun> {
  const { file, given } = await gatherFlags(command, argv, flags, program), simulated = simulationOptions(command, given), quality = qualityOptions(command, given), stated = await readStated(command, given), load = { ...loadOptions(command, given), ...(stated.facts === undefined ? {} : { facts: stated.facts }) };
  const options = stated.rates === undefined ? simulated : { ...simulated, rates: stated.rates };
  const strategy = await loadStrategy(file), parameters = parametersOf(command, strategy, given), resolved = resolveParameters(strategy.name, strategy.parameters, parameters);
  const history = load.from === undefined ? undefined : historyOf(strategy, resolved);
  const wanted = { ...load, ...(history === undefined ? {} : { startOf: (calendar: Calendar, from: bigint) => historyStart(history, calendar, from) }) };
  const inside = given.list('inside'), rest = { parameters, options, quality, ...(load.from === undefined ? {} : { from: load.from }), ...(load.to === undefined ? {} : { to: load.to }) };
  if ('stream' in flags && given.has('stream')) {
    if (inside.length > 0) throw new UsageError(`${command}: --inside is about bars, --stream reads ticks`, '--inside');
    const markets = await stated.withStated(await streamMarkets(wanted));
    const withSettings = (of: RunSettings): StrategyRun => ({ file, strategy, settings: of, markets, given, prepare: (data = []) => prepareRun(strategy, { ...of, data }), stream: () => prepareStream(strategy, { ...of, data: markets }), with: withSettings });
    return withSettings({ ...rest, data: [] });
  }
  const loaded = await loadMarkets(wanted), markets = await stated.withStated(inside.length > 0 ? await loadInside(inside, loaded, load) : loaded);
  const withSettings = (of: RunSettings): StrategyRun => ({ file, strategy, settings: of, markets, given, prepare: (data = markets) => prepareRun(strategy, { ...of, data }), with: withSettings });
  return withSettings({ ...rest, data: markets });
}

/** The values of `--set`. */
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
  const numbers = { cash: given.number('cash'), seed: given.number('seed') }, costs = {
    perUnit: given.number('fee-unit'), basisPoints: given.number('fee-bps'), makerBasisPoints: given.number('maker-bps'), takerBasisPoints: given.number('taker-bps'),
    halfSpread: given.number('half-spread'), slippage: given.number('slippage'), ...costsOf(command, given),
  };
  for (const [name, value] of Object.entries({ cash: numbers.cash, slippage: costs.slippage, 'half-spread': costs.halfSpread })) if (value !== undefined && value < 0) throw new UsageError(`${command}: --${name} must be at least 0, was ${value}`, `--${name}`);
  const nanoseconds = intervalOf(command, given, 'latency'), report = intervalOf(command, given, 'report-latency');
  const words = { currency: given.text('currency'), fillAt: word(command, given, 'fill-at', ['nextEvent', 'sameClose']), intrabar: intrabarOf(command, given), limitFill: word(command, given, 'limit-fill', ['through', 'touch']), quantity: word(command, given, 'quantity', ['unlimited', 'shown']), crossed: word(command, given, 'crossed', ['ignore', 'trade']), atEnd: word(command, given, 'at-end', ['mark', 'close']), conflict: word(command, given, 'conflict', conflicts), positionMode: word(command, given, 'position-mode', ['netting', 'hedging']) };
  const sizing = sizingOf(command, given.text('size'));
  checkStatedFlags(command, given);
  return onlyStated({
    ...numbers, ...words, ...accountOf(command, given), costs: onlyStated(costs), sizing, participation: shareOf(command, given, 'participation'),
    latency: onlyStated({ submit: nanoseconds, cancel: nanoseconds, replace: nanoseconds, report }),
  }) as SimulationOptions;
}

/** The policy; a range's own result is that of the default. */
function intrabarOf(command: string, given: Parsed): string | undefined {
  const policy = word(command, given, 'intrabar', [...intrabarPolicies, rangeWord]);
  return policy === rangeWord ? undefined : policy;
}

/** Options of the quality step of the flags that are given. */
export function qualityOptions(command: string, given: Parsed): object {
  const maxGap = intervalOf(command, given, 'max-gap'), policy = pairs(command, given, 'quality'), cut: Record<string, number> = {};
  for (const [name, value] of Object.entries(pairs(command, given, 'cut'))) {
    if (name !== 'gap' && name !== 'nanRun') throw new UsageError(`${command}: --cut knows gap=TIME and nanRun=ROWS, was ${name}=${value}`, '--cut');
    cut[name] = name === 'gap' ? intervalOf(command, parsedFrom(command, [], { cut: value }), 'cut')! : Number(value);
  }
  // A policy for a rule that is looked for only when asked for asks for it.
  const rules = Object.fromEntries(['jump', 'volume', 'duplicate'].filter(rule => policy[rule] !== undefined).map(rule => [rule, {}]));
  const options = onlyStated({ maxGap, policy, cut, rules });
  try {
    cleanTicks.resolve(options as never);
  } catch (error) {
    throw new UsageError(`${command}: ${(error as Error).message}`, '--quality');
  }
  return options;
}

function pairs(command: string, given: Parsed, flag: string): { [name: string]: string } {
  return Object.fromEntries(given.list(flag).map(pair => {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`${command}: --${flag} wants NAME=VALUE, was ${pair}`, `--${flag}`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  }));
}

function onlyStated<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0))) as Partial<T>;
}

function sizingOf(command: string, text: string | undefined): Sizing | undefined {
  if (text === undefined) return undefined;
  const match = /^(risk:)?(\d+(?:\.\d+)?)(%)?$/.exec(text);
  if (!match || (match[1] && !match[3])) throw new UsageError(`${command}: --size must be 1000, 10% or risk:1%, was ${text}`, '--size');
  const value = Number(match[2]);
  if (!match[3]) return { kind: 'units', units: value };
  return { kind: match[1] ? 'riskPerTrade' : 'percentOfEquity', fraction: value / 100 };
}

/** Help of a command about a strategy: the strategy's own parameters are listed where its file, or a run file, is named. */
export async function strategyHelp(base: string, argv: readonly string[]): Promise<string> {
  const word = argv.find(each => !each.startsWith('-') && /\.([cm]?[jt]s|ya?ml)$/.test(each));
  if (word === undefined) return base;
  const file = word.endsWith('ml') ? (await readRunFile(word, { ...runFlags, ...outputFlags, ...lookaheadFlags })).strategy : word;
  if (typeof file !== 'string') return base;
  const { name, parameters } = await loadStrategy(file), lines = Object.entries(parameters).map(([parameter, declared]) => `  --set ${parameter}=${declared.default}  ${describe(declared)}`);
  return `${base}\nparameters of ${name}:\n${lines.join('\n') || '  none'}\n`;
}

function describe(parameter: AnyStrategy['parameters'][string]): string {
  if (parameter.type === 'choice') return `one of ${parameter.choices.join(', ')}`;
  return parameter.type === 'flag' ? 'true or false' : `${parameter.type} in [${parameter.minimum}, ${parameter.maximum}]`;
}
