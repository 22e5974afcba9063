/**
 * A panel: one column per instrument on a shared time axis, with a mask of where there is a value.
 *
 * Definition  the axis is the union of the series' times, ascending; a row of a column is valid where its series has a value at exactly that time that is a number.
 *             Nothing is filled forward: what did not trade is not valid, and its value is NaN
 * Shapes      `columns` and `valid` by place in `ids`, each of `length` rows (or more, where a panel grows)
 * Example     `panelOf([{ id: 'A.X', time: a.closeTime, values: a.close }, { id: 'B.X', time: b.closeTime, values: b.close }])`
 */
export interface Panel {
  readonly ids: readonly string[];
  readonly length: number;
  /** UTC nanoseconds, when the row is known. */
  readonly time: BigInt64Array;
  readonly columns: readonly Float64Array[];
  /** 1 where the column has a value. */
  readonly valid: readonly Uint8Array[];
}

export interface PanelSeries {
  readonly id: string;
  /** Strictly ascending. */
  readonly time: BigInt64Array;
  readonly values: ArrayLike<number>;
}

/** Errors: RangeError for unequal lengths, an id that is there twice, or a time that is not after the one before, by id and row. */
export function panelOf(series: readonly PanelSeries[]): Panel {
  const ids = series.map(({ id }) => id), times: bigint[] = [], next = series.map(() => 0);
  series.forEach(({ id, time, values }, k) => {
    if (ids.indexOf(id) !== k) throw new RangeError(`panel: ${id} is there twice`);
    if (time.length !== values.length) throw new RangeError(`panel: ${id} must have a time for each value, had ${time.length} and ${values.length}`);
    for (let row = 1; row < time.length; row++) if (time[row] <= time[row - 1]) throw new RangeError(`panel: ${id}: times must ascend, row ${row} is not after the one before`);
    for (const at of time) times.push(at);
  });
  const axis = BigInt64Array.from(new Set(times)).sort(), { length } = axis, columns = series.map(() => new Float64Array(length).fill(NaN)), valid = series.map(() => new Uint8Array(length));
  for (let row = 0; row < length; row++) {
    for (let k = 0; k < series.length; k++) {
      const { time, values } = series[k], at = next[k];
      if (at === time.length || time[at] !== axis[row]) continue;
      next[k]++;
      const value = values[at];
      columns[k][row] = value;
      if (value === value) valid[k][row] = 1;
    }
  }
  return { ids, length, time: axis, columns, valid };
}
