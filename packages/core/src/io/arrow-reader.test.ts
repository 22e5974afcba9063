import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { afterAll, describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { openArrow } from './arrow-reader.ts';
import { writeArrow } from './arrow-writer.ts';
import { importFiles } from './import-files.ts';
import { openCatalogue } from './catalogue.ts';
import { openTable } from './open-table.ts';
import { readSource } from './source-tables.ts';

const folder = mkdtempSync(join(tmpdir(), 'zanzibar-arrow-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const oracle = fileURLToPath(new URL('../../../../oracles/arrow/', import.meta.url));

const schema = { time: 'i64', bid: 'f64', ask: 'f64' } as const;
const second = 1_000_000_000n;
const columns = {
  time: BigInt64Array.from({ length: 6 }, (_, i) => 1398902400n * second + BigInt(i) * second),
  bid: Float64Array.of(1, 2, 3, 4, 5, 6),
  ask: Float64Array.of(1.5, 2.5, 3.5, 4.5, 5.5, 6.5),
};

describe('a file of Arrow IPC as a table', () => {
  test.each(['quotes.arrow', 'quotes.feather', 'quotes.arrows'])('%s is written whole, read whole, by columns and by times', async (name) => {
    const path = join(folder, name);
    expect(await writeArrow(path, { schema, columns }, { record: 'quotes' })).toBe(6);
    const file = await openTable(path);
    expect([file.rowCount, file.timeColumn, file.schema, file.groups.length, file.metadata['zanzibar.schema']]).toEqual([6, 'time', schema, 1, 'quotes']);
    expect((await file.read()).columns).toEqual(columns);
    const cut = await file.read({ columns: ['bid'], from: columns.time[2], to: columns.time[4] });
    expect([cut.columns, cut.base, cut.length]).toEqual([{ bid: Float64Array.of(3, 4) }, 2, 2]);
    expect(readdirSync(folder).filter((each) => each.endsWith('.tmp'))).toEqual([]);
  });

  test('the batches of another program are row groups (oracle: pyarrow wrote 3, 3 and 2 rows)', async () => {
    const file = await openArrow(join(oracle, 'pyarrow-batches.arrow'), { columns: { count: 'int64' } }),
      parts: [number, number][] = [];
    for await (const { base, length } of file.stream()) parts.push([base, length]);
    expect([file.groups.map(({ fromRow, toRow }) => [fromRow, toRow]), parts]).toEqual([[[0, 3], [3, 6], [6, 8]], [[0, 3], [3, 3], [6, 2]]]);
    expect(Array.from((await file.read({ groups: [1, 2] })).columns.count as BigInt64Array, String)).toEqual(['-1', '9007199254740993', '-9007199254740993', '1', '2']);
    await expect(file.read({ groups: [0, 2] })).rejects.toThrow('row groups that do not follow each other');
    await expect(file.read({ columns: ['bid'] })).rejects.toThrow('there is no column "bid", it has count');
    await expect(file.read({ from: 0n })).rejects.toThrow('from and to need a time column');
  });

  test('times that run backwards are refused with their row, unless any order is asked for; prices go onto the grid in a copy', async () => {
    const path = join(folder, 'back.arrow');
    await writeArrow(path, { schema, columns: { ...columns, time: columns.time.slice().reverse() } });
    await expect(openArrow(path)).rejects.toThrow('row 1, column "time": time 2014-05-01T00:00:04');
    const file = await openArrow(path, { order: 'any', onGrid: (column) => column.fill(7).length / 3 });
    expect([(await file.read()).offGrid, (await file.read()).columns.bid[0]]).toEqual([4, 7]);
    await expect(openArrow(join(folder, 'none.arrow'))).rejects.toThrow('none.arrow: there is no such file');
    writeFileSync(join(folder, 'bad.arrow'), 'time,bid\n');
    await expect(openArrow(join(folder, 'bad.arrow'))).rejects.toThrow(/bad\.arrow: is no Arrow IPC/);
  });

  test('a file of another program goes into a catalogue as its record, checked like any other', async () => {
    const path = join(folder, 'EURUSD.arrow');
    writeFileSync(path, tableToIPC(tableFromArrays({ timestamp: columns.time, b: columns.bid, a: columns.ask }), 'file'));
    const layout = { record: 'quotes', columns: { time: 'timestamp', bid: 'b', ask: 'a' }, timeFormat: 'ns' } as const;
    expect((await readSource(path, layout)).tables[''].columns).toEqual(columns);
    const root = join(folder, 'catalogue');
    expect(await importFiles({ ...layout, root, files: [path], venue: 'test', symbol: 'EURUSD' })).toMatchObject({ rows: 6, isComplete: true });
    expect((await (await openCatalogue(root)).read({ kind: 'quotes', venue: 'test', symbol: 'EURUSD' })).columns).toEqual(columns);
    await expect(readSource(path, { ...layout, columns: { ...layout.columns, bid: 'x' } })).rejects.toThrow('there is no column "x"');
  });
});
