/** The rules on imports: direction between packages, no Node where none may be, a reference apart from the simulator. */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import type { Finding } from './finding.ts';
import { isReference, isTest, isWithoutNode, type PackageName, packageOf, packageOrder } from './places.ts';

/** One import, re-export, dynamic import or import type. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** `import type ...`: nothing of it is left when the program runs. */
  readonly typeOnly: boolean;
}

export function importsOf(source: ts.SourceFile): Import[] {
  const imports: Import[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) {
      imports.push({ specifier: node.text, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, typeOnly });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || isNamed(node.expression, 'require'))) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

/** The file of this repository that an import leads to: a relative one exactly, one of our packages as `packages/<name>/<subpath>`. */
function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(file), specifier));
  const own = /^@zanzibar\/([^/]+)(?:\/(.*))?$/.exec(specifier);
  return own ? `packages/${own[1]}/${own[2] ?? ''}` : undefined;
}

/** Findings on the imports of one file. */
export function checkImports(file: string, imports: readonly Import[]): Finding[] {
  const findings: Finding[] = [];
  const report = (rule: string, line: number, message: string): void => {
    findings.push({ rule, file, line, message, severity: 'error' });
  };
  const from = packageOf(file);
  for (const { specifier, line } of imports) {
    const target = targetOf(file, specifier);
    if (from !== undefined && target !== undefined) checkDirection(from, target, specifier, file, (message) => report('import-direction', line, message));
    if (isWithoutNode(file)) {
      const bare = specifier.replace(/^node:/, '');
      if (specifier.startsWith('node:') || builtinModules.includes(bare)) report('no-node', line, `"${specifier}": this runs in browsers too; core/src/io may`);
      if (target !== undefined && /^packages\/core\/(src\/)?io(\/|$)/.test(target)) report('no-node', line, `"${specifier}": files are read at the edge only`);
    }
  }
  return findings;
}

function checkDirection(from: PackageName, target: string, specifier: string, file: string, report: (message: string) => void): void {
  const to = packageOf(target);
  if (to === undefined) {
    // Tests share the finders of other programs that stand at the root.
    if (!(isTest(file) && target.startsWith('test/'))) report(`"${specifier}" leads out of the package ${from}`);
    return;
  }
  if (to === from) return;
  if (packageOrder.indexOf(to) > packageOrder.indexOf(from)) report(`"${specifier}": ${from} imports nothing of ${to} (${packageOrder.join(' <- ')})`);
  else if (specifier.startsWith('.')) report(`"${specifier}": import "@zanzibar/${to}", not its files`);
}

/** The form of a simulation's inputs, which the simulator and the reference must share to be compared. */
const sharedForm = 'packages/backtest/src/simulator/setup.ts';

/** The naive reference reaches, directly or through other files, nothing of the simulator; the types of `sharedForm` it may name. */
export function checkReference(importsByFile: ReadonlyMap<string, readonly Import[]>): Finding[] {
  const findings: Finding[] = [];
  for (const file of importsByFile.keys()) {
    if (!isReference(file)) continue;
    for (const next of importsByFile.get(file)!) {
      const chain = chainToSimulator([file], next, importsByFile);
      if (chain) findings.push({ rule: 'reference-apart', file, line: next.line, message: `leads to the simulator: ${chain.join(' -> ')}`, severity: 'error' });
    }
  }
  return findings;
}

function chainToSimulator(chain: string[], { specifier, typeOnly }: Import, importsByFile: ReadonlyMap<string, readonly Import[]>): string[] | undefined {
  const target = targetOf(chain[chain.length - 1], specifier);
  // Other files of the reference answer for themselves.
  if (target === undefined || chain.includes(target) || isReference(target) || (target === sharedForm && typeOnly)) return undefined;
  const longer = [...chain, target];
  if (/^packages\/(backtest\/src\/simulator\/|backtest\/$|backtest\/(?!src\/|test\/)|live\/)/.test(target)) return longer;
  for (const next of importsByFile.get(target) ?? []) {
    const found = chainToSimulator(longer, next, importsByFile);
    if (found) return found;
  }
  return undefined;
}
