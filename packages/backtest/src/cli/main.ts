/** The `zanzibar` command: finds the verb, runs it, and turns what happens into an exit code. */
import { versions } from '../run/versions.ts';
import { errorEnvelope, openConsole, type Console, type Streams } from './console.ts';
import { UsageError } from './usage-error.ts';

/** A verb, loaded when it is called: a short command starts without what it does not need. */
export interface Verb {
  readonly help: string;
  /** Help of an action of a verb that has several. */
  helpFor?(argv: readonly string[]): Promise<string>;
  /** Returns the exit code. */
  run(argv: readonly string[], console: Console, signal: AbortSignal): Promise<number>;
}

export const exitCode: { readonly done: 0; readonly found: 1; readonly usage: 2; readonly internal: 70; readonly interrupted: 130 } = { done: 0, found: 1, usage: 2, internal: 70, interrupted: 130 };

const verbs: { readonly [verb: string]: readonly [about: string, load: () => Promise<Verb>] } = {
  backtest: ['replay data through a strategy', async () => (await import('./backtest.ts')).backtestVerb],
  bars: ['make bars of ticks', async () => (await import('./bars.ts')).barsVerb],
  capacity: ['net return against capital', async () => (await import('./capacity.ts')).capacityVerb],
  check: ['look-ahead, warm-up and determinism', async () => (await import('./check.ts')).checkVerb],
  compare: ['where do two results part?', async () => (await import('./compare.ts')).compareVerb],
  config: ['show a run file with everything resolved', async () => (await import('./config.ts')).configVerb],
  data: ['import, list, check, compact, prune or generate data', async () => (await import('./data.ts')).dataVerb],
  engine: ['run any engine over a file', async () => (await import('./engine.ts')).engineVerb],
  engines: ['list every engine', async () => (await import('./engines.ts')).enginesVerb],
  enrich: ['bars with the outputs of engines', async () => (await import('./enrich.ts')).enrichVerb],
  explain: ['why did an order fill, or not?', async () => (await import('./explain.ts')).explainVerb],
  init: ['make a new project', async () => (await import('./init.ts')).initVerb],
  lookahead: ['does a strategy see the future?', async () => (await import('./lookahead.ts')).lookaheadVerb],
  parity: ['does row by row give the same bits?', async () => (await import('./parity.ts')).parityVerb],
  report: ['write the report of a saved result', async () => (await import('./report.ts')).reportVerb],
};

/** A command with its verbs; each is loaded when it is called. */
export interface Program {
  readonly name: string;
  readonly verbs: { readonly [verb: string]: readonly [about: string, load: () => Promise<Verb>] };
}

const overview = ({ name, verbs: known }: Program): string => [
  `usage: ${name} VERB [OBJECT] [options]`, '', ...Object.entries(known).map(([verb, [about]]) => `  ${verb.padEnd(11)}${about}`), '',
  `${name} VERB --help tells more. Exit codes: 0 done, 1 a check found something, 2 bad usage or input, 70 internal error, 130 interrupted.`, '',
].join('\n');

/** Runs a command line of `zanzibar` and returns its exit code; never throws. */
export async function main(argv: readonly string[], streams: Streams = processStreams(), signal: AbortSignal = new AbortController().signal): Promise<number> {
  return runProgram({ name: 'zanzibar', verbs }, argv, streams, signal);
}

/** Runs a command line of any of our commands and returns its exit code; never throws. */
export async function runProgram(program: Program, argv: readonly string[], streams: Streams = processStreams(), signal: AbortSignal = new AbortController().signal): Promise<number> {
  const isJson = argv.includes('--json'), [verb, ...rest] = argv[0] === 'help' && argv.length > 1 ? [...argv.slice(1), '--help'] : argv;
  const console = openConsole(streams, isJson, argv.includes('--quiet'));
  try {
    if (verb === '--help' || verb === 'help') {
      streams.out.write(overview(program));
      return exitCode.done;
    }
    if (verb === '--version') {
      streams.out.write(`${versions['@zanzibar/backtest']}\n`);
      return exitCode.done;
    }
    if (verb === undefined) {
      streams.error.write(overview(program));
      return exitCode.usage;
    }
    if (!Object.hasOwn(program.verbs, verb)) throw new UsageError(`${program.name}: there is no verb "${verb}", known are ${Object.keys(program.verbs).join(', ')}`, verb);
    const loaded = await program.verbs[verb][1]();
    if (rest.includes('--help')) {
      streams.out.write(loaded.helpFor ? await loaded.helpFor(rest) : loaded.help);
      return exitCode.done;
    }
    return await loaded.run(rest, console, signal);
  } catch (error) {
    console.endProgress();
    return fail(error, isJson, streams);
  }
}

function fail(error: unknown, isJson: boolean, streams: Streams): number {
  const { name = 'Error', message = String(error), place, stack } = (error ?? {}) as { name?: string; message?: string; place?: unknown; stack?: string };
  const code = name === 'Interrupted' ? exitCode.interrupted : isInputError(error) ? exitCode.usage : exitCode.internal;
  if (isJson) streams.out.write(`${errorEnvelope(code === exitCode.internal ? 'InternalError' : name, message, place)}\n`);
  streams.error.write(code === exitCode.interrupted ? `${message}\n` : code === exitCode.usage ? `error: ${oneLine(message)}\n` : `internal error: ${stack ?? message}\n`);
  return code;
}

function oneLine(message: string): string {
  return message.split('\n').map(line => line.trim()).filter(line => line !== '').join(' | ');
}

/** Errors of the operating system that are about a path, as against faults of the program. */
const pathErrors: ReadonlySet<string> = new Set(['ENOENT', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EISDIR', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY', 'EROFS', 'ENAMETOOLONG', 'ELOOP']);

/** Errors that our checks raise about options and data, as against faults of the program. */
function isInputError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (pathErrors.has((error as NodeJS.ErrnoException).code ?? '')) return true;
  if (error.name === 'UsageError' || error.name === 'DataError' || error.name === 'StrategyError') return true;
  if (error instanceof RangeError) return !/call stack|array length|array buffer|allocation|out of bounds|count value|to a BigInt|Invalid time value|digits argument/i.test(error.message);
  return error instanceof TypeError && !/^Cannot |is not (a function|iterable|a constructor|defined)|undefined \(reading|ERR_|argument must be/.test(error.message);
}

function processStreams(): Streams {
  // Whoever reads may stop reading: `zanzibar ... | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCode.done);
  });
  return { out: process.stdout, error: process.stderr, now: () => performance.now() };
}
