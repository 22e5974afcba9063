import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DataError } from '../errors.ts';
import { zipMembers } from './zip-file.ts';

interface Part {
  name: string;
  text: string;
  stored?: boolean;
  wide?: boolean;
  flags?: number;
  method?: number;
  checksum?: number;
}

/** CRC-32 bit by bit, as the format's specification (PKWARE APPNOTE 4.4.7) defines it. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return ~value >>> 0;
}

/** A zip archive by the layout of PKWARE's APPNOTE; `wide` puts its sizes into a zip64 field, as .NET does. */
function makeZip(parts: Part[], comment = '', isWide = false): Uint8Array {
  const locals: Buffer[] = [],
    central: Buffer[] = [];
  let offset = 0;
  for (const { name, text, stored = false, wide = false, flags = 0, method, checksum } of parts) {
    const content = Buffer.from(text),
      packed = stored ? content : deflateRawSync(content),
      title = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(title.length, 26);
    const extra = Buffer.alloc(wide ? 20 : 0);
    if (wide) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(16, 2);
      extra.writeBigUInt64LE(BigInt(content.length), 4);
      extra.writeBigUInt64LE(BigInt(packed.length), 12);
    }
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method ?? (stored ? 0 : 8), 10);
    entry.writeUInt32LE(checksum ?? crc(content), 16);
    entry.writeUInt32LE(wide ? 0xffffffff : packed.length, 20);
    entry.writeUInt32LE(wide ? 0xffffffff : content.length, 24);
    entry.writeUInt16LE(title.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, title, packed);
    central.push(entry, title, extra);
    offset += 30 + title.length + packed.length;
  }
  const directory = Buffer.concat(central),
    end = Buffer.alloc(22),
    wideEnd = Buffer.alloc(isWide ? 76 : 0);
  if (isWide) {
    wideEnd.writeUInt32LE(0x06064b50, 0);
    wideEnd.writeBigUInt64LE(BigInt(parts.length), 32);
    wideEnd.writeBigUInt64LE(BigInt(offset), 48);
    wideEnd.writeUInt32LE(0x07064b50, 56);
    wideEnd.writeBigUInt64LE(BigInt(offset + directory.length), 64);
  }
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(isWide ? 0xffff : parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(isWide ? 0xffffffff : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return new Uint8Array(Buffer.concat([...locals, directory, wideEnd, end, Buffer.from(comment)]));
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const long = 'time,bid,ask\n'.repeat(1000);

describe('zip archives', () => {
  test('stored, deflated and zip64-sized members come out whole, folders are left out, a comment may follow', () => {
    const archive = makeZip(
      [
        { name: 'a/', text: '', stored: true },
        { name: 'a.csv', text: long },
        { name: 'b.csv', text: 'x', stored: true },
        { name: 'c.csv', text: long, wide: true },
      ],
      'made by hand',
    );
    const members = zipMembers('x.zip', archive);
    expect(members.map((member) => [member.name, text(member.bytes())])).toEqual([
      ['a.csv', long],
      ['b.csv', 'x'],
      ['c.csv', long],
    ]);
  });

  test('a zip64 archive is read by its own end record', () => {
    const archive = makeZip([{ name: 'a.csv', text: long, wide: true }], '', true);
    expect(zipMembers('x.zip', archive).map((member) => text(member.bytes()))).toEqual([long]);
    expect(() => zipMembers('x.zip', archive.subarray(archive.length - 30))).toThrow('is a zip64 archive without its end record');
  });

  test.each([
    ['an empty file', new Uint8Array(0), 'is empty'],
    ['a truncated archive', makeZip([{ name: 'a', text: long }]).subarray(0, 60), 'was cut short'],
    ['another kind of file', new TextEncoder().encode('1,2,3\n'.repeat(20)), 'is no zip archive'],
    ['an encrypted member', makeZip([{ name: 'a', text: long, flags: 1 }]), 'is encrypted'],
    ['an unknown method', makeZip([{ name: 'a', text: long, method: 12 }]), 'packed by method 12'],
    ['a wrong checksum', makeZip([{ name: 'a', text: long, checksum: 1 }]), 'its checksum differs'],
  ])('%s is refused by name', (_, archive, message) => {
    const read = (): unknown => zipMembers('x.zip', archive).map((member) => member.bytes());
    expect(read).toThrow(DataError);
    expect(read).toThrow(message);
  });

  test('damaged bytes inside a member are refused', () => {
    const archive = makeZip([{ name: 'a', text: long }]);
    archive[40] ^= 0xff;
    expect(() => zipMembers('x.zip', archive)[0].bytes()).toThrow(/member a (is damaged|cannot be unpacked)/);
  });
});
