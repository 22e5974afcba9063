/** Codes of strings in order of first appearance. */
import type { ByteArrays } from './byte-arrays.ts';

const slots = 1024;
const decoder = new TextDecoder();

/** The strings of a text column and their codes, shared by all row groups of a file. */
export class TextCodes {
  readonly list: string[] = [];
  private readonly codes: Map<string, number> = new Map();
  /** The bytes last seen under a hash and their code: values repeat, and decoding one costs ten times as much as comparing it. */
  private readonly seen: (Uint8Array | undefined)[] = Array.from({ length: slots });
  private readonly seenCodes: Int32Array = new Int32Array(slots);

  codeOf(text: string): number {
    let code = this.codes.get(text);
    if (code === undefined) {
      code = this.list.push(text) - 1;
      this.codes.set(text, code);
    }
    return code;
  }

  /** Writes the codes of `count` byte arrays to `out` from `at` on. */
  encode({ bytes: { u8 }, starts, lengths }: ByteArrays, count: number, out: Int32Array, at: number): void {
    for (let i = 0; i < count; i++) {
      const start = starts[i],
        length = lengths[i],
        end = start + length;
      let hash = length;
      for (let k = Math.max(start, end - 8); k < end; k++) hash = (Math.imul(hash, 31) + u8[k]) | 0;
      const slot = hash & (slots - 1),
        seen = this.seen[slot];
      if (seen !== undefined && isEqual(seen, u8, start, length)) {
        out[at + i] = this.seenCodes[slot];
        continue;
      }
      const value = u8.slice(start, end),
        code = this.codeOf(decoder.decode(value));
      this.seen[slot] = value;
      out[at + i] = this.seenCodes[slot] = code;
    }
  }
}

function isEqual(seen: Uint8Array, bytes: Uint8Array, start: number, length: number): boolean {
  if (seen.length !== length) return false;
  for (let k = 0; k < length; k++) if (seen[k] !== bytes[start + k]) return false;
  return true;
}
