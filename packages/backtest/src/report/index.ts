export * from './make-report.ts';
export * from './candle-model.ts';
export * from './report-model.ts';
export * from './terminal.ts';
export * from './html.ts';
export * from './svg.ts';
export { renderSvgCandles, type CandleOptions } from './svg-candles.ts';
export * from './candles-of-events.ts';
export * from './notebook.ts';
