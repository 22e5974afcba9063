/** Who was the aggressor of a trade: as the venue says, or by the tick rule. */
import { oneOf } from '../errors.ts';

export const signRules = ['tickRule', 'aggressor'] as const;
export type SignRule = (typeof signRules)[number];

export interface SignOptions {
  /**
   * `tickRule`: +1 after a rise, -1 after a fall, unchanged where the price is that of the tick before, 0 before the first change; `aggressor`: the venue's `side`
   * where it is known, the tick rule where it is 0 or absent. @defaultValue 'tickRule'
   */
  readonly sign: SignRule;
}

export function checkSign(engine: string, { sign }: SignOptions): void {
  oneOf(`${engine}: sign`, sign, signRules);
}

/** The tick rule's sign of a price after `previous`, whose sign was `sign`; a first price, whose `previous` is NaN, has none. */
export function tickSign(price: number, previous: number, sign: number): number {
  return price > previous ? 1 : price < previous ? -1 : sign;
}
