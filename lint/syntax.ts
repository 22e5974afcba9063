/** The rules on what a line of code may say: powers, functions of unsure bits, clocks, randomness, evaluated text, Node's globals, index files. */
import ts from 'typescript';
import type { Finding } from './finding.ts';
import { isWithoutNode, makesResults, mayReadClock } from './places.ts';

const clockReaders = /^(globalThis\.)?(Date\.now|performance\.\w+|Math\.random|process\.hrtime|(crypto\.)?(randomUUID|getRandomValues|randomBytes|randomInt))$/;
/** What ECMAScript leaves to the engine: "an implementation-approximated value". */
const approximate = /^(globalThis\.)?Math\.(acosh?|asinh?|atan[2h]?|cbrt|cosh?|exp|expm1|hypot|log|log10|log1p|log2|sinh?|tanh?)$/;
const timers = /^(globalThis\.)?(setTimeout|setInterval|setImmediate)$/;
const evaluators = /^(globalThis\.)?(eval|Function)$/;
const nodeGlobals = /^(process|Buffer|__dirname|__filename)$/;

/** Findings on the syntax of one file. */
export function checkSyntax(file: string, source: ts.SourceFile): Finding[] {
  const findings: Finding[] = [];
  const report = (node: ts.Node, rule: string, message: string): void => {
    findings.push({ rule, file, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, message, severity: 'error' });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node)) checkPower(node, report);
    else if (ts.isPropertyAccessExpression(node)) checkName(node.getText(source), node, file, report);
    else if (ts.isCallExpression(node) || ts.isNewExpression(node)) checkCall(node, source, file, report);
    else if (ts.isIdentifier(node) && nodeGlobals.test(node.text) && isWithoutNode(file) && isRead(node)) {
      report(node, 'no-node', `${node.text} exists in Node only`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (/^packages\/[^/]+\/src\/(.*\/)?index\.ts$/.test(file)) checkIndex(source, report);
  return findings;
}

type Report = (node: ts.Node, rule: string, message: string) => void;

function checkPower(node: ts.BinaryExpression, report: Report): void {
  const operator = node.operatorToken.kind;
  // Whole numbers of any size have no last bit to lose, and a power of two is exact.
  if (ts.isBigIntLiteral(node.left) || ts.isBigIntLiteral(node.right) || isTwoToAnInteger(node)) return;
  if (operator === ts.SyntaxKind.AsteriskAsteriskToken || operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken) {
    report(node, 'no-power', '** gives other bits in other versions of Node: multiply, or use exp and log');
  }
}

function isTwoToAnInteger({ left, right }: ts.BinaryExpression): boolean {
  return ts.isNumericLiteral(left) && left.text === '2' && ts.isNumericLiteral(right) && Number.isInteger(Number(right.text));
}

function checkName(name: string, node: ts.Node, file: string, report: Report): void {
  if (/^(globalThis\.)?Math\.pow$/.test(name)) report(node, 'no-power', 'Math.pow gives other bits in other versions of Node: multiply, or use exp and log');
  if (approximate.test(name) && makesResults(file)) report(node, 'same-bits', `${name} gives other bits in other engines of JavaScript: take core's own (logarithm, exponential, sine, ...)`);
  if (clockReaders.test(name) && !mayReadClock(file)) report(node, 'no-clock', `${name}: time and randomness come in as arguments`);
}

function checkCall(node: ts.CallExpression | ts.NewExpression, source: ts.SourceFile, file: string, report: Report): void {
  const name = node.expression.getText(source);
  if (evaluators.test(name)) report(node, 'no-eval', `${name} makes code of text`);
  if (mayReadClock(file)) return;
  if (timers.test(name)) report(node, 'no-clock', `${name}: waiting belongs to live`);
  const readsDate = name === 'Date' && (ts.isCallExpression(node) || (node.arguments?.length ?? 0) === 0);
  if (readsDate || (ts.isIdentifier(node.expression) && clockReaders.test(name))) report(node, 'no-clock', `${name}: time and randomness come in as arguments`);
}

/** Is this identifier a variable being read, not the name of a property, parameter or type? */
function isRead(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return ts.isCallExpression(parent) || ts.isTypeOfExpression(parent) || (ts.isVariableDeclaration(parent) && parent.initializer === node);
}

function checkIndex(source: ts.SourceFile, report: Report): void {
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement)) report(statement, 'index-only-exports', 'an index file only re-exports');
  }
}
