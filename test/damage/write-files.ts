/** A process that writes one of each kind of output into a folder and prints the errors that it met: `write-files.ts FOLDER CSV`. */
import { join } from 'node:path';
import { importFiles, readSource, replaceText, writeParquet } from '@zanzibar/core/io';
import { writeResult } from '@zanzibar/backtest';
import { seededResult } from '../../packages/backtest/test/seeded-result.ts';

const [folder, csv] = process.argv.slice(2),
  errors: { [what: string]: string } = {};
async function attempt(what: string, write: () => Promise<unknown>): Promise<void> {
  errors[what] = await write().then(
    () => 'written',
    (error: unknown) => String(error),
  );
}
const { columns, schema } = (await readSource(csv, {})).tables[''];
await attempt('parquet', () => writeParquet(join(folder, 'quotes.parquet'), { columns }, { schema }));
await attempt('text', () => replaceText(join(folder, 'text.txt'), 'a line of text\n'.repeat(10_000)));
await attempt('catalogue', () => importFiles({ root: join(folder, 'data'), files: [csv], venue: 'x', symbol: 'A' }));
await attempt('result', () => writeResult(join(folder, 'result'), seededResult({ bars: 2880 })));
process.stdout.write(JSON.stringify(errors));
