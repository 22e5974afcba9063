/** The share of each bar that was absorbed, from its definition, bar by bar over all events; shares no code with the engine. */
export interface ReferenceAbsorption { readonly time: bigint; readonly direction: number; readonly volume: number }

/** Events known after the close of the bar before and by that of the bar; a bar that closes with an event knows it. */
export function referenceShare(closes: readonly bigint[], volumes: readonly number[], events: readonly ReferenceAbsorption[]): number[] {
  return closes.map((close, row) => {
    const own = events.filter(({ time }) => time <= close && (row === 0 || time > closes[row - 1]));
    const defended = (side: number): number => own.filter(({ direction }) => direction === side).reduce((sum, { volume }) => sum + volume, 0);
    return volumes[row] > 0 ? (defended(1) - defended(-1)) / volumes[row] : NaN;
  });
}
