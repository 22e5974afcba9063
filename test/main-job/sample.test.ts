/** The main job on the sample: one order hash however it is run. Oracles: the run in one piece, the naive reference, a new process. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareAll, replayGroups, replayRows, resultOfSession, tablesOfSession, type Group, type PreparedRun, type Session } from '@zanzibar/backtest';
import { decodeCanonical, encodeCanonical, randomStream } from '@zanzibar/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeDifference, firstDifference } from '../../packages/backtest/test/reference/compare.ts';
import { reference } from '../../packages/backtest/test/reference/reference.ts';
import { readOutput } from '../../packages/backtest/test/simulated.ts';
import { joined, type Stages } from './joined-stages.ts';
import { prepareSample, sampleOrderHash } from './sample.ts';

describe('the main job on the sample', () => {
  let run: PreparedRun, whole: Session;

  beforeAll(async () => {
    run = await prepareSample();
    whole = run.session();
    for (const _ of replayGroups(whole, run.data, Infinity));
  });

  test('has the order hash that later work must leave as it is, and conserves money', () => {
    const result = resultOfSession(whole, run);
    expect(result.digests.orderHash()).toBe(sampleOrderHash);
    expect(result.summary.conservation).toEqual({ difference: 0, tolerance: 0, holds: true });
  });

  test('gives the same bits in blocks of 1,000 rows and of one', () => {
    const blocks = run.session(), rows = run.session();
    for (const _ of replayGroups(blocks, run.data, 1000));
    for (const _ of replayRows(rows, run.data));
    expect(compareAll(tablesOfSession(whole), tablesOfSession(blocks))).toBeUndefined();
    expect(compareAll(tablesOfSession(whole), tablesOfSession(rows))).toBeUndefined();
  });

  test('every order, execution and fill is that of the naive reference', () => {
    let expected: ReturnType<typeof reference> | undefined;
    const walked = run.session(false, setup => {
      let group: Group;
      return {
        load: rows => void (group = rows), run: () => {}, finish: () => void (expected = reference(setup, group)),
        snapshot: () => new Uint8Array(0), restore: () => {}, output: whole.simulator.output,
      };
    });
    for (const _ of replayGroups(walked, run.data, Infinity));
    const actual = readOutput(whole.simulator.output as never), difference = firstDifference(expected!, actual);
    expect(difference && describeDifference('sample', difference, expected!, actual)).toBeUndefined();
  });

  test('a snapshot goes on in a new process, at random rows, with the same bits', () => {
    const folder = mkdtempSync(join(tmpdir(), 'zanzibar-resume-')), random = randomStream(7, 'snapshot rows'), total = (run.data[0].columns.time as BigInt64Array).length;
    try {
      for (let n = 0; n < 2; n++) {
        const done = random.integer(1, total - 1), first = run.session(), from = join(folder, `${n}.snapshot`), to = join(folder, `${n}.rows`);
        for (const [rows] of replayRows(first, run.data)) if (rows === done) break;
        writeFileSync(from, encodeCanonical({ bytes: first.snapshot(), done }));
        execFileSync(process.execPath, ['--conditions=@zanzibar/source', '--import', 'tsx', fileURLToPath(new URL('resume.ts', import.meta.url)), from, to]);
        expect(compareAll(tablesOfSession(whole), joined([tablesOfSession(first), decodeCanonical(readFileSync(to)) as unknown as Stages]))).toBeUndefined();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
