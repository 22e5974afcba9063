export * from './averages/index.ts';
export * from './cycles/index.ts';
export * from './flow/index.ts';
export * from './oscillators/index.ts';
export * from './regime/index.ts';
export * from './risk/index.ts';
export * from './structure/index.ts';
export * from './volatility/index.ts';
