/**
 * Volume profiles on the candle chart, as a piece of the page's script: finished ones as rows, the one that grows as value area and point of control, candle by candle as they were known, and
 * points of control that price has not come back to.
 */
export const candleProfiles: string = `
  // Profiles lie under everything else: rows of a finished profile over the bars that it is of, as wide as their share of the largest.
  function drawProfiles({ c, plot, make, clock, price, x, y, at, step, from, to, cut, hidden }) {
    const profiles = hidden.has('profiles') ? [] : (c.profiles || []).filter(profile => profile.row <= cut && at(profile.fromRow) < to && at(profile.row) >= from);
    for (const profile of profiles) {
      const a = x(at(profile.fromRow)) - step / 2, wide = Math.max(x(at(profile.row)) - step / 2 - a, 8), group = make(plot, 'g', { class: 'profile' }), most = Math.max(...profile.volume);
      profile.price.forEach((level, k) => {
        const isInside = level >= profile.low && level <= profile.high, size = Math.max(y(level) - y(level + profile.size), 0.6);
        make(group, 'rect', { x: a, y: y(level + profile.size), width: (profile.volume[k] / most) * wide * 0.6, height: size, fill: 'var(--other)', 'fill-opacity': isInside ? 0.28 : 0.13 });
      });
      make(group, 'line', { x1: a, x2: a + wide, y1: y(profile.control), y2: y(profile.control), stroke: 'var(--other)', 'stroke-width': 1.25 });
      make(group, 'title', {}, profile.node + ': point of control ' + price(profile.control) + ', value area ' + price(profile.low) + ' to ' + price(profile.high) + ', known at ' + clock(c.time[Math.min(at(profile.row), c.time.length - 1)]));
    }
  }
  // Of each node the profile that is not finished at the last candle: what stood at each close is drawn across that candle, so the steps never move.
  function drawDeveloping({ c, plot, make, price, x, y, at, step, from, to, until, cut, hidden, texts, right }) {
    for (const { node, row, fromRow, control, low, high } of hidden.has('developing profile') ? [] : c.developing || []) {
      let last = row.length - 1;
      while (last >= 0 && row[last] > cut) last--;
      if (last < 0 || control[last] === null || at(fromRow[last]) >= to) continue;
      let k = last;
      while (k > 0 && fromRow[k - 1] === fromRow[last] && control[k - 1] !== null && at(row[k]) > from) k--;
      const end = x(until - 1) + step / 2, group = make(plot, 'g', { class: 'developing', 'data-control': control[last], 'data-low': low[last], 'data-high': high[last] });
      let upper = '', lower = '', middle = '';
      for (const first = k; k <= last; k++) {
        const a = (x(Math.max(at(row[k]), from)) - step / 2).toFixed(2), b = (k === last ? end : x(Math.max(at(row[k + 1]), from)) - step / 2).toFixed(2), move = k === first ? 'M' : 'L';
        upper += move + a + ' ' + y(high[k]).toFixed(2) + 'H' + b;
        middle += move + a + ' ' + y(control[k]).toFixed(2) + 'H' + b;
        lower = 'L' + b + ' ' + y(low[k]).toFixed(2) + 'H' + a + lower;
      }
      make(group, 'path', { d: upper + lower + 'Z', fill: 'var(--other)', 'fill-opacity': 0.09, stroke: 'var(--other)', 'stroke-opacity': 0.55, 'stroke-dasharray': '2 2', 'stroke-width': 0.9 });
      make(group, 'path', { d: middle, fill: 'none', stroke: 'var(--other)', 'stroke-width': 2 });
      for (const [word, level] of [['POC', control[last]], ['VAH', high[last]], ['VAL', low[last]]]) if (step > 3) texts.add(1, word, Math.min(end + 3, right), y(level) + 3.5, 'var(--other)', 10, 1, false);
      make(group, 'title', {}, node + ', not finished: point of control ' + price(control[last]) + ', value area ' + price(low[last]) + ' to ' + price(high[last]));
    }
  }
  // Naked points of control: from the end of their profile until price came back.
  function drawNaked({ c, plot, make, price, x, y, at, step, from, to, until, cut, hidden, texts, left, right }) {
    for (const { node, fromRow, toRow, level, end } of hidden.has('naked points of control') ? [] : c.nakedControls || []) {
      const isNaked = toRow === null || toRow > c.row[until - 1];
      if (fromRow > cut || at(fromRow) >= to || (!isNaked && at(toRow) < from)) continue;
      const a = Math.max(x(at(fromRow)) - step / 2, left), b = isNaked ? right : x(at(toRow)), mark = make(plot, 'g', { class: 'naked' });
      make(mark, 'line', { x1: a, x2: b, y1: y(level), y2: y(level), stroke: 'var(--other)', 'stroke-opacity': isNaked ? 1 : 0.5, 'stroke-width': 1.25, 'stroke-dasharray': '9 3 2 3' });
      if (isNaked && step > 3) texts.add(1, 'nPOC', right - 34, y(level) - 3, 'var(--other)', 10, -1, false);
      make(mark, 'title', {}, node + ': naked point of control ' + price(level) + (isNaked ? '' : ', ' + end));
    }
  }
`;
