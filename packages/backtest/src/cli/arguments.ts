/** Flags of a command: declared once, parsed strictly, printed as help. */
import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

export interface Flag {
  readonly type: 'text' | 'switch' | 'list';
  /** What stands for the value in help: `FILE`. */
  readonly value?: string;
  readonly about: string;
}
export type Flags = { readonly [name: string]: Flag };

export interface Parsed {
  readonly words: readonly string[];
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  has(name: string): boolean;
  /** A number, or an error that names the flag. */
  number(name: string): number | undefined;
}

export const standardFlags: Flags = {
  json: { type: 'switch', about: 'print one JSON envelope on standard output' },
  quiet: { type: 'switch', about: 'no progress' },
  help: { type: 'switch', about: 'print this' },
};

/** Parses the words behind a verb; an unknown flag or a missing value is a usage error that lists what is known. */
export function parseFlags(command: string, argv: readonly string[], flags: Flags, program: string = 'zanzibar'): Parsed {
  const all = { ...flags, ...standardFlags };
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: joinNegatives(argv, all),
      allowPositionals: true,
      strict: true,
      options: Object.fromEntries(Object.entries(all).map(([name, { type }]) => [name, { type: type === 'switch' ? 'boolean' : 'string', multiple: type === 'list' } as const])),
    }) as typeof parsed;
  } catch (error) {
    const [message] = (error as Error).message.split(/\. To specify|\n/), isUnknown = message.startsWith('Unknown option');
    throw new UsageError(`${command}: ${message}${isUnknown ? `; flags are ${Object.keys(all).map(name => `--${name}`).join(' ')}` : ''} (see ${program} ${command} --help)`, /--[\w-]+/.exec(message)?.[0]);
  }
  return parsedFrom(command, parsed.positionals, parsed.values);
}

/** `--cash -1` as `--cash=-1`: a number below 0 begins as flags do, and the parser would call it ambiguous. */
function joinNegatives(argv: readonly string[], flags: Flags): string[] {
  const joined: string[] = [];
  for (let k = 0; k < argv.length; k++) {
    const word = argv[k], next = argv[k + 1], name = word.slice(2), takesValue = word.startsWith('--') && Object.hasOwn(flags, name) && flags[name].type !== 'switch';
    // Behind a lone `--` all is words.
    if (word === '--') return [...joined, ...argv.slice(k)];
    if (takesValue && next !== undefined && /^-(\d|\.\d|Infinity$)/.test(next)) joined.push(`${word}=${argv[++k]}`);
    else joined.push(word);
  }
  return joined;
}

/** The same view over values that come from a run file. */
export function parsedFrom(command: string, words: readonly string[], values: { readonly [name: string]: unknown }): Parsed {
  return {
    words,
    text: name => values[name] as string | undefined,
    list: name => (values[name] as string[] | undefined) ?? [],
    has: name => values[name] === true,
    number(name) {
      const text = values[name] as string | undefined;
      if (text === undefined) return undefined;
      const value = Number(text);
      if (text.trim() === '' || !Number.isFinite(value)) throw new UsageError(`${command}: --${name} must be a number, was ${text}`, `--${name}`);
      return value;
    },
  };
}

/** Help: what it does, how it is called, its flags, an example. */
export function helpText(usage: string, about: string, flags: Flags, examples: readonly string[], program: string = 'zanzibar'): string {
  const all = Object.entries({ ...flags, ...standardFlags });
  const left = all.map(([name, { type, value }]) => `  --${name}${type === 'switch' ? '' : ` ${value ?? 'VALUE'}`}${type === 'list' ? ' ...' : ''}`);
  const width = Math.max(...left.map(text => text.length)) + 2;
  return [`usage: ${program} ${usage}`, '', about, '', ...all.map(([, { about: words }], k) => left[k].padEnd(width) + words), '', 'examples:', ...examples.map(example => `  ${example}`), ''].join('\n');
}
