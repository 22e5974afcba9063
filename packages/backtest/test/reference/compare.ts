/** The first place at which two results differ. */
import type { FillRow, ReferenceResult } from './records.ts';

export interface Comparable {
  readonly orders: ReferenceResult['orders'];
  readonly executions: ReferenceResult['executions'];
  readonly fills: readonly FillRow[];
  readonly equity: ReferenceResult['equity'];
}

export interface Difference {
  readonly table: string;
  readonly row: number;
  readonly column: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

const tables = ['orders', 'executions', 'fills', 'equity'] as const;

/**
 * Executions first, because they come in order of happening; numbers have to be equal as bits where `tolerance` is 0 (on a grid), else within it relative to the
 * larger: without a grid sums of money are doubles, whose last bits depend on the order of adding.
 */
export function firstDifference(expected: Comparable, actual: Comparable, tolerance = 0): Difference | undefined {
  for (const table of [...tables].sort((a, b) => Number(b === 'executions') - Number(a === 'executions'))) {
    const left = expected[table], right = actual[table];
    for (let row = 0; row < Math.min(left.length, right.length); row++) {
      for (const column in right[row]) {
        const a = (left[row] as unknown as Record<string, unknown>)[column], b = (right[row] as unknown as Record<string, unknown>)[column];
        if (!isEqual(a, b, tolerance)) return { table, row, column, expected: a, actual: b };
      }
    }
    if (left.length !== right.length) return { table, row: Math.min(left.length, right.length), column: 'length', expected: left.length, actual: right.length };
  }
  return undefined;
}

function isEqual(a: unknown, b: unknown, tolerance: number): boolean {
  if (Object.is(a, b) || a === b) return true;
  return typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

/** A difference with the rows around it, for a person to judge by the pages. */
export function describeDifference(name: string, { table, row, column, expected, actual }: Difference, left: Comparable, right: Comparable): string {
  const text = (value: unknown): string => JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}n` : typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner));
  const rows = (result: Comparable): string => (result[table as 'fills'] as readonly unknown[]).slice(Math.max(0, row - 3), row + 2).map(value => `    ${text(value)}`).join('\n');
  const id = (left[table as 'executions'][row] ?? right[table as 'executions'][row])?.orderId;
  const order = text(left.orders.find(order => order.orderId === id) ?? null), history = left.executions.filter(execution => execution.orderId === id).map(value => `    ${text(value)}`).join('\n');
  return `${name}: ${table} row ${row} column ${column}: reference ${text(expected)}, simulator ${text(actual)}\n  reference:\n${rows(left)}\n  simulator:\n${rows(right)}\n  order: ${order}\n  its life in the reference:\n${history}`;
}
