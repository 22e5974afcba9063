/** `zanzibar data check --look`. Oracle: findings worked by hand. */
import { expect, test } from 'vitest';
import { temporaryFolder, zanzibar } from './run-main.ts';

const folder = temporaryFolder('check'),
  trades = folder.write('trades.csv', 'time,price,size\n2024-01-01T00:00:00.1Z,100,1\n2024-01-01T00:00:00.2Z,120,1\n2024-01-01T00:00:00.2Z,90,1\n2024-01-01T00:00:00.2Z,120,1\n');

test('data check looks for more rules when asked, and counts what it found', async () => {
  const counts = async (...looks: string[]): Promise<{ [rule: string]: number }> => {
    const { out, error } = await zanzibar(['data', 'check', trades, '--json', ...looks.flatMap((rule) => ['--look', rule])]);
    expect(error).not.toMatch(/error/);
    const found = JSON.parse(out).data.reports[0].rules.filter(({ count }: { count: number }) => count > 0);
    return Object.fromEntries(found.map(({ rule, count }: { rule: string; count: number }) => [rule, count]));
  };
  expect(await counts()).toEqual({ equalTime: 2 });
  expect(await counts('jump', 'duplicate', 'bounds=95..150')).toEqual({ equalTime: 2, jump: 2, bounds: 1, duplicate: 1 });
});
