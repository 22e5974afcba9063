// Oracle: last trade dates of QuantConnect Lean (../shared/oracles/lean-futures-expiry), and dates of the exchanges' own calendars.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hasSharedData, sharedPath, skipReason } from '../../test/shared-market.ts';
import { formatDay } from '../time.ts';
import { futuresRules, lastTradeDate } from './futures.ts';

describe('last trade dates', () => {
  test('follow the rules of the exchanges (hand-stated)', () => {
    for (const [root, year, month, date] of [
      ['ES', 2018, 3, '2018-03-16'],
      ['ES', 2027, 6, '2027-06-17'],
      ['6E', 2018, 3, '2018-03-19'],
      ['CL', 2017, 6, '2017-05-22'],
      ['CL', 2018, 1, '2017-12-19'],
      ['CL', 2020, 1, '2019-12-19'],
      ['NG', 2018, 1, '2017-12-27'],
      ['GC', 2018, 2, '2018-02-26'],
      ['ZN', 2017, 12, '2017-12-19'],
      ['ZC', 2018, 7, '2018-07-13'],
      ['VX', 2014, 3, '2014-03-18'],
      ['BTC', 2018, 3, '2018-03-29'],
    ] as const)
      expect([root, year, month, formatDay(lastTradeDate(root, year, month))]).toEqual([root, year, month, date]);
  });

  test('of unknown roots and months are refused', () => {
    expect(() => lastTradeDate('XX', 2018, 3)).toThrow('futures: the rule of "XX" is unknown, known are ES, NQ');
    expect(() => lastTradeDate('ES', 2018, 13)).toThrow('futures: a contract month is a year and 1 to 12, was 2018 and 13');
    expect(() => lastTradeDate('ES', 1990, 3)).toThrow('its rules hold from 2000 on, asked for 1990-03-16');
  });

  test('have one rule a root', () => {
    const roots = futuresRules.flatMap((rule) => rule.roots);
    expect(new Set(roots).size).toBe(roots.length);
  });

  // Lean takes 2021-12-31 for a holiday of futures, on which NYSE and CME traded; and Columbus Day for one of two currencies, but not of the others.
  const differing: { readonly [contract: string]: readonly [ours: string, theirs: string] } = {
    'GC 2021-12': ['2021-12-29', '2021-12-28'],
    'SI 2021-12': ['2021-12-29', '2021-12-28'],
    'HG 2021-12': ['2021-12-29', '2021-12-28'],
    'NG 2022-01': ['2021-12-29', '2021-12-28'],
    '6L 2022-01': ['2021-12-31', '2021-12-30'],
    'BZ 2022-02': ['2021-12-31', '2021-12-30'],
    '6M 2019-10': ['2019-10-14', '2019-10-11'],
    '6Z 2019-10': ['2019-10-14', '2019-10-11'],
  };

  test.skipIf(!hasSharedData)(`are those of Lean for all contracts of our roots, but for eight that are named${skipReason}`, () => {
    const bytes = gunzipSync(readFileSync(sharedPath('oracles/lean-futures-expiry/FuturesExpiryFunctionsTestData.xml.gz'))),
      text = new TextDecoder('utf-16le').decode(bytes),
      roots = new Set(futuresRules.flatMap((rule) => rule.roots)),
      seen = new Set<string>(),
      others: { [contract: string]: readonly string[] } = {};
    let count = 0;
    for (const [, symbol, dates] of text.matchAll(/<Item Symbol="([^"]+)">([\s\S]*?)<\/Item>/g)) {
      if (!roots.has(symbol)) continue;
      seen.add(symbol);
      for (const [, month, last] of dates.matchAll(/<ContractMonth>(\d{4}-\d{2})[^<]*<\/ContractMonth>\s*<LastTrade>(\d{4}-\d{2}-\d{2})/g)) {
        const [year, of] = month.split('-').map(Number),
          ours = formatDay(lastTradeDate(symbol, year, of));
        count++;
        if (ours !== last) others[`${symbol} ${month}`] = [ours, last];
      }
    }
    expect(others).toEqual(differing);
    expect([seen.size, [...roots].filter((root) => !seen.has(root))]).toEqual([roots.size - 2, ['MNQ', 'M2K']]);
    expect(count).toBeGreaterThan(900);
  });
});
