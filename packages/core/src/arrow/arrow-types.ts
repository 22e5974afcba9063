/** Arrow's types as column types. */
import type { DataType, Date_, Decimal, Dictionary, Float, Int, Timestamp } from 'apache-arrow';
import type { ColumnType } from '../table.ts';
import type { Arrow } from './apache-arrow.ts';

/** How one column of an Arrow table is read. */
export interface ArrowColumn {
  readonly type: ColumnType;
  /** Nanoseconds per stored unit of a time; 1 for everything else. */
  readonly nanosecondsPerUnit: number;
  /** True where the table says that these are times, so that their unit is known. */
  readonly isLogicalTime: boolean;
}

/** Nanoseconds of Arrow's units of time: second, millisecond, microsecond, nanosecond. */
const perUnit: readonly number[] = [1_000_000_000, 1_000_000, 1_000, 1];
const nanosecondsOfDay = 86_400_000_000_000;

/** How to read a column of this type, or why it cannot be read. */
export function arrowColumn(arrow: Arrow, type: DataType): ArrowColumn | string {
  const { Type, DateUnit } = arrow;
  const column = (read: ColumnType, unit?: number): ArrowColumn => ({ type: read, nanosecondsPerUnit: unit ?? 1, isLogicalTime: unit !== undefined });
  switch (type.typeId) {
    case Type.Int: {
      const { bitWidth, isSigned } = type as Int;
      if (bitWidth === 16 && !isSigned) return column('i32');
      return column(`${isSigned ? 'i' : 'u'}${bitWidth}` as ColumnType);
    }
    case Type.Float:
      return column((type as Float).precision === 1 ? 'f32' : 'f64');
    case Type.Bool:
      return column('i8');
    case Type.Decimal:
      return (type as Decimal).bitWidth === 128 ? column('f64') : `is of type ${String(type)}`;
    case Type.Timestamp:
      return column('i64', perUnit[(type as Timestamp).unit]);
    case Type.Date:
      return column('i64', (type as Date_).unit === DateUnit.DAY ? nanosecondsOfDay : 1_000_000);
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return column('text');
    case Type.Dictionary:
      return arrowColumn(arrow, (type as Dictionary).dictionary);
    default:
      return `is of type ${String(type)}`;
  }
}
