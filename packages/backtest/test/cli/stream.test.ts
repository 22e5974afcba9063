/** `zanzibar backtest --stream`. Oracle: the same command without it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quotesText, strategyText, temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('stream'), strategy = folder.write('probe.mjs', strategyText({ sources: "({ m1: { kind: 'bars', interval: 60e9, price: 'mid' } })" })), ticks = folder.write('ticks.csv', quotesText(9000)), root = join(folder.root, 'catalogue');
const hours = ['--interval', '1h', '--time', 'open'];

test('ticks that are read while they are replayed give the same result, and compare says so', async () => {
  expect((await zanzibar(['data', 'import', ticks, '--venue', 'a', '--symbol', 'X', '--root', root])).code).toBe(0);
  const backtest = async (out: string, ...more: string[]): Promise<any> => {
    const { code, out: text, error } = await zanzibar(['backtest', strategy, '--data', root, '--trials', 'none', '--json', '--out', join(folder.root, out), ...more]);
    expect(error.replace(/^backtest: \d+ %.*$/gm, '').trim(), error).toBe('');
    expect(code).toBe(0);
    return JSON.parse(text).data;
  };
  const whole = await backtest('whole'), streamed = await backtest('streamed', '--stream');
  expect(whole.rows.fills).toBeGreaterThan(0);
  expect(streamed.orderHash).toBe(whole.orderHash);
  expect(streamed.summary).toEqual(whole.summary);
  const { code, out } = await zanzibar(['compare', join(folder.root, 'whole'), join(folder.root, 'streamed')]);
  expect([code, out]).toEqual([0, expect.stringMatching(/^= findings/m)]);
});

test('files and bars are refused: they are read whole', async () => {
  const bars = folder.write('bars.csv', 'time,open,high,low,close,volume\n2024-01-01T00:00:00Z,1,2,1,2,5\n2024-01-01T01:00:00Z,2,3,2,3,5\n'), barRoot = join(folder.root, 'bars');
  expect(await zanzibar(['backtest', strategy, '--data', ticks, '--stream'])).toMatchObject({ code: 2, error: expect.stringMatching(/--stream reads catalogues, .*ticks\.csv is read whole: import it first/) });
  expect((await zanzibar(['data', 'import', bars, '--venue', 'a', '--symbol', 'X', '--root', barRoot, ...hours])).code).toBe(0);
  expect(await zanzibar(['backtest', strategy, '--data', barRoot, '--stream'])).toMatchObject({ code: 2, error: expect.stringMatching(/--stream reads ticks, .* has bars of X\.A/) });
});
