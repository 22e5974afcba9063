/** What the source text of an engine says to its reader: the header comment, and the options with their comments. */
import ts from 'typescript';

export interface EngineHeader {
  /** What it is, in the words of the header's first lines. */
  readonly meaning: string;
  /** Definition (in its lines), Units, Warm-up, Lag, NaN, Errors, Source, Oracle, Example: those that the header has, in its order. */
  readonly sections: { readonly [label: string]: string };
}

const labels = 'Definition|Units|Warm-up|Lag|NaN|Errors|Source|Oracle|Example';
// A label opens a line or follows a wide space, and a wide space follows it.
const label = new RegExp(String.raw`(?:^|\s{3,})(${labels})\s{2,}`, 'g');

/** The header of `export const NAME: Engine<`: the nearest comment before it that defines something. */
export function headerBefore(text: string, name: string): EngineHeader {
  const place = text.indexOf(`export const ${name}: Engine<`),
    comments = [...text.slice(0, place).matchAll(/\/\*\*\n([\s\S]*?)\*\//g)].map(([, body]) => body);
  const body = comments.reverse().find((comment) => /^ \* Definition\b/m.test(comment));
  if (place < 0 || body === undefined) throw new Error(`${name}: its source has no header with a definition`);
  const lines = body
    .split('\n')
    .map((line) => line.replace(/^ \* ?/, '').trimEnd())
    .filter((line) => line !== '' && line !== ' ');
  const sections: { [label: string]: string } = {};
  let meaning = '',
    open = '';
  const add = (words: string): void => {
    const more = words.trim();
    if (more === '') return;
    if (open === '') meaning += meaning === '' ? more : ` ${more}`;
    else sections[open] = sections[open] === '' ? more : `${sections[open]}${open === 'Definition' || open === 'Oracle' ? '\n' : ' '}${more}`;
  };
  for (const line of lines) {
    let from = 0;
    for (const match of line.matchAll(label)) {
      add(line.slice(from, match.index));
      open = match[1];
      sections[open] ??= '';
      from = match.index + match[0].length;
    }
    add(line.slice(from));
  }
  return { meaning, sections };
}

export interface InterfaceMember {
  readonly type: string;
  readonly meaning: string;
  /** What the comment says is the default, where it says so. */
  readonly defaultValue: string | undefined;
}

/** The interfaces declared in these texts; members include those that an interface extends. */
export function interfacesOf(texts: readonly string[]): { members(name: string): Map<string, InterfaceMember> } {
  const declared = new Map<string, { node: ts.InterfaceDeclaration; source: ts.SourceFile }>();
  for (const text of texts) {
    const source = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true);
    source.forEachChild((node) => {
      if (ts.isInterfaceDeclaration(node)) declared.set(node.name.text, { node, source });
    });
  }
  const members = (name: string): Map<string, InterfaceMember> => {
    const found = new Map<string, InterfaceMember>(),
      entry = declared.get(name);
    if (!entry) return found;
    for (const clause of entry.node.heritageClauses ?? [])
      for (const { expression } of clause.types) for (const [member, about] of members(expression.getText(entry.source))) found.set(member, about);
    for (const member of entry.node.members) {
      if (!ts.isPropertySignature(member)) continue;
      const [comment] = ts.getJSDocCommentsAndTags(member),
        tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'defaultValue');
      const meaning = comment && ts.isJSDoc(comment) ? (ts.getTextOfJSDocComment(comment.comment) ?? '') : '';
      found.set(member.name.getText(entry.source), {
        type: member.type?.getText(entry.source) ?? '',
        meaning: meaning.replace(/\s+/g, ' ').trim(),
        defaultValue: tag ? ts.getTextOfJSDocComment(tag.comment) : undefined,
      });
    }
    return found;
  };
  return { members };
}

/** Name of the type of an engine's options: the first argument of its `Engine<`. */
export function optionsTypeOf(text: string, name: string): string {
  return new RegExp(String.raw`export const ${name}: Engine<\s*(\w+)`).exec(text)?.[1] ?? '';
}
