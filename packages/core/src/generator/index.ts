export { generateMarket, type GeneratedMarket } from './generate-market.ts';
export type { MarketOptions } from './market-options.ts';
export * from './generate-bars.ts';
