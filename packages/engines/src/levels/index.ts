export * from './kill-zones.ts';
export * from './level-columns.ts';
export * from './points-of-interest.ts';
export * from './premium-discount.ts';
export * from './previous-high-low.ts';
export * from './retracements.ts';
export * from './sessions.ts';
