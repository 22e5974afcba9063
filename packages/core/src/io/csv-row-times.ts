/** The time of a row, or both ends of a bar, from text to UTC. */
import { DataError } from '../errors.ts';
import { dayOf, nanosecondsPerDay, nanosecondsPerSecond, parseInterval, parseTime } from '../time.ts';
import { columnList } from './csv-layout.ts';
import type { CsvLayout } from './csv-layout.ts';
import { fieldText } from './csv-number.ts';
import { timeParser } from './csv-time.ts';
import type { ParsedTime } from './csv-time.ts';
import { timeWriter } from './time-writer.ts';
import type { PutTime } from './time-writer.ts';
import { toUtc } from './time-zone.ts';

/** Parses one time per row and writes it in UTC: the time of a tick, or both ends of a bar. */
export function timeSink(
  file: string,
  layout: CsvLayout,
  openTime: BigInt64Array,
  closeTime: BigInt64Array | undefined,
): (row: number, bytes: Uint8Array, start: number, end: number) => void {
  const parse = timeParser(layout.timeFormat, layout.timeFormat === 'msOfDay' ? fileDay(file, layout) : undefined);
  const shift = layout.timeZone === undefined ? undefined : toUtc(layout.timeZone),
    time: ParsedTime = { day: 0, nanoseconds: 0, offset: NaN };
  const putOpen = timeWriter(openTime),
    putClose = closeTime && timeWriter(closeTime),
    source = columnList(layout.columns.time).join(' ');
  const length = layout.interval === undefined ? 0 : parseInterval(layout.interval),
    wholeDays = length % nanosecondsPerDay === 0 ? length / nanosecondsPerDay : 0;
  const isClose = layout.time === 'close';
  const put = (write: PutTime, row: number, day: number, nanoseconds: number): void => {
    const toUtcBy = Number.isNaN(time.offset) ? shift!(day, nanoseconds) : -time.offset * nanosecondsPerSecond;
    write(row, day, nanoseconds + toUtcBy);
  };
  return (row, bytes, start, end) => {
    if (!parse(bytes, start, end, time))
      throw new DataError(`"${fieldText(bytes, start, end)}" is no time of format ${layout.timeFormat}`, { file, row, column: source });
    if (shift === undefined && Number.isNaN(time.offset))
      throw new DataError(`"${fieldText(bytes, start, end)}" states no zone: give timeZone`, { file, row, column: source });
    const { day, nanoseconds } = time;
    put(isClose ? putClose! : putOpen, row, day, nanoseconds);
    if (!putClose) return;
    if (wholeDays > 0) put(isClose ? putOpen : putClose, row, isClose ? day - wholeDays : day + wholeDays, nanoseconds);
    else if (isClose) openTime[row] = closeTime[row] - BigInt(length);
    else closeTime[row] = openTime[row] + BigInt(length);
  };
}

function fileDay(file: string, layout: CsvLayout): number {
  const inName = /^(\d{4})(\d\d)(\d\d)_/.exec(file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1));
  const date = layout.date ?? (inName ? `${inName[1]}-${inName[2]}-${inName[3]}` : undefined);
  if (date === undefined)
    throw new RangeError(`${file}: its times count from midnight, and neither its name (20140501_...) nor the option date says of which day`);
  return dayOf(parseTime(date));
}
