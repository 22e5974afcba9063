/** `zanzibar report`: the report of a saved result. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceText } from '@zanzibar/core/io';
import { makeReport } from '../report/make-report.ts';
import { renderTerminal } from '../report/terminal.ts';
import { exportFormats, exportResult } from '../result/export-result.ts';
import { readResult } from '../result/result-files.ts';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { exitCode, type Verb } from './main.ts';
import { checkFiles, checkResultFolder } from './outputs.ts';
import { trialsOn } from './record-trial.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = {
  out: { type: 'text', value: 'FILE', about: 'HTML page, or the folder of --format' },
  svg: { type: 'text', value: 'FILE', about: 'equity curve as SVG' },
  format: { type: 'text', value: 'FORMAT', about: 'what --out is: html, a page (default); csv, parquet or arrow, a folder with one file for each table' },
  title: { type: 'text', value: 'TEXT', about: 'heading (default: name of the strategy)' },
};

export const reportVerb: Verb = {
  help: helpText('report RESULT', 'Prints the report of a result folder that backtest --out wrote; writes it as HTML or SVG, or its tables for other programs as CSV, Parquet or Arrow.', flags, ['zanzibar backtest run.yaml && zanzibar report out/result --out out/again.html', 'zanzibar backtest run.yaml && zanzibar report out/result --format csv --out out/tables']),
  async run(argv, console) {
    const given = parseFlags('report', argv, flags), [folder] = given.words, title = given.text('title'), out = given.text('out'), svg = given.text('svg');
    if (folder === undefined) throw new UsageError('report: name the folder of a result');
    const format = given.text('format') ?? 'html', tables = exportFormats.find(known => known === format);
    if (tables === undefined && format !== 'html') throw new UsageError(`report: --format must be html, ${exportFormats.slice(0, -1).join(', ')} or ${exportFormats.at(-1)}, was ${format}`, '--format');
    if (given.text('format') !== undefined && out === undefined) throw new UsageError(`report: --format ${format} needs --out, ${tables === undefined ? 'the file of the page' : 'the folder for its files'}`, '--out');
    await checkFiles('report', { svg, ...(tables === undefined ? { out } : {}) });
    if (tables !== undefined) await checkResultFolder('report', 'out', out, { what: 'export', mark: 'export.json' });
    const result = await readResult(folder), isPage = tables === undefined && out !== undefined, trials = await trialsOn(result);
    const model = makeReport(result, { withDigests: isPage, withAnalyses: isPage, ...(title === undefined ? {} : { title }), ...(trials === undefined ? {} : { trials }) });
    console.line(renderTerminal(model).trimEnd());
    if (trials !== undefined) console.line(`\n${trials.count} ${trials.count === 1 ? 'trial' : 'trials'} on this data (the ledger counts since ${trials.since.slice(0, 10)})`);
    if (tables !== undefined && out !== undefined) {
      await mkdir(dirname(out), { recursive: true });
      const files = Object.keys(await exportResult(out, result, tables)).length;
      console.line(`wrote ${files} tables and export.json to ${out}`);
    }
    // The page and the drawing bring a chart library along: loaded when one is asked for.
    const pages = [[isPage ? out : undefined, async () => (await import('../report/html.ts')).renderHtml], [svg, async () => (await import('../report/svg.ts')).renderSvgEquity]] as const;
    for (const [file, load] of pages) {
      if (file === undefined) continue;
      const render = await load();
      await mkdir(dirname(file), { recursive: true });
      await replaceText(file, await render(model));
      console.line(`wrote ${file}`);
    }
    console.result({ summary: result.summary, out: out ?? null, svg: svg ?? null, format, trials: trials ?? null });
    return exitCode.done;
  },
};
