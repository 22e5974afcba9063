/** Which column type a Parquet column is read as, and in which unit it keeps time. */
import type { SchemaElement } from 'hyparquet';
import type { ColumnType } from '../table.ts';
import type { ColumnForm, Form } from './parquet/column-form.ts';

/** How one column of a Parquet file is read. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Nanoseconds per stored unit of a time; 1 for everything else. */
  readonly nanosecondsPerUnit: bigint;
  /** True where the file says that these are times, so that their unit is known. */
  readonly isLogicalTime: boolean;
  /** How its values stand in the file. */
  readonly form: ColumnForm;
}

const integers: { readonly [converted: string]: ColumnType } = {
  INT_8: 'i8',
  UINT_8: 'u8',
  INT_16: 'i16',
  UINT_16: 'i32',
  INT_32: 'i32',
  UINT_32: 'u32',
  INT_64: 'i64',
  UINT_64: 'u64',
};
const perUnit: { readonly [unit: string]: bigint } = { MILLIS: 1_000_000n, MICROS: 1_000n, NANOS: 1n };
const nanosecondsOfDay = 86_400_000_000_000n;

const forms: { readonly [physical: string]: Form } = {
  DOUBLE: 'f64',
  FLOAT: 'f32',
  INT32: 'i32',
  INT64: 'i64',
  INT96: 'i64',
  BOOLEAN: 'bit',
  BYTE_ARRAY: 'code',
  FIXED_LEN_BYTE_ARRAY: 'f64',
};

/** How to read this column, or why it cannot be read; `decimals` makes decimals of integers in byte arrays of fixed length, least byte first. */
export function parquetColumn(element: SchemaElement, decimals?: number): ParquetColumn | string {
  const { name, type, converted_type: converted, logical_type: logical } = element;
  if (element.num_children) return 'is nested';
  if (element.repetition_type === 'REPEATED') return 'is a list';
  const column = (read: ColumnType, unit?: bigint): ParquetColumn => ({
    name,
    type: read,
    nanosecondsPerUnit: unit ?? 1n,
    isLogicalTime: unit !== undefined,
    form: columnForm(element, decimals),
  });
  if (decimals !== undefined) return type === 'FIXED_LEN_BYTE_ARRAY' ? column('f64') : `is of type ${type}, not of byte arrays of fixed length`;
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return column('f64');
  if (logical?.type === 'TIMESTAMP') return column('i64', perUnit[logical.unit]);
  if (converted === 'TIMESTAMP_MILLIS') return column('i64', 1_000_000n);
  if (converted === 'TIMESTAMP_MICROS') return column('i64', 1_000n);
  if (converted === 'DATE' || logical?.type === 'DATE') return column('i64', nanosecondsOfDay);
  if (logical?.type === 'INTEGER') return column(integers[`${logical.isSigned ? '' : 'U'}INT_${logical.bitWidth}`]);
  if (converted && integers[converted]) return column(integers[converted]);
  if (logical?.type === 'FLOAT16') return column('f64');
  switch (type) {
    case 'DOUBLE':
      return column('f64');
    case 'FLOAT':
      return column('f32');
    case 'INT64':
      return column('i64');
    case 'INT32':
      return column('i32');
    case 'INT96':
      return column('i64', 1n);
    case 'BOOLEAN':
      return column('i8');
    case 'BYTE_ARRAY':
      return column('text');
    default:
      return `is of type ${logical?.type ?? converted ?? type}`;
  }
}

function columnForm(element: SchemaElement, decimals: number | undefined): ColumnForm {
  const { type, converted_type: converted, logical_type: logical } = element;
  const isDecimal = converted === 'DECIMAL' || logical?.type === 'DECIMAL',
    scale = decimals ?? (isDecimal ? ((logical?.type === 'DECIMAL' ? logical.scale : undefined) ?? element.scale ?? 0) : undefined);
  return {
    form: scale !== undefined && type === 'BYTE_ARRAY' ? 'f64' : forms[type!],
    physical: type as ColumnForm['physical'],
    length: type === 'FIXED_LEN_BYTE_ARRAY' ? (element.type_length ?? 0) : 0,
    isUnsigned: logical?.type === 'INTEGER' ? !logical.isSigned : (converted?.startsWith('UINT') ?? false),
    scale,
    isLittleEndian: decimals !== undefined,
    isHalfFloat: logical?.type === 'FLOAT16',
    isOptional: element.repetition_type === 'OPTIONAL',
  };
}

/**
 * The element without its logical time or 64-bit type: the decoder then hands over the integers as they are stored, never as dates.
 */
export function plainElement(element: SchemaElement): SchemaElement {
  const { converted_type: converted, logical_type: logical } = element;
  const isTime =
    logical?.type === 'TIMESTAMP' ||
    converted === 'TIMESTAMP_MILLIS' ||
    converted === 'TIMESTAMP_MICROS' ||
    converted === 'DATE' ||
    logical?.type === 'DATE';
  return isTime ? { ...element, converted_type: undefined, logical_type: undefined } : element;
}
