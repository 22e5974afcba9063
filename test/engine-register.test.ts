// Oracle: the files that the register names, and the texts of the tests that have to read them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../lint/repository.ts';
import { oraclesOf, registerEntry } from '../scripts/engine-register.ts';
import { publicEngines } from '../scripts/public-engines.ts';

const entries = publicEngines().map((engine) => ({ engine, entry: registerEntry(engine) })),
  hasShared = existsSync(join(root, '../shared/oracles'));

test('every engine has a source of its definition and at least one oracle', () => {
  expect(entries.filter(({ entry }) => entry.source === '' || entry.oracles.length === 0).map(({ entry }) => entry.name)).toEqual([]);
});

test('every option has its type and its meaning', () => {
  const bare = entries.flatMap(({ entry }) => Object.entries(entry.options).filter(([, { type, meaning }]) => type === '' || meaning === '').map(([option]) => `${entry.name}.${option}`));
  expect(bare).toEqual([]);
});

test('inputs say what data an engine is fed with, also through the tables that it reads', () => {
  const inputsOf = (name: string): readonly string[] => entries.find(({ entry }) => entry.name === name)!.entry.inputs;
  expect(Object.fromEntries(['swings', 'sweeps', 'footprint', 'volumeClusters', 'volumeProfile', 'delta', 'tradeSign', 'timeBars', 'queueImbalance', 'barOrderFlowImbalance'].map((name) => [name, inputsOf(name)]))).toEqual({
    swings: ['price'], sweeps: ['price'], footprint: ['trades'], volumeClusters: ['trades'], volumeProfile: ['price', 'trades'], delta: ['trades'], tradeSign: ['trades', 'quotes'], timeBars: ['trades', 'quotes'],
    queueImbalance: ['quotes', 'book'], barOrderFlowImbalance: ['quotes', 'book'],
  });
  for (const kind of ['price', 'trades', 'quotes', 'book']) expect(entries.some(({ entry }) => entry.inputs.includes(kind))).toBe(true);
});

describe.each(entries.map(({ engine, entry }) => [entry.name, engine.file, entry.oracles] as const))('the tests of %s', (name, file, oracles) => {
  test.each(oracles.map((oracle) => [`${oracle.kind} ${oracle.file}`, oracle] as const))('read %s', (_, oracle) => {
    if (oracle.kind !== 'shared' || hasShared) expect(existsSync(join(root, oracle.file)), oracle.file).toBe(true);
    expect(readers(name, file, oracle)).not.toEqual([]);
  });
});

/** Tests beside the engine that name it and whose text, or that of a test module that they import, names the oracle's file. */
function readers(name: string, file: string, oracle: { readonly kind: string; readonly file: string }): string[] {
  const folder = dirname(file),
    tests = readdirSync(join(root, folder)).filter((entry) => entry.endsWith('.test.ts')).map((entry) => `${folder}/${entry}`);
  if (oracle.kind === 'hand') return tests.filter((path) => path === oracle.file && mentions(path, name));
  return tests.filter((path) => mentions(path, name) && closure(path).some((text) => isNamed(oracle, text)));
}

function mentions(path: string, name: string): boolean {
  return new RegExp(String.raw`\b${name}\b`).test(readFileSync(join(root, path), 'utf8'));
}

/** The text of a test and of the modules under a package's test folder, or of `oracles/`, that it imports. */
function closure(path: string, seen = new Set<string>()): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const text = readFileSync(join(root, path), 'utf8'),
    imports = [...text.matchAll(/from '(\.[^']+\.ts)'/g)].map(([, from]) => relative(root, join(root, dirname(path), from)));
  return [text, ...imports.filter((from) => /\/test\/|^oracles\//.test(from) && existsSync(join(root, from))).flatMap((from) => closure(from, seen))];
}

/** A file is named by its path's last part, or, where a reader puts the path together, by the folder here and the first word of the name there. */
function isNamed({ file }: { readonly file: string }, text: string): boolean {
  const name = basename(file);
  return text.includes(name) || text.includes(`'${name.split('.')[0]}'`);
}

test('a line of an oracle that is not a kind and a file is refused', () => {
  expect(() => oraclesOf('half', 'shared a.csv\nguess b.csv')).toThrow('half: an oracle is one of shared, program, paper, reference, hand and a file, was "guess b.csv"');
  expect(oraclesOf('half', 'shared a.csv')).toEqual([{ kind: 'shared', file: '../shared/oracles/a.csv' }]);
});
