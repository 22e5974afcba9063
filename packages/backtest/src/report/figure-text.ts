/** Numbers as people read them; the same text in the page, the terminal and the tables. */
import type { Metric, MetricUnit } from '../metrics/metric.ts';
import type { ReportFigure } from './report-model.ts';

const minus = '\u2212';

/** A number with `digits` decimals and groups of three: `1,234.50`, with a true minus sign. */
export function numberText(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits), [whole, fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
  return value < 0 && Number(text) !== 0 ? minus + grouped : grouped;
}

/** A value in its unit; `n/a` for none. */
export function valueText(value: number, unit: MetricUnit, currency: string): string {
  if (!Number.isFinite(value)) return 'n/a';
  switch (unit) {
    case 'fraction':
    case 'fraction a year':
      return `${numberText(value * 100, percentDigits(Math.abs(value) * 100))} %`;
    case 'ratio':
      return numberText(value, 2);
    case 'times':
      return `${numberText(value, 2)} x`;
    case 'days':
      return `${numberText(value, value < 10 ? 1 : 0)} d`;
    case 'count':
      return numberText(value, 0);
    case 'currency':
      return moneyText(value, currency);
  }
}

/** Two, and below a hundredth of a percent as many as show two figures: a value at risk of one minute is no 0.00 %. */
function percentDigits(percent: number): number {
  return percent >= 0.01 || percent < 1e-8 ? 2 : 1 - Math.floor(Math.log10(percent));
}

export function moneyText(value: number, currency: string): string {
  return currency === '' ? numberText(value, 2) : `${numberText(value, 2)} ${currency}`;
}

export function figureOf(name: string, metric: Metric, currency: string): ReportFigure {
  const { value, unit, title, definition, reason } = metric;
  return { name, title, text: valueText(value, unit, currency), value: Number.isFinite(value) ? value : null, unit, definition, reason };
}

/** A price or quantity in as many decimals as its step has; without a step in as many as it needs, at most 8. */
export function steppedText(value: number, step: number | null): string {
  if (!Number.isFinite(value)) return 'n/a';
  return numberText(value, decimalsOf(step ?? Number(value.toFixed(8))));
}

/** Decimals that a number needs to be written, at most 8. */
function decimalsOf(value: number): number {
  return value.toFixed(8).replace(/\.?0+$/, '').split('.')[1]?.length ?? 0;
}
