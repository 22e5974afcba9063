export * from './column-table.ts';
export * from './to-arrow.ts';
export * from './from-arrow.ts';
export * from './ipc.ts';
