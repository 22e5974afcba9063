/** The signed score from lists of what is known. Shares nothing with the engine. */
export interface Evidence { readonly weight: number; readonly value: number; readonly reliability: number }

export function signedScore(directional: readonly Evidence[], timings: readonly Evidence[], gain: number): { readonly score: number; readonly coverage: number } {
  const available = directional.filter(({ value, reliability }) => !Number.isNaN(value) && reliability > 0), clip = (value: number, least: number): number => Math.min(1, Math.max(least, value));
  const total = available.reduce((sum, { weight, reliability }) => sum + weight * reliability, 0), coverage = total / directional.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return { score: NaN, coverage: 0 };
  const base = available.reduce((sum, { weight, value, reliability }) => sum + weight * reliability * clip(value, -1), 0) / total, known = timings.filter(({ value }) => !Number.isNaN(value));
  const timing = known.length === 0 ? 0 : known.reduce((sum, { weight, value }) => sum + weight * clip(value, 0), 0) / known.reduce((sum, { weight }) => sum + weight, 0);
  return { score: clip(base * (1 + gain * timing), -1), coverage };
}
