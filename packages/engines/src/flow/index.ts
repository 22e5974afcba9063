export * from './vwap.ts';
