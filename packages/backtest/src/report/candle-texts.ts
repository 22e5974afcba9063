/**
 * The words on the candle chart, as a piece of the page's script: `textPlaces` collects them and writes those that find a free place.
 *
 * Words are placed after everything else is drawn, the important first: one that would cover another moves up or down by a line, zones' names by no more than
 * that, and one that finds no place is left out; its shape still has a title.
 */
export const candleTexts: string = `
  const textPlaces = (make, plot, left, right, top, bottom) => {
    const wanted = [], taken = [];
    const isFree = box => box.top >= top && box.bottom <= bottom && !taken.some(other => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
    return {
      // 'rank' 0 is placed first; 'way' is where it moves: 1 down, -1 up.
      add: (rank, words, x, y, fill, size, way, isMiddle) => { if (words) wanted.push({ rank, words, x, y, fill, size, way, isMiddle }); },
      draw: () => {
        wanted.sort((a, b) => a.rank - b.rank);
        for (const { rank, words, x, y, fill, size, way, isMiddle } of wanted) {
          const wide = words.length * size * 0.62 + 2, start = Math.max(left, Math.min(isMiddle ? x - wide / 2 : x, right - wide));
          for (const lines of rank < 2 ? [0, 1, -1, 2, 3] : rank === 2 ? [0, 1] : [0]) {
            const base = y + way * lines * (size + 2.5), box = { left: start, right: start + wide, top: base - size, bottom: base + 2 };
            if (!isFree(box)) continue;
            taken.push(box);
            make(plot, 'text', { class: 'tag', x: start + 1, y: base, 'font-size': size, fill }, words);
            break;
          }
        }
      },
    };
  };
`;
