export * from './byte-source.ts';
export * from './table-file.ts';
export * from './parquet-reader.ts';
export * from './parquet-writer.ts';
export * from './csv-layout.ts';
export * from './csv-reader.ts';
export type { TimeFormat } from './csv-time.ts';
