/**
 * docs/engines/: one page for each public engine, from the header comment of its source and its declaration; and the register that is shipped.
 *
 *   npm run docs:engines
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type AnyEngine, type Law, recordNames, recordSchema } from '@zanzibar/core';
import { root } from '../lint/repository.ts';
import { oraclesOf, registerEntry } from './engine-register.ts';
import { headerBefore, interfacesOf, type InterfaceMember, optionsTypeOf } from './engine-source.ts';
import { type Documents, markdownTable, writeDocuments } from './generated.ts';
import { defaultText, publicEngines, type PublicEngine, sourceFiles } from './public-engines.ts';

export function makeEngineDocuments(): Documents {
  const all = publicEngines(),
    documents = new Map<string, string>();
  const rows = all.map(({ name, specifier, file }) => [
    `[${name}](${pageName(name)})`,
    `\`${specifier}\``,
    headerBefore(readFileSync(join(root, file), 'utf8'), name).meaning,
  ]);
  const intro =
    'Made by `npm run docs:engines` from the headers and declarations of the sources; do not edit. Every engine is under the laws of ' +
    '`@zanzibar/core/testing`: L1 live equals batch bit for bit, L2 a missing or poisoned future changes nothing, L3 peek commits nothing and snapshots go on ' +
    'identically, L4 the warm-up is as declared, L5 and L6 the mirrored market and another price unit as each page says.';
  documents.set('docs/engines/README.md', `# Engines\n\n${intro}\n\n${markdownTable(['engine', 'import', 'meaning'], rows)}\n`);
  for (const entry of all) documents.set(`docs/engines/${pageName(entry.name)}`, pageOf(entry));
  documents.set('packages/engines/register.json', `[\n${all.map((entry) => JSON.stringify(registerEntry(entry))).join(',\n')}\n]\n`);
  return documents;
}

const pageName = (name: string): string => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`;

function pageOf({ name, engine, specifier, file }: PublicEngine): string {
  const { spec } = engine,
    text = readFileSync(join(root, file), 'utf8'),
    { meaning, sections } = headerBefore(text, name),
    defaults = engine.resolve();
  const warmup = spec.warmup?.(defaults),
    at = (value: unknown): string =>
      typeof value === 'object'
        ? Object.entries(value as object)
            .map(([output, rows]) => `${output} ${rows}`)
            .join(', ')
        : String(value);
  const parts = [
    `# ${name}`,
    meaning,
    `\`import { ${name} } from '${specifier}'\` · source \`${file}\``,
    sections.Definition === undefined ? '' : verbatim(sections.Definition),
    ...Object.entries(sections)
      .filter(([label]) => label !== 'Example' && label !== 'Definition' && label !== 'Oracle')
      .map(([label, words]) => `**${label}.** ${words}`),
    sections.Oracle === undefined ? '' : `**Checked by.** ${oraclesOf(name, sections.Oracle).map(({ kind, file: oracle }) => `${kind} \`${oracle}\``).join(', ')}.`,
    warmup !== undefined || spec.lag
      ? `**At the default options.** ${[warmup === undefined ? '' : `warm-up ${at(warmup)} rows`, spec.lag ? `lag ${spec.lag(defaults)} rows` : ''].filter(Boolean).join(', ')}.`
      : '',
    `## Inputs\n\n${inputs(engine)}`,
    `## Options\n\n${options(file, text, name, defaults)}`,
    `## Outputs\n\n${outputs(engine)}`,
    `## Laws\n\nL1 to L4 bit for bit. L5, the mirrored market: ${law(spec.mirror)}. L6, another price unit: ${law(spec.scale)}.`,
    sections.Example === undefined ? '' : `## Example\n\n${verbatim(sections.Example)}`,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** As it stands: formulas hold characters that Markdown takes for its own. */
function verbatim(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}

function law(declared: Law | undefined): string {
  if (declared === undefined) return 'not declared';
  return declared === 'exact' ? 'exact' : typeof declared === 'number' ? `within ${declared}` : `not a law here (${declared.none})`;
}

function inputs({ spec }: AnyEngine): string {
  const rows = [
    ...Object.entries(spec.input).map(([column, type]) => [`\`${column}\``, String(type), 'required']),
    ...Object.entries(spec.optional ?? {}).map(([column, type]) => [`\`${column}\``, String(type), 'optional']),
  ];
  const reads = Object.entries((spec.reads ?? {}) as { [table: string]: object }).map(
    ([table, schema]) =>
      `Reads the table \`${table}\`: ${Object.keys(schema)
        .map((column) => `\`${column}\``)
        .join(' ')}.`,
  );
  return [markdownTable(['column', 'type', ''], rows), ...reads].join('\n\n');
}

function options(file: string, text: string, name: string, defaults: object): string {
  const names = Object.keys(defaults);
  if (names.length === 0) return 'None.';
  const folder = file.slice(0, file.lastIndexOf('/')),
    members = interfacesOf(sourceFiles(folder).map((path) => readFileSync(join(root, path), 'utf8'))).members(optionsTypeOf(text, name));
  return markdownTable(
    ['option', 'type', 'default', 'meaning'],
    names.map((option) => {
      const member: InterfaceMember | undefined = members.get(option),
        value = defaultText((defaults as { [option: string]: unknown })[option]);
      return [`\`${option}\``, member === undefined ? '' : `\`${member.type}\``, value, member?.meaning ?? ''];
    }),
  );
}

function outputs({ spec }: AnyEngine): string {
  const aligned = Object.entries((spec.aligned ?? {}) as { [column: string]: string });
  const columns = aligned.map(([column, type]) => [
    `\`${column}\``,
    type,
    spec.units?.[column] ?? 'price',
    spec.sparse?.includes(column) ? 'sparse' : 'dense',
  ]);
  const tables = Object.entries((spec.appended ?? {}) as { [table: string]: object }).map(([table, schema]) => {
    const record = recordNames.find((known) => recordSchema(known) === schema),
      known = spec.clocked?.includes(table) ? ', known by the clock' : '';
    const shape =
      record === undefined
        ? `with ${Object.keys(schema)
            .map((column) => `\`${column}\``)
            .join(' ')}`
        : `of [${record}](../records.md#${record.toLowerCase()})`;
    return `Table \`${table}\` ${shape}${known}.`;
  });
  const kinds = spec.kinds ? `Kinds of events: ${spec.kinds.map((kind: string) => `\`${kind}\``).join(' ')}.` : '';
  return [columns.length > 0 ? markdownTable(['column', 'type', 'unit', ''], columns) : '', ...tables, kinds].filter(Boolean).join('\n\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeDocuments(makeEngineDocuments(), 'docs/engines');
