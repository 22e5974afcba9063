/** The code in Markdown documents. */

export interface CodeBlock {
  /** What stands behind the fence: `ts run` is executed, `ts test` holds tests, `ts file NAME` is a file that they may import, `ts` is for reading. */
  readonly info: string;
  readonly code: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** The `text` block that follows with nothing but blank lines between: what the code prints. */
  readonly output: string | undefined;
}

export function codeBlocks(markdown: string): CodeBlock[] {
  const found: (CodeBlock & { readonly start: number; readonly end: number })[] = [];
  for (const match of markdown.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)) {
    found.push({
      info: match[1].trim(),
      code: match[2],
      line: markdown.slice(0, match.index).split('\n').length,
      output: undefined,
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found.map(({ info, code, line, end }, k) => {
    const next = found[k + 1],
      isOutput = next?.info === 'text' && markdown.slice(end, next.start).trim() === '';
    return { info, code, line, output: isOutput ? next.code : undefined };
  });
}
