/** How often arrays of any table were replaced: who was shown arrays at this count has the present ones, whichever tables they are of. */
export const replacements: { count: number } = { count: 0 };

/** To be called wherever a table's arrays are replaced. */
export function noteReplacement(table: { replaced: number }): void {
  table.replaced++;
  replacements.count++;
}
