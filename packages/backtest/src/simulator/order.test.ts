import { orderStates, type OrderState } from '@zanzibar/core';
import { describe, expect, test } from 'vitest';
import { allowedMoves, checkMove, isEnd } from './order.ts';

describe('order states', () => {
  const code = (state: OrderState): number => orderStates.indexOf(state);

  test('every pair of states is either allowed by the table or throws with the order and both states', () => {
    let allowed = 0, refused = 0;
    for (const from of orderStates) for (const to of orderStates) {
      if (allowedMoves[from].includes(to)) {
        allowed++;
        expect(() => checkMove(7, code(from), code(to))).not.toThrow();
      } else {
        refused++;
        expect(() => checkMove(7, code(from), code(to))).toThrow(`order 7: must not move from ${from} to ${to}`);
      }
    }
    expect(allowed + refused).toBe(orderStates.length * orderStates.length);
    expect(allowed).toBeGreaterThan(40);
    expect(refused).toBeGreaterThan(100);
  });

  test('exactly denied, rejected, filled, cancelled and expired are ends', () => {
    expect(orderStates.filter(state => isEnd(code(state)))).toEqual(['denied', 'rejected', 'filled', 'cancelled', 'expired']);
  });

  test('an order at its end makes no move, and nothing moves back to created', () => {
    for (const state of orderStates) {
      if (isEnd(code(state))) expect(allowedMoves[state]).toEqual([]);
      expect(allowedMoves[state]).not.toContain('created');
    }
  });

  test('a held leg cannot fill before it is accepted, a submitted order cannot fill before it arrives', () => {
    for (const from of ['held', 'submitted'] as const) expect(() => checkMove(0, code(from), code('filled'))).toThrow('must not move');
  });
});
