export * from './make-report.ts';
export * from './report-model.ts';
export * from './terminal.ts';
