/** Round trips from the fills, one after the other (`fills.md` 73, B17, H10), and their extremes from the rows. */
import type { ExitReason } from '@zanzibar/core';
import type { Group, MarketRows, SimulationOptions, TradedInstrument } from '../../src/simulator/setup.ts';
import type { PositionFill } from './records.ts';
import { Money, Rounding } from './rounding.ts';

export interface TripRow {
  readonly positionId: number;
  readonly lotId: number;
  readonly instrument: string;
  readonly side: number;
  readonly entryTime: bigint;
  readonly entryRow: number;
  readonly exitTime: bigint;
  readonly exitRow: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly quantity: number;
  readonly gross: number;
  readonly costs: number;
  readonly mae: number;
  readonly mfe: number;
  readonly exitReason: ExitReason;
}

/** Some of a position that began together: all of it, or a lot. */
interface Piece { readonly positionId: number; readonly lotId: number; readonly entry: PositionFill; readonly entries: (readonly [quantity: number, price: number])[]; readonly exits: (readonly [quantity: number, price: number])[]; left: number; gross: number; costs: number }

export function referenceTrips(fills: readonly PositionFill[], instruments: readonly TradedInstrument[], options: SimulationOptions, rows: Group): TripRow[] {
  const hasLots = options.lots === 'fifo', unit = options.moneyUnit ?? (instruments.some(({ tick }) => !Number.isNaN(tick)) ? 1e-6 : 0), open = new Map<string, { piece: Piece; pieces: Piece[]; held: number; average: number }>(), trips: TripRow[] = [];
  let positions = 0, lots = 0;
  for (const fill of fills) {
    const i = instruments.findIndex(({ id }) => id === fill.instrument), { multiplier, tick, quantityStep } = instruments[i], money = new Money(unit, 0), rounding = new Rounding(tick, quantityStep), key = `${fill.instrument} ${fill.positionId}`, units = (amount: number): number => money.units(money.round(amount));
    const before = open.get(key), closed = before && before.held * fill.side < 0 ? Math.min(fill.quantity, Math.abs(before.held)) : 0, opened = rounding.quantity(fill.quantity - closed), held = rounding.quantity((before?.held ?? 0) + fill.side * fill.quantity);
    const closingFee = closed === fill.quantity ? units(fill.fee) : units(fill.fee * closed / fill.quantity);
    if (before && closed > 0) {
      const own = Math.sign(before.held);
      let rest = closed, unpaid = closingFee;
      for (const piece of hasLots ? [...before.pieces] : [before.piece]) {
        if (!(rest > 1e-9 * closed)) break;
        const part = hasLots ? Math.min(rest, piece.left) : rest;
        rest = rounding.quantity(rest - part);
        piece.left = rounding.quantity(piece.left - part);
        if (!(piece.left > 1e-9 * part)) piece.left = 0;
        const isLast = !(rest > 1e-9 * closed), fee = isLast ? unpaid : units(fill.fee * part / fill.quantity);
        unpaid -= fee;
        piece.gross += units((fill.price - (hasLots ? piece.entries[0][1] : before.average)) * part * own * multiplier);
        piece.costs += fee;
        piece.exits.push([part, fill.price]);
        if (hasLots ? piece.left > 0 : closed < Math.abs(before.held)) continue;
        trips.push(rowOf(piece, fill, held * own < 0 ? 'reverse' : fill.exit, rows.markets[i], options, money));
        if (hasLots) before.pieces.shift();
      }
      before.held = held * own <= 0 ? 0 : held;
      if (before.held === 0) open.delete(key);
    }
    if (!(opened > 0)) continue;
    const at = open.get(key) ?? { piece: begin(Number.isNaN(fill.positionId) ? positions++ : fill.positionId, NaN, fill), pieces: [], held: 0, average: NaN }, size = Math.abs(at.held), cost = units(fill.fee) - (closed > 0 ? closingFee : 0);
    open.set(key, at);
    at.average = size === 0 ? fill.price : (at.average * size + fill.price * opened) / (size + opened);
    at.held = rounding.quantity(at.held + fill.side * opened);
    const into = hasLots ? begin(at.piece.positionId, lots++, fill) : at.piece;
    if (hasLots) at.pieces.push(into);
    into.entries.push([opened, fill.price]);
    into.left = rounding.quantity(into.left + opened);
    into.costs += cost;
  }
  return trips;
}

function begin(positionId: number, lotId: number, entry: PositionFill): Piece {
  return { positionId, lotId, entry, entries: [], exits: [], left: 0, gross: 0, costs: 0 };
}

const sum = (list: Piece['entries'], of: (quantity: number, price: number) => number): number => list.reduce((total, [quantity, price]) => total + of(quantity, price), 0);
const mean = (list: Piece['entries']): number => sum(list, (quantity, price) => quantity * price) / sum(list, quantity => quantity);

function rowOf({ positionId, lotId, entry, entries, exits, gross, costs }: Piece, exit: PositionFill, exitReason: ExitReason, rows: MarketRows, { crossed }: SimulationOptions, money: Money): TripRow {
  const { side } = entry, entryPrice = mean(entries), amount = (units: number): number => (money.perUnit === 0 ? units : units / money.perUnit);
  let low = Infinity, high = -Infinity;
  for (let row = entry.row; row <= exit.row; row++) {
    const k = row - rows.base, bid = (rows.bid ?? rows.price ?? rows.open!)[k], ask = (rows.ask ?? rows.price ?? rows.askOpen ?? rows.open!)[k];
    if (Number.isNaN(bid) || Number.isNaN(ask) || (rows.bid && ask < bid && crossed !== 'trade')) continue;
    const [least, most] = rows.open ? (side > 0 ? [rows.low!, rows.high!] : [rows.askLow ?? rows.low!, rows.askHigh ?? rows.high!]).map(column => column[k]) : side > 0 ? [bid, bid] : [ask, ask];
    low = Math.min(low, least);
    high = Math.max(high, most);
  }
  return {
    positionId, lotId, instrument: entry.instrument, side, entryTime: entry.time, entryRow: entry.row, exitTime: exit.time, exitRow: exit.row, entryPrice, exitPrice: mean(exits), quantity: sum(exits, quantity => quantity),
    gross: amount(gross), costs: amount(costs), mae: Math.max(0, side > 0 ? entryPrice - low : high - entryPrice), mfe: Math.max(0, side > 0 ? high - entryPrice : entryPrice - low), exitReason,
  };
}

/** The first place at which trips differ, in words; prices and amounts within the last bits, for means are of other sums. */
export function differentTrip(expected: readonly TripRow[], actual: readonly TripRow[]): string | undefined {
  for (let row = 0; row < Math.max(expected.length, actual.length); row++) {
    for (const column in expected[row] ?? actual[row]) {
      const a = expected[row]?.[column as keyof TripRow], b = actual[row]?.[column as keyof TripRow];
      if (Object.is(a, b) || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)))) continue;
      return `round trip ${row}, ${column}: reference ${String(a)}, simulator ${String(b)}`;
    }
  }
  return undefined;
}
