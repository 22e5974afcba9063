/** The largest of high - low and the distances from the close before to high and low. Without branches: where prices jump about, a mispredicted one costs more than the arithmetic. */
export function trueRange(high: number, low: number, previousClose: number): number {
  return high - low + relu(previousClose - high) + relu(low - previousClose);
}

function relu(x: number): number {
  return (x + Math.abs(x)) / 2;
}
