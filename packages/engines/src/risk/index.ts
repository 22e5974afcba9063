export * from './value-at-risk.ts';
export * from './expected-shortfall.ts';
