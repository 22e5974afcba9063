export * from './volume-spread.ts';
export * from './weis-waves.ts';
export * from './wyckoff.ts';
export { structureEventNames } from './structure-events.ts';
export * from './relative-volume.ts';
