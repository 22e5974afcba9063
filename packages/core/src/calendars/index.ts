export * from './calendar.ts';
export * from './calendar-rules.ts';
export * from './zones.ts';
export { zoneRulesVersion } from './zone-rules.ts';
