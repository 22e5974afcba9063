export * from './level-columns.ts';
export * from './premium-discount.ts';
export * from './retracements.ts';
