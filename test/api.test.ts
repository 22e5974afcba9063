import { expect, test } from 'vitest';
import { committedReports, compareReports, makeReports } from '../scripts/api-report.ts';

test.skipIf(committedReports().length === 0)('every public name is as the committed reports in api/ say (`npm run api` writes them anew)', () => {
  const reports = makeReports();
  expect(reports.size).toBeGreaterThanOrEqual(4);
  expect(compareReports(reports)).toEqual([]);
});

test('a name more, a name less and a whole report more are differences', () => {
  const committed = new Map(committedReports().map((name) => [name, '']));
  const differences = compareReports(new Map([...committed, ['planted.api.md', 'export function planted(): void;']]));
  expect(differences).toContain('api/planted.api.md + export function planted(): void;');
});
