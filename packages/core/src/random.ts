/**
 * Seeded randomness in named streams: what one stream draws, or that it exists, changes no other.
 *
 * The generator is xoshiro128** of 32 bits. Its start is the first 16 bytes of SHA-256 over seed and name, so streams of one seed are
 * independent by name. Everything is integer arithmetic, square roots and our own logarithm: the same bits on every machine.
 * Source: D. Blackman and S. Vigna, Scrambled linear pseudorandom number generators, ACM TOMS 47 (2021), doi:10.1145/3460772.
 * Example: `randomStream(1, 'spread').uniform()`.
 */
import { sha256 } from './sha256.ts';
import { encodeUtf8 } from './utf8.ts';
import { logarithm } from './numerics/logarithm.ts';

/** Where a stream stands, as numbers: its key (4), its state (4) and the second normal of a pair (NaN: none). */
export type RandomState = Float64Array;

export class RandomStream {
  readonly #key: Uint32Array;
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;
  #spare: number;

  /** From a snapshot; new streams come from `randomStream` and `fork`. */
  constructor(state: RandomState) {
    if (!(state.length === 9 && state.subarray(0, 8).every(word => word >>> 0 === word))) throw new TypeError('random: this is no state of a random stream');
    this.#key = Uint32Array.from(state.subarray(0, 4));
    [this.#s0, this.#s1, this.#s2, this.#s3] = Int32Array.from(state.subarray(4, 8), word => word | 0);
    if ((this.#s0 | this.#s1 | this.#s2 | this.#s3) === 0) throw new RangeError('random: a state of zeros gives zeros only');
    this.#spare = state[8];
  }

  snapshot(): RandomState {
    const state = new Float64Array(9);
    state.set(this.#key);
    state.set([this.#s0 >>> 0, this.#s1 >>> 0, this.#s2 >>> 0, this.#s3 >>> 0, this.#spare], 4);
    return state;
  }

  /** A stream of its own for a part of this one, named within it; what this one has drawn so far does not matter. */
  fork(name: string): RandomStream {
    const words = this.#key, text = encodeUtf8(name), bytes = new Uint8Array(16 + text.length), view = new DataView(bytes.buffer);
    words.forEach((word, i) => view.setUint32(4 * i, word, true));
    bytes.set(text, 16);
    return streamOf(bytes);
  }

  /** The next 32 bits, 0 to 2^32 - 1. */
  bits(): number {
    const five = Math.imul(this.#s1, 5), result = Math.imul((five << 7) | (five >>> 25), 9), shifted = this.#s1 << 9;
    this.#s2 ^= this.#s0;
    this.#s3 ^= this.#s1;
    this.#s1 ^= this.#s2;
    this.#s0 ^= this.#s3;
    this.#s2 ^= shifted;
    this.#s3 = (this.#s3 << 11) | (this.#s3 >>> 21);
    return result >>> 0;
  }

  /** Uniform in [0, 1): 53 random bits over 2^53, from two draws. */
  uniform(): number {
    const high = this.bits() >>> 5;
    return (high * 67_108_864 + (this.bits() >>> 6)) / 9_007_199_254_740_992;
  }

  /** A whole number from `min` to `max`, both included, each equally likely (draws beyond the last whole range are rejected). */
  integer(min: number, max: number): number {
    const count = max - min + 1;
    if (!(Number.isSafeInteger(min) && Number.isSafeInteger(max) && count > 0 && count <= 9_007_199_254_740_992)) {
      throw new RangeError(`random: integer needs whole numbers min <= max less than 2^53 apart, were ${min} and ${max}`);
    }
    const isSmall = count <= 4_294_967_296, range = isSmall ? 4_294_967_296 : 9_007_199_254_740_992, limit = range - (range % count);
    let draw: number;
    do draw = isSmall ? this.bits() : (this.bits() >>> 11) * 4_294_967_296 + this.bits();
    while (draw >= limit);
    return min + (draw % count);
  }

  /** Standard normal by Marsaglia's polar method (1964): pairs, the second one kept for the next call. */
  normal(): number {
    const spare = this.#spare;
    if (spare === spare) {
      this.#spare = NaN;
      return spare;
    }
    let u: number, v: number, square: number;
    do {
      u = 2 * this.uniform() - 1;
      v = 2 * this.uniform() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const scale = Math.sqrt((-2 * logarithm(square)) / square);
    this.#spare = v * scale;
    return u * scale;
  }

  /** Exponential with mean 1, by inversion: -log(1 - uniform). */
  exponential(): number {
    return -logarithm(1 - this.uniform()) + 0;
  }
}

function streamOf(identity: Uint8Array): RandomStream {
  const digest = sha256(identity), view = new DataView(digest.buffer), state = new Float64Array(9);
  for (let i = 0; i < 4; i++) state[i] = state[4 + i] = view.getUint32(4 * i, true);
  state[8] = NaN;
  return new RandomStream(state);
}

/** The stream of a seed (a whole number) and a name. */
export function randomStream(seed: number, name: string): RandomStream {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`random: seed must be a whole number, was ${seed}`);
  return streamOf(encodeUtf8(`${seed}/${name}`));
}
