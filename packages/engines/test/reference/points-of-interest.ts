/** Points of interest from their definition with objects; shares no code with the engine. */
export interface ReferenceZoneEvent { table: string; kind: string; direction: number; knownRow: number; id: number; ref: number; level0: number; level1: number }
export interface ReferencePoint { kind: string; direction: number; row: number; lower: number; upper: number; score: number }

interface Zone { table: string; name: number; weight: number; low: number; high: number }
interface Point { side: number; lower: number; upper: number; zones: Zone[]; isHit: boolean }

export function referencePoints(
  bars: { readonly high: ArrayLike<number>; readonly low: ArrayLike<number>; readonly close: ArrayLike<number>; readonly atr?: ArrayLike<number> }, events: readonly ReferenceZoneEvent[], order: readonly string[],
  weights: { readonly [kind: string]: number }, { overlap, tolerance, touchedWeight, cap }: { overlap: number; tolerance: number; touchedWeight: number; cap: number },
): ReferencePoint[] {
  const written: ReferencePoint[] = [], points: Point[] = [], begun: { readonly [side: number]: Zone[] } = { 1: [], [-1]: [] };
  const displacement = (row: number, middle: number): number => {
    const distance = Math.abs(bars.close[row] - middle) / (bars.atr === undefined ? NaN : bars.atr[row]);
    return Number.isNaN(distance) ? 1 : Math.max(0.5, Math.min(distance, 2));
  };
  const score = (point: Point): number => point.zones.reduce((sum, { weight }) => sum + weight, 0);
  const write = (kind: string, point: Point, row: number): void => {
    written.push({ kind, direction: point.side, row, lower: point.lower, upper: point.upper, score: Math.round(score(point) * 1e9) / 1e9 });
  };
  const end = (point: Point, zone: Zone, row: number): void => {
    point.zones = point.zones.filter(other => other !== zone);
    if (point.zones.length > 0) return;
    write('expired', point, row);
    points.splice(points.indexOf(point), 1);
  };
  for (let row = 0; row < bars.high.length; row++) {
    for (const point of points) {
      if (point.isHit || !(bars.high[row] >= point.lower && bars.low[row] <= point.upper)) continue;
      point.isHit = true;
      write('touched', point, row);
    }
    for (const table of order) for (const event of events.filter(other => other.table === table && other.knownRow === row)) {
      const name = Number.isNaN(event.ref) ? event.id : event.ref;
      const holder = points.find(point => point.zones.some(zone => zone.table === table && zone.name === name)), zone = holder?.zones.find(other => other.table === table && other.name === name);
      if (['filled', 'violated', 'superseded', 'expired', 'segmentEnd'].includes(event.kind)) {
        if (holder && zone) end(holder, zone, row);
        continue;
      }
      if (event.kind === 'touched' && zone) zone.weight *= touchedWeight;
      if (event.kind === 'touched' || weights[event.kind] === undefined) continue;
      if (holder && zone) end(holder, zone, row);
      const isLevel = ['swing', 'liquidityPool', 'periodLevel', 'sessionLevel'].includes(event.kind), side = isLevel ? 0 - event.direction : event.direction;
      const low = event.level0, high = Number.isNaN(event.level1) ? low : event.level1, added: Zone = { table, name, weight: weights[event.kind] * displacement(row, (low + high) / 2), low, high };
      // The one of its side that is `cap` older makes room, if it stands.
      const old = begun[side][begun[side].length - cap], oldHolder = points.find(point => point.zones.includes(old));
      if (oldHolder) end(oldHolder, old, row);
      begun[side].push(added);
      const candidates = points.filter(point => point.side === side).map(point => {
        const shared = Math.min(high, point.upper) - Math.max(low, point.lower), whole = Math.max(high, point.upper) - Math.min(low, point.lower);
        return { point, merit: shared > 0 ? shared / whole : shared, fits: shared > 0 ? shared / whole >= overlap : 0 - shared <= tolerance };
      }).filter(({ fits }) => fits);
      candidates.sort((a, b) => b.merit - a.merit);
      const point = candidates[0]?.point ?? { side, lower: low, upper: high, zones: [], isHit: false }, isNew = candidates.length === 0;
      point.lower = Math.min(point.lower, low);
      point.upper = Math.max(point.upper, high);
      point.zones.push(added);
      if (isNew) points.push(point);
      write(isNew ? 'pointOfInterest' : 'joined', point, row);
    }
  }
  return written;
}
