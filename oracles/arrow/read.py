"""Reads the Arrow IPC files named on the command line with pyarrow, polars and DuckDB and prints what each found, as JSON on one line.

Doubles are given as the 16 hexadecimal digits of their bits, integers and times (nanoseconds) as decimal text, texts as they are, null as null.
"""
import json
import struct
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.ipc as ipc


def cells(column):
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_timestamp(kind):
        column, kind = column.cast(pa.timestamp("ns", kind.tz)).cast(pa.int64()), pa.int64()
    values = column.to_pylist()
    if pa.types.is_floating(kind):
        return [None if value is None else struct.pack(">d", value).hex() for value in values]
    return [value if value is None or isinstance(value, str) else str(int(value)) for value in values]


def facts(table):
    return {name: {"type": str(table.schema.field(name).type), "values": cells(table[name])} for name in table.column_names}


answer = {}
for path in sys.argv[1:]:
    is_stream = path.endswith(".arrows")
    with pa.memory_map(path) as source:
        table = (ipc.open_stream if is_stream else ipc.open_file)(source).read_all()
        table.validate(full=True)
        # DuckDB keeps timestamps with a zone in microseconds; it gets the plain ones.
        plain = pa.table({name: table[name].cast(pa.timestamp("ns")) if pa.types.is_timestamp(table.schema.field(name).type) else table[name] for name in table.column_names})
        by_duckdb = duckdb.sql("select * from plain").to_arrow_table()
        frame = (pl.read_ipc_stream if is_stream else pl.read_ipc)(path)
        answer[path] = {"pyarrow": facts(table), "polars": facts(frame.to_arrow()), "duckdb": facts(by_duckdb), "metadata": {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}}
print(json.dumps(answer))
