/** `zanzibar config show RUN`: a run file with everything resolved. */
import { helpText, type Flags } from './arguments.ts';
import { exitCode, type Verb } from './main.ts';
import { loadStrategy } from './load-strategy.ts';
import { gatherFlags, lookaheadFlags, outputFlags, parametersOf, qualityOptions, runFlags, simulationOptions } from './strategy-run.ts';
import { resolveParameters } from '../strategy/parameters.ts';
import { UsageError } from './usage-error.ts';

const flags: Flags = { ...runFlags, ...outputFlags, ...lookaheadFlags };

export const configVerb: Verb = {
  help: helpText('config show run.yaml', 'Prints a run with its file, its flags and every parameter of the strategy, defaults included.', flags, ['zanzibar config show run.yaml --set hold=30']),
  async run(argv, console) {
    const [action, ...rest] = argv;
    if (action !== 'show') throw new UsageError(`config: ${action === undefined ? 'an action is missing' : `there is no action "${action}"`}, known is show: zanzibar config show run.yaml`, action);
    const { file, given, values } = await gatherFlags('config show', rest, flags);
    simulationOptions('config show', given);
    qualityOptions('config show', given);
    const strategy = await loadStrategy(file), { set: _, ...stated } = values as { set?: unknown; [flag: string]: unknown };
    const resolved = { ...stated, parameters: resolveParameters(strategy.name, strategy.parameters, parametersOf('config show', strategy, given)) };
    const { stringify } = await import('yaml');
    for (const line of stringify(resolved).trimEnd().split('\n')) console.line(line);
    console.result(resolved);
    return exitCode.done;
  },
};
