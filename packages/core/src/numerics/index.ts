export * from './compensated-sum.ts';
export * from './log-gamma.ts';
export * from './moments.ts';
export * from './normal-cdf.ts';
export * from './quantile.ts';
export * from './running-moments.ts';
