/** Reads damaged files in processes with limits of time and memory, and counts how each ended. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FuzzMessage, FuzzTask } from './worker.ts';

export interface FuzzFinding {
  readonly reader: string;
  readonly index: number;
  readonly problem: string;
}

export interface FuzzOutcome {
  /** Damaged files that read as if they were sound, and those refused with a DataError. */
  readonly results: number;
  readonly refused: number;
  /** Everything else: other errors, crashes, hangs. */
  readonly findings: readonly FuzzFinding[];
  /** Largest resident size, and largest size of buffers held after a file. */
  readonly residentBytes: number;
  readonly bufferBytes: number;
  /** The file after which buffers were largest. */
  readonly largest: number;
}

const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));

export interface FuzzLimits {
  /** Longest time for one file; the machine may be busy, a hang never ends. @defaultValue 20000 */
  readonly limitMilliseconds?: number;
  /** Module of the readers. @defaultValue those of this project */
  readonly readers?: string;
}

const heapMegabytes = 512;

/** Reads the files of some tasks; where a process dies or hangs, another goes on after that file. */
export async function runFuzz(tasks: readonly FuzzTask[], limits: FuzzLimits = {}): Promise<FuzzOutcome> {
  const findings: FuzzFinding[] = [];
  let results = 0, refused = 0, residentBytes = 0, bufferBytes = 0, largest = -1;
  for (let left = [...tasks]; left.length > 0; ) {
    const { end, at, task, why } = await runOnce(left, findings, limits);
    if (end) {
      results += end.results;
      refused += end.refused;
      residentBytes = Math.max(residentBytes, end.residentBytes);
      if (end.bufferBytes > bufferBytes) [bufferBytes, largest] = [end.bufferBytes, end.largest];
      break;
    }
    findings.push({ reader: left[task].reader, index: at, problem: why });
    left = [{ ...left[task], from: at + 1 }, ...left.slice(task + 1)].filter(({ from, to }) => from < to);
  }
  return { results, refused, findings, residentBytes, bufferBytes, largest };
}

interface Ending {
  readonly end?: FuzzMessage & { kind: 'end' };
  /** Task and file that it stood at. */
  readonly task: number;
  readonly at: number;
  readonly why: string;
}

function runOnce(tasks: readonly FuzzTask[], findings: FuzzFinding[], { limitMilliseconds = 20_000, readers = '' }: FuzzLimits): Promise<Ending> {
  return new Promise(resolve => {
    const child = fork(worker, [], { execArgv: ['--import', 'tsx', '--conditions=@zanzibar/source', `--max-old-space-size=${heapMegabytes}`], stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { ...process.env, ZANZIBAR_FUZZ_READERS: readers, ZANZIBAR_FUZZ_FROM: String(tasks[0].from) } });
    let task = -1, at = -1, error = '', isHanging = false, end: Ending['end'], timer: NodeJS.Timeout | undefined;
    const watch = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        isHanging = true;
        child.kill('SIGKILL');
      }, limitMilliseconds);
    };
    child.stderr!.on('data', (text: Buffer) => (error = `${error}${text.toString()}`.slice(-2000)));
    child.on('message', (message: FuzzMessage) => {
      watch();
      if (message.kind === 'end') end = message;
      else if (message.kind === 'finding') findings.push({ reader: tasks[task].reader, index: message.index, problem: `${message.file}: ${message.problem}` });
      else {
        if (task < 0 || message.index !== at + 1 || message.index >= tasks[task].to) task++;
        at = message.index;
      }
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      resolve({ ...(end ? { end } : {}), task: Math.max(0, task), at: Math.max(at, tasks[Math.max(0, task)].from), why: isHanging ? `took more than ${limitMilliseconds} ms` : `the process ended with ${signal ?? code}: ${error}` });
    });
    watch();
    child.send([...tasks]);
  });
}
