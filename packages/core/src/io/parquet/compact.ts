/** Apache Thrift's compact protocol as Parquet uses it, read within bounds: nothing is allocated for a length that the bytes cannot hold. */

/** Kinds of values on the wire. */
export const wire = { true: 1, false: 2, byte: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8, list: 9, set: 10, struct: 12 } as const;

const deepest = 16;

export class CompactReader {
  readonly view: DataView;
  at: number;
  readonly end: number;

  /** Reads `view` from `at` to before `end`. */
  constructor(view: DataView, at: number, end: number) {
    this.view = view;
    this.at = at;
    this.end = Math.min(end, view.byteLength);
  }

  byte(): number {
    if (this.at >= this.end) throw new Error('its header is cut short');
    return this.view.getUint8(this.at++);
  }

  /** An unsigned integer of at most 53 bits. */
  unsigned(): number {
    let value = 0,
      scale = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    throw new Error('its header holds a number of more than ten bytes');
  }

  /** A signed integer, exact below 2^53. */
  signed(): number {
    const zigzag = this.unsigned();
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
  }

  /** Calls `field` with the id and kind of each field of a struct; what it does not read (returns false) is passed over. */
  struct(field: (id: number, kind: number) => boolean, depth: number = 0): void {
    if (depth > deepest) throw new Error('its header is nested too deeply');
    for (let id = 0; ; ) {
      const head = this.byte();
      if (head === 0) return;
      id = head >> 4 ? id + (head >> 4) : this.signed();
      if (!field(id, head & 15)) this.skip(head & 15, depth);
    }
  }

  /** Passes over a value. */
  skip(kind: number, depth: number = 0): void {
    switch (kind) {
      case wire.true:
      case wire.false:
        return;
      case wire.byte:
        this.move(1);
        return;
      case wire.i16:
      case wire.i32:
      case wire.i64:
        this.unsigned();
        return;
      case wire.double:
        this.move(8);
        return;
      case wire.binary:
        this.move(this.unsigned());
        return;
      case wire.list:
      case wire.set:
        this.skipList(depth + 1);
        return;
      case wire.struct:
        this.struct(() => false, depth + 1);
        return;
      default:
        throw new Error(`its header holds a value of unknown kind ${kind}`);
    }
  }

  private skipList(depth: number): void {
    if (depth > deepest) throw new Error('its header is nested too deeply');
    const head = this.byte(),
      kind = head & 15,
      count = head >> 4 === 15 ? this.unsigned() : head >> 4;
    // Every element takes a byte at least.
    if (count > this.end - this.at) throw new Error(`its header holds a list of ${count} elements in ${this.end - this.at} bytes`);
    for (let i = 0; i < count; i++) {
      if (kind === wire.true || kind === wire.false) this.move(1);
      else this.skip(kind, depth);
    }
  }

  private move(bytes: number): void {
    if (bytes > this.end - this.at) throw new Error('its header is cut short');
    this.at += bytes;
  }
}
