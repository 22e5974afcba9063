/** One writer at a time: the journal's folder names the process that writes to it. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '@zanzibar/core';

function lockFile(folder: string): string {
  return join(folder, 'lock');
}

/** Throws while another process writes to this journal. The lock of one that is gone does not count. */
export function checkLock(folder: string): void {
  const file = lockFile(folder);
  if (!existsSync(file)) return;
  const owner = Number(readFileSync(file, 'utf8'));
  if (Number.isInteger(owner) && owner > 0 && owner !== process.pid && isAlive(owner)) throw new DataError(`process ${owner} is writing to this journal (if that is another program, remove this file)`, { file });
}

function isAlive(owner: number): boolean {
  try {
    return process.kill(owner, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function takeLock(folder: string): void {
  writeFileSync(lockFile(folder), String(process.pid));
}

export function releaseLock(folder: string): void {
  rmSync(lockFile(folder), { force: true });
}
