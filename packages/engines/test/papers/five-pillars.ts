/** The worked numbers of the published design (Quantam-imo/quantum-market-observer, DATABENTO_DATA_FLOW.md, section 3), as data. */
export const weights: { readonly [pillar: string]: number } = { qmo: 0.25, imo: 0.25, gann: 0.2, astro: 0.15, cycle: 0.15 };
export const boosts: { readonly iceberg: number; readonly gann: number } = { iceberg: 0.15, gann: 0.1 };
export const thresholds: { readonly buy: number; readonly sell: number } = { buy: 0.75, sell: 0.25 };

/** Its example confidences: order flow .82 and liquidity .75, iceberg .85 and absorption .78, and the other three. */
export const example: { readonly [pillar: string]: number } = { qmo: (0.82 + 0.75) / 2, imo: (0.85 + 0.78) / 2, gann: 0.88, astro: 0.65, cycle: 0.72 };
/** What they sum to without boosts, and what its sample answer of the API says for the total. */
export const exampleBase = 0.7815, printedTotal = 0.83;
