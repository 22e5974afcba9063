/**
 * The course of a Wyckoff schematic: the turning points of price and what they are called.
 *
 * Heights are shares of the range: 0 is the edge that the climax made, 1 the edge of the automatic rally. Trend and climax come from above, so an accumulation is this
 * as it stands, and a distribution is it turned over.
 * Source: H. Pruden, The Three Skills of Top Trading, 2007, schematics 1 and 2 and their repetitions within a trend; the figures are ours.
 */
import type { RandomStream } from '../random.ts';

/** Price goes to `height` in `bars` bars. */
export interface TurningPoint {
  readonly height: number;
  readonly bars: number;
  /** Volume there over the usual one, and on how many bars before and after it fades to the next one's. */
  readonly volume: number;
  /** What happens there. */
  readonly event?: string;
  /** What the same is to the structure against the trend that came in, where that fails in the end. */
  readonly also?: string;
  /** Does price go there faster and faster? */
  readonly isPanic?: boolean;
  /** The event is where price first closes beyond this height on its way here. */
  readonly beyond?: number;
  /** Does it belong to the structure against the trend that came in, or to the way out? */
  readonly isExit?: boolean;
}

export interface Course {
  readonly points: readonly TurningPoint[];
  /** Points before the climax. */
  readonly leadIn: number;
}

/** Draws a course; each part takes its numbers from a stream of its own, so that leaving one out moves no other. */
export function drawCourse(random: RandomStream, isContinuation: boolean, missing: number, decoys: number): Course {
  const part = (name: string): RandomStream => random.fork(name), between = (stream: RandomStream, low: number, high: number): number => low + (high - low) * stream.uniform();
  const isThere = (name: string): boolean => part(`missing ${name}`).uniform() >= missing;
  const points: TurningPoint[] = [], add = (height: number, bars: number, volume: number, rest: Partial<TurningPoint> = {}): number => points.push({ height, bars, volume, ...rest });
  const start = part('approach'), top = between(start, 2.6, 4);
  add(top, 1, 1);
  for (let k = 0; k < 8; k++) add(top + between(start, -0.25, 0.25), start.integer(9, 15), between(start, 0.8, 1.2));
  let level = top;
  for (let decoy = 0; decoy < decoys; decoy++) {
    const stream = part(`decoy ${decoy}`), size = between(stream, 0.5, 1.1);
    level += between(stream, -0.6, 0.9);
    for (let swing = stream.integer(3, 6); swing > 0; swing--) {
      add(level + size * between(stream, 0.85, 1.1), stream.integer(7, 13), between(stream, 0.8, 1.2));
      add(level + size * between(stream, -0.1, 0.15), stream.integer(7, 13), between(stream, 0.8, 1.2));
    }
  }

  const fall = part('fall'), support = between(fall, 0.45, 0.8), bounce = between(fall, 0.3, 0.45);
  add(top * 0.62 + 0.2, fall.integer(14, 24), 1.1);
  add(top * 0.62 + 0.2 + between(fall, 0.15, 0.3), fall.integer(4, 7), 0.9);
  if (isThere('preliminarySupport')) {
    add(support, fall.integer(10, 16), between(fall, 2, 2.8), { event: 'preliminarySupport' });
    add(support + bounce, fall.integer(4, 7), 1.1);
  }
  const leadIn = points.length;
  add(0, fall.integer(7, 11), between(fall, 4.5, 7), { event: 'climax', isPanic: true });
  const first = part('phase A');
  add(1, first.integer(8, 14), between(first, 1.3, 1.8), { event: 'automaticRally' });
  if (isThere('secondaryTest')) add(between(first, 0.02, 0.16), first.integer(9, 15), between(first, 0.7, 1), { event: 'secondaryTest' });
  else add(between(first, 0.45, 0.55), first.integer(6, 9), between(first, 0.7, 1));

  const cause = part('phase B'), swings = cause.integer(2, 4), actionAt = isContinuation ? -1 : cause.integer(0, swings - 1);
  for (let k = 0; k < swings; k++) {
    const stream = part(`swing ${k}`), dryness = 1 - 0.3 * ((k + 1) / swings);
    if (k === actionAt && isThere('upthrustAction')) add(between(stream, 1.1, 1.22), stream.integer(9, 14), dryness * 1.3, { event: 'upthrustAction' });
    else add(between(stream, 0.74, 0.93), stream.integer(8, 13), dryness);
    if (stream.uniform() < 0.4) add(between(stream, 0.03, 0.16), stream.integer(8, 13), dryness * 0.8, { event: 'secondaryTest' });
    else add(between(stream, 0.38, 0.5), stream.integer(6, 10), dryness * 0.9);
  }

  // From here on what happens at the lower edge happens at the upper one where the trend goes on.
  const side = (height: number): number => (isContinuation ? 1 - height : height), test = part('phase C'), isSprung = isThere('spring');
  // Not so far that it were a test of the other edge.
  add(isContinuation ? between(test, 0.38, 0.5) : between(test, 0.74, 0.93), test.integer(7, 11), 0.7);
  if (isSprung) {
    add(side(between(test, -0.28, -0.13)), test.integer(8, 12), between(test, 0.8, 2.2), { event: 'spring', isExit: true, ...(isContinuation ? { also: 'upthrustAction' } : {}) });
    add(side(between(test, 0.42, 0.55)), test.integer(4, 6), 1);
    if (isThere('springTest')) add(side(between(test, 0.06, 0.18)), test.integer(5, 8), between(test, 0.35, 0.5), { event: 'springTest', isExit: true });
  } else add(side(between(test, 0.2, 0.3)), test.integer(8, 12), 0.45, { event: 'lastPointOfSupport', isExit: true });
  const exit = part('exit'), strength = between(exit, 1.38, 1.6), support2 = between(exit, 1.0, 1.12);
  add(side(strength), exit.integer(9, 13), between(exit, 2.2, 3), { event: 'signOfStrength', beyond: side(1), isExit: true });
  if (isThere('lastPointOfSupport')) add(side(support2), exit.integer(6, 10), between(exit, 0.5, 0.7), { event: 'lastPointOfSupport', isExit: true });
  else add(side(strength - 0.12), exit.integer(3, 5), 0.8);
  add(side(strength + between(exit, 0.6, 0.9)), exit.integer(9, 14), 1.5, { event: 'markup', beyond: side(strength), isExit: true });
  let height = strength + 0.8;
  for (let k = 0; k < 3; k++) {
    add(side(height - between(exit, 0.25, 0.4)), exit.integer(5, 8), 0.9);
    height += between(exit, 0.5, 0.7);
    add(side(height), exit.integer(9, 14), 1.2);
  }
  return { points, leadIn };
}
