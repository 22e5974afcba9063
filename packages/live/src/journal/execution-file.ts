/**
 * What went out: one line of JSON for each execution of the paper broker, in order, each exactly once.
 *
 * A run that goes on after a crash decides again what it had decided before. Lines that stand here already are not written again but compared: one that differs
 * means that the run is not the one that wrote them.
 */
import { closeSync, existsSync, fdatasyncSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { Execution } from '@zanzibar/backtest';
import { DataError, formatTime } from '@zanzibar/core';
import { writeWhole } from './record-file.ts';

export function executionFile(folder: string): string {
  return join(folder, 'executions.jsonl');
}

/** An execution as its line, without the line's end. */
export function executionLine({ sequence, time, side, ...more }: Execution): string {
  return JSON.stringify({ sequence, time: formatTime(time), ...more, ...(side === undefined ? {} : { side: side > 0 ? 'buy' : 'sell' }) });
}

/** The whole lines of the file, and how many bytes they fill; a last line without its end was torn by a crash. */
export function readExecutions(folder: string): { readonly lines: readonly string[]; readonly bytes: number } {
  const file = executionFile(folder);
  if (!existsSync(file)) return { lines: [], bytes: 0 };
  const content = readFileSync(file), bytes = content.lastIndexOf(10) + 1, text = content.toString('utf8', 0, bytes);
  return { lines: text === '' ? [] : text.slice(0, -1).split('\n'), bytes };
}

export class ExecutionFile {
  private readonly file: string;
  private readonly descriptor: number;
  private readonly before: readonly string[];
  private bytes: number;

  /** Opens the file; a torn last line is cut off. */
  constructor(folder: string) {
    this.file = executionFile(folder);
    const { lines, bytes } = readExecutions(folder);
    if (existsSync(this.file)) truncateSync(this.file, bytes);
    this.descriptor = openSync(this.file, existsSync(this.file) ? 'r+' : 'w');
    this.before = lines;
    this.bytes = bytes;
  }

  /** Has this execution gone out before? Errors: DataError where another one stands in its place. */
  hasSent(execution: Execution): boolean {
    const before = this.before[execution.sequence];
    if (before === undefined) return false;
    checkLine(this.file, execution.sequence, before, executionLine(execution));
    return true;
  }

  /** Sends lines that have not gone out. */
  send(lines: readonly string[]): void {
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    writeWhole(this.descriptor, bytes, bytes.length, this.bytes);
    this.bytes += bytes.length;
  }

  sync(): void {
    fdatasyncSync(this.descriptor);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

function checkLine(file: string, sequence: number, before: string, now: string): void {
  if (before !== now) throw new DataError(`line ${sequence + 1} is not what the journal gives: ${before} became ${now}`, { file });
}
