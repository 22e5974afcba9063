export * from './five-pillar-score.ts';
export * from './signed-pillar-score.ts';
export * from './calibration.ts';
export * from './calibrated-probability.ts';
export * from './analysis-packet.ts';
