/** `zanzibar-live verify`: replays a journal through the batch path and compares it with what ran live. */
import { existsSync } from 'node:fs';
import { nodeHasher, sourceHash } from '@zanzibar/backtest';
import { exitCode, helpText, loadStrategy, parseFlags, UsageError, type Flags, type Verb } from '@zanzibar/backtest/cli';
import { backtestOfJournal, describeVerification, readJournal, verifyJournal } from '../verify/verify-journal.ts';

const flags: Flags = { strategy: { type: 'text', value: 'FILE', about: "the strategy's module (default: where it was when the journal was begun)" } };

export const verifyVerb: Verb = {
  help: helpText('verify JOURNAL', 'Replays the rows of a journal through the batch path of a backtest and compares every stage, order, fill and line of executions.jsonl with what the live run wrote down. Names the first stage and row that differ. Changes nothing.\nExit code 0: equal, 1: they differ, 2: the journal is damaged or its strategy is not the one that wrote it.', flags, ['zanzibar-live verify out/paper', 'zanzibar-live verify out/paper --strategy examples/break-and-gap.ts --json'], 'zanzibar-live'),
  async run(argv, console) {
    const given = parseFlags('verify', argv, flags, 'zanzibar-live'), [folder, ...more] = given.words;
    if (folder === undefined) throw new UsageError('verify: name the folder of a journal (see zanzibar-live verify --help)');
    if (more.length > 0) throw new UsageError(`verify: one journal is wanted, ${more.join(' ')} is too much`, more[0]);
    const content = readJournal(folder), { head } = content, file = given.text('strategy') ?? head.file;
    if (file === '') throw new UsageError(`verify: the strategy ${head.strategy} was no file: name one with --strategy`, '--strategy');
    const hash = await sourceHash(file);
    if (existsSync(file) && hash !== head.sourceHash) throw new UsageError(`verify: ${file} is not what the journal was written with: its source hash is ${hash.slice(0, 16)}, the journal's ${head.sourceHash.slice(0, 16)}; name the right one with --strategy`, '--strategy');
    const { session, simulator } = backtestOfJournal(content, await loadStrategy(file)), verification = verifyJournal(folder, content, session, simulator, nodeHasher), { stages, executions, isWhole } = verification;
    const difference = describeVerification(verification), width = Math.max(10, ...stages.map(({ stage }) => stage.length));
    for (const { stage, rows, live, backtest } of stages) console.line(`${live === backtest ? '=' : '≠'} ${stage.padEnd(width)} ${String(rows).padStart(9)} rows  ${backtest.slice(0, 16)}  ${live.slice(0, 16)}`);
    console.line(`${executions.difference === undefined ? '=' : '≠'} ${'sent'.padEnd(width)} ${String(executions.sent).padStart(9)} lines of executions.jsonl, ${executions.expected} by the backtest`);
    if (!isWhole) console.note(`the run has not ended, or was killed: stages are compared up to its last snapshot, executions as far as they went out${content.torn > 0 ? `; the last record is torn (${content.torn} bytes)` : ''}`);
    console.line(difference === undefined ? `live equals the backtest: ${content.records} records` : `first difference, from the backtest to what ran live: ${difference}`);
    console.result({ same: difference === undefined, whole: isWhole, hasEnded: content.hasEnded, records: content.records, stages, executions: { sent: executions.sent, expected: executions.expected }, difference: difference ?? null });
    return difference === undefined ? exitCode.done : exitCode.found;
  },
};
