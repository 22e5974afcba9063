export * from './attribution.ts';
export * from './client-id.ts';
export * from './conservation.ts';
export * from './digests.ts';
export * from './manifest.ts';
export * from './result-table.ts';
export * from './result.ts';
export * from './result-files.ts';
