export { generateMarket, type GeneratedMarket } from './generate-market.ts';
export type { MarketOptions } from './market-options.ts';
export * from './generate-bars.ts';
export { generateSchematic, type GeneratedSchematic, type SchematicLabels } from './generate-schematic.ts';
export { schematics, type Schematic, type SchematicOptions } from './schematic-options.ts';
