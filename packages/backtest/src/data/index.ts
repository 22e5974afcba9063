export * from './load-market.ts';
export * from './instruments.ts';
export * from './data-hash.ts';
