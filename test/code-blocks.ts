/** The code in Markdown documents. */

export interface CodeBlock {
  /**
   * What stands behind the fence: `ts run` is executed, `ts test` holds tests, `ts file NAME` is a file that they may import, `sh run` holds command lines that are
   * executed, `python PATH` is the file at that path, `yaml` and `json` are read, `text` is the output of the block above; anything else says `not run: REASON`.
   */
  readonly info: string;
  readonly code: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** The `text` block that follows with nothing but blank lines between: what the code prints. */
  readonly output: string | undefined;
  /** Is this the output of a block above? */
  readonly isOutput: boolean;
}

/** The path of the file that a block repeats. */
export function placeOf(info: string): string | undefined {
  return /^\w+ ((?:[\w-]+\/)+[\w.-]+)$/.exec(info)?.[1];
}

/** Why a block is not run, where it says so. */
export function reasonNotToRun(info: string): string | undefined {
  return /^\w+ not run: (.{12,})$/.exec(info)?.[1];
}

export function codeBlocks(markdown: string): CodeBlock[] {
  const found: (Pick<CodeBlock, 'info' | 'code' | 'line'> & { readonly start: number; readonly end: number })[] = [];
  for (const match of markdown.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)) {
    found.push({
      info: match[1].trim(),
      code: match[2],
      line: markdown.slice(0, match.index).split('\n').length,
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  const isOutput = (k: number): boolean => k > 0 && found[k].info === 'text' && found[k - 1].info !== 'text' && markdown.slice(found[k - 1].end, found[k].start).trim() === '';
  return found.map(({ info, code, line }, k) => ({ info, code, line, isOutput: isOutput(k), output: k + 1 < found.length && isOutput(k + 1) ? found[k + 1].code : undefined }));
}
