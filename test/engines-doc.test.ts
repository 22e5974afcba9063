// Oracle: the sources themselves; the committed pages have to be what they make.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../lint/repository.ts';
import { headerBefore, interfacesOf, optionsTypeOf } from '../scripts/engine-source.ts';
import { makeEngineDocuments } from '../scripts/engines-doc.ts';
import { staleDocuments } from '../scripts/generated.ts';
import { defaultText, publicEngines } from '../scripts/public-engines.ts';

const documents = makeEngineDocuments(),
  all = publicEngines();

test('docs/engines holds one page for each public engine, as the sources say (`npm run docs:engines` writes them anew)', () => {
  expect(staleDocuments(documents, 'docs/engines')).toEqual([]);
  expect(documents.size).toBe(all.length + 2);
});

test('the reference engines are there, each under the family that exports it', () => {
  const specifiers = Object.fromEntries(all.map(({ name, specifier }) => [name, specifier]));
  expect(specifiers).toMatchObject({
    sma: '@zanzibar/engines/averages',
    ema: '@zanzibar/engines/averages',
    atr: '@zanzibar/engines/volatility',
    rsi: '@zanzibar/engines/oscillators',
    vwap: '@zanzibar/engines/flow',
    swings: '@zanzibar/engines/structure',
    fairValueGaps: '@zanzibar/engines/structure',
    structureBreaks: '@zanzibar/engines/structure',
    timeBars: '@zanzibar/core',
    tickBars: '@zanzibar/core',
    barsOfBars: '@zanzibar/core',
    cleanTicks: '@zanzibar/core',
  });
});

test.each(all.map(({ name, file }) => [name, file]))('the header of %s says what it is, its definition and an example', (name, file) => {
  const { meaning, sections } = headerBefore(readFileSync(join(root, file), 'utf8'), name);
  expect(meaning).toMatch(/\.$/);
  expect(meaning.length).toBeGreaterThan(20);
  expect(Object.keys(sections)).toContain('Example');
});

test.each(all.map((entry) => [entry.name, entry] as const))(
  'the comments of the options of %s name the defaults that it has',
  (name, { engine, file }) => {
    const text = readFileSync(join(root, file), 'utf8'),
      members = interfacesOf([text]).members(optionsTypeOf(text, name)),
      defaults = engine.resolve() as { [option: string]: unknown };
    for (const [option, { defaultValue }] of members) {
      if (defaultValue !== undefined && /^('.*'|[\d.eE+-]+|true|false|NaN)$/.test(defaultValue))
        expect([option, defaultValue.replaceAll("'", '')]).toEqual([option, defaultText(defaults[option])]);
    }
  },
);

describe('a header', () => {
  const text = [
    '/** What the file holds. */',
    '/**',
    ' * Half: the half of it.',
    ' *',
    ' * Definition  h = v / 2',
    ' *             and so on',
    ' * Units       price     Lag  0',
    ' * Example     2 gives 1',
    ' */',
    'export interface HalfOptions {',
    '  /** Rows. @defaultValue 3 */',
    '  period: number;',
    '}',
    'export const half: Engine<HalfOptions> = 0;',
  ].join('\n');
  test('is taken apart by its labels, also where two share a line', () => {
    expect(headerBefore(text, 'half')).toEqual({
      meaning: 'Half: the half of it.',
      sections: { Definition: 'h = v / 2\nand so on', Units: 'price', Lag: '0', Example: '2 gives 1' },
    });
  });
  test('that is missing is an error by name', () => {
    expect(() => headerBefore(text.replace('Definition', 'Defined'), 'half')).toThrow('half: its source has no header with a definition');
  });
  test('stands before the options, whose comments carry meaning and default', () => {
    expect(interfacesOf([text]).members(optionsTypeOf(text, 'half')).get('period')).toEqual({ type: 'number', meaning: 'Rows.', defaultValue: '3' });
  });
});
