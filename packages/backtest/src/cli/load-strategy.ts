/** Imports a strategy module: JavaScript as it is, TypeScript under tsx. */
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isStrategy, type AnyStrategy } from '../strategy/define-strategy.ts';
import { UsageError } from './usage-error.ts';

/** The default export of the file, or its only export that is a strategy. */
export async function loadStrategy(file: string): Promise<AnyStrategy> {
  const path = resolve(file);
  await access(path).catch(() => {
    throw new UsageError(`there is no strategy file ${file}`, file);
  });
  if (/\.[cm]?ts$/.test(path) && !isTypeScriptLoaded()) await loadTypeScript(file);
  let module: { readonly [name: string]: unknown };
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    throw new UsageError(`${file} cannot be loaded: ${reasonOf(error)}`, file);
  }
  const strategies = [module.default, ...Object.values(module)].filter(isStrategy);
  if (strategies.length === 0) throw new UsageError(`${file} exports no strategy: export default defineStrategy({ ... })`, file);
  return strategies[0];
}

/** What is wrong and where, without the pictures that compilers draw. */
function reasonOf(error: unknown): string {
  const { message = String(error), stack = '', name = 'Error' } = error as { message?: string; stack?: string; name?: string };
  // Plain JavaScript states the place in the first line of the stack only.
  const place = /^(?:file:\/\/)?(\S+:\d+)$/m.exec(stack.split('\n')[0])?.[1], lines = message.split('\n').map(line => line.trim()).filter(line => line !== '' && !line.startsWith('Transform failed'));
  return `${name === 'Error' || name === 'TransformError' ? '' : `${name}: `}${lines[0] ?? message}${place === undefined ? '' : ` (${place})`}`;
}

function isTypeScriptLoaded(): boolean {
  return process.execArgv.some(argument => argument.includes('tsx')) || (process.features as { typescript?: unknown }).typescript !== undefined && (process.features as { typescript?: unknown }).typescript !== false;
}

async function loadTypeScript(file: string): Promise<void> {
  try {
    const loader = 'tsx/esm/api';
    ((await import(loader)) as { register(): void }).register();
  } catch {
    throw new UsageError(`${file} is TypeScript: npm install tsx`, file);
  }
}
