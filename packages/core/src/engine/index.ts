export * from './engine.ts';
export * from './combine.ts';
export * from './define-engine.ts';
