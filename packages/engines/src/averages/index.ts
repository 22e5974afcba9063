export * from './sma.ts';
export * from './ema.ts';
