import { candleProfiles } from './candle-profiles.ts';
import { candleZones } from './candle-zones.ts';
import { placeTexts } from './place-texts.ts';

/**
 * The layers of the candle chart, as a piece of the page's script: `drawLayers` puts what lies in the window and is known into the plot, what is behind first and words last.
 *
 * Each thing drawn is one element with the class of its kind, which tests count.
 */
export const candleLayers: string = `
  const placeTexts = ${placeTexts.toString()};
${candleProfiles}${candleZones}
  function drawLayers(view) {
    const { c, plot, make, clock, price, x, y, at, step, body, from, to, until, cut, ends, inside, isKnown, hidden, fills, shownCells, selected, left, right, top, bottom } = view, wide = to - from, wanted = [], columns = new Map();
    const texts = { add: (rank, words, x, y, fill, size, way, isMiddle) => { if (words) wanted.push({ rank, words, x, y, fill, size, way, isMiddle }); } };
    drawProfiles(view);
    drawDeveloping({ ...view, texts });
    drawZones({ ...view, texts });
    drawNaked({ ...view, texts });
    // A footprint is read in close view: sold x bought in each row of a candle, imbalances framed in the colour of their side; the candle makes room at the left.
    const cells = shownCells(from, until), withCells = new Set(cells.map(k => at(c.cells.row[k]))), isClose = step >= 60;
    for (let i = from; i < until; i++) {
      if (i > from && c.row[i] !== c.row[i - 1] + 1) make(plot, 'line', { class: 'hole', x1: x(i) - step / 2, x2: x(i) - step / 2, y1: top, y2: bottom, stroke: 'var(--muted)', 'stroke-dasharray': '2 4' });
      const isUp = c.close[i] >= c.open[i], color = isUp ? 'var(--gain)' : 'var(--loss)', a = y(Math.max(c.open[i], c.close[i])), b = Math.max(y(Math.min(c.open[i], c.close[i])), a + 0.8);
      const half = withCells.has(i) ? Math.max(step * 0.035, 1.5) : body, middle = withCells.has(i) ? x(i) - step * 0.43 : x(i);
      make(plot, 'path', { class: 'candle', d: 'M' + middle.toFixed(2) + ' ' + y(c.high[i]).toFixed(2) + 'V' + y(c.low[i]).toFixed(2) + 'M' + (middle - half).toFixed(2) + ' ' + a.toFixed(2) + 'h' + (2 * half).toFixed(2) + 'V' + b.toFixed(2) + 'h' + (-2 * half).toFixed(2) + 'Z', fill: color, stroke: color, 'stroke-width': Math.min(1, step * 0.5) });
    }
    for (const k of cells) {
      const { row, price: prices, buy, sell, imbalance, size: rowSize } = c.cells, middle = x(at(row[k])), level = y(prices[k] + rowSize), size = Math.max(y(prices[k]) - level, 0.75), delta = buy[k] - sell[k], total = buy[k] + sell[k];
      const column = columns.get(row[k]) || { left: middle - step * 0.38, right: middle + step * 0.46, top: level, bottom: level + size };
      // Words keep off numbers, not off colours.
      if (isClose) columns.set(row[k], { ...column, top: Math.min(column.top, level), bottom: Math.max(column.bottom, level + size) });
      const cell = make(plot, 'g', { class: 'cell' }), color = delta >= 0 ? 'var(--gain)' : 'var(--loss)', isEven = imbalance[k] === 0;
      make(cell, 'rect', { x: middle - step * 0.38, y: level, width: step * 0.84, height: size, fill: 'color-mix(in srgb,' + color + ' ' + Math.round(total > 0 ? 6 + 22 * Math.abs(delta) / total : 4) + '%,var(--card))', stroke: isEven ? 'var(--card)' : color, 'stroke-width': isEven ? 0.5 : 1.25 });
      if (isClose && size >= 8) make(cell, 'text', { x: middle + step * 0.04, y: level + size / 2 + 3.5, 'font-size': size >= 11 ? 10.5 : 9, 'text-anchor': 'middle', fill: isEven ? 'var(--ink)' : color, 'font-weight': isEven ? 400 : 700 }, short(sell[k]) + ' x ' + short(buy[k]));
      make(cell, 'title', {}, price(prices[k]) + ': sold ' + sell[k] + ', bought ' + buy[k]);
    }
    const swings = hidden.has('swings') ? [] : c.swings.filter(swing => isKnown(swing.row));
    for (const swing of swings) {
      const a = x(at(swing.row)), b = y(swing.level), mark = make(plot, 'g', { class: 'swing' });
      make(mark, 'line', { x1: a, x2: a + Math.max(6 * step, 8), y1: b, y2: b, stroke: 'var(--ink)', 'stroke-opacity': 0.65, 'stroke-dasharray': '2 2' });
      make(mark, 'circle', { cx: a, cy: b, r: Math.min(2.2, Math.max(step * 0.3, 0.8)), fill: 'var(--ink)' });
      make(mark, 'title', {}, swing.node + ': swing ' + (swing.direction > 0 ? 'high ' : 'low ') + price(swing.level) + ', drawn where it became known');
    }
    const breaks = hidden.has('breaks') ? [] : c.breaks.filter(level => isKnown(level.row));
    for (const level of breaks) {
      const a = x(at(level.row)), b = y(level.level), mark = make(plot, 'g', { class: 'break' }), name = level.short || level.kind;
      make(mark, 'line', { x1: a, x2: a + Math.max(10 * step, 14), y1: b, y2: b, stroke: 'var(--break)', 'stroke-width': 1.25 });
      if (step > 3) texts.add(0, name, a + 2, level.direction > 0 ? b - 4 : b + 11, 'var(--break)', 10, level.direction > 0 ? -1 : 1, false);
      make(mark, 'title', {}, level.node + ': ' + level.kind + (level.direction > 0 ? ' up through ' : ' down through ') + price(level.level));
    }
    const labels = (c.labels || []).filter(label => !hidden.has(switchOf[label.kind] || 'events') && isKnown(label.row));
    // What happens at every other candle is marked without words.
    const often = new Map();
    for (const { short: word } of labels) often.set(word, (often.get(word) || 0) + 1);
    for (const label of labels) {
      const i = at(label.row), a = x(i), isBelow = label.direction > 0, b = label.level === null ? y(isBelow ? c.low[i] : c.high[i]) : y(label.level), mark = make(plot, 'g', { class: 'label' });
      make(mark, 'path', { d: 'M' + a.toFixed(2) + ' ' + b.toFixed(2) + (isBelow ? 'v7' : 'v-7'), stroke: 'var(--break)', 'stroke-width': 1 });
      if (step > 3 && often.get(label.short) <= Math.max(wide / 5, 8)) texts.add(1, label.short, a, isBelow ? b + 16 : b - 9, 'var(--break)', 10, isBelow ? 1 : -1, true);
      make(mark, 'title', {}, label.node + ': ' + label.kind + (label.level === null ? '' : ' ' + price(label.level)));
    }
    const marks = hidden.has('marks') ? [] : (c.marks || []).filter(mark => isKnown(mark.row));
    for (const level of marks) {
      const a = x(at(level.row)), b = y(level.level), mark = make(plot, 'g', { class: 'mark' });
      make(mark, 'line', { x1: a, x2: a + Math.max(8 * step, 12), y1: b, y2: b, stroke: 'var(--other)', 'stroke-width': 1.5 });
      make(mark, 'path', { d: 'M' + a.toFixed(2) + ' ' + (b - 3).toFixed(2) + 'l3 3l-3 3l-3 -3Z', fill: 'var(--other)' });
      make(mark, 'title', {}, 'marked ' + price(level.level));
    }
    const orders = hidden.has('orders') ? [] : (c.orders || []).filter(order => order.row <= cut && at(order.row) < to && (ends(order.toRow) === null ? order.level !== null || inside(order.row) : at(order.toRow) >= from));
    for (const order of orders) {
      const isOpen = ends(order.toRow) === null, a = x(at(order.row)), b = isOpen ? Math.max(a, x(until - 1)) : x(at(order.toRow)), color = order.side > 0 ? 'var(--gain)' : 'var(--loss)';
      const level = order.level === null ? y(c.close[at(order.row)]) : y(order.level), mark = make(plot, 'g', { class: 'order' });
      if (order.level !== null) make(mark, 'line', { x1: a, x2: Math.max(b, a + 4), y1: level, y2: level, stroke: color, 'stroke-opacity': 0.8, 'stroke-dasharray': '1 3', 'stroke-width': 1.5 });
      make(mark, 'circle', { cx: a, cy: level, r: 2.4, fill: 'var(--card)', stroke: color, 'stroke-width': 1.25 });
      make(mark, 'title', {}, 'Order ' + order.orderId + ': ' + (order.side > 0 ? 'buy ' : 'sell ') + order.quantity + ' ' + order.kind + (order.level === null ? '' : ' ' + price(order.level)) + (isOpen ? ', working' : ', ' + order.end));
    }
    const trips = hidden.has('fills') ? [] : c.trips.filter(trip => trip.exitRow <= cut && at(trip.entryRow) < to && at(trip.exitRow) >= from);
    for (const trip of trips) {
      const isChosen = c.trips[selected] === trip, color = trip.net > 0 ? 'var(--gain)' : 'var(--loss)';
      const line = make(plot, 'line', { class: 'trip', x1: x(at(trip.entryRow)), y1: y(trip.entryPrice), x2: x(at(trip.exitRow)), y2: y(trip.exitPrice), stroke: color, 'stroke-width': isChosen ? 3 : 1.5, 'stroke-dasharray': isChosen ? 'none' : '5 3' });
      make(line, 'title', {}, 'Round trip ' + trip.trip + ', ' + (trip.side > 0 ? 'long' : 'short') + ', closed by ' + trip.exitReason + ', net ' + trip.net.toFixed(2));
    }
    const drawn = hidden.has('fills') ? [] : fills;
    for (const fill of drawn) {
      const a = x(at(fill.row)), b = y(fill.price), d = fill.side > 0 ? 1 : -1, s = Math.max(3.5, Math.min(6, step));
      const mark = make(plot, 'path', { class: 'fill', d: 'M' + a.toFixed(2) + ' ' + b.toFixed(2) + 'l' + s + ' ' + 1.7 * s * d + 'h' + -2 * s + 'Z', fill: fill.side > 0 ? 'var(--gain)' : 'var(--loss)', stroke: 'var(--card)', 'stroke-width': 1 });
      make(mark, 'title', {}, (fill.side > 0 ? 'Bought ' : 'Sold ') + fill.quantity + ' at ' + price(fill.price) + ', ' + clock(fill.time) + ', order ' + fill.orderId);
    }
    for (const { text, x, y } of placeTexts(wanted, { left, right, top, bottom }, [...columns.values()])) make(plot, 'text', { class: 'tag', x, y, 'font-size': text.size, fill: text.fill }, text.words);
  }
`;
