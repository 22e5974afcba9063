/** Files of a preset as tables. */
import { basename } from 'node:path';
import { DataError, oneOf } from '../errors.ts';
import type { CsvLayout } from './csv-layout.ts';
import { csvBytes } from './csv-reader.ts';
import type { CsvBytes } from './csv-reader.ts';
import { newFields, readRow } from './csv-rows.ts';
import { delimiterByte, readTables } from './csv-tables.ts';
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
  const layout = { ...chooseForm(file, name, preset, chosen, content.bytes), ...given(options) };
  layout.timeZone ??= chosen.timeZones?.[options.venue?.toLowerCase() ?? ''];
  for (const need of chosen.needs)
    if (layout[need] === undefined) throw new RangeError(`preset ${preset}: ${need} is needed, its files do not state it`);
  if (chosen.timeZones && layout.timeZone === undefined) {
    throw new RangeError(
      `preset ${preset}: the zone of venue "${options.venue ?? ''}" is not known, give timeZone or one of the venues ${Object.keys(chosen.timeZones).join(', ')}`,
    );
  }
  return { record: layout.record, interval: layout.interval, tables: readTables(file, content.bytes, layout) };
}

function chooseForm(file: string, name: string, preset: string, { forms }: Preset, bytes: Uint8Array): CsvLayout {
  const fields = newFields();
  if (readRow(bytes, 0, delimiterByte(forms[0].layout.delimiter), fields, file, 0) < 0) throw new DataError('is empty', { file });
  const form = forms.find((each) => each.fieldCount === fields.count && (each.nameIncludes === undefined || name.includes(each.nameIncludes)));
  if (!form)
    throw new DataError(
      `has ${fields.count} fields; files of preset ${preset} have ${[...new Set(forms.map((each) => each.fieldCount))].join(' or ')}`,
      { file, row: 0 },
    );
  return { ...form.layout, fieldCount: form.fieldCount };
}

function checkSymbol(file: string, name: string, preset: Preset, symbol: string | undefined): void {
  const stated = preset.symbolInName
    ?.exec(name)
    ?.slice(1)
    .find((group) => group !== undefined);
  if (stated !== undefined && symbol !== undefined && stated.toUpperCase() !== symbol.toUpperCase().replace(/[^A-Z0-9]/g, '')) {
    throw new DataError(`its name ${name} says symbol ${stated.toUpperCase()}, not ${symbol}`, { file });
  }
}

/** The options that are set: an undefined one must not undo what the preset says. */
function given(options: PresetOptions): Partial<CsvLayout> {
  return Object.fromEntries(Object.entries(options).filter(([name, value]) => value !== undefined && name !== 'venue'));
}
