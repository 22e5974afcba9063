export * from './atr.ts';
