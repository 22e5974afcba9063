/** `zanzibar data check`: damage of files, and findings of the quality rules. */
import { stat } from 'node:fs/promises';
import { cleanTicks, formatTime, qualityReport, qualityRules, type QualityRuleName } from '@zanzibar/core';
import { openCatalogue } from '@zanzibar/core/io';
import { loadMarkets } from '../data/load-market.ts';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { dataFlags, loadOptions } from './data-flags.ts';
import { exitCode, type Verb } from './main.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = {
  ...dataFlags,
  'max-gap': { type: 'text', value: 'SECONDS', about: 'longest time without a row that is no finding (default 5)' },
  fail: { type: 'list', value: 'RULE', about: `exit with 1 where this rule is broken: ${qualityRules.map(({ name }) => name).join(', ')}` },
};

export const dataCheckVerb: Verb = {
  help: helpText('data check PATH', 'Verifies the files of a catalogue against its manifest, and counts the findings of the quality rules. Exit code 1 for damage, for errors, and for rules named by --fail.', flags, ['zanzibar data check data', 'zanzibar data check ticks.csv --fail crossed']),
  async run(argv, console) {
    const parsed = parseFlags('data check', argv, flags), [path, ...more] = parsed.words.length > 0 ? parsed.words : parsed.list('data');
    if (path === undefined || more.length > 0) throw new UsageError('data check: name one catalogue or file');
    const info = await stat(path).catch(() => {
      throw new UsageError(`there is no file or folder ${path}`, path);
    });
    const failing = parsed.list('fail');
    for (const rule of failing) if (!qualityRules.some(({ name }) => name === rule)) throw new UsageError(`data check: there is no rule "${rule}", known are ${qualityRules.map(({ name }) => name).join(', ')}`, '--fail');
    const problems = info.isDirectory() ? await (await openCatalogue(path)).verify() : [];
    for (const { path: file, problem } of problems) console.line(`${file}: ${problem}`);
    const symbols = parsed.list('symbol').length > 0 || !info.isDirectory() ? parsed.list('symbol') : [...new Set((await openCatalogue(path)).coverage().filter(({ kind }) => kind !== 'bars').map(({ symbol, venue }) => `${symbol}.${venue}`.toUpperCase()))];
    const markets = await loadMarkets({ ...loadOptions('data check', { ...parsed, list: name => (name === 'data' ? [path] : name === 'symbol' ? symbols : parsed.list(name)) }) });
    let isBroken = problems.length > 0;
    const reports = [];
    for (const { instrument, kind, columns } of markets) {
      const rows: number = (columns.time ?? columns.closeTime).length;
      if (kind === 'bars') {
        console.line(`${instrument.id}: ${rows} bars in order`);
        reports.push({ instrument: instrument.id, kind, rows, rules: [] });
        continue;
      }
      const { findings } = cleanTicks(columns as never, { tick: instrument.tick, maxGap: (parsed.number('max-gap') ?? 5) * 1e9 }), report = qualityReport(findings);
      console.line(`${instrument.id}: ${rows} ${kind}, ${formatTime(columns.time[0])} .. ${formatTime(columns.time[rows - 1])}`);
      for (const { rule, severity, count, firstRow, smallest, largest } of report.rules) {
        if (count > 0) console.line(`  ${rule.padEnd(11)} ${String(count).padStart(9)}  ${severity.padEnd(7)}  first at row ${firstRow}, ${smallest} .. ${largest}`);
      }
      if (report.errors > 0 || report.rules.some(({ rule, count }) => count > 0 && failing.includes(rule as QualityRuleName))) isBroken = true;
      reports.push({ instrument: instrument.id, kind, rows, rules: report.rules });
    }
    if (!isBroken) console.line('no damage, no errors');
    console.result({ path, problems, reports });
    return isBroken ? exitCode.found : exitCode.done;
  },
};
