export * from './structure/index.ts';
export * from './volatility/index.ts';
