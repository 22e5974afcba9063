/** Options of imbalance and run bars: what is summed, and how expectations are formed. */
import { oneOf, positiveInteger } from '../errors.ts';
import { checkTickPrice, type TickPriceOptions } from './tick-price.ts';
import { checkSign, type SignOptions } from './tick-rule.ts';

export const informationMeasures = ['tick', 'volume', 'dollar'] as const;
export type InformationMeasure = (typeof informationMeasures)[number];

export interface InformationBarsOptions extends TickPriceOptions, SignOptions {
  /** What the bars are made of: a side of the quotes, their middle, or the price of trades. @defaultValue 'trade' */
  readonly price: TickPriceOptions['price'];
  /** What a tick weighs: 1, its size, or |price| x size. @defaultValue 'tick' */
  readonly of: InformationMeasure;
  /** Ticks expected in the first bar; expectations of the weights begin with so many ticks. @defaultValue 1000 */
  readonly expectedTicks: number;
  /** Ticks of later bars: 'adaptive' expects the weighted mean length of the bars before, 'constant' always `expectedTicks`. @defaultValue 'adaptive' */
  readonly lengths: 'adaptive' | 'constant';
  /** Bars over which lengths (and shares of buys) are averaged. @defaultValue 3 */
  readonly previousBars: number;
  /** Ticks over which weights are averaged. @defaultValue 10000 */
  readonly window: number;
  /** Bounds of an adaptive expected length: without them it is known to collapse to single ticks, or to explode. @defaultValue 0 */
  readonly leastTicks: number;
  /** The most ticks that the next bar is expected to have. @defaultValue Infinity, none */
  readonly mostTicks: number;
}

export const informationDefaults: InformationBarsOptions = {
  of: 'tick',
  expectedTicks: 1000,
  lengths: 'adaptive',
  previousBars: 3,
  window: 10_000,
  leastTicks: 0,
  mostTicks: Infinity,
  sign: 'tickRule',
  price: 'trade',
  ticksPerUnit: 0,
};

export function checkInformation(engine: string, options: InformationBarsOptions): void {
  oneOf(`${engine}: of`, options.of, informationMeasures);
  oneOf(`${engine}: lengths`, options.lengths, ['adaptive', 'constant']);
  for (const name of ['expectedTicks', 'previousBars', 'window'] as const) positiveInteger(`${engine}: ${name}`, options[name]);
  const { leastTicks, mostTicks } = options;
  if (!(mostTicks > 0)) throw new RangeError(`${engine}: mostTicks must be a positive number, was ${mostTicks}`);
  if (!(leastTicks >= 0 && leastTicks <= mostTicks))
    throw new RangeError(`${engine}: leastTicks must be at least 0 and at most mostTicks, were ${leastTicks} and ${mostTicks}`);
  if (options.lengths === 'constant' && (leastTicks !== 0 || mostTicks !== Infinity))
    throw new RangeError(`${engine}: leastTicks and mostTicks bound adaptive lengths, lengths is 'constant'`);
  checkSign(engine, options);
  checkTickPrice(engine, options);
}

/** Throws where a measure needs sizes that the ticks do not have. */
export function needSizes(engine: string, { of }: InformationBarsOptions, size: Float64Array | undefined): void {
  if (of !== 'tick' && size === undefined) throw new TypeError(`${engine}: column "size" is missing, bars are of ${of}`);
}

/** Expected ticks of the next bar, from the mean of the lengths so far. */
export function nextLength({ lengths, expectedTicks, leastTicks, mostTicks }: InformationBarsOptions, mean: number): number {
  return lengths === 'constant' ? expectedTicks : Math.min(Math.max(mean, leastTicks), mostTicks);
}
