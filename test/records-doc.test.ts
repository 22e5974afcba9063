// Oracle: the schemas and registers themselves; the committed document has to be what they make.
import { describeRecord, recordNames } from '@zanzibar/core';
import { expect, test } from 'vitest';
import * as codes from '../packages/core/src/codes.ts';
import { staleDocuments } from '../scripts/generated.ts';
import { makeRecordsDocument, registers } from '../scripts/records-doc.ts';

const documents = makeRecordsDocument();

test('docs/records.md is what the schemas say (`npm run docs:records` writes it anew)', () => {
  expect(staleDocuments(documents)).toEqual([]);
});

test('every column of every record has its line, and a changed line is noticed', () => {
  const text = documents.get('docs/records.md')!;
  for (const record of recordNames)
    for (const column in describeRecord(record)) expect(text).toContain(`| \`${column}\` | ${describeRecord(record)[column].type} |`);
  expect(staleDocuments(new Map([['docs/records.md', text.replace('first price', 'last price')]]))).toEqual(['docs/records.md']);
});

test('every register of codes.ts is in the document', () => {
  const lists = Object.entries(codes)
    .filter(([, value]) => Array.isArray(value))
    .map(([name]) => name);
  expect(lists.length).toBeGreaterThan(8);
  expect(registers.map(([name]) => name)).toEqual(expect.arrayContaining(lists));
});
