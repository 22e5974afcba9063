import { candleLayers } from './candle-layers.ts';

/**
 * The page's only script: shows a window of the candles and lets the reader move through the run.
 *
 * It draws what the JSON beside it says and computes no figure. In replay it draws what was known when the chosen candle had closed: no later candle, zone, order
 * or fill, what ends later is open, and prices are scaled by what is seen. The number of things drawn stands in the SVG's data attributes; `#rows=SOURCE,FROM,TO`
 * in the address opens the candles at positions [FROM, TO), `#rows=SOURCE,FROM,TO,AT` as they were known at position AT.
 */
export const candleScript: string = String.raw`
(() => {
  'use strict';
  const isNarrow = innerWidth < 720, W = isNarrow ? 480 : 1132, H = isNarrow ? 400 : 520, left = 6, right = isNarrow ? 66 : 78, top = 12, bottom = 30, inner = W - left - right, usual = isNarrow ? 70 : 160;
  const xmlns = 'http://www.w3.org/2000/svg';
  const make = (parent, name, attributes, text) => {
    const element = document.createElementNS(xmlns, name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    if (text !== undefined) element.textContent = text;
    parent.appendChild(element);
    return element;
  };
  const clock = milliseconds => new Date(milliseconds).toISOString().replace('T', ' ').slice(0, 19);

  // Volumes as a cell has room for: 1.2k instead of 1234.
  const short = volume => (volume >= 1e6 ? Math.round(volume / 1e5) / 10 + 'm' : volume >= 1e4 ? Math.round(volume / 100) / 10 + 'k' : String(Math.round(volume * 100) / 100));
${candleLayers}
  for (const root of document.querySelectorAll('.explorer')) {
    const c = JSON.parse(root.querySelector('script').textContent), name = root.dataset.candlesOf, n = c.row.length;
    const svg = root.querySelector('svg'), range = root.querySelector('.position'), slider = root.querySelector('.replay'), play = root.querySelector('[data-go=play]'), readout = root.querySelector('.readout');
    const boxes = Array.from(root.querySelectorAll('[data-layer]')), hidden = new Set(boxes.filter(box => !box.checked).map(box => box.dataset.layer)), older = root.querySelector('.older');
    svg.setAttribute('viewBox', '0 0 ' + W + ' ' + H);
    // Position of the candle whose close is now; Infinity outside of replay.
    let from = 0, to = Math.min(n, usual), selected = -1, now = Infinity, timer;
    if (n === 0) {
      readout.textContent = 'No bars.';
      continue;
    }
    // The position of a row, or of the first kept one after it.
    const at = row => {
      let low = 0, high = n;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (c.row[middle] < row) low = middle + 1; else high = middle;
      }
      return low;
    };
    const inside = row => { const i = at(row); return i >= from && i < to; };
    const price = value => value.toFixed(c.digits);

    function show(start, count) {
      const size = Math.max(10, Math.min(Math.round(count), n));
      from = Math.max(0, Math.min(Math.round(start), n - size));
      to = Math.min(n, from + size);
      draw();
    }
    function focusTrip(index) {
      if (c.trips.length === 0) return;
      selected = Math.max(0, Math.min(index, c.trips.length - 1));
      const a = at(c.trips[selected].entryRow), b = at(c.trips[selected].exitRow), size = Math.max(0.75 * usual, Math.min(3 * (b - a), 600), Math.min(to - from, 2.5 * usual));
      if (now !== Infinity) now = a;
      show((a + b) / 2 - size / 2, size);
    }
    // Replay: the candle that has just closed stands near the right edge.
    function replay(position) {
      now = Math.max(0, Math.min(Math.round(position), n - 1));
      const size = to - from;
      show(now < from || now > to - size * 0.1 ? now - size * 0.85 : from, size);
    }
    function stop() {
      clearInterval(timer);
      timer = undefined;
      play.textContent = 'Play';
    }

    function draw() {
      const until = Math.min(to, now + 1), cut = now === Infinity ? Infinity : c.row[now], ends = row => (row === null || row > cut ? null : row);
      const isKnown = row => row <= cut && inside(row);
      const count = to - from, step = inner / count, body = Math.max(step * 0.34, 0.4);
      const x = i => left + (i - from + 0.5) * step;
      let low = Infinity, high = -Infinity;
      for (let i = from; i < until; i++) {
        low = Math.min(low, c.low[i]);
        high = Math.max(high, c.high[i]);
      }
      // Cells of the candles at positions [from, until), in close view only.
      const shownCells = (first, end) => {
        const kept = [];
        if (!hidden.has('footprint') && step >= 24 && c.cells) for (let k = 0; k < c.cells.row.length; k++) if (isKnown(c.cells.row[k]) && at(c.cells.row[k]) >= first && at(c.cells.row[k]) < end) kept.push(k);
        return kept;
      };
      for (const k of shownCells(from, until)) {
        low = Math.min(low, c.cells.price[k]);
        high = Math.max(high, c.cells.price[k] + c.cells.size);
      }
      const fills = c.fills.filter(fill => isKnown(fill.row));
      for (const fill of fills) {
        low = Math.min(low, fill.price);
        high = Math.max(high, fill.price);
      }
      const pad = (high - low) * 0.05 || Math.abs(high) * 0.001 || 1;
      low -= pad;
      high += pad;
      const y = value => top + ((high - value) / (high - low)) * (H - top - bottom);
      svg.replaceChildren();
      const clip = 'clip-' + name.replace(/\W/g, '-');
      make(make(make(svg, 'defs', {}), 'clipPath', { id: clip }), 'rect', { x: left, y: top, width: inner, height: H - top - bottom });
      axes(x, y, low, high, step);
      const plot = make(svg, 'g', { 'clip-path': 'url(#' + clip + ')' });

      drawLayers({ c, svg, plot, make, clock, price, x, y, at, step, body, from, to, until, cut, ends, inside, isKnown, hidden, fills, shownCells, selected, left, right: left + inner, top, bottom: H - bottom });
      make(svg, 'g', { class: 'cross', visibility: 'hidden' });
      for (const kind of ['candle', 'zone', 'swing', 'break', 'label', 'profile', 'developing', 'naked', 'cell', 'order', 'trip', 'fill', 'mark']) svg.setAttribute('data-' + kind + 's', String(plot.querySelectorAll('.' + kind).length));
      if (older !== null) older.textContent = '(' + svg.getAttribute('data-older') + ' here)';
      svg.setAttribute('data-from', String(from));
      svg.setAttribute('data-to', String(to));
      svg.setAttribute('data-now', now === Infinity ? '' : String(now));
      slider.value = String(now === Infinity ? n - 1 : now);
      if (now !== Infinity) make(svg, 'line', { class: 'now', x1: x(now) + step / 2, x2: x(now) + step / 2, y1: top, y2: H - bottom, stroke: 'var(--focus)', 'stroke-dasharray': '4 3' });
      range.value = String(Math.floor((from + to) / 2));
      svg.view = { x, y, low, high, step };
      read(-1);
    }

    function axes(x, y, low, high, step) {
      const rough = (high - low) / 7, power = Math.pow(10, Math.floor(Math.log10(rough))), unit = [1, 2, 5, 10].map(k => k * power).find(k => k >= rough);
      const digits = Math.min(c.digits, Math.max(0, -Math.floor(Math.log10(unit * 1.0001))));
      for (let k = Math.ceil(low / unit); k * unit <= high; k++) {
        const level = y(k * unit);
        make(svg, 'line', { x1: left, x2: left + inner, y1: level, y2: level, stroke: 'var(--grid)' });
        make(svg, 'text', { x: W - right + 8, y: level + 4, 'font-size': 11.5, fill: 'var(--muted)' }, (k * unit).toFixed(digits));
      }
      const every = Math.max(1, Math.ceil(96 / step));
      let day = '';
      for (let i = from + Math.floor(every / 2); i < to; i += every) {
        const text = clock(c.time[i]), label = text.slice(0, 10) === day ? text.slice(11, 16) : text.slice(5, 16);
        day = text.slice(0, 10);
        make(svg, 'text', { x: x(i), y: H - 10, 'font-size': 11.5, 'text-anchor': 'middle', fill: 'var(--muted)' }, label);
      }
    }

    // A position under the pointer, -1 for none.
    function read(i) {
      if (i < from || i >= Math.min(to, now + 1)) {
        const chosen = c.trips[selected], trip = chosen !== undefined && now !== Infinity && chosen.exitRow > c.row[now] ? undefined : chosen, known = now === Infinity ? '' : 'known when the bar of ' + clock(c.time[now]) + ' had closed   ', span = known + clock(c.time[from]).slice(0, 16) + ' to ' + clock(c.time[to - 1]).slice(0, 16) + ' UTC';
        readout.textContent = trip === undefined ? span : span + '   round trip ' + trip.trip + ': ' + (trip.side > 0 ? 'long' : 'short') + ', closed by ' + trip.exitReason + ', net ' + trip.net.toFixed(2);
        return;
      }
      readout.textContent = '';
      const add = (tag, text) => readout.appendChild(Object.assign(document.createElement(tag), { textContent: text }));
      add('b', clock(c.time[i]));
      for (const [key, values] of [['open', c.open], ['high', c.high], ['low', c.low], ['close', c.close]]) {
        add('span', '   ' + key + ' ');
        add('b', price(values[i]));
      }
    }
    function pointer(event) {
      const box = svg.getBoundingClientRect(), px = ((event.clientX - box.left) / box.width) * W, py = ((event.clientY - box.top) / box.height) * H;
      return { i: from + Math.floor((px - left) / svg.view.step), px, py };
    }
    let drag = null;
    svg.addEventListener('pointerdown', event => {
      drag = { x: event.clientX, from };
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener('pointerup', () => { drag = null; });
    svg.addEventListener('pointermove', event => {
      if (drag !== null) {
        const box = svg.getBoundingClientRect(), moved = Math.round(((event.clientX - drag.x) / box.width) * W / svg.view.step);
        if (drag.from - moved !== from) show(drag.from - moved, to - from);
        return;
      }
      const { i, py } = pointer(event), cross = svg.querySelector('.cross');
      cross.replaceChildren();
      if (i < from || i >= to || py < top || py > H - bottom) return read(-1);
      cross.setAttribute('visibility', 'visible');
      const at = svg.view.x(i), value = svg.view.high - ((py - top) / (H - top - bottom)) * (svg.view.high - svg.view.low);
      make(cross, 'line', { x1: at, x2: at, y1: top, y2: H - bottom, stroke: 'var(--muted)', 'stroke-dasharray': '3 3', 'pointer-events': 'none' });
      make(cross, 'line', { x1: left, x2: left + inner, y1: py, y2: py, stroke: 'var(--muted)', 'stroke-dasharray': '3 3', 'pointer-events': 'none' });
      make(cross, 'rect', { x: W - right + 2, y: py - 9, width: right - 4, height: 18, rx: 3, fill: 'var(--ink)', 'pointer-events': 'none' });
      make(cross, 'text', { x: W - right + 8, y: py + 4, 'font-size': 11.5, fill: 'var(--card)', 'pointer-events': 'none' }, price(value));
      read(i);
    });
    svg.addEventListener('pointerleave', () => {
      svg.querySelector('.cross').setAttribute('visibility', 'hidden');
      read(-1);
    });
    const go = {
      'trade-1': () => focusTrip(selected < 0 ? c.trips.length - 1 : selected - 1),
      'trade+1': () => focusTrip(selected + 1),
      'page-1': () => show(from - (to - from) * 0.8, to - from),
      'page+1': () => show(from + (to - from) * 0.8, to - from),
      'zoom+1': () => show(from + (to - from) * 0.2, (to - from) * 0.6),
      'zoom-1': () => show(from - (to - from) / 3, Math.min((to - from) / 0.6, 2400)),
      'bar-1': () => replay((now === Infinity ? to : now) - 1),
      'bar+1': () => replay((now === Infinity ? from : now) + 1),
      all: () => {
        stop();
        now = Infinity;
        draw();
      },
      play: () => {
        if (timer !== undefined) return stop();
        play.textContent = 'Pause';
        if (now === Infinity) replay((from + to) / 2);
        timer = setInterval(() => { if (now < n - 1) replay(now + 1); else stop(); }, 250);
      },
    };
    root.addEventListener('click', event => {
      const action = go[event.target.dataset.go];
      if (action) action();
    });
    root.addEventListener('change', event => {
      const layer = event.target.dataset.layer;
      if (layer === undefined) return;
      if (event.target.checked) hidden.delete(layer); else hidden.add(layer);
      draw();
    });
    slider.addEventListener('input', () => replay(Number(slider.value)));
    range.addEventListener('input', () => show(Number(range.value) - (to - from) / 2, to - from));
    const keys = { ArrowLeft: () => show(from - (to - from) * 0.15, to - from), ArrowRight: () => show(from + (to - from) * 0.15, to - from), '+': go['zoom+1'], '=': go['zoom+1'], '-': go['zoom-1'] };
    svg.addEventListener('keydown', event => {
      if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      keys[event.key]();
    });
    document.addEventListener('click', event => {
      const row = event.target.closest('tr[data-trip]'), index = row === null ? -1 : c.trips.findIndex(trip => trip.trip === Number(row.dataset.trip));
      if (index < 0) return;
      focusTrip(index);
      root.scrollIntoView({ block: 'center' });
    });
    const asked = /^#rows=([^,]*),(\d+),(\d+)(?:,(\d+))?$/.exec(decodeURIComponent(location.hash));
    if (asked !== null && asked[1] === name && asked[4] !== undefined) now = Math.min(Number(asked[4]), n - 1);
    if (asked !== null && asked[1] === name) show(Number(asked[2]), Number(asked[3]) - Number(asked[2]));
    else if (c.trips.length > 0) focusTrip(c.trips.length - 1);
    else show(n - usual, usual);
  }
})();
`;
