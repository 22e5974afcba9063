/** The scores of the published program from a list of longitudes, by sorting all aspects. Shares nothing with the engine. */
interface Aspect { readonly kind: string; readonly weight: number }

const weights: { readonly [body: string]: number } = { Sun: 0.3, Moon: 0.4, Mercury: 0.5, Venus: 0.2, Mars: 0.6, Jupiter: 0.7, Saturn: 0.8 };
const kinds: readonly (readonly [kind: string, degrees: number])[] = [
  ['conjunction', 0], ['sextile', 60], ['square', 90], ['trine', 120], ['opposition', 180], ['minor', 30], ['minor', 45], ['minor', 135], ['minor', 150],
];

export interface Outlook { readonly bullish: number; readonly bearish: number; readonly volatility: number; readonly confidence: number }

export function outlookOf(longitudes: { readonly [body: string]: number }, orb: number, isMercuryRetrograde: boolean): Outlook {
  const bodies = Object.keys(weights), aspects: Aspect[] = [];
  bodies.forEach((a, i) => {
    for (const b of bodies.slice(i + 1)) {
      const apart = Math.abs(longitudes[a] - longitudes[b]) % 360, separation = Math.min(apart, 360 - apart), found = kinds.find(([, degrees]) => Math.abs(separation - degrees) <= orb);
      if (found) aspects.push({ kind: found[0], weight: (weights[a] + weights[b]) / 2 });
    }
  });
  const top = aspects.sort((a, b) => b.weight - a.weight).slice(0, 5), sum = (...of: string[]): number => top.filter(({ kind }) => of.includes(kind)).reduce((total, { weight }) => total + weight, 0);
  const bullish = sum('trine', 'sextile'), bearish = sum('square', 'opposition'), cycle = (((longitudes.Moon - longitudes.Sun) / 360) % 1 + 1) % 1;
  const volatility = 0.5 * bearish + 0.3 * sum('conjunction') + (cycle >= 0.375 && cycle < 0.625 ? 0.3 : 0) + (isMercuryRetrograde ? 0.2 : 0);
  const leading = bullish > bearish + 0.5 ? bullish : bearish > bullish + 0.5 ? bearish : undefined;
  return { bullish, bearish, volatility, confidence: leading === undefined ? 0.5 : Math.min(85, Math.trunc(leading * 30)) / 100 };
}
