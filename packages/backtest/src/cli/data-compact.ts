/** `zanzibar data compact`: old files of a catalogue, packed tighter. */
import { formatDate } from '@zanzibar/core';
import { coldCompression, compactCatalogue } from '@zanzibar/core/io';
import { ageFlags, clock, cutoffOf } from './age.ts';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { formatBytes } from './bytes.ts';
import { exitCode, type Verb } from './main.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = ageFlags;

export const dataCompactVerb: Verb = {
  help: helpText(
    'data compact ROOT --older AGE',
    `Packs files of a catalogue that are older with ${coldCompression} instead of snappy: smaller, a little slower to read. Rows, digests and paths stay. A kill at any moment loses nothing; run it again for the rest. Exit code 1 where files are missing or damaged: they are left as they are.`,
    flags, ['zanzibar data generate --root out/cold --days 2 && zanzibar data compact out/cold --older 30d'],
  ),
  async run(argv, console, signal) {
    const given = parseFlags('data compact', argv, flags), [root, more] = given.words, before = cutoffOf('data compact', given, clock);
    if (root === undefined || more !== undefined) throw new UsageError('data compact: name one catalogue', more);
    const result = await compactCatalogue({ root, before, signal, onProgress: ({ filesDone, fileCount }) => console.progress('compact', filesDone, fileCount) });
    const { compacted, problems, isComplete } = result, sum = (name: 'bytesBefore' | 'bytesAfter'): number => compacted.reduce((total, each) => total + each[name], 0);
    console.line(compacted.length === 0 ? `nothing to pack before ${formatDate(before)}` : `${compacted.length} files from before ${formatDate(before)}: ${formatBytes(sum('bytesBefore'))} became ${formatBytes(sum('bytesAfter'))}`);
    for (const { problem } of problems) console.line(problem);
    console.result({ root, before, compression: coldCompression, ...result });
    if (!isComplete) console.note('interrupted: every file is whole; run it again for the rest');
    return !isComplete ? exitCode.interrupted : problems.length > 0 ? exitCode.found : exitCode.done;
  },
};
