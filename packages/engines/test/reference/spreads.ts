/** Spread and impact estimators of one window of rows, by plain formulas over arrays; shares no code with the engines. */
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const differences = (values: readonly number[]): number[] => values.slice(1).map((value, k) => value - values[k]);

/** Of window + 2 closes. */
export function rollCovariance(closes: readonly number[]): number {
  const all = differences(closes), now = all.slice(1), before = all.slice(0, -1), centre = mean(now), centreBefore = mean(before);
  return now.reduce((sum, change, k) => sum + (change - centre) * (before[k] - centreBefore), 0) / (now.length - 1);
}

export interface ReferenceBar { readonly high: number; readonly low: number; readonly close: number }

const alphaToSpread = (alpha: number): number => 2 * Math.tanh(alpha / 2);
const square = (x: number): number => x * x;
const gammaOf = (a: ReferenceBar, b: ReferenceBar): number => square(Math.log(Math.max(a.high, b.high)) - Math.log(Math.min(a.low, b.low)));
const betaOf = (a: ReferenceBar, b: ReferenceBar): number => square(Math.log(a.high) - Math.log(a.low)) + square(Math.log(b.high) - Math.log(b.low));

/** Of window + 1 bars. */
export function corwinSchultzAfmlOf(bars: readonly ReferenceBar[]): number {
  const beta = mean(bars.slice(1).map((bar, k) => betaOf(bars[k], bar))), gamma = gammaOf(bars.at(-2)!, bars.at(-1)!), k = 3 - Math.sqrt(8);
  return alphaToSpread(Math.max(0, ((Math.sqrt(2) - 1) * Math.sqrt(beta)) / k - Math.sqrt(gamma / k)));
}

export function corwinSchultzPairOf(before: ReferenceBar, bar: ReferenceBar): number {
  const beta = betaOf(before, bar), gamma = gammaOf(before, bar), k = 3 - Math.sqrt(8);
  return alphaToSpread((Math.sqrt(2 * beta) - Math.sqrt(beta)) / k - Math.sqrt(gamma / k));
}

/** Of window + 1 bars. */
export function corwinSchultzDailyOf(bars: readonly ReferenceBar[]): number {
  return mean(bars.slice(1).map((bar, k) => {
    const { close } = bars[k], shift = bar.low > close ? close - bar.low : bar.high < close ? close - bar.high : 0;
    return Math.max(0, corwinSchultzPairOf(bars[k], { ...bar, high: bar.high + shift, low: bar.low + shift }));
  }));
}

/** Of window + 1 bars. */
export function abdiRanaldoOf(bars: readonly ReferenceBar[]): { spread: number; twoRowSpread: number } {
  const middle = (bar: ReferenceBar): number => (Math.log(bar.high) + Math.log(bar.low)) / 2;
  const products = bars.slice(1).map((bar, k) => 4 * (Math.log(bars[k].close) - middle(bars[k])) * (Math.log(bars[k].close) - middle(bar)));
  return { spread: Math.sqrt(Math.max(0, mean(products))), twoRowSpread: mean(products.map(product => Math.sqrt(Math.max(0, product)))) };
}

/** Signs of changes since the first row, the last one carried over rows without a change. */
export function carriedSigns(closes: readonly number[]): number[] {
  let last = NaN;
  return differences(closes).map(change => (last = change === 0 ? last : Math.sign(change)));
}

export interface Line { readonly slope: number; readonly rSquared: number }

export function lineThrough(x: readonly number[], y: readonly number[]): Line {
  const n = x.length, sx = x.reduce((a, b) => a + b, 0), sy = y.reduce((a, b) => a + b, 0);
  const xx = x.reduce((sum, value) => sum + value * value, 0) - (sx * sx) / n, yy = y.reduce((sum, value) => sum + value * value, 0) - (sy * sy) / n, xy = x.reduce((sum, value, k) => sum + value * y[k], 0) - (sx * sy) / n;
  return { slope: xy / xx, rSquared: (xy * xy) / (xx * yy) };
}

export function sampleDeviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + square(value - centre), 0) / (values.length - 1));
}

export interface EdgeSteps { readonly pt: number; readonly po: number; readonly pc: number; readonly e1: number; readonly e2: number; readonly v1: number; readonly v2: number; readonly s2: number }

/** The published steps of EDGE over a whole sample, each mean over the rows that have the value; missing cells are NaN. */
export function edgeStepsOf(bars: readonly (ReferenceBar & { readonly open: number })[]): EdgeSteps {
  const known = (values: readonly number[]): number => mean(values.filter(value => !Number.isNaN(value)));
  const logs = bars.map(bar => ({ o: Math.log(bar.open), h: Math.log(bar.high), l: Math.log(bar.low), c: Math.log(bar.close), m: (Math.log(bar.high) + Math.log(bar.low)) / 2 }));
  const pairs = logs.slice(1).map((now, k) => ({ now, was: logs[k] })), unlike = (a: number, b: number): number => (Number.isNaN(a + b) ? NaN : Number(a !== b));
  const tau = pairs.map(({ now, was }) => (Number.isNaN(now.h + now.l + was.c) ? NaN : Number(now.h !== now.l || now.l !== was.c))), pt = known(tau);
  const returns = [
    pairs.map(({ now }) => now.m - now.o), pairs.map(({ now, was }) => now.o - was.m), pairs.map(({ now, was }) => now.m - was.c), pairs.map(({ was }) => was.c - was.m), pairs.map(({ now, was }) => now.o - was.c),
  ];
  const [r1, r2, r3, r4, r5] = returns, centred = (r: readonly number[]): number[] => r.map((value, k) => value - (known(r) / pt) * tau[k]), d1 = centred(r1), d3 = centred(r3), d5 = centred(r5);
  const po = known(pairs.map(({ now }, k) => tau[k] * unlike(now.o, now.h))) + known(pairs.map(({ now }, k) => tau[k] * unlike(now.o, now.l)));
  const pc = known(pairs.map(({ was }, k) => tau[k] * unlike(was.c, was.h))) + known(pairs.map(({ was }, k) => tau[k] * unlike(was.c, was.l)));
  const x1 = d1.map((d, k) => -4 * ((d * r2[k]) / po + (d3[k] * r4[k]) / pc)), x2 = d1.map((d, k) => -4 * ((d * r5[k]) / po + (d5[k] * r4[k]) / pc)), e1 = known(x1), e2 = known(x2);
  const v1 = known(x1.map(square)) - e1 * e1, v2 = known(x2.map(square)) - e2 * e2;
  return { pt, po, pc, e1, e2, v1, v2, s2: (v2 * e1 + v1 * e2) / (v1 + v2) };
}
