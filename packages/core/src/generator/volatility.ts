/**
 * Volatility that comes in clusters: its logarithm is a first-order autoregression from minute to minute.
 *
 * Definition  h' = 0.995 h + 0.06 z, volatility exp(h - v) with v the variance of h, so that its square is 1 in the mean
 * Source      S. J. Taylor, Modelling Financial Time Series, 1986 (stochastic volatility)
 */
import type { RandomStream } from '../random.ts';
import { exponential } from '../numerics/exponential.ts';

const persistence = 0.995;
const noise = 0.06;
const stationary = (noise * noise) / (1 - persistence * persistence);

export class ClusteredVolatility {
  readonly #stream: RandomStream;
  #log: number;
  #minute = 0;
  #value: number;

  constructor(stream: RandomStream) {
    this.#stream = stream;
    this.#log = Math.sqrt(stationary) * stream.normal();
    this.#value = exponential(this.#log - stationary);
  }

  /** The factor in an open minute of the market; minutes count up over all sessions. */
  at(minute: number): number {
    while (this.#minute < minute) {
      this.#minute++;
      this.#log = persistence * this.#log + noise * this.#stream.normal();
      this.#value = exponential(this.#log - stationary);
    }
    return this.#value;
  }
}
