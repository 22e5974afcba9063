export * from './load-market.ts';
export * from './load-inside.ts';
export * from './instruments.ts';
export * from './data-hash.ts';
