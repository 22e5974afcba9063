/**
 * Starts a command of ours. Installed, it runs the built program. From a checkout it runs the TypeScript source, for which Node must be
 * started anew: the export condition that leads to the sources and the loader can only be given on the command line.
 */
import * as module from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const sourceCondition = '--conditions=@zanzibar/source';

/** `url` is that of the command's own file, beside whose folder `dist` and `src` are. */
export async function launch(name, url) {
  if (fileURLToPath(url).includes(`${sep}node_modules${sep}`)) await run(new URL('../dist/cli/main.js', url));
  else if (process.execArgv.includes(sourceCondition)) await run(new URL('../src/cli/main.ts', url));
  else await restartOnSource(name, fileURLToPath(url));
}

async function run(program) {
  // From Node 22 on: what it has compiled is kept, and the next start takes a quarter less.
  module.enableCompileCache?.();
  const { main } = await import(program.href);
  process.exitCode = await main(process.argv.slice(2), undefined, interruption());
}

/** Aborted by the first Ctrl-C, so that the program can leave a valid partial result; a second one, half a second later or more, ends it at once. */
function interruption() {
  const controller = new AbortController();
  let firstAt = 0;
  const interrupt = () => {
    if (!controller.signal.aborted) {
      firstAt = performance.now();
      controller.abort();
    } else if (performance.now() - firstAt > 500) process.exit(130);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}

async function restartOnSource(name, file) {
  // Only from a checkout: loading it takes 5 ms.
  const { spawn } = await import('node:child_process'), { constants } = await import('node:os');
  const flags = [...process.execArgv, sourceCondition, '--import', import.meta.resolve('tsx')];
  const child = spawn(process.execPath, [...flags, file, ...process.argv.slice(2)], { stdio: 'inherit' });
  const onTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl-C to both processes; passing it on would interrupt the child twice.
    process.on(signal, () => signal === 'SIGINT' && onTerminal || child.kill(signal));
  }
  child.on('error', (error) => {
    console.error(`${name}: cannot start ${process.execPath}: ${error.message}`);
    process.exitCode = 70;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}
