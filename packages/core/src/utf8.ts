/** Text as UTF-8 bytes: the same in every runtime, without its TextEncoder. Half a surrogate pair is no text and a RangeError. */

export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      bytes[length++] = code;
      continue;
    }
    if (code < 0x800) bytes[length++] = 0xc0 | (code >> 6);
    else {
      if (code >= 0xd800 && code < 0xe000) {
        const low = text.charCodeAt(++i);
        if (code >= 0xdc00 || !(low >= 0xdc00 && low < 0xe000)) throw new RangeError(`text: half a surrogate pair at position ${i - 1}`);
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        bytes[length++] = 0xf0 | (code >> 18);
        bytes[length++] = 0x80 | ((code >> 12) & 63);
      } else bytes[length++] = 0xe0 | (code >> 12);
      bytes[length++] = 0x80 | ((code >> 6) & 63);
    }
    bytes[length++] = 0x80 | (code & 63);
  }
  return bytes.slice(0, length);
}

/** The way back, for bytes that `encodeUtf8` made; other bytes are a RangeError. */
export function decodeUtf8(bytes: Uint8Array, from: number = 0, to: number = bytes.length): string {
  let text = '';
  for (let i = from; i < to;) {
    const first = bytes[i], size = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
    if (size === 0 || i + size > to) throw new RangeError(`text: no UTF-8 at byte ${i}`);
    let code = size === 1 ? first : first & (0xff >> (size + 1));
    for (let k = 1; k < size; k++) {
      if ((bytes[i + k] & 0xc0) !== 0x80) throw new RangeError(`text: no UTF-8 at byte ${i + k}`);
      code = (code << 6) | (bytes[i + k] & 63);
    }
    if (code > 0x10ffff) throw new RangeError(`text: no UTF-8 at byte ${i}`);
    text += String.fromCodePoint(code);
    i += size;
  }
  return text;
}
