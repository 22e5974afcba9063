// Oracle: the registers and sources themselves. What the library calls something must be in the glossary, and what the glossary calls ours must be in the library.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventKinds, exitReasons, linkKinds, orderKinds, timesInForce } from '@zanzibar/core';
import { root } from '../lint/repository.ts';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const filesIn = (folder: string, ending: string): string[] => (readdirSync(join(root, folder), { recursive: true }) as string[]).filter((file) => file.endsWith(ending)).map((file) => `${folder}/${file}`);
const glossary = read('docs/glossary.md');

test('every word of the registers that a user meets in orders, events and results is explained', () => {
  const words = [...eventKinds, ...orderKinds, ...timesInForce, ...linkKinds, ...exitReasons].filter((word) => word !== 'none' && word !== 'swing');
  expect(words.length).toBeGreaterThan(30);
  expect(words.filter((word) => !glossary.includes(`\`${word}\``))).toEqual([]);
});

test('every word that the glossary sets as code is one of the library', () => {
  const sources = ['core', 'engines', 'backtest', 'live'].flatMap((name) => filesIn(`packages/${name}/src`, '.ts')).filter((file) => !file.endsWith('.test.ts')).map(read).join('\n');
  const words = new Set([...glossary.matchAll(/`([A-Za-z]\w*)`/g)].map(([, word]) => word));
  expect(words.size).toBeGreaterThan(30);
  expect([...words].filter((word) => !new RegExp(`\\b${word}\\b`).test(sources))).toEqual([]);
});

/** Abbreviations that are not the field's: of computing, units, currencies and licences, names of programs, venues and bodies. */
const general = `AMD API BCHEUR CI CJS CPU CRC CSV CVE ECMA EPYC ESM ETH EU EUR EURUSD FXCM GB GPU HTML IANA ICU IPC ISC JIT JSON KB LGPL LSTM MB MIT NET NIST NYSE OANDA PRO QR README RSS SHA SIMD SVG TA TOML UK US USD UTC UTF XAUUSD XRP
  YAML ZAMM ZSTD ACM DBN SCID`.split(/\s+/);

test('every abbreviation of the field in README and docs is in the glossary', () => {
  const used = new Map<string, string>();
  for (const file of ['README.md', ...filesIn('docs', '.md').filter((each) => each !== 'docs/glossary.md')]) {
    const prose = read(file).replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`]*`/g, '').replace(/\]\([^)]*\)/g, ']');
    for (const [word] of prose.matchAll(/\b[A-Z]{2,6}\b/g)) used.set(word, file);
  }
  expect(used.size).toBeGreaterThan(30);
  const missing = [...used].filter(([word]) => !general.includes(word) && !new RegExp(`\\b${word}\\b`).test(glossary));
  expect(missing.map(([word, file]) => `${word} in ${file}`)).toEqual([]);
});
