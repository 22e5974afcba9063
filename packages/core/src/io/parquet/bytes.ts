/** Memory that a reader fills again and again: grown, never shrunk, with room behind its end for reads and copies of whole words. */

/** Bytes that may be read or written beyond what was reserved: loops copy and unpack whole words. */
export const slack = 64;

export class Bytes {
  u8: Uint8Array;
  view: DataView;

  constructor(length: number = 0) {
    this.u8 = new Uint8Array(length + slack);
    this.view = new DataView(this.u8.buffer);
  }

  /** Makes room for `length` bytes; what was there before is lost. */
  reserve(length: number): void {
    if (this.u8.length >= length + slack) return;
    this.u8 = new Uint8Array(length + slack);
    this.view = new DataView(this.u8.buffer);
  }
}

/** Integers that a reader fills again and again. */
export class Integers {
  values: Int32Array = new Int32Array(0);

  /** Makes room for `length` integers; what was there before is lost. */
  reserve(length: number): Int32Array {
    if (this.values.length < length) this.values = new Int32Array(length);
    return this.values;
  }
}
