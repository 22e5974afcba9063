import { dayOf, dayStart, defineEngine, positiveInteger, timeHalves, type Engine } from '@zanzibar/core';
import { medianOfSorted, replaceSorted } from './sorted-window.ts';

/**
 * Relative volume: a bar's volume over what is usual at its time of the session, so that the open and the lunch hour can be compared.
 *
 * Definition  r = v / median of the volumes of the last `sessions` bars that began in the same slot of their session. A session begins with each row whose
 *             `anchor` is not 0, without that column at midnight UTC; slot k is the k-th stretch of `minutes` since then, by the time at which the bar opens.
 *             A bar 24 hours or more into its session has no slot
 * Units       volume in; ratio out     Warm-up  `sessions` bars of the same slot (sparse: slots fill one by one)     Lag  0
 * NaN         a row whose volume is NaN is left out; NaN also where the median is 0, and before the first anchor
 * Source      the field's relative volume at time (RVOL), no primary source
 * Oracle      reference packages/engines/test/reference/relative-volume.ts
 * Example     sessions 1, volume 2 and 3 at the same minute of two days gives NaN 1.5. Fed to `volumeSpread` or `wyckoff` as their volume:
 *             combine({ usual: [relativeVolume, 'bars'], range: [wyckoff, 'bars', {}, { volume: 'usual/relativeVolume' }] })
 */
export interface RelativeVolumeOptions {
  /** Sessions in the median. @defaultValue 20 */
  sessions: number;
  /** Length of a slot. @defaultValue 1 */
  minutes: number;
}

const minutesPerDay = 1440;
const nanosecondsPerMinute = 60_000_000_000;

export const relativeVolume: Engine<RelativeVolumeOptions, { volume: 'f64'; openTime: 'i64' }, { relativeVolume: 'f64' }, {}, {}, { anchor: 'i8' }> = /* @__PURE__ */ defineEngine({
  name: 'relativeVolume',
  input: { volume: 'f64', openTime: 'i64' },
  optional: { anchor: 'i8' },
  aligned: { relativeVolume: 'f64' },
  sparse: ['relativeVolume'],
  defaults: { sessions: 20, minutes: 1 },
  check({ sessions, minutes }) {
    positiveInteger('relativeVolume: sessions', sessions);
    positiveInteger('relativeVolume: minutes', minutes);
  },
  lag: () => 0,
  units: { relativeVolume: 'ratio' },
  mirror: 'exact',
  scale: 'exact',
  init({ sessions, minutes }) {
    const slots = Math.ceil(minutesPerDay / minutes);
    // Of each slot the volumes by age and in ascending order.
    return { isOpen: 0, start: new BigInt64Array(1), counts: new Float64Array(slots), volumes: new Float64Array(slots * sessions), sorted: new Float64Array(slots * sessions) };
  },

  advance(state, { volume, openTime, anchor }, { relativeVolume }, from, to, { sessions, minutes }) {
    const { counts, volumes, sorted, start } = state, halves = timeHalves(openTime), session = timeHalves(start), slotLength = minutes * nanosecondsPerMinute;
    for (let i = from; i < to; i++) {
      const since = (halves[2 * i + 1] - session[1]) * 4_294_967_296 + ((halves[2 * i] >>> 0) - (session[0] >>> 0));
      let slot = Math.floor(since / slotLength);
      if (anchor === undefined ? state.isOpen === 0 || !(since >= 0 && since < minutesPerDay * nanosecondsPerMinute) : anchor[i] !== 0) {
        state.isOpen = 1;
        start[0] = anchor === undefined ? dayStart(dayOf(openTime[i])) : openTime[i];
        slot = Math.floor(((halves[2 * i + 1] - session[1]) * 4_294_967_296 + ((halves[2 * i] >>> 0) - (session[0] >>> 0))) / slotLength);
      }
      const v = volume[i], at = slot * sessions;
      relativeVolume[i] = NaN;
      if (v !== v || state.isOpen === 0 || !(slot >= 0 && slot < counts.length)) continue;
      const count = counts[slot], oldest = at + (count % sessions);
      if (count >= sessions) {
        const usual = medianOfSorted(sorted, at, sessions);
        if (usual !== 0) relativeVolume[i] = v / usual;
      }
      replaceSorted(sorted, at, Math.min(count, sessions), count >= sessions ? volumes[oldest] : NaN, v);
      volumes[oldest] = v;
      counts[slot] = count + 1;
    }
  },
});
