export * from './delta.ts';
export * from './delta-divergence.ts';
export * from './footprint.ts';
export * from './trade-sign.ts';
export * from './vwap.ts';
