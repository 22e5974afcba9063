import { describe, expect, expectTypeOf, test } from 'vitest';
import { choice, flag, integer, number, parseParameter, resolveParameters } from './parameters.ts';

// Oracle: the ranges and defaults that the declarations state.
const parameters = { swing: integer(1, 50, 3), reward: number(0.1, 20, 1.5), side: choice(['long', 'both'], 'both'), trail: flag(false) };

describe('parameters', () => {
  test('resolveParameters fills in defaults and keeps what is given', () => {
    const values = resolveParameters('demo', parameters, { swing: 5 });
    expect(values).toEqual({ swing: 5, reward: 1.5, side: 'both', trail: false });
    expectTypeOf(values.side).toEqualTypeOf<'long' | 'both'>();
    expectTypeOf(values.trail).toEqualTypeOf<boolean>();
  });

  test('a wrong value is refused with strategy, name, rule and value', () => {
    expect(() => resolveParameters('demo', parameters, { swing: 0 })).toThrow('demo: swing must be an integer in [1, 50], was 0');
    expect(() => resolveParameters('demo', parameters, { swing: 2.5 })).toThrow('demo: swing must be an integer in [1, 50], was 2.5');
    expect(() => resolveParameters('demo', parameters, { reward: NaN })).toThrow('demo: reward must be a number in [0.1, 20], was NaN');
    expect(() => resolveParameters('demo', parameters, { side: 'short' })).toThrow('demo: side must be one of long, both, was short');
    expect(() => resolveParameters('demo', parameters, { swnig: 3 })).toThrow('demo: unknown parameter "swnig", known are swing, reward, side, trail');
  });

  test('parseParameter reads text as the declared type', () => {
    expect(parseParameter('demo: swing', parameters.swing, '7')).toBe(7);
    expect(parseParameter('demo: trail', parameters.trail, 'true')).toBe(true);
    expect(() => parseParameter('demo: swing', parameters.swing, 'seven')).toThrow('demo: swing must be an integer in [1, 50], was NaN');
    expect(() => parseParameter('demo: swing', parameters.swing, '')).toThrow('demo: swing must be an integer');
    expect(() => parseParameter('demo: trail', parameters.trail, 'yes')).toThrow('demo: trail must be true or false, was yes');
  });
});
