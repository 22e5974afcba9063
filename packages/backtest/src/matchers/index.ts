export * from './matchers.ts';
export * from './tolerance.ts';
