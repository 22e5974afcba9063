export * from './delta.ts';
export * from './delta-divergence.ts';
export * from './footprint.ts';
export * from './order-flow-imbalance.ts';
export * from './queue-imbalance.ts';
export * from './trade-sign.ts';
export * from './vwap.ts';
