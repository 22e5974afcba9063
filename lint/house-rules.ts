/**
 * The rules of the house that no general linter knows, over the whole repository.
 *
 *   import-direction    core <- engines <- backtest <- live, packages by their names, never by each other's files
 *   no-node             core (but for src/io) and engines import nothing of Node
 *   no-power            no Math.pow and no **: their bits differ between versions of Node
 *   same-bits           no Math.log, Math.sin and the like where results are made: their last bits differ between engines of JavaScript
 *   no-clock            no clock, randomness or timer outside live, the command line, benchmarks, scripts and tests
 *   no-eval             no code made of text
 *   names               no file or folder called utils, helpers, common or misc
 *   reference-apart     the naive reference reaches nothing of the simulator
 *   machine-path        no absolute path of one machine
 *   index-only-exports  an index.ts only re-exports
 *   length              a file past 250 lines says why (warning)
 *
 * A line that must break a rule says so in a comment on it or above it: `house-rule: no-clock because ...`.
 */
import ts from 'typescript';
import type { Finding, SourceText } from './finding.ts';
import { checkImports, checkReference, type Import, importsOf } from './imports.ts';
import { checkSyntax } from './syntax.ts';
import { checkText } from './text.ts';

/** All findings on these files, in their order. */
export function checkHouse(files: readonly SourceText[]): Finding[] {
  const findings: Finding[] = [];
  const importsByFile = new Map<string, Import[]>();
  for (const source of files) {
    findings.push(...checkText(source));
    if (!/\.(ts|js|mjs)$/.test(source.file)) continue;
    const tree = ts.createSourceFile(source.file, source.text, ts.ScriptTarget.ESNext, true);
    const imports = importsOf(tree);
    importsByFile.set(source.file, imports);
    findings.push(...checkImports(source.file, imports), ...checkSyntax(source.file, tree));
  }
  findings.push(...checkReference(importsByFile));
  const lines = new Map(files.map(({ file, text }) => [file, text.split('\n')]));
  return findings.filter((finding) => !isExcused(finding, lines.get(finding.file)!));
}

function isExcused({ rule, line }: Finding, lines: readonly string[]): boolean {
  const excuse = `house-rule: ${rule} because `;
  return [lines[line - 1], lines[line - 2]].some((text) => text?.includes(excuse));
}
