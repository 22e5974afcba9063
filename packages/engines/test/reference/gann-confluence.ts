/** Families of levels near a price, from lists of their levels. Shares nothing with the engine. */
export function confluenceOf(families: readonly (readonly number[])[], price: number, near: number): number {
  return families.filter(levels => levels.some(level => level >= price - near && level <= price + near)).length;
}
