/** What the footer of a Parquet file must be for its numbers to be used: nothing is allocated or read by a number that was not checked. */
import type { FileMetaData } from 'hyparquet';
import { DataError } from '../errors.ts';
import { topLevel } from './parquet-plan.ts';

/** Verifies that the counts of a footer agree and that its column chunks lie inside the file. Errors: DataError with the file and column. */
export function checkFooter(file: string, { schema, row_groups: groups, num_rows: total, key_value_metadata: facts }: FileMetaData, byteLength: number): void {
  const refuse = (what: string, column?: string): never => {
    throw new DataError(`is damaged: ${what}`, { file, column });
  };
  if (!Array.isArray(schema) || !Array.isArray(groups) || schema.length === 0) refuse('its footer has no schema or no row groups');
  const isFact = (fact: unknown): boolean => typeof fact === 'object' && fact !== null && typeof (fact as { key?: unknown }).key === 'string' && ['string', 'undefined'].includes(typeof (fact as { value?: unknown }).value);
  if (facts !== undefined && !(Array.isArray(facts) && facts.every(isFact))) refuse('its key-value metadata are none');
  checkSchema(schema, refuse);
  const flat = new Set([...topLevel(schema)].filter(([, { num_children: children, repetition_type: kind }]) => children === undefined && kind !== 'REPEATED').map(([name]) => name));
  let rows = 0n;
  for (const [index, group] of groups.entries()) {
    const { num_rows: held, columns } = group;
    if (typeof held !== 'bigint' || held < 0n || !Array.isArray(columns)) refuse(`row group ${index} states ${String(held)} rows`);
    rows += held;
    for (const { meta_data: meta } of columns) {
      const name = Array.isArray(meta?.path_in_schema) ? String(meta.path_in_schema[0]) : refuse(`row group ${index} has a column without facts`);
      const { data_page_offset: data, dictionary_page_offset: dictionary, total_compressed_size: size, num_values: values } = meta!;
      const start = dictionary !== undefined && dictionary > 0n && dictionary < data ? dictionary : data;
      if ([data, size, values, dictionary ?? 0n].some((number) => typeof number !== 'bigint' || number < 0n) || start + size > BigInt(byteLength))
        refuse(`row group ${index} lies outside of the file's ${byteLength} bytes`, name);
      if (flat.has(name) && values !== held) refuse(`row group ${index} states ${held} rows and ${values} values`, name);
    }
  }
  if (rows !== total || rows > BigInt(Number.MAX_SAFE_INTEGER)) refuse(`it states ${String(total)} rows, its row groups have ${rows}`);
}

/** The tree of columns must be whole: walking it must neither run past its end nor for ever. */
function checkSchema(schema: FileMetaData['schema'], refuse: (what: string) => never): void {
  let open = 1;
  for (const [at, { name, num_children: children }] of schema.entries()) {
    if (open === 0) refuse(`its schema goes on after its last column, at element ${at}`);
    if (typeof name !== 'string') refuse(`element ${at} of its schema has no name`);
    if (children !== undefined && !(Number.isInteger(children) && children >= 0 && children < schema.length)) refuse(`element ${at} of its schema has ${String(children)} children`);
    open += (children ?? 0) - 1;
  }
  if (open !== 0) refuse('its schema is not complete');
}
