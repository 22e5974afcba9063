/** Tables of consecutive runners, one behind the other: each holds the rows from its `base` on. */
import type { tablesOfSession } from '@zanzibar/backtest';
import { columnDefault, newColumn, type ColumnArray, type GrowingTable } from '@zanzibar/core';

export type Stages = ReturnType<typeof tablesOfSession>;

export function joined(parts: readonly Stages[]): Stages {
  return Object.fromEntries(Object.keys(parts[0]).map(stage => [stage, parts.map(part => part[stage]).reduce(behind)]));
}

function behind(before: Stages[string], after: Stages[string]): Stages[string] {
  const { base, length: added } = after as unknown as GrowingTable, length = base + added, columns: Record<string, ColumnArray> = {}, texts: Record<string, string[]> = {};
  for (const name in before.schema) {
    const type = before.schema[name], a = before.columns[name], b = after.columns[name];
    if (!a && !b) continue;
    const values = newColumn(type, length).fill(columnDefault(name, type) as never) as Float64Array;
    if (a) values.set((a as Float64Array).subarray(0, base));
    if (b) values.set((b as Float64Array).subarray(0, added), base);
    columns[name] = values;
    if (type !== 'text') continue;
    // Codes are given in order of first appearance, so the second part may have others for the same words.
    const words = [...(before.texts?.[name] ?? [])], others = after.texts?.[name] ?? [];
    for (const word of others) if (!words.includes(word)) words.push(word);
    for (let i = base; i < length; i++) if (values[i] >= 0) values[i] = words.indexOf(others[values[i]]);
    texts[name] = words;
  }
  return { schema: before.schema, columns, texts, length };
}
