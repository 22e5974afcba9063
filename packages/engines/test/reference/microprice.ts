/**
 * The limit of the micro-price's correction by walking the chain: the expected move of the mid over very many steps, step by step, without solving anything.
 *
 * Quotes are [bid, ask, bidSize, askSize] in ticks. A state is a text of spread and bucket, counted from the even book outwards, negative on the ask's side.
 */
export type PlainQuote = readonly [bid: number, ask: number, bidSize: number, askSize: number];

export function plainMicroprice(quotes: readonly PlainQuote[], buckets: number, spreads: number, steps: number): ReadonlyMap<string, number> {
  const state = ([bid, ask, bidSize, askSize]: PlainQuote): { spread: number; bucket: number } | undefined => {
    const imbalance = (bidSize - askSize) / (bidSize + askSize), spread = ask - bid;
    if (!(spread >= 1 && spread <= spreads) || Number.isNaN(imbalance)) return undefined;
    let bucket = 1;
    while (bucket < buckets / 2 && Math.abs(imbalance) >= bucket / (buckets / 2)) bucket++;
    return { spread, bucket: imbalance < 0 ? -bucket : bucket };
  };
  const steps1 = new Map<string, { to: string; move: number }[]>();
  for (let i = 1; i < quotes.length; i++) {
    const from = state(quotes[i - 1]), to = state(quotes[i]), move = (quotes[i][0] + quotes[i][1] - quotes[i - 1][0] - quotes[i - 1][1]) / 2;
    if (!from || !to || Math.abs(move) > 1) continue;
    for (const sign of [1, -1]) {
      const key = `${from.spread} ${sign * from.bucket}`, list = steps1.get(key) ?? [];
      list.push({ to: `${to.spread} ${sign * to.bucket}`, move: sign * move });
      steps1.set(key, list);
    }
  }
  let expected = new Map([...steps1.keys()].map(key => [key, 0]));
  for (let step = 0; step < steps; step++) {
    const next = new Map<string, number>();
    for (const [key, list] of steps1) next.set(key, list.reduce((sum, { to, move }) => sum + move + (expected.get(to) ?? 0), 0) / list.length);
    expected = next;
  }
  return expected;
}
