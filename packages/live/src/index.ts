export * from './runner/paper-runner.ts';
export * from './runner/live-clock.ts';
export * from './runner/live-runner.ts';
export * from './runner/live-settings.ts';
export * from './feeds/recorded-feed.ts';
export { JournalReader, syncPolicies, type JournalEntry, type SyncPolicy } from './journal/journal.ts';
export type { JournalFeed, JournalHead } from './journal/journal-head.ts';
export * from './verify/verify-journal.ts';
