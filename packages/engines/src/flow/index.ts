export * from './vwap.ts';
export * from './vwap-bands.ts';
export * from './anchored-vwap.ts';
