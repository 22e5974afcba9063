/** `zanzibar data prune`: names old files of a catalogue, and deletes them when told to. */
import { formatDate } from '@zanzibar/core';
import { prunableFiles, pruneCatalogue } from '@zanzibar/core/io';
import { ageFlags, clock, cutoffOf } from './age.ts';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { formatBytes } from './bytes.ts';
import { exitCode, type Verb } from './main.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = { ...ageFlags, delete: { type: 'switch', about: 'delete what is named; without it nothing is changed' } };

export const dataPruneVerb: Verb = {
  help: helpText(
    'data prune ROOT --older AGE [--delete]',
    'Names the files of a catalogue that are older, and what killed processes left behind; with --delete it then deletes them. A file goes as a whole, when its last row is old enough. A kill at any moment leaves a sound catalogue.',
    flags, ['zanzibar data generate --root out/old --days 2 && zanzibar data prune out/old --older 1y', 'zanzibar data prune out/old --older 1y --delete'],
  ),
  async run(argv, console) {
    const given = parseFlags('data prune', argv, flags), [root, more] = given.words, before = cutoffOf('data prune', given, clock);
    if (root === undefined || more !== undefined) throw new UsageError('data prune: name one catalogue', more);
    const files = await prunableFiles({ root, before }), bytes = files.reduce((sum, { byteLength }) => sum + byteLength, 0);
    for (const { path, byteLength, entry } of files) console.line(`${path}  ${entry ? `${entry.rows} rows` : 'left over, not in the manifest'}  ${formatBytes(byteLength)}`);
    const deleted = given.has('delete') ? await pruneCatalogue(root, files) : [], days = `from before ${formatDate(before)}`;
    if (files.length === 0) console.line(`nothing ${days}`);
    else if (given.has('delete')) console.line(`${deleted.length} files ${days} deleted`);
    else console.line(`${files.length} files ${days}, ${formatBytes(bytes)}; nothing was deleted, add --delete to do it`);
    console.result({ root, before, files: files.map(({ path, byteLength, entry }) => ({ path, bytes: byteLength, rows: entry?.rows ?? null })), deleted });
    return exitCode.done;
  },
};
