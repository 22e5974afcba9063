/** Ways to run a small case: the simulator, and programs that are wrong on purpose. */
import type { Comparable } from '../reference/compare.ts';
import { goldenSetup, type Golden } from '../reference/goldens.ts';
import type { Misreading } from '../reference/records.ts';
import { reference } from '../reference/reference.ts';
import { simulate } from '../simulated.ts';

export type Case = Omit<Golden, 'name' | 'reading' | 'fills' | 'events' | 'cash'>;
export type Run = (of: Case) => Comparable;

const blank = { name: '', reading: '', fills: [] };

export const simulated: Run = of => {
  const { setup, rows } = goldenSetup({ ...blank, ...of });
  return simulate(setup, rows);
};

export const misread = (misreading: Misreading): Run => of => {
  const { setup, rows } = goldenSetup({ ...blank, ...of });
  return reference(setup, rows, misreading);
};

/** `order row price`, in order. */
export const fillsOf = ({ fills }: Comparable): string[] => fills.map(({ orderId, row, price }) => `${orderId} ${row} ${price}`);

export const one = { quantity: 1, instrument: 'X' } as const;
