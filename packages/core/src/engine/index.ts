export * from './engine.ts';
export * from './combine.ts';
export * from './pipeline.ts';
export * from './define-engine.ts';
