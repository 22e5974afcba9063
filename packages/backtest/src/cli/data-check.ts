/** `zanzibar data check`: damage of files, and findings of the quality rules. */
import { stat } from 'node:fs/promises';
import { cleanTicks, formatTime, qualityReport, qualityRules, type QualityRuleName, type WatchedRules } from '@zanzibar/core';
import { openCatalogue, type CsvRecord } from '@zanzibar/core/io';
import { loadMarkets, type LoadedMarket } from '../data/load-market.ts';
import { helpText, parseFlags, type Flags, type Parsed } from './arguments.ts';
import { dataFlags, intervalOf, loadOptions } from './data-flags.ts';
import { exitCode, type Verb } from './main.ts';
import { UsageError } from './usage-error.ts';

const { data: _, ...flagsOfData } = dataFlags;
const flags: Flags = {
  ...flagsOfData,
  'max-gap': { type: 'text', value: 'TIME', about: 'longest time without a row that is no finding (default 5s)' },
  look: { type: 'list', value: 'RULE', about: 'look for jump (10 % within 1 s), volume (3 standard deviations), duplicate (last 1000 rows), bounds=LEAST..MOST too; again for more' },
  fail: { type: 'list', value: 'RULE', about: `exit with 1 where this rule is broken: ${qualityRules.map(({ name }) => name).join(', ')}` },
};

export const dataCheckVerb: Verb = {
  help: helpText('data check PATH', 'Verifies the files of a catalogue against its manifest, and counts the findings of the quality rules in every series of ticks. Exit code 1 for damage, for errors, and for rules named by --fail.', flags, ['zanzibar data check data', 'zanzibar data check data --symbol EURUSD.SAMPLE --record quotes --fail crossed', 'zanzibar data check data --look jump --look volume --look bounds=0.5..2']),
  async run(argv, console) {
    const given = parseFlags('data check', argv, flags), [path, ...more] = given.words, failing = given.list('fail'), rules = watched(given.list('look')), maxGap = intervalOf('data check', given, 'max-gap') ?? 5e9;
    if (path === undefined || more.length > 0) throw new UsageError('data check: name one catalogue or file');
    const info = await stat(path).catch(() => {
      throw new UsageError(`data check: there is no file or folder ${path}`, path);
    });
    for (const rule of failing) if (!qualityRules.some(({ name }) => name === rule)) throw new UsageError(`data check: there is no rule "${rule}", known are ${qualityRules.map(({ name }) => name).join(', ')}`, '--fail');
    const problems = info.isDirectory() ? await (await openCatalogue(path)).verify() : [];
    for (const { path: file, problem } of problems) console.line(`${file}: ${problem}`);
    let isBroken = problems.length > 0;
    const reports = [];
    // A damaged file need not be one that can be read.
    for (const wanted of isBroken ? [] : await seriesOf(path, info.isDirectory(), given)) {
      const [market] = await loadMarkets(wanted), { kind, instrument } = market, report = checkMarket(market, maxGap, rules);
      console.line(`${instrument.id}: ${report.rows} ${kind}, ${formatTime(report.first)} .. ${formatTime(report.last)}`);
      for (const { rule, severity, count, firstRow, smallest, largest } of report.rules) {
        if (count > 0) console.line(`  ${rule.padEnd(11)} ${String(count).padStart(9)}  ${severity.padEnd(7)}  first at row ${firstRow}, ${smallest} .. ${largest}`);
      }
      if (report.errors > 0 || report.rules.some(({ rule, count }) => count > 0 && failing.includes(rule as QualityRuleName))) isBroken = true;
      reports.push({ instrument: instrument.id, kind, rows: report.rows, rules: report.rules });
    }
    console.line(problems.length > 0 ? 'damaged: import what is named above again' : isBroken ? 'no damage, but rules are broken' : 'no damage, no errors');
    console.result({ path, problems, reports });
    return isBroken ? exitCode.found : exitCode.done;
  },
};

/** The rules of `--look`; their defaults are those of the quality step. */
function watched(names: readonly string[]): WatchedRules {
  const rules: Record<string, object> = {};
  for (const text of names) {
    const [name, range] = text.split('='), bounds = /^(-?[\d.]+)\.\.(-?[\d.]+)$/.exec(range ?? '');
    if (name === 'bounds' && bounds && Number(bounds[1]) < Number(bounds[2])) rules.bounds = { least: Number(bounds[1]), most: Number(bounds[2]) };
    else if (range === undefined && ['jump', 'volume', 'duplicate'].includes(name)) rules[name] = {};
    else throw new UsageError(`data check: --look knows jump, volume, duplicate and bounds=LEAST..MOST, was ${text}`, '--look');
  }
  return rules;
}

/** What to load: a file as it is, of a catalogue every series of ticks, and bars where there is nothing else, that the flags do not exclude. */
async function seriesOf(path: string, isCatalogue: boolean, given: Parsed): Promise<Parameters<typeof loadMarkets>[0][]> {
  const options = { ...loadOptions('data check', { ...given, list: name => (name === 'data' ? [path] : given.list(name)) }) }, symbols = given.list('symbol').map(symbol => symbol.toUpperCase());
  if (!isCatalogue) return [options];
  const { interval: _, ...others } = options, series = (await openCatalogue(path)).coverage().map(({ kind, symbol, venue, interval }) => ({ kind, id: `${symbol}.${venue}`.toUpperCase(), interval })), ids = [...new Set(series.map(({ id }) => id))];
  for (const symbol of symbols) if (!ids.some(id => id === symbol || id.split('.')[0] === symbol)) throw new UsageError(`data check: ${path} has no instrument ${symbol}, it has ${ids.join(', ')}`, '--symbol');
  const wanted = new Map<string, Parameters<typeof loadMarkets>[0]>();
  for (const { kind, id, interval } of series) {
    if (symbols.length > 0 && !symbols.some(symbol => id === symbol || id.split('.')[0] === symbol)) continue;
    if (options.record !== undefined && options.record !== kind) continue;
    if (kind === 'bars' && options.interval !== undefined && options.interval !== interval) continue;
    wanted.set(`${id} ${kind} ${interval ?? ''}`, { ...others, symbols: [id], record: kind as CsvRecord, ...(interval === undefined ? {} : { interval }) });
  }
  if (wanted.size === 0) throw new UsageError(`data check: ${path} has no ${options.record ?? 'data'}${symbols.length > 0 ? ` of ${symbols.join(', ')}` : ''}`, path);
  return [...wanted.values()];
}

function checkMarket({ kind, columns, instrument }: LoadedMarket, maxGap: number, rules: WatchedRules): Pick<ReturnType<typeof qualityReport>, 'rules' | 'errors'> & { rows: number; first: bigint; last: bigint } {
  const times = (kind === 'bars' ? columns.openTime : columns.time) as BigInt64Array, span = { rows: times.length, first: times[0], last: times[times.length - 1] };
  // Readers have refused bars out of order; the other rules are about ticks.
  if (kind === 'bars') return { rules: [], errors: 0, ...span };
  return { ...qualityReport(cleanTicks(columns as never, { tick: instrument.tick, maxGap, rules }).findings), ...span };
}
