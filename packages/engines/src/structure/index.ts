export * from './swings.ts';
export * from './structure-breaks.ts';
export * from './fair-value-gaps.ts';
