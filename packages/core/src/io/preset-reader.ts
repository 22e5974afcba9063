/** Files of a preset as tables. */
import { basename } from 'node:path';
import { DataError, oneOf } from '../errors.ts';
import type { CsvLayout } from './csv-layout.ts';
import { csvBytes } from './csv-reader.ts';
import type { CsvBytes } from './csv-reader.ts';
import { newFields, readRow } from './csv-rows.ts';
import { delimiterByte, plainSymbol, readTables } from './csv-tables.ts';
import { isJson, jsonText } from './json-rows.ts';
import { presets } from './presets.ts';
import type { Preset, PresetName } from './presets.ts';
import type { TableSlice } from './table-file.ts';

/** What a preset leaves open, and what a caller may set otherwise. */
export interface PresetOptions extends Pick<CsvLayout, 'timeZone' | 'date' | 'interval' | 'symbol' | 'order' | 'prices' | 'onGrid'> {
  /** Decides the zone of formats that keep each venue's data in a zone of its own. */
  venue?: string;
}

/** The tables of one file: one of ticks named '', or bars by the price that they hold: bid, ask, trade. */
export interface PresetTables {
  readonly record: CsvLayout['record'];
  /** Of bars. */
  readonly interval: string | undefined;
  readonly tables: { readonly [price: string]: TableSlice };
}

/** The layout of a preset for a file of columns. Errors: RangeError where its data is not given out so, DataError for another symbol in the name. */
export function presetTable(file: string, preset: PresetName, options: PresetOptions): CsvLayout {
  oneOf('preset', preset, Object.keys(presets));
  const { table } = presets[preset] as Preset;
  if (!table) throw new RangeError(`${file}: preset ${preset} is of delimited files, leave it out for files that name their columns`);
  checkSymbol(file, basename(file), presets[preset], options.symbol);
  return { ...table, ...given(options) } as CsvLayout;
}

/** Reads a file of a known format. Errors: as `readCsv`, and DataError where the file is of another form or another symbol. */
export async function readPreset(options: PresetOptions & { preset: PresetName; file: string }): Promise<PresetTables> {
  return presetTables({ ...options, content: await csvBytes(options.file) });
}

/** The same for bytes that have been read. */
export function presetTables({
  preset,
  file,
  content,
  ...options
}: PresetOptions & { preset: PresetName; file: string; content: CsvBytes }): PresetTables {
  oneOf('preset', preset, Object.keys(presets));
  const chosen = presets[preset],
    name = content.member ?? basename(file);
  checkSymbol(file, name, chosen, options.symbol);
  const bytes = chosen.json && isJson(content.bytes) ? jsonText(file, content.bytes, chosen.json) : content.bytes;
  const layout = { ...chooseForm(file, name, preset, chosen, bytes), ...given(options) };
  layout.timeZone ??= chosen.timeZones?.[options.venue?.toLowerCase() ?? ''];
  for (const need of chosen.needs)
    if (layout[need] === undefined) throw new RangeError(`preset ${preset}: ${need} is needed, its files do not state it`);
  if (chosen.timeZones && layout.timeZone === undefined) {
    throw new RangeError(
      `preset ${preset}: the zone of venue "${options.venue ?? ''}" is not known, give timeZone or one of the venues ${Object.keys(chosen.timeZones).join(', ')}`,
    );
  }
  return { record: layout.record, interval: layout.interval, tables: readTables(file, bytes, layout) };
}

function chooseForm(file: string, name: string, preset: string, { forms }: Preset, bytes: Uint8Array): CsvLayout {
  const fields = newFields(),
    end = bytes.indexOf(10),
    firstLine = new TextDecoder().decode(bytes.subarray(0, end < 0 ? bytes.length : end)).replace(/^\ufeff/, '');
  let found = 0;
  for (const { fieldCount, nameIncludes, firstLine: wanted, layout } of forms) {
    if (readRow(bytes, 0, delimiterByte(layout.delimiter), fields, file, 0) < 0) throw new DataError('is empty', { file });
    found = Math.max(found, fields.count);
    if (fieldCount !== fields.count || !name.includes(nameIncludes ?? '') || (wanted && !wanted.test(firstLine))) continue;
    return { ...layout, fieldCount };
  }
  const counts = [...new Set(forms.map(({ fieldCount }) => fieldCount))];
  throw new DataError(
    counts.includes(found) ? `its first line is of none of the forms of preset ${preset}` : `has ${found} fields; files of preset ${preset} have ${counts.join(' or ')}`,
    { file, row: 0 },
  );
}

function checkSymbol(file: string, name: string, preset: Preset, symbol: string | undefined): void {
  const stated = preset.symbolInName
    ?.exec(name)
    ?.slice(1)
    .find((group) => group !== undefined);
  if (stated !== undefined && symbol !== undefined && plainSymbol(stated) !== plainSymbol(symbol)) {
    throw new DataError(`its name ${name} says symbol ${stated.toUpperCase()}, not ${symbol}`, { file });
  }
}

/** The options that are set: an undefined one must not undo what the preset says. */
function given(options: PresetOptions): Partial<CsvLayout> {
  return Object.fromEntries(Object.entries(options).filter(([name, value]) => value !== undefined && name !== 'venue'));
}
