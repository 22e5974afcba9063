export * from './enriched-bars.ts';
