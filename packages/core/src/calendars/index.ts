export * from './calendar.ts';
export * from './calendar-rules.ts';
export * from './zones.ts';
export { zoneRulesVersion } from './zone-rules.ts';
export type { HolidayRule } from './holidays.ts';
export { futuresRules, lastTradeDate, type ExpiryAnchor, type FuturesRule } from './futures.ts';
