/** Mean and deviation weighted by volume, in two passes over the rows with exact integer sums of ticks; shares no code with the engines. */
export function weightedMoments(ticks: readonly number[], lots: readonly number[], ticksPerUnit: number): { mean: number; deviation: number } {
  let volume = 0n, value = 0n, squares = 0n;
  ticks.forEach((tick, k) => {
    volume += BigInt(lots[k]);
    value += BigInt(tick) * BigInt(lots[k]);
    squares += BigInt(tick) * BigInt(tick) * BigInt(lots[k]);
  });
  if (volume === 0n) return { mean: NaN, deviation: NaN };
  // Variance = (squares * volume - value^2) / volume^2, its numerator exact.
  const numerator = squares * volume - value * value;
  return { mean: Number((value * 10n ** 15n) / volume) / 1e15 / ticksPerUnit, deviation: Math.sqrt(Number(numerator)) / Number(volume) / ticksPerUnit };
}
