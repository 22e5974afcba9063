/** Engines by name, and their options from `--set`. */
import { barsOfBars, cleanBars, cleanTicks, dollarBars, imbalanceBars, rangeBars, renkoBars, runBars, signedVolume, tickBars, timeBars, volumeBars, type AnyEngine } from '@zanzibar/core';
import * as engines from '@zanzibar/engines';
import type { Parsed } from './arguments.ts';
import { UsageError } from './usage-error.ts';

export const knownEngines: { readonly [name: string]: AnyEngine } = Object.fromEntries(
  [timeBars, tickBars, barsOfBars, volumeBars, dollarBars, rangeBars, renkoBars, imbalanceBars, runBars, signedVolume, cleanBars, cleanTicks, ...Object.values(engines)].filter((value): value is AnyEngine => typeof value === 'function' && 'spec' in value).map(engine => [engine.spec.name, engine]),
);

/** The columns and tables of an engine that are no options: what `--set` may say where they come from. */
export function readNames({ spec }: AnyEngine): string[] {
  return [...Object.keys(spec.input), ...Object.keys(spec.optional ?? {}), ...Object.keys(spec.reads ?? {})].filter(name => !(name in spec.defaults));
}

/** Options of an engine: the words of `--set` that begin with `prefix`, less those that are `wired`. */
export function engineOptions(command: string, engine: AnyEngine, given: Parsed, prefix: string, wired: readonly string[] = []): object {
  const options: Record<string, unknown> = {}, defaults = engine.spec.defaults as { readonly [name: string]: unknown };
  for (const pair of given.list('set')) {
    const [name, ...rest] = pair.split('='), value = rest.join('=');
    if (!name.startsWith(prefix) || (prefix === '' && name.includes('.'))) continue;
    const option = name.slice(prefix.length), standard = defaults[option];
    if (wired.includes(option)) continue;
    if (typeof standard === 'boolean' && value !== 'true' && value !== 'false') throw new UsageError(`${command}: ${name} must be true or false, was ${value}`, '--set');
    if (typeof standard === 'number' && (value.trim() === '' || (Number.isNaN(Number(value)) && value !== 'NaN'))) throw new UsageError(`${command}: ${name} must be a number, was ${value}`, '--set');
    if (typeof standard === 'object') throw new UsageError(`${command}: ${name} is no single value and cannot be set here; run the engine in a script`, '--set');
    options[option] = typeof standard === 'number' ? Number(value) : typeof standard === 'boolean' ? value === 'true' : value;
  }
  return options;
}
