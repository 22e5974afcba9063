/** A run file: every flag of `zanzibar backtest` under its name, in YAML. */
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Flags } from './arguments.ts';
import { isFileName } from './cost-flags.ts';
import { UsageError } from './usage-error.ts';

const paths: ReadonlySet<string> = new Set(['strategy', 'data', 'inside', 'report', 'out', 'svg', 'trials', 'fees', 'instruments', 'rates', 'actions', 'halts', 'funding']);
/** Numbers, or a file that has them. */
const pathsOrNumbers: ReadonlySet<string> = new Set(['borrow', 'swap']);

/** Values of a run file, each in the form that the flag of its name would give; paths are relative to the file. Names of `others` are checked and left out. */
export async function readRunFile(file: string, flags: Flags, others: Flags = {}): Promise<{ readonly [flag: string]: string | string[] | boolean }> {
  const { parse } = await import('yaml');
  let content: unknown;
  try {
    content = parse(await readFile(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(code === 'ENOENT' ? `there is no run file ${file}` : `${file}: ${message.split('\n')[0]}`, file);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw new UsageError(`${file}: a run file is a list of "name: value" lines`, file);
  const values: Record<string, string | string[] | boolean> = {}, folder = dirname(resolve(file));
  const text = (name: string, value: unknown): string => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') throw new UsageError(`${file}: ${name} must be a text or a number, was ${JSON.stringify(value)}`, name);
    const isPath = (paths.has(name) && value !== 'none') || (pathsOrNumbers.has(name) && isFileName(String(value)));
    return isPath && !isAbsolute(String(value)) ? resolve(folder, String(value)) : String(value);
  };
  for (const [name, value] of Object.entries(content)) {
    const flag = name === 'strategy' ? { type: 'text' } : flags[name];
    if (!flag && Object.hasOwn(others, name)) continue;
    if (!flag) throw new UsageError(`${file}: unknown name "${name}", known are strategy, ${Object.keys({ ...others, ...flags }).join(', ')}`, name);
    if (value === null || value === undefined) throw new UsageError(`${file}: ${name} has no value`, name);
    if (flag.type === 'switch') {
      if (typeof value !== 'boolean') throw new UsageError(`${file}: ${name} must be true or false, was ${JSON.stringify(value)}`, name);
      values[name] = value;
    } else if (flag.type === 'text') values[name] = text(name, value);
    else if (Array.isArray(value)) values[name] = value.map(item => text(name, item));
    else if (typeof value === 'object' && value !== null) values[name] = Object.entries(value).map(([key, item]) => `${key}=${text(name, item)}`);
    else values[name] = [text(name, value)];
  }
  return values;
}
