/**
 * docs/records.md from the schemas and registers of core.
 *
 *   npm run docs:records
 */
import { pathToFileURL } from 'node:url';
import {
  columnDefault,
  describeRecord,
  eventKinds,
  executionEvents,
  exitReasons,
  linkKinds,
  liquidities,
  orderKinds,
  orderStates,
  qualityActions,
  qualityRules,
  reasons,
  recordNames,
  schemaVersion,
  timesInForce,
  trailUnits,
  type RecordName,
} from '@zanzibar/core';
import { type Documents, markdownTable, writeDocuments } from './generated.ts';

const about: { readonly [N in RecordName]: string } = {
  instruments: 'What is traded; dated rows, each valid from `from` until `to`.',
  trades: "The market's trades; an account's are round trips.",
  quotes: 'Best bid and ask.',
  ticker: 'Rolling statistics of a venue. Names only: nothing reads it yet.',
  bookEvents: 'Changes of an order book, order by order or by level. Names only: nothing reads it yet.',
  bars: 'Open, high, low, close. The table says which price it holds (bid, ask, mid, trade).',
  events:
    'What does not happen once a row: swings, breaks, zones and their lives. Nothing is edited: what becomes of a zone is a new event that refers to it.',
  findings: 'What the quality step found.',
  signals: 'What a strategy thinks, before it orders.',
  orders: 'Written once, at submission; what happens to an order later is in executions.',
  executions: 'The life of orders, in order of happening.',
  fills: 'What was bought and sold, and what it cost.',
  roundTrips: 'From an entry to its exit.',
  positions: 'Open quantities over time.',
  equity: 'The account over time.',
};

/** Registers of words behind codes: name, the columns that hold them, the words. */
export const registers: readonly (readonly [name: string, columns: string, words: readonly string[]])[] = [
  ['orderKinds', '`orders.kind`', orderKinds],
  ['timesInForce', '`orders.timeInForce`', timesInForce],
  ['trailUnits', '`orders.trailUnit`', trailUnits],
  ['linkKinds', '`orders.linkKind`', linkKinds],
  ['executionEvents', '`executions.event`', executionEvents],
  ['orderStates', '`executions.state`', orderStates],
  ['reasons', '`executions.reason`', reasons],
  ['liquidities', '`executions.liquidity`, `fills.liquidity`', liquidities],
  ['exitReasons', '`roundTrips.exitReason`', exitReasons],
  ['eventKinds', '`events.kind`', eventKinds],
  ['qualityActions', '`findings.action`', qualityActions],
];

export function makeRecordsDocument(): Documents {
  const parts = [
    '# Records',
    `Made by \`npm run docs:records\` from \`packages/core/src/schemas.ts\`, \`codes.ts\`, \`events.ts\` and \`quality/rules.ts\`; do not edit. Version of the records: ${schemaVersion}.`,
    'A record is open at its end only: later versions add columns there, and words at the end of a register. The order of columns and their types are part of every digest. ' +
      'A column whose every value is its default may be absent. Types: `f64` double, `i8` to `i64` and `u8` to `u64` integers (`i64` for times: UTC nanoseconds), `text` codes into a list of strings. ' +
      'Ids and rows are doubles. Units: *price* is in units of the quote currency, *quantity* in units of the base, *row* is absolute since the start of the stream.',
    ...recordNames.map(recordPart),
    '## Registers',
    'A code is the place of its word in the list, from 0.',
    ...registers.map(([name, columns, words]) => `**${name}** (${columns}): ${words.map((word, code) => `${code} ${word}`).join(' · ')}`),
    '**qualityRules** (`findings.rule`):',
    markdownTable(
      ['code', 'rule', 'severity', 'finds rows where', "the finding's value"],
      qualityRules.map(({ name, severity, meaning, value }, code) => [String(code), name, String(severity), meaning, value]),
    ),
  ];
  return new Map([['docs/records.md', `${parts.join('\n\n')}\n`]]);
}

function recordPart(record: RecordName): string {
  const rows = Object.entries(describeRecord(record)).map(([column, { type, unit, meaning }]) => [
    `\`${column}\``,
    type,
    unit,
    meaning,
    defaultText(column, type),
  ]);
  return `## ${record}\n\n${about[record]}\n\n${markdownTable(['column', 'type', 'unit', 'meaning', 'absent means'], rows)}`;
}

function defaultText(column: string, type: Parameters<typeof columnDefault>[1]): string {
  return type === 'text' ? 'no text' : String(columnDefault(column, type));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeDocuments(makeRecordsDocument());
