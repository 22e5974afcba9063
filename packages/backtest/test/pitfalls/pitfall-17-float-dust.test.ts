import { expect, test } from 'vitest';
import type { SimulatorSetup } from '../../src/simulator/setup.ts';
import { goldenSetup } from '../reference/goldens.ts';
import { simulate } from '../simulated.ts';

/** Buys 0.1 and 0.2 and sells 0.3 at prices of a cent, with fees; then again, a hundred times. */
function trade(setup: (given: SimulatorSetup) => SimulatorSetup): { position: number; cash: number; expected: number } {
  let position = NaN;
  const rows = Array.from({ length: 402 }, (_, i) => [10 * i, 1 + ((i * 7) % 13) / 100, 1.01 + ((i * 7) % 13) / 100]), quantities = [0.1, 0.2, -0.3];
  const { setup: given, rows: group } = goldenSetup({
    name: '', reading: '', fills: [], market: 'quotes', tick: 0.01, rows, options: { costs: { basisPoints: 0.5 } },
    on: Object.fromEntries(rows.map((_, i) => [i, (a, account) => {
      position = account.position('X');
      const quantity = i < 300 ? quantities[i % 3] : 0;
      if (quantity !== 0) a.submit({ instrument: 'X', side: Math.sign(quantity), quantity: Math.abs(quantity) });
    }])),
  });
  const result = simulate(setup(given), group);
  // Conservation in whole numbers of 1e-6: what was paid and received, fee by fee and fill by fill, rounded once each.
  const micro = (amount: number): number => Math.round(amount * 1e6);
  let expected = micro(100_000);
  for (const { side, price, quantity, fee } of result.fills) expected -= side * Math.round(price * 100) * Math.round(quantity * 10) * 1000 + micro(fee);
  return { position, cash: result.equity.at(-1)!.cash, expected: expected / 1e6 };
}

const withStep = (quantityStep: number) => (given: SimulatorSetup): SimulatorSetup => ({ ...given, instruments: [{ ...given.instruments[0], quantityStep, minimumQuantity: 0 }] });

/** Oracle: whole-number arithmetic beside it. */
function closesExactly(quantityStep: number): void {
  const { position, cash, expected } = trade(withStep(quantityStep));
  expect(position).toBe(0);
  expect(cash).toBe(expected);
}

test('pitfall 17: 0.1 + 0.2 - 0.3 leaves no position, and cash is conserved exactly', () => closesExactly(0.1));

test('pitfall 17: quantities that are bare doubles leave dust, which is caught', () => expect(() => closesExactly(NaN)).toThrow());
