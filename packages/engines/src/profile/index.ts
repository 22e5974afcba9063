export * from './volume-profile.ts';
export * from './bar-volume-profile.ts';
export { profileColumns, profileLevelSchema, type VolumeProfileOptions } from './session-profile.ts';
export { areaGrowths, type AreaGrowth } from './value-area.ts';
