/**
 * A process that changes a catalogue and kills itself at a chosen call of the file system: `killed-catalogue.ts ROOT ACTION STEP`.
 *
 * Every call that changes a file or folder counts; the one with number STEP is never made. Prints how many there were when none was left out.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [root, action, last, file] = process.argv.slice(2),
  step = Number(last);
let calls = 0;

function count(): void {
  if (++calls === step) process.kill(process.pid, 'SIGKILL');
}

const asynchronous = fs.promises as unknown as { [name: string]: (...given: unknown[]) => Promise<unknown> },
  synchronous = fs as unknown as { [name: string]: (...given: unknown[]) => unknown };
for (const name of ['mkdir', 'open', 'rename', 'rm', 'rmdir', 'writeFile']) {
  const original = asynchronous[name].bind(fs.promises);
  asynchronous[name] = (...given) => {
    count();
    return original(...given);
  };
}
const writeFileSync = synchronous.writeFileSync.bind(fs);
synchronous.writeFileSync = (...given) => {
  count();
  return writeFileSync(...given);
};
syncBuiltinESMExports();

const { compactCatalogue, importFiles, prunableFiles, pruneCatalogue } = await import('@zanzibar/core/io');
const before = 1_577_836_800_000_000_000n;
if (action === 'compact') await compactCatalogue({ root, before });
else if (action === 'prune') await pruneCatalogue(root, await prunableFiles({ root, before }));
else await importFiles({ root, files: [file], preset: 'lean-tick', venue: 'fxcm', symbol: 'EURUSD' });
process.stdout.write(String(calls));
