export * from './volume-spread.ts';
export * from './weis-waves.ts';
