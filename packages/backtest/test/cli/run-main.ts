/** The command line in this process: what it printed, and its exit code. */
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { generateBars } from '@zanzibar/core';
import { main } from '../../src/cli/main.ts';

/** The repository. */
export const root: string = fileURLToPath(new URL('../../../../', import.meta.url));

export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs `zanzibar ...argv`; `interruptAt` aborts as Ctrl-C would, when that text has come on standard error. */
export async function zanzibar(argv: readonly string[], interruptAt?: string): Promise<Printed> {
  let out = '', error = '';
  const controller = new AbortController();
  const code = await main(argv, {
    out: { write: text => (out += text) },
    error: {
      write(text) {
        error += text;
        if (interruptAt !== undefined && error.includes(interruptAt)) controller.abort();
      },
    },
    now: () => 0,
  }, controller.signal);
  return { code, out, error };
}

/** A folder of its own for a test file, removed at the end. */
export function temporaryFolder(name: string): { readonly root: string; write(file: string, content: string | Uint8Array): string; list(): string[] } {
  const own = mkdtempSync(join(realpathSync(tmpdir()), `zanzibar-${name}-`));
  afterAll(() => rmSync(own, { recursive: true, force: true }));
  return {
    root: own,
    write(file, content) {
      const path = join(own, file);
      writeFileSync(path, content);
      return path;
    },
    list: () => readdirSync(own, { recursive: true }).map(String).sort(),
  };
}

/** A strategy module without imports, so that it loads from anywhere: trades at every fifth hour. */
export function strategyText({ decide = 'if (now.kind === "bar" && (now.base + now.row) % 5 === 0) actions.market(account.position() > 0 ? -1 : 1, 1);', sources = "({ h1: { kind: 'bars', interval: 3600e9, price: 'mid' } })", parameters = '{}', more = '' } = {}): string {
  return `export default { name: 'probe', parameters: ${parameters}, sources: () => ${sources}, init: parameters => ({ ...parameters }), decide(state, now, account, actions) { ${decide} }, ${more} };\n`;
}

/** Hourly bars as CSV: time, open, high, low, close, volume. */
export function barsText(rows: number, seed: number = 1): string {
  const { openTime, open, high, low, close, volume } = generateBars({ seed, count: rows, interval: '1h' });
  const lines = ['time,open,high,low,close,volume'];
  for (let i = 0; i < rows; i++) lines.push([new Date(Number(openTime[i] / 1_000_000n)).toISOString(), open[i], high[i], low[i], close[i], volume[i]].join(','));
  return `${lines.join('\n')}\n`;
}

/** Quotes as CSV, one a second from an exact time. */
export function quotesText(rows: number, start: string = '2024-01-08T00:00:00Z'): string {
  const lines = ['time,bid,ask'], first = Date.parse(start);
  for (let i = 0; i < rows; i++) {
    const bid = (100 + ((i * 7919) % 400)) / 100;
    lines.push(`${new Date(first + 1000 * i).toISOString()},${bid},${(bid * 100 + 2) / 100}`);
  }
  return `${lines.join('\n')}\n`;
}
