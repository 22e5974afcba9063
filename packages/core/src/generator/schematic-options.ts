/** What a generated Wyckoff schematic is like. */
import { knownOptions, nonNegativeInteger, nonNegativeNumber, oneOf, positiveNumber } from '../errors.ts';
import { parseInterval, parseTime } from '../time.ts';

/** How price comes into the range and leaves it: down and up, up and down, up and up, down and down. */
export const schematics = ['accumulation', 'distribution', 'reaccumulation', 'redistribution'] as const;
export type Schematic = (typeof schematics)[number];

export interface SchematicOptions {
  readonly schematic: Schematic;
  /** The one number that everything random follows from. */
  readonly seed: number;
  /** Deviation of the normal noise on every close, in mean absolute bar-to-bar moves inside the range. @defaultValue 0 */
  readonly noise?: number;
  /** Share of the bars whose volumes change places with one another. @defaultValue 0 */
  readonly volumeNoise?: number;
  /** Probability with which each event that a schematic can do without is left out. @defaultValue 0 */
  readonly missing?: number;
  /** Ranges without a climax that come before the schematic. @defaultValue 0 */
  readonly decoys?: number;
  /** Price at the climax. @defaultValue 100 */
  readonly startPrice?: number;
  /** @defaultValue '1h' */
  readonly interval?: string;
  /** Open time of the first bar. @defaultValue '2024-01-01' */
  readonly from?: string;
}

const defaults: Required<Omit<SchematicOptions, 'seed' | 'schematic'>> = { noise: 0, volumeNoise: 0, missing: 0, decoys: 0, startPrice: 100, interval: '1h', from: '2024-01-01' };

/** The options with their defaults, checked. Errors: RangeError that names the option. */
export function schematicOptions(options: SchematicOptions): Required<SchematicOptions> {
  knownOptions('generateSchematic', options, ['seed', 'schematic', ...Object.keys(defaults)]);
  const all = { ...defaults, ...options };
  oneOf('generateSchematic: schematic', all.schematic, schematics);
  if (!Number.isSafeInteger(all.seed)) throw new RangeError(`generateSchematic: seed must be a whole number, was ${all.seed}`);
  nonNegativeNumber('generateSchematic: noise', all.noise);
  for (const name of ['volumeNoise', 'missing'] as const) if (!(all[name] >= 0 && all[name] <= 1)) throw new RangeError(`generateSchematic: ${name} must be from 0 to 1, was ${all[name]}`);
  nonNegativeInteger('generateSchematic: decoys', all.decoys);
  positiveNumber('generateSchematic: startPrice', all.startPrice);
  parseInterval(all.interval);
  parseTime(all.from);
  return all;
}
