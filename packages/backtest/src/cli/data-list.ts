/** `zanzibar data list`: what a catalogue holds, a line for each series. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatTime } from '@zanzibar/core';
import { openCatalogue, seriesPath, type ManifestFile } from '@zanzibar/core/io';
import { helpText, parseFlags, type Flags } from './arguments.ts';
import { exitCode, type Verb } from './main.ts';
import { formatBytes } from './bytes.ts';
import { chosenSeries, seriesFlags, seriesName } from './series-flags.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = seriesFlags;

export const dataListVerb: Verb = {
  help: helpText('data list [ROOT]', 'Prints every series of a catalogue (default data) with its rows, days, files, size and times. Exit code 1 where files of the manifest are missing.', flags, ['zanzibar data list data', 'zanzibar data list data --record quotes --json']),
  async run(argv, console) {
    const given = parseFlags('data list', argv, flags), [root = 'data', more] = given.words;
    if (more !== undefined) throw new UsageError('data list: name one catalogue', more);
    const catalogue = await openCatalogue(root), series = [];
    let absent = 0;
    for (const { days, ...each } of chosenSeries('data list', root, catalogue.coverage(), given)) {
      const files = catalogue.files.filter(file => seriesPath(file) === seriesPath(each)), sizes = await Promise.all(files.map(file => sizeOf(root, file)));
      const missing = files.filter((_, i) => sizes[i] === undefined).map(({ path }) => path), bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0), packed = files.filter(({ compression }) => compression !== undefined).length;
      absent += missing.length;
      series.push({ ...each, days: days.length, files: files.length, bytes, packed, missing });
      console.line(`${seriesName(each)}  ${each.rows} rows  ${days.length} days  ${files.length} files (${packed} packed)  ${formatBytes(bytes)}  ${formatTime(each.firstTime)} .. ${formatTime(each.lastTime)}`);
      for (const path of missing) console.line(`  ${path} is missing`);
    }
    console.result({ root, series });
    return absent > 0 ? exitCode.found : exitCode.done;
  },
};

async function sizeOf(root: string, { path }: ManifestFile): Promise<number | undefined> {
  return (await stat(join(root, ...path.split('/'))).catch(() => undefined))?.size;
}
