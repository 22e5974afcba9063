// %% md
// # Wyckoff on a generated schematic
//
// Bars that follow an accumulation, with half a move of noise, and the answer sheet of the generator: where its events lie. The detector sees the bars only.
// %%
import * as tslab from 'tslab';
import { renderSvgEvents } from '@zanzibar/backtest/report';
import { eventKinds, generateSchematic } from '@zanzibar/core';
import { volumeSpread, weisWaves, wyckoff } from '@zanzibar/engines/wyckoff';

const made = generateSchematic({ schematic: 'accumulation', seed: 10_004, noise: 0.5, volumeNoise: 0.5 });
const bars = made.bars, labels = made.labels;
labels.event.map((event, k) => event + ' at bar ' + labels.row[k])
// %%
const structure = wyckoff(bars), events = structure.events;
const found: string[] = [];
for (let k = 0; k < events.length; k++) found.push(eventKinds[events.kind[k]] + ' of bar ' + events.originRow[k] + ', known at ' + events.knownRow[k]);
found
// %%
const lastLabel = labels.row[labels.row.length - 1];
tslab.display.html(renderSvgEvents(bars, { wyckoff: events }, { title: 'Accumulation, as found', until: Math.min(bars.close.length, lastLabel + 20), count: 220 }));
// %%
const spread = volumeSpread(bars), waves = weisWaves(bars);
[spread.events.length, waves.waves.length]
// %% md
// The last cell fails if the claim stops holding: on a hundred seeds that no threshold was set on, four of five climaxes and springs that are told lie within
// three bars of one in the answer sheet.
// %%
let told = 0, right = 0;
for (let seed = 20_001; seed <= 20_100; seed++) {
  const one = generateSchematic({ schematic: 'accumulation', seed: seed, noise: 0.5, volumeNoise: 0.5 }), seen = wyckoff(one.bars).events;
  for (let k = 0; k < seen.length; k++) {
    const kind = eventKinds[seen.kind[k]];
    if (kind !== 'climax' && kind !== 'spring') continue;
    told++;
    if (one.labels.event.some((event, j) => event === kind && Math.abs(one.labels.row[j] - seen.originRow[k]) <= 3)) right++;
  }
}
if (!(told > 100 && right / told >= 0.8)) throw new Error('of ' + told + ' events ' + right + ' are right');
[told, right]
