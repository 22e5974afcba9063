/**
 * A look over the metadata of Arrow IPC before it is read: a damaged count of a list would keep Apache's reader busy for ever.
 *
 * Source: Apache Arrow columnar format 1.5, "Serialization and Interprocess Communication", with Message.fbs, Schema.fbs and File.fbs; FlatBuffers
 * internals (offsets of a table's fields stand in its vtable, a vector starts with its count).
 */
const fileMagic = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];
const continuation = 0xffffffff;
const recordBatch = 3;
const dictionaryBatch = 2;
const schemaMessage = 1;

/** Throws an Error that says where lists are longer than the bytes that hold them. */
export function checkIpcMetadata(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!fileMagic.every((byte, i) => bytes[i] === byte)) {
    for (let at: number | undefined = 0; at !== undefined; ) at = checkMessage(view, at);
    return;
  }
  const end = bytes.length - 10;
  if (end < 8) throw new Error('it ends early');
  const start = end - uint32(view, end),
    reader = { view, from: start, to: end, visits: 0 };
  if (start < 8) throw new Error('its footer is longer than the file');
  const footer = follow(reader, start);
  checkSchema(reader, field(reader, footer, 1));
  // Apache's reader asks again for a batch that turns out to be something else.
  for (const [list, type] of [[2, dictionaryBatch], [3, recordBatch]]) {
    const blocks = vector(reader, field(reader, footer, list), 24);
    for (let i = 0; i < blocks.count; i++) {
      const offset = Number(view.getBigInt64(blocks.start + 24 * i, true));
      if (!(offset >= 8 && offset < end)) throw new Error(`a batch stands at byte ${offset}`);
      checkMessage(view, offset, type);
    }
  }
}

/** Bytes of one message's metadata. */
interface Reader {
  readonly view: DataView;
  readonly from: number;
  readonly to: number;
  /** Tables that were looked at: damaged offsets may share one many times over. */
  visits: number;
}

/** Checks the message at `at`, which must be of the `expected` type where one is given, and returns where the next one starts, undefined at the end. */
function checkMessage(view: DataView, at: number, expected?: number): number | undefined {
  if (at + 4 > view.byteLength) return undefined;
  let length = uint32(view, at),
    start = at + 4;
  if (length === continuation) {
    length = uint32(view, start);
    start += 4;
  }
  if (length === 0 && expected === undefined) return undefined;
  if (start + length > view.byteLength) throw new Error(`the message at byte ${at} ends early`);
  const reader = { view, from: start, to: start + length, visits: 0 };
  const message = follow(reader, start),
    kind = field(reader, message, 1),
    header = field(reader, message, 2),
    body = field(reader, message, 3);
  vector(reader, field(reader, message, 4), 4);
  const type = kind === undefined ? 0 : view.getUint8(kind);
  if (expected !== undefined && type !== expected) throw new Error(`the message at byte ${at} is not of its kind`);
  if (type === schemaMessage) checkSchema(reader, header);
  else if (type === recordBatch) checkBatch(reader, header);
  else if (type === dictionaryBatch && header !== undefined) checkBatch(reader, field(reader, follow(reader, header), 1));
  const bodyLength = body === undefined ? 0 : Number(view.getBigInt64(body, true));
  if (!(bodyLength >= 0 && start + length + bodyLength <= view.byteLength)) throw new Error(`the body of the message at byte ${at} ends early`);
  return start + length + bodyLength;
}

function checkSchema(reader: Reader, at: number | undefined): void {
  if (at === undefined) throw new Error('it states no schema');
  const schema = follow(reader, at);
  checkFields(reader, field(reader, schema, 1), 0);
  vector(reader, field(reader, schema, 2), 4);
  vector(reader, field(reader, schema, 3), 8);
}

function checkFields(reader: Reader, at: number | undefined, depth: number): void {
  const { start, count } = vector(reader, at, 4);
  if (depth > 64) throw new Error('its fields are nested more than 64 deep');
  for (let i = 0; i < count; i++) {
    const entry = follow(reader, start + 4 * i);
    vector(reader, field(reader, entry, 0), 1);
    checkFields(reader, field(reader, entry, 5), depth + 1);
    vector(reader, field(reader, entry, 6), 4);
  }
}

function checkBatch(reader: Reader, at: number | undefined): void {
  if (at === undefined) throw new Error('a batch has no header');
  const batch = follow(reader, at),
    buffers = vector(reader, field(reader, batch, 2), 16),
    variadic = vector(reader, field(reader, batch, 4), 8);
  vector(reader, field(reader, batch, 1), 16);
  for (let i = 0; i < variadic.count; i++) {
    const count = reader.view.getBigInt64(variadic.start + 8 * i, true);
    if (count < 0n || count > buffers.count) throw new Error(`a column states ${count} buffers, its batch has ${buffers.count}`);
  }
}

/** Where the table or vector lies that the offset at `at` leads to. */
function follow(reader: Reader, at: number): number {
  const target = at + uint32(reader.view, at);
  if (++reader.visits > reader.to - reader.from || target < reader.from || target + 4 > reader.to) throw new Error(`an offset at byte ${at} leads out of its message`);
  return target;
}

/** Where a field of the table at `table` is stored, undefined where it is not. */
function field({ view, from, to }: Reader, table: number, index: number): number | undefined {
  const vtable = table - view.getInt32(table, true);
  if (vtable < from || vtable + 4 > to) throw new Error(`the table at byte ${table} is damaged`);
  const slot = 4 + 2 * index;
  if (slot + 2 > view.getUint16(vtable, true) || vtable + slot + 2 > to) return undefined;
  const offset = view.getUint16(vtable + slot, true);
  if (offset === 0) return undefined;
  if (table + offset >= to) throw new Error(`the table at byte ${table} is damaged`);
  return table + offset;
}

/** A vector's elements; none where it is absent. Errors: Error where they go beyond the message. */
function vector(reader: Reader, at: number | undefined, elementBytes: number): { start: number; count: number } {
  if (at === undefined) return { start: 0, count: 0 };
  const start = follow(reader, at),
    count = uint32(reader.view, start);
  if (start + 4 + count * elementBytes > reader.to) throw new Error(`a list at byte ${start} has ${count} entries, more than its message holds`);
  return { start: start + 4, count };
}

function uint32(view: DataView, at: number): number {
  if (at < 0 || at + 4 > view.byteLength) throw new Error('it ends early');
  return view.getUint32(at, true);
}
