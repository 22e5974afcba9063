/** `zanzibar capacity STRATEGY`: net return against capital, by the costs that grow with size. */
import { capacityOf, capacityPoint, checkCapitals, optionsAt, type CapacityCurve, type CapacityPoint } from '../run/capacity-curve.ts';
import { helpText, type Flags } from './arguments.ts';
import type { Console } from './console.ts';
import { exitCode, type Verb } from './main.ts';
import { runToResult } from './run-to-result.ts';
import { outputFlags, runFlags, gatherFlags, strategyHelp, strategyRun } from './strategy-run.ts';
import { UsageError } from './usage-error.ts';

const { trials: _trials, report: _report, svg: _svg, out: _out, ...own } = { ...runFlags, ...outputFlags };
const flags: Flags = { ...own, capital: { type: 'list', value: 'MONEY', about: 'capital of a run, ascending; again or with commas for more (default 1e4,1e5,1e6,1e7,1e8)' } };

const help = helpText('capacity STRATEGY|run.yaml --data PATH', 'Runs a strategy once at each capital and prints what is left of its return: costs that grow with size (--impact, --participation, tiers and minimums of --fees) bend it down.\nOrders have to grow with capital: by --size, or by a share of equity. Leaves nothing on disk and counts as no trial.', flags, [
  'zanzibar capacity run.yaml --size 10% --impact squareRoot:1:0.6%:2e9 --capital 1e5,1e6,1e7',
]);

export const capacityVerb: Verb = {
  help,
  helpFor: argv => strategyHelp(help, argv),
  async run(argv, console, signal) {
    const { given } = await gatherFlags('capacity', argv, flags), texts = given.list('capital').flatMap(text => text.split(',')), capitals = texts.length === 0 ? [1e4, 1e5, 1e6, 1e7, 1e8] : texts.map(Number);
    try {
      checkCapitals(capitals);
    } catch (error) {
      throw new UsageError(`${(error as Error).message} (--capital ${texts.join(',')})`, '--capital');
    }
    const started = await strategyRun('capacity', argv, flags), points: CapacityPoint[] = [];
    for (const capital of capitals) {
      const settings = { ...started.settings, options: optionsAt(started.settings.options, capital) }, { result } = await runToResult(`capacity ${capital}`, started.with(settings), console, signal);
      points.push(capacityPoint(capital, result));
    }
    const curve = capacityOf(started.strategy.name, points);
    print(curve, console);
    console.result({ ...curve, breakEvenCapital: Number.isNaN(curve.breakEvenCapital) ? null : curve.breakEvenCapital });
    return exitCode.done;
  },
};

function print({ points, bestCapital, breakEvenCapital }: CapacityCurve, console: Console): void {
  const percent = (value: number): string => `${(100 * value).toFixed(3)} %`, columns = ['capital', 'net return', 'gross', 'spread', 'slippage', 'impact', 'fees', 'holding', 'turnover', 'filled', 'net profit'];
  const rows = points.map(point => [
    String(point.capital), percent(point.netReturn), ...[point.grossReturn, point.spread, point.slippage, point.impact, point.fees, point.holding].map(percent), `${point.turnover.toFixed(1)} x`,
    Number.isNaN(point.filledShare) ? '-' : percent(point.filledShare), point.netProfit.toFixed(2),
  ]);
  for (const row of [columns, ...rows]) console.line(row.map((text, k) => text.padStart(Math.max(columns[k].length, ...rows.map(each => each[k].length)))).join('  '));
  console.line();
  console.line(`largest net profit at ${bestCapital}${Number.isNaN(breakEvenCapital) ? '' : `, none left at about ${Number(breakEvenCapital.toPrecision(3))}`}`);
}
