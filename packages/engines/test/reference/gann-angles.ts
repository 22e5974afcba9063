/** A line from a pivot drawn bar by bar: it moves by so much a bar. Shares nothing with the engine. */
export function drawnLine(level: number, direction: number, pricePerBar: number, bars: number): number {
  let line = level;
  for (let bar = 0; bar < bars; bar++) line += direction * pricePerBar;
  return line;
}
