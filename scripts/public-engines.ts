/** Every public engine with its source, and how documents write what it declares. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@zanzibar/core';
import type { AnyEngine } from '@zanzibar/core';
import * as engines from '@zanzibar/engines';
import { root } from '../lint/repository.ts';

export interface PublicEngine {
  readonly name: string;
  readonly engine: AnyEngine;
  /** Where it is imported from. */
  readonly specifier: string;
  /** Its source file, from the root. */
  readonly file: string;
}

/** Every engine that the packages export, by name. */
export function publicEngines(): PublicEngine[] {
  const files = ['packages/core/src', 'packages/engines/src']
    .flatMap((folder) => sourceFiles(folder))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  const found: PublicEngine[] = [];
  for (const [specifier, exported] of [
    ['@zanzibar/core', core],
    ['@zanzibar/engines', engines],
  ] as const) {
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value !== 'function' || !('spec' in value)) continue;
      const source = files.find(({ text }) => text.includes(`export const ${name}: Engine<`));
      if (!source) throw new Error(`${name}: no source declares it as "export const ${name}: Engine<"`);
      const family = /^packages\/engines\/src\/([^/]+)\//.exec(source.file)?.[1];
      found.push({ name, engine: value as AnyEngine, specifier: family === undefined ? specifier : `${specifier}/${family}`, file: source.file });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function sourceFiles(folder: string): string[] {
  return (readdirSync(join(root, folder), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
    .map((file) => `${folder}/${file}`);
}

/** A default as a reader would write it. */
export function defaultText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (ArrayBuffer.isView(value)) return (value as Float64Array).length === 0 ? 'none' : [...(value as Float64Array)].join(' ');
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0 ? 'none' : JSON.stringify(value);
  return String(value);
}
