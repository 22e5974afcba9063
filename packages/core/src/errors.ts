/**
 * Bad rows of data: names the file (or table), the row, the column and the value.
 *
 * A wrong kind of thing (a missing column) is a `TypeError`, an option out of range a `RangeError`; this one is for data.
 */
export class DataError extends Error {
  override readonly name: string = 'DataError';
  readonly place: DataPlace;

  constructor(message: string, place: DataPlace = {}) {
    const where = [place.file, place.row === undefined ? undefined : `row ${place.row}`, place.column === undefined ? undefined : `column "${place.column}"`];
    const prefix = where.filter(part => part !== undefined).join(', ');
    super(prefix === '' ? message : `${prefix}: ${message}`);
    this.place = place;
  }
}

export interface DataPlace {
  readonly file?: string;
  /** Zero-based data row. */
  readonly row?: number;
  readonly column?: string;
}

/** Throws unless `value` is a positive integer: `atr: period must be a positive integer, was 0.5`. */
export function positiveInteger(what: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value > 0)) throw new RangeError(`${what} must be a positive integer, was ${value}`);
}

/** Throws unless `value` is an integer of at least 0. */
export function nonNegativeInteger(what: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0)) throw new RangeError(`${what} must be an integer of at least 0, was ${value}`);
}

/** Throws unless `value` is a finite number above 0. */
export function positiveNumber(what: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) throw new RangeError(`${what} must be a positive number, was ${value}`);
}

/** Throws unless `value` is a finite number of at least 0. */
export function nonNegativeNumber(what: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0)) throw new RangeError(`${what} must be a number of at least 0, was ${value}`);
}

/** Throws unless `value` is one of `allowed`. */
export function oneOf(what: string, value: string, allowed: readonly string[]): void {
  if (!allowed.includes(value)) throw new RangeError(`${what} must be one of ${allowed.join(', ')}, was ${value}`);
}

/** Throws on an option that nobody declared: a misspelt name must not be ignored. */
export function knownOptions(what: string, options: object, known: readonly string[]): void {
  for (const name in options) if (!known.includes(name)) throw new RangeError(`${what}: unknown option "${name}", known are ${known.join(', ') || 'none'}`);
}
