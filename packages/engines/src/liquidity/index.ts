export * from './liquidity-pools.ts';
export * from './sweeps.ts';
