/** `zanzibar config show RUN`: a run file with everything resolved. */
import { helpText } from './arguments.ts';
import { exitCode, type Verb } from './main.ts';
import { loadStrategy } from './load-strategy.ts';
import { gatherFlags, parametersOf, runFlags } from './strategy-run.ts';
import { resolveParameters } from '../strategy/parameters.ts';
import { UsageError } from './usage-error.ts';

export const configVerb: Verb = {
  help: helpText('config show run.yaml', 'Prints a run with its file, its flags and every parameter of the strategy, defaults included.', runFlags, ['zanzibar config show run.yaml --set hold=30']),
  async run(argv, console) {
    const [action, ...rest] = argv;
    if (action !== 'show') throw new UsageError(`config: there is no action "${action ?? ''}", known is show`, action);
    const { file, given, values } = await gatherFlags('config show', rest, { ...runFlags, report: { type: 'text', about: '' }, out: { type: 'text', about: '' }, svg: { type: 'text', about: '' }, trials: { type: 'text', about: '' } });
    const strategy = await loadStrategy(file), { set: _, ...flags } = values as { set?: unknown; [flag: string]: unknown };
    const resolved = { ...flags, parameters: resolveParameters(strategy.name, strategy.parameters, parametersOf('config show', strategy, given)) };
    const { stringify } = await import('yaml');
    for (const line of stringify(resolved).trimEnd().split('\n')) console.line(line);
    console.result(resolved);
    return exitCode.done;
  },
};
