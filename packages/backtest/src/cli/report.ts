/** `zanzibar report`: the report of a saved result. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceText } from '@zanzibar/core/io';
import { makeReport, renderHtml, renderSvgEquity, renderTerminal } from '../report/index.ts';
import { readResult } from '../result/result-files.ts';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { exitCode, type Verb } from './main.ts';
import { checkFiles } from './outputs.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = {
  out: { type: 'text', value: 'FILE', about: 'HTML page' },
  svg: { type: 'text', value: 'FILE', about: 'equity curve as SVG' },
  title: { type: 'text', value: 'TEXT', about: 'heading (default: name of the strategy)' },
};

export const reportVerb: Verb = {
  help: helpText('report RESULT', 'Prints the report of a result folder that backtest --out wrote; writes it as HTML or SVG.', flags, ['zanzibar backtest run.yaml && zanzibar report out/result --out out/again.html']),
  async run(argv, console) {
    const given = parseFlags('report', argv, flags), [folder] = given.words, title = given.text('title'), out = given.text('out'), svg = given.text('svg');
    if (folder === undefined) throw new UsageError('report: name the folder of a result');
    await checkFiles('report', { out, svg });
    const result = await readResult(folder), model = makeReport(result, title === undefined ? {} : { title });
    console.line(renderTerminal(model).trimEnd());
    for (const [file, render] of [[out, renderHtml], [svg, renderSvgEquity]] as const) {
      if (file === undefined) continue;
      await mkdir(dirname(file), { recursive: true });
      await replaceText(file, await render(model));
      console.line(`wrote ${file}`);
    }
    console.result({ summary: result.summary, out: out ?? null, svg: svg ?? null });
    return exitCode.done;
  },
};
