export * from './count-trials.ts';
export * from './source-hash.ts';
export * from './trial-ledger.ts';
export * from './trial.ts';
