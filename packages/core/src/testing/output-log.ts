/** Everything a pipeline has written, column by column, kept while its tables forget. */

export interface LoggedTable {
  readonly columns: { [column: string]: (number | bigint)[] };
  length: number;
}

/** Tables by name: `atr` for aligned columns, `gaps.events` for an appended table. */
export class OutputLog {
  readonly tables: { [name: string]: LoggedTable } = {};

  /** Adds the rows that came since the last call. */
  take(output: object): this {
    this.#node('', output);
    return this;
  }

  copy(): OutputLog {
    const copy = new OutputLog();
    for (const name in this.tables) {
      const { columns, length } = this.tables[name];
      copy.tables[name] = { columns: Object.fromEntries(Object.entries(columns).map(([column, values]) => [column, values.slice()])), length };
    }
    return copy;
  }

  #node(name: string, output: any): void {
    if (typeof output.base !== 'number') {
      for (const inner in output) this.#node(name === '' ? inner : `${name}.${inner}`, output[inner]);
      return;
    }
    const aligned: Record<string, ArrayLike<number | bigint>> = {}, isNew = !(this.tables[name]?.length >= output.base + output.length);
    for (const part in output) {
      if (isNew && ArrayBuffer.isView(output[part])) aligned[part] = output[part] as unknown as ArrayLike<number>;
      else if (output[part]?.columns) this.#table(`${name}.${part}`, output[part].columns, output[part].base, output[part].length);
    }
    if (Object.keys(aligned).length > 0) this.#table(name, aligned, output.base, output.length);
  }

  #table(name: string, columns: { readonly [column: string]: ArrayLike<number | bigint> }, base: number, length: number): void {
    if (this.tables[name]?.length >= base + length) return;
    const table = (this.tables[name] ??= { columns: {}, length: 0 });
    if (table.length < base) throw new Error(`rows ${table.length} to ${base} of ${name} were dropped before anyone saw them`);
    for (const column in columns) {
      // The driver's own note of what proves a row; it follows from the others.
      if (column.startsWith('@')) continue;
      const values = (table.columns[column] ??= []);
      for (let i = table.length - base; i < length; i++) values.push(columns[column][i]);
    }
    table.length = Math.max(table.length, base + length);
  }
}

/** The first place where two logs differ in a bit (all NaN are one), or where one has a row that the other lacks. */
export function firstDifference(actual: OutputLog, expected: OutputLog): string | undefined {
  for (const name of new Set([...Object.keys(expected.tables), ...Object.keys(actual.tables)])) {
    const a = actual.tables[name] ?? { columns: {}, length: 0 }, e = expected.tables[name] ?? { columns: {}, length: 0 };
    const rows = Math.min(a.length, e.length);
    let first: string | undefined, at = rows;
    for (const column in e.columns) {
      const mine = a.columns[column] ?? [], theirs = e.columns[column];
      for (let i = 0; i < at; i++) {
        if (Object.is(mine[i], theirs[i])) continue;
        at = i;
        first = `${name} row ${i}: ${column} is ${mine[i]}, expected ${theirs[i]}`;
      }
    }
    if (first !== undefined) return first;
    if (a.length !== e.length) return `${name} has ${a.length} rows, expected ${e.length}`;
  }
  return undefined;
}
