export * from './rsi.ts';
