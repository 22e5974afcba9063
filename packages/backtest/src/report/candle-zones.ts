import { eventSwitches } from './event-looks.ts';

/** Zones that stand, of each switch and direction, that the chart shows unless older ones are asked for. */
export const newestZones = 4;

/**
 * Zones on the candle chart, as a piece of the page's script: those that stand at the last candle shown reach to the right edge, the newest of each kind at full strength; those that ended reach
 * to their end and are paler. What else stands, or began before the window and ended within it, are older zones, which have a switch.
 */
export const candleZones: string = `
  const switchOf = ${JSON.stringify(eventSwitches)};
  // Fill, edge and dashes of zones by their switch: levels are lines, and a point of interest only frames the zones that it joins.
  const zoneLooks = { gaps: [0.16, 0.45, 'none'], inversions: [0.08, 0.5, '2 2'], blocks: [0.12, 0.9, 'none'], pools: [0, 0.9, '5 3'], levels: [0, 0.9, '8 4'], 'points of interest': [0, 0.7, '1.5 2.5'] };
  // Older zones in the view, drawn or not, are told to the switch.
  function drawZones({ c, svg, plot, make, price, x, y, at, step, from, to, until, cut, hidden, texts, left, right }) {
    const last = c.row[until - 1], stands = zone => zone.toRow === null || zone.toRow > last, layer = zone => switchOf[zone.kind] || 'zones';
    const inView = c.zones.filter(zone => !hidden.has(layer(zone)) && zone.fromRow <= last && (stands(zone) || at(zone.toRow) >= from));
    const many = new Map(), newest = new Set();
    for (const zone of inView.filter(stands).sort((a, b) => b.fromRow - a.fromRow)) {
      const key = layer(zone) + (zone.direction > 0), count = many.get(key) || 0;
      many.set(key, count + 1);
      if (count < ${newestZones}) newest.add(zone);
    }
    const isOlder = zone => (stands(zone) ? !newest.has(zone) : at(zone.fromRow) < from), zones = hidden.has('older zones') ? inView.filter(zone => !isOlder(zone)) : inView;
    svg.setAttribute('data-older', String(inView.filter(isOlder).length));
    // Many at once are paler than a few.
    const lookOf = zone => zoneLooks[layer(zone)] || [0.12, 0.6, 'none'], strength = zone => (isOlder(zone) ? 0.35 : stands(zone) ? 1 : 0.55);
    const crowd = Math.min(1, Math.sqrt(24 / zones.reduce((sum, zone) => sum + (lookOf(zone)[0] > 0 ? strength(zone) : 0), 0)));
    for (const zone of zones.sort((a, b) => strength(a) - strength(b))) {
      const a = x(at(zone.fromRow)), isOpen = stands(zone), b = isOpen ? right : x(at(zone.toRow)), color = zone.direction > 0 ? 'var(--zone-up)' : 'var(--zone-down)';
      const fade = strength(zone), [fill, edge, dashes] = lookOf(zone);
      const box = make(plot, 'rect', { class: 'zone', x: a, y: y(zone.high), width: Math.max(b - a, 1), height: Math.max(y(zone.low) - y(zone.high), 0.75), fill: color, 'fill-opacity': (fill * fade * crowd).toFixed(3), stroke: color, 'stroke-opacity': (edge * fade * Math.sqrt(crowd)).toFixed(3), 'stroke-width': 0.9, 'stroke-dasharray': dashes });
      if (step > 3 && fade === 1) texts.add(fill > 0 ? 2 : 3, zone.short, Math.max(a, left) + 3, y(zone.high) + 10, color, 9, 1, false);
      make(box, 'title', {}, zone.node + ': ' + zone.kind + (zone.direction > 0 ? ' up ' : ' down ') + price(zone.low) + ' to ' + price(zone.high) + (isOpen ? '' : ', ' + zone.end));
    }
  }
`;
