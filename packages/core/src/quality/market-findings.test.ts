// Oracle: counts that the descriptions of the recorded files state, and the committed table docs/market-findings.md for all others.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findingsTable, marketFindings } from '../../test/market-findings.ts';
import { hasSharedData, skipReason } from '../../test/shared-market.ts';
import { ruleCode } from './rules.ts';

describe.skipIf(!hasSharedData)(`every recorded tick and quote file${skipReason}`, () => {
  test('has the findings of docs/market-findings.md (`scripts/market-findings.ts` writes it anew)', { timeout: 120_000 }, async () => {
    const files = await marketFindings(),
      { head, rows } = findingsTable(files),
      lines = readFileSync(fileURLToPath(new URL('../../../../docs/market-findings.md', import.meta.url)), 'utf8').split('\n'),
      cells = lines.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));
    expect(cells).toEqual([head, head.map(() => '---'), ...rows]);

    const count = (rule: keyof typeof ruleCode, of: string): number =>
      files.filter(({ file }) => file.includes(of)).reduce((sum, { counts }) => sum + counts[ruleCode[rule]], 0);
    // As the market's README says of its files.
    expect(count('equalTime', 'XRP_ETH-trades.parquet')).toBe(2490);
    expect([count('equalTime', 'oanda-fx'), count('repeat', 'oanda-fx'), count('crossed', 'oanda-fx')]).toEqual([2848, 1, 0]);
    expect([count('crossed', 'fxcm'), count('locked', 'fxcm')]).toEqual([69_354, 82_118]);
  });
});
