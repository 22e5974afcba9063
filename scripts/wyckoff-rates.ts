/**
 * docs/wyckoff-rates.md: how well `wyckoff` reads generated schematics, and how often it sees something where there is nothing.
 *
 *   npx tsx --conditions=@zanzibar/source scripts/wyckoff-rates.ts
 *
 * The recorded markets are those of ../shared, which must be there.
 */
import { pathToFileURL } from 'node:url';
import { generateBars, schematics } from '@zanzibar/core';
import { wyckoff } from '@zanzibar/engines/wyckoff';
import { csvColumns, sharedText } from '../packages/engines/test/oracles.ts';
import { ratesOf, schematicEvents, scoreSchematics, shuffleBlocks, tolerance, type Bars, type Score } from '../packages/engines/test/reference/schematic-score.ts';
import { type Documents, markdownTable, writeDocuments } from './generated.ts';

const find = (bars: Bars) => wyckoff(bars).events;
const seeds = [10_001, 10_200] as const;
const sumsOf = (scores: readonly Score[]): Score => scores.reduce((sum, { found, events, labels, wait }) => ({ found: sum.found + found, events: sum.events + events, labels: sum.labels + labels, wait: sum.wait + wait }));
const figures = ({ found, events, labels }: Score): string => `${(found / events).toFixed(2)} / ${(found / labels).toFixed(2)}`;

export function makeWyckoffRates(): Documents {
  return new Map([['docs/wyckoff-rates.md', [
    '# What the Wyckoff engine finds, and where there is nothing to find',
    '',
    'Made by `scripts/wyckoff-rates.ts`; a test makes it anew and compares. No figure here says that an event predicts anything.',
    '',
    '## Schematics',
    '',
    `Precision / recall over seeds ${seeds[0]} to ${seeds[1]} of \`zanzibar data generate --schematic NAME --noise 0.5 --volume-noise 0.5\`: normal noise of half the mean move inside the range on`,
    `every close, half of the volumes shuffled. The thresholds were set on seeds 1 to 200. An event is right if a label of its kind and direction lies at most ${tolerance} rows from`,
    'its `originRow`; each label counts once; events that are later superseded or fail count like all others. The last column is the mean number of rows from the label to',
    'the row that knows the event. A trend that goes on has its spring under the name of an upthrust action too, since nobody can tell them apart when it happens.',
    '',
    scoreTable(schematics.map(schematic => scoreSchematics(find, schematic, ...seeds, { noise: 0.5, volumeNoise: 0.5 }))),
    '',
    'The same with other settings, all four schematics together, over the first hundred of the seeds:',
    '',
    settingsTable(),
    '',
    '## Where there is nothing to find',
    '',
    'Events in 1,000 bars. Walks are of `generateBars`, volumes at random; shuffled bars are blocks of 20 or 100 bars in random order, five times, joined by the ratios of closes. A whole structure',
    'ends in a `markup`: walks and shuffled bars may have at most 0.5. The recorded markets stand beside them; nobody knows what is right there.',
    '',
    ratesTable(),
    '',
  ].join('\n')]]);
}

function scoreTable(scores: readonly { readonly [event: string]: Score }[]): string {
  return markdownTable(['event', ...schematics, 'all', 'rows until known'], schematicEvents.map(event => {
    const all = sumsOf(scores.map(score => score[event]));
    return [`\`${event}\``, ...scores.map(score => figures(score[event])), figures(all), (all.wait / all.found).toFixed(1)];
  }));
}

function settingsTable(): string {
  const settings = [
    ['no noise', {}], ['half a move', { noise: 0.5 }], ['a move', { noise: 1 }], ['half of the volumes', { volumeNoise: 0.5 }], ['all volumes', { volumeNoise: 1 }],
    ['half a move, half of the volumes, a third of the events missing', { noise: 0.5, volumeNoise: 0.5, missing: 0.33 }], ['half a move, half of the volumes, two decoys', { noise: 0.5, volumeNoise: 0.5, decoys: 2 }],
  ] as const;
  const columns = settings.map(([, options]) => schematics.map(schematic => scoreSchematics(find, schematic, seeds[0], seeds[0] + 99, options)));
  return markdownTable(['event', ...settings.map(([name]) => name)], schematicEvents.map(event => [`\`${event}\``, ...columns.map(scores => figures(sumsOf(scores.map(score => score[event]))))]));
}

function ratesTable(): string {
  const euro = barsOf('oracles/smart-money-concepts/EURUSD_15M.csv.gz', 'tickvol'), coin = barsOf('market/bars/btc-perp/btc-perp-20211231-20220201_1m.csv.gz', 'volume');
  const shuffled = (name: string, bars: Bars) => [20, 100].map(size => [`${name}, ${size} shuffled`, [1, 2, 3, 4, 5].map(seed => shuffleBlocks(bars, size, seed))] as const);
  const samples: readonly (readonly [name: string, bars: readonly Bars[]])[] = [
    ['random walks', Array.from({ length: 20 }, (_, k) => generateBars({ seed: 10_001 + k, count: 10_000 }))],
    ['EURUSD 15m', [euro]], ...shuffled('EURUSD 15m', euro), ['Bitcoin perpetual 1m', [coin]], ...shuffled('Bitcoin perpetual 1m', coin),
  ];
  const columns = samples.map(([, bars]) => ratesOf(find, bars)), kinds = [...schematicEvents, 'structureFailed', 'superseded', 'expired'];
  return markdownTable(['', ...samples.map(([name]) => name)], [['bars', ...columns.map(({ rows }) => String(rows))], ...kinds.map(kind => [`\`${kind}\``, ...columns.map(({ rates }) => (rates[kind] ?? 0).toFixed(2))])]);
}

function barsOf(path: string, volume: string): Bars {
  const text = sharedText(path);
  if (text === undefined) throw new TypeError(`wyckoff-rates: ../shared/${path} is not there`);
  const columns = csvColumns(text);
  return { high: columns.high, low: columns.low, close: columns.close, volume: columns[volume] };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) writeDocuments(makeWyckoffRates());
