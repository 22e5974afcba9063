/** The report as a table of text: what a run prints. */
import type { ReportModel } from './report-model.ts';

export interface TerminalOptions {
  /** Columns of the terminal. @defaultValue 80 */
  readonly width?: number;
  /** Colours the figures and warnings. @defaultValue false */
  readonly color?: boolean;
}

const bold = '\u001b[1m', dim = '\u001b[2m', yellow = '\u001b[33m', plain = '\u001b[0m';

/** Figures, costs, exits and warnings, in two columns where there is room; ends with a line break. */
export function renderTerminal(model: ReportModel, { width = 80, color = false }: TerminalOptions = {}): string {
  const paint = (code: string, text: string): string => (color ? code + text + plain : text);
  const lines = [paint(bold, model.title), paint(dim, model.subtitle), ''];
  const metrics = model.tables.metrics.rows.map(([title, value, , reason]) => [title, value, reason] as const);
  const costs = model.tables.costs.rows.map(([title, value]) => [title, value, ''] as const);
  const isWide = width >= 76;
  const left = block(isWide ? metrics : [...metrics, ['', '', ''], ...costs]), right = isWide ? block([...costs, ['', '', ''], ...exits(model)]) : [];
  const leftWidth = Math.max(0, ...left.map(line => line.length));
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    lines.push(`  ${(left[i] ?? '').padEnd(right[i] === undefined || right[i] === '' ? 0 : leftWidth + 4)}${right[i] ?? ''}`.trimEnd());
  }
  const missing = metrics.filter(([, , reason]) => reason !== '');
  if (missing.length > 0) lines.push('', ...missing.map(([title, , reason]) => paint(dim, `  n/a  ${title}: ${reason}`)));
  if (model.warnings.length > 0) lines.push('', ...model.warnings.map(({ message, count }) => paint(yellow, `  ! ${message}${count > 1 ? ` (${count})` : ''}`)));
  return lines.join('\n') + '\n';
}

function exits(model: ReportModel): (readonly [string, string, string])[] {
  return model.tables.exits.rows.map(([reason, count]) => [`exits: ${reason}`, count, ''] as const);
}

/** Titles to the left, values to the right. */
function block(rows: readonly (readonly [string, string, string])[]): string[] {
  const titleWidth = Math.max(0, ...rows.map(([title]) => title.length)), valueWidth = Math.max(0, ...rows.map(([, value]) => value.length));
  return rows.map(([title, value]) => (title === '' ? '' : `${title.padEnd(titleWidth)}  ${value.padStart(valueWidth)}`));
}
