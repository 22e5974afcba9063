/**
 * Capacity: what a strategy returns on how much capital, by the costs that grow with the size of its orders.
 *
 * Definition  the strategy runs once at each capital with otherwise equal settings; `sizing` in units grows in proportion to the capital. netReturn is the profit of the run
 *             over the capital, grossReturn what the same fills would have made at the middle and for nothing, and each cost its share of the capital in between. The best capital is
 *             the given one with the largest net profit in money; the break-even capital is where netReturn crosses 0, linear in the logarithm of capital between two given ones.
 * Units       capital in account currency, returns and costs as shares of it, over the whole run; turnover as a multiple of it
 * NaN rule    breakEvenCapital is NaN where the net return does not fall through 0, filledShare where nothing was ordered
 * Errors      RangeError for capitals that do not ascend, and for a strategy whose orders do not grow with capital
 * Source      Grinold, Kahn (2000), Active Portfolio Management, chapter 16; what costs are assumed is the run's own `costs`
 *
 * @example
 * capacityCurve(strategy, { data, options: { costs: { impact: { '*': { kind: 'squareRoot', coefficient: 1, volatility: 0.01, volume: 1e6 } } } } }, [1e5, 1e6, 1e7]).bestCapital;
 */
import { codeOf, executionEvents, exponential, logarithm, positiveNumber } from '@zanzibar/core';
import { notionals } from '../metrics/notionals.ts';
import type { Result } from '../result/result.ts';
import { numbersOf } from '../result/result-table.ts';
import type { SimulationOptions } from '../simulator/setup.ts';
import type { AnyStrategy } from '../strategy/define-strategy.ts';
import type { RunSettings } from './prepare.ts';
import { run } from './run.ts';

const rejection: number = codeOf(executionEvents, 'reject');

export interface CapacityPoint {
  readonly capital: number;
  readonly netReturn: number;
  readonly grossReturn: number;
  readonly spread: number;
  readonly slippage: number;
  readonly impact: number;
  readonly fees: number;
  /** Funding, swap and borrow, less dividends. */
  readonly holding: number;
  /** Traded notional. */
  readonly turnover: number;
  /** Filled share of the quantity that was ordered and not denied; below 1 also where limits were not reached. */
  readonly filledShare: number;
  /** Account currency. */
  readonly netProfit: number;
}

export interface CapacityCurve {
  /** By capital, ascending. */
  readonly points: readonly CapacityPoint[];
  readonly bestCapital: number;
  readonly breakEvenCapital: number;
}

export function capacityCurve(strategy: AnyStrategy, settings: RunSettings, capitals: readonly number[]): CapacityCurve {
  checkCapitals(capitals);
  return capacityOf(strategy.name, capitals.map(capital => capacityPoint(capital, run(strategy, { ...settings, options: optionsAt(settings.options, capital) }))));
}

/** Errors: RangeError for fewer than two capitals, or some that do not ascend. */
export function checkCapitals(capitals: readonly number[]): void {
  if (capitals.length < 2) throw new RangeError(`capacity: needs at least two capitals, had ${capitals.length}`);
  capitals.forEach((capital, k) => {
    positiveNumber('capacity: a capital', capital);
    if (k > 0 && capital <= capitals[k - 1]) throw new RangeError(`capacity: capitals must ascend, ${capital} follows ${capitals[k - 1]}`);
  });
}

/** The options of a run with another capital. */
export function optionsAt(options: SimulationOptions | undefined, capital: number): SimulationOptions {
  const { sizing = { kind: 'units', units: 1 }, cash = 100_000 } = options ?? {};
  return { ...options, cash: capital, ...(sizing.kind === 'units' ? { sizing: { ...sizing, units: (sizing.units * capital) / cash } } : {}) };
}

/** One run as a point of the curve. */
export function capacityPoint(capital: number, result: Result): CapacityPoint {
  const { net, gross, spread, slippage, impact, fee, funding, borrow, dividends } = result.summary.attribution;
  return {
    capital, netReturn: net / capital, grossReturn: gross / capital, spread: spread / capital, slippage: slippage / capital, impact: impact / capital, fees: fee / capital,
    holding: (funding + borrow - dividends) / capital, turnover: tradedNotional(result) / capital, filledShare: filledShare(result), netProfit: net,
  };
}

function tradedNotional({ summary, fills }: Result): number {
  return notionals(fills, Object.fromEntries(summary.manifest.instruments.map(({ id, multiplier }) => [id, multiplier]))).reduce((sum, value) => sum + Math.abs(value), 0);
}

function filledShare({ orders, executions, fills }: Result): number {
  const events = numbersOf(executions, 'event'), executed = numbersOf(executions, 'orderId'), rejected = new Set<number>(), open = new Set<number>();
  for (let row = 0; row < executions.length; row++) if (events[row] === rejection) rejected.add(executed[row]);
  const ids = numbersOf(orders, 'orderId'), parents = numbersOf(orders, 'parentId'), asked = numbersOf(orders, 'quantity'), filledBy = numbersOf(fills, 'orderId'), quantity = numbersOf(fills, 'quantity');
  let ordered = 0, filled = 0;
  for (let row = 0; row < orders.length; row++) {
    // Legs are for what their entry fills.
    if (parents[row] === parents[row] || rejected.has(ids[row])) continue;
    open.add(ids[row]);
    ordered += asked[row];
  }
  for (let row = 0; row < fills.length; row++) if (open.has(filledBy[row])) filled += quantity[row];
  return filled / ordered;
}

/** The curve through points of ascending capital. */
export function capacityOf(strategy: string, points: readonly CapacityPoint[]): CapacityCurve {
  const first = points[0], last = points[points.length - 1], traded = first.turnover * first.capital;
  if (traded > 0 && Math.abs(last.turnover * last.capital - traded) <= 1e-6 * traded) {
    throw new RangeError(`capacity: ${strategy} orders the same quantities at ${first.capital} and at ${last.capital}: size its orders by equity (percentOfEquity, riskFraction), or leave the quantity to the option sizing`);
  }
  const best = points.reduce((a, b) => (b.netProfit > a.netProfit ? b : a));
  let breakEven = NaN;
  for (let k = 1; k < points.length && breakEven !== breakEven; k++) {
    const [a, b] = [points[k - 1], points[k]];
    if (a.netReturn > 0 && b.netReturn <= 0) breakEven = a.capital * exponential((logarithm(b.capital / a.capital) * a.netReturn) / (a.netReturn - b.netReturn));
  }
  return { points, bestCapital: best.capital, breakEvenCapital: breakEven };
}
