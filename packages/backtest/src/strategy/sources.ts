/** Constructors of what a strategy listens to. */
import { parseInterval } from '@zanzibar/core';
import type { PriceSide, Source } from './strategy.ts';

type SourceOf<K extends Source['kind']> = Extract<Source, { readonly kind: K }>;

/** Time bars of an instrument's ticks: `bars('1m')`, `bars('1h', { price: 'bid', align: 'session' })`. */
export function bars(interval: string | number, options: { readonly instrument?: string; readonly price?: PriceSide; readonly align?: 'epoch' | 'session' } = {}): SourceOf<'bars'> {
  return { kind: 'bars', interval: parseInterval(interval), price: 'mid', ...options };
}

/** Bars of a number of ticks. */
export function tickBars(count: number, options: { readonly instrument?: string; readonly price?: PriceSide } = {}): SourceOf<'tickBars'> {
  return { kind: 'tickBars', count, price: 'mid', ...options };
}

/** Every tick of an instrument. */
export function ticks(instrument?: string): SourceOf<'ticks'> {
  return instrument === undefined ? { kind: 'ticks' } : { kind: 'ticks', instrument };
}

/** A call at every multiple of `every` from the epoch, plus `offset`. */
export function timer(every: string | number, offset: string | number = 0): SourceOf<'timer'> {
  return { kind: 'timer', every: parseInterval(every), offset: typeof offset === 'number' ? offset : parseInterval(offset) };
}

/** What happens to the strategy's own orders. */
export function reports(): SourceOf<'reports'> {
  return { kind: 'reports' };
}

/** Columns of one's own with a time at which each row is known. */
export function custom(columns: SourceOf<'custom'>['columns']): SourceOf<'custom'> {
  return { kind: 'custom', columns };
}
