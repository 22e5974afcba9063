export * from './errors.ts';
export * from './table.ts';
export * from './schemas.ts';
export * from './codes.ts';
export * from './events.ts';
