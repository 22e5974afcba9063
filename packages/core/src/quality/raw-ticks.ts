/** Raw ticks as the quality step reads them. */

/** Raw columns of a block; the absent ones are undefined. */
export interface RawTicks {
  readonly base: number;
  readonly time: BigInt64Array;
  readonly eventTime?: BigInt64Array;
  readonly id?: BigUint64Array;
  readonly sequence?: Float64Array;
  readonly bid?: Float64Array;
  readonly ask?: Float64Array;
  readonly bidSize?: Float64Array;
  readonly askSize?: Float64Array;
  readonly price?: Float64Array;
  readonly size?: Float64Array;
  readonly side?: Int8Array;
}
