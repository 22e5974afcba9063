/** `zanzibar data import|inspect|list|coverage|check|compact|prune|generate`. */
import type { Flags } from './arguments.ts';
import { helpText } from './arguments.ts';
import type { Console } from './console.ts';
import type { Verb } from './main.ts';
import { UsageError } from './usage-error.ts';

const actions: { readonly [action: string]: readonly [about: string, load: () => Promise<Verb>] } = {
  import: ['files of any known format into a catalogue', async () => (await import('./data-import.ts')).dataImportVerb],
  inspect: ['what a file or a catalogue holds', async () => (await import('./data-inspect.ts')).dataInspectVerb],
  list: ['every series of a catalogue, with rows, days and size', async () => (await import('./data-list.ts')).dataListVerb],
  coverage: ['the days that are there, and those that the calendar misses', async () => (await import('./data-coverage.ts')).dataCoverageVerb],
  check: ['damage, order and findings of the quality rules', async () => (await import('./data-check.ts')).dataCheckVerb],
  compact: ['pack old files tighter', async () => (await import('./data-compact.ts')).dataCompactVerb],
  prune: ['name old files, and delete them when told to', async () => (await import('./data-prune.ts')).dataPruneVerb],
  generate: ['a seeded market', async () => (await import('./data-generate.ts')).dataGenerateVerb],
};

const none: Flags = {};

export const dataVerb: Verb = {
  help: helpText('data ACTION ...', `Actions:\n${Object.entries(actions).map(([action, [about]]) => `  ${action.padEnd(10)}${about}`).join('\n')}\n\nzanzibar data ACTION --help tells more.`, none, ['zanzibar data inspect data']),
  async run(argv, console: Console, signal) {
    const [action, ...rest] = argv;
    if (action === undefined || !Object.hasOwn(actions, action)) throw new UsageError(`data: ${action === undefined ? 'an action is missing' : `there is no action "${action}"`}, known are ${Object.keys(actions).join(', ')}`, action);
    const verb = await actions[action][1]();
    return verb.run(rest, console, signal);
  },
  async helpFor(argv) {
    const [action] = argv;
    return action !== undefined && Object.hasOwn(actions, action) ? (await actions[action][1]()).help : this.help;
  },
};
