export * from './compensated-sum.ts';
export * from './moments.ts';
export * from './running-moments.ts';
export * from './quantile.ts';
export * from './normal-cdf.ts';
