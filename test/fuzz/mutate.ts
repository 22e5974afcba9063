/** Damage to files, drawn from a seeded stream: what disks, cut transfers and editors do, and what a parser fears. */
import type { RandomStream } from '@zanzibar/core';

const bytes = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x0a, 0x22, 0x2c];
const words = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 1 << 24];
const texts = ['', '-', '-1', '0', '1e999', '-1e308', 'NaN', 'null', '99999999999999999999', '9007199254740993', '"', '""', ',,', '\t', '\r', '\n\n', '{}', '[]', '[[[[', 'true', '\ufeff', '\ud7ff', '2262-04-12', '0000-00-00', '../../x', '\0', '__proto__', 'constructor'];

/** A damaged copy: one to three faults. */
export function mutate(clean: Uint8Array, random: RandomStream): Uint8Array {
  let damaged: Uint8Array = Uint8Array.from(clean);
  for (let faults = [1, 1, 1, 2, 3][random.bits() % 5]; faults > 0; faults--) damaged = fault(damaged, random);
  return damaged;
}

function fault(given: Uint8Array, random: RandomStream): Uint8Array {
  const { length } = given, below = (limit: number): number => random.bits() % Math.max(1, limit);
  // Half of the faults hit the end, where many formats keep what leads to all the rest.
  const place = (): number => (below(2) === 0 ? below(length) : Math.max(0, length - 1 - below(Math.min(length, 512))));
  const at = place(), kind = below(12);
  if (kind === 0) return given.slice(0, below(length));
  if (kind === 1) return given.slice(below(Math.min(length, 64)));
  if (kind === 2) return splice(given, at, 1 + below(32), new Uint8Array(0));
  if (kind === 3) return splice(given, at, 0, given.slice(at, at + 1 + below(256)));
  if (kind === 4) return splice(given, at, 0, Uint8Array.from({ length: 1 + below(16) }, () => random.bits()));
  if (kind === 5) return splice(given, at, below(12), new TextEncoder().encode(texts[below(texts.length)]));
  if (kind === 6) return tokenReplaced(given, at, random);
  if (length === 0) return given;
  if (kind === 7) given.fill(below(2) === 0 ? 0 : 0xff, at, at + 1 + below(128));
  else if (kind === 8) given.copyWithin(at, place(), place());
  else if (kind === 9 && length >= 4) new DataView(given.buffer, given.byteOffset).setUint32(Math.min(at, length - 4), words[below(words.length)], true);
  else if (kind === 10) given[at] = bytes[below(bytes.length)];
  else given[at] ^= 1 << below(8);
  return given;
}

function splice(given: Uint8Array, at: number, removed: number, added: Uint8Array): Uint8Array {
  const result = new Uint8Array(at + added.length + Math.max(0, given.length - at - removed));
  result.set(given.subarray(0, at));
  result.set(added, at);
  result.set(given.subarray(at + removed), at + added.length);
  return result;
}

/** Another text in place of the number, name or word that stands at a byte. */
function tokenReplaced(given: Uint8Array, at: number, random: RandomStream): Uint8Array {
  const isPart = (byte: number | undefined): boolean => byte !== undefined && ((byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 46 || byte === 45);
  let from = at, to = at;
  while (from > 0 && isPart(given[from - 1])) from--;
  while (isPart(given[to])) to++;
  return splice(given, from, to - from, new TextEncoder().encode(texts[random.bits() % texts.length]));
}
