"""Arrow IPC files written by other programs (pyarrow, polars, DuckDB) and the values in them, for the tests of packages/core/src/arrow.

Run: python -m venv VENV && VENV/bin/pip install -r oracles/arrow/requirements.txt && VENV/bin/python oracles/arrow/make.py
Doubles are given as the 16 hexadecimal digits of their bits, integers as decimal text, so that JSON loses nothing.
"""
import decimal
import json
import pathlib
import struct

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.ipc as ipc

here = pathlib.Path(__file__).parent
LEAST, MOST = -(2**63), 2**63 - 1
nan, inf = float("nan"), float("inf")
long = "a string that is longer than the twelve bytes which a view holds inline"
columns = {
    "time": (pa.timestamp("ns", "UTC"), [LEAST + 1, -1, 0, 1, 1398902400292000001, 1398902400292000001, 9007199254740993, MOST]),
    "micros": (pa.timestamp("us", "UTC"), [-9223372036854775, -1, 0, 1, 1398902400292001, 1398902400292002, 9007199254740, 9223372036854775]),
    "millis": (pa.timestamp("ms"), [-9223372036854, -1, 0, 1, 1398902400292, 1398902400293, 9007199254, 9223372036854]),
    "seconds": (pa.timestamp("s", "UTC"), [-9223372036, -1, 0, 1, 1398902400, 1398902401, 9007199, 9223372036]),
    "day": (pa.date32(), [-106751, -1, 0, 1, 16191, 16192, 104, 106751]),
    "int64": (pa.int64(), [LEAST, MOST, 0, -1, 2**53 + 1, -(2**53) - 1, 1, 2]),
    "uint64": (pa.uint64(), [0, 2**64 - 1, 2**63, 2**63 - 1, 1, 2, 3, 4]),
    "int32": (pa.int32(), [-(2**31), 2**31 - 1, 0, -1, 1, 2, 3, 4]),
    "uint32": (pa.uint32(), [0, 2**32 - 1, 2**31, 1, 2, 3, 4, 5]),
    "int16": (pa.int16(), [-(2**15), 2**15 - 1, 0, -1, 1, 2, 3, 4]),
    "uint16": (pa.uint16(), [0, 2**16 - 1, 2**15, 1, 2, 3, 4, 5]),
    "int8": (pa.int8(), [-128, 127, 0, -1, 1, 2, 3, 4]),
    "uint8": (pa.uint8(), [0, 255, 128, 127, 1, 2, 3, 4]),
    "flag": (pa.bool_(), [True, False, False, True, True, True, False, False]),
    "nullableInt": (pa.int64(), [1, None, 3, None, MOST, LEAST, None, 8]),
    "float64": (pa.float64(), [0.1, -0.0, nan, inf, -inf, None, 5e-324, 1.7976931348623157e308]),
    "float32": (pa.float32(), [0.10000000149011612, -0.0, nan, inf, -inf, None, 1.401298464324817e-45, 3.4028234663852886e38]),
    "decimal": (pa.decimal128(20, 5), [decimal.Decimal(text) for text in ("1.12345", "-1.12345", "0", "0.00001", "123456789012345.67891", "-0.1", "2", "3")]),
    "text": (pa.string(), ["buy", "sell", None, "buy", "", "naïve", long, "buy"]),
    "symbol": (pa.dictionary(pa.int32(), pa.string()), ["EURUSD", "EURUSD", "XAUUSD", "EURUSD", "EURUSD", "BTCUSD", "EURUSD", "XAUUSD"]),
    "side": (pa.dictionary(pa.int8(), pa.string()), ["buy", "sell", None, "sell", "buy", "buy", "sell", None]),
}


def expected(kind, values):
    if pa.types.is_floating(kind):
        return [None if value is None else struct.pack(">d", value).hex() for value in values]
    if pa.types.is_decimal(kind):
        return [struct.pack(">d", float(value)).hex() for value in values]
    if pa.types.is_string(kind) or pa.types.is_dictionary(kind):
        return values
    return [None if value is None else str(int(value)) for value in values]


table = pa.table({name: pa.array(values, type=kind) for name, (kind, values) in columns.items()})
files = {}


def write(name, part, stream=False, rows=None, **options):
    make = ipc.new_stream if stream else ipc.new_file
    with make(str(here / name), part.schema, options=ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(part, max_chunksize=rows)
    files[name] = part.column_names


write("pyarrow-file.arrow", table)
write("pyarrow-stream.arrows", table, stream=True)
write("pyarrow-zstd.arrow", table, compression="zstd")
feather.write_feather(table, here / "pyarrow-lz4.feather", compression="lz4")
files["pyarrow-lz4.feather"] = table.column_names
# Batches of three rows, each with a dictionary of its own where the format allows it (streams).
write("pyarrow-batches.arrow", table.drop_columns(["symbol", "side"]), rows=3, compression="lz4")
parts = [table.slice(at, 3) for at in (0, 3, 6)]
own = [part.set_column(part.column_names.index("symbol"), "symbol", part["symbol"].cast(pa.string()).combine_chunks().dictionary_encode()) for part in parts]
with ipc.new_stream(str(here / "pyarrow-batches.arrows"), own[0].schema) as writer:
    for part in own:
        writer.write_table(part)
files["pyarrow-batches.arrows"] = table.column_names

# polars keeps strings as views and categories under unsigned codes.
frame = pl.from_arrow(table.drop_columns(["symbol", "side", "seconds"])).with_columns(
    pl.Series("symbol", columns["symbol"][1], dtype=pl.Categorical), pl.Series("side", columns["side"][1], dtype=pl.Enum(["buy", "sell"]))
)
for codec in ("uncompressed", "lz4", "zstd"):
    frame.write_ipc(here / f"polars-{codec}.arrow", compression=codec)
    files[f"polars-{codec}.arrow"] = frame.columns
frame.write_ipc_stream(here / "polars-stream.arrows")
files["polars-stream.arrows"] = frame.columns

# DuckDB writes IPC by an extension only; its Arrow tables go through pyarrow's writer.
result = duckdb.sql("select * exclude (symbol, side), symbol::varchar as symbol, side::varchar as side from \"table\"").to_arrow_table()
write("duckdb.arrow", result)

# Enough rows for buffers of several LZ4 blocks with matches that reach into the block before.
rows = 40_000
repeated = pa.table({"value": pa.array([(row * row) % 97 / 8 + row // 5000 for row in range(rows)]), "count": pa.array([row // 7 for row in range(rows)], type=pa.int32())})
with ipc.new_file(str(here / "pyarrow-blocks.arrow"), repeated.schema, options=ipc.IpcWriteOptions(compression="lz4")) as writer:
    writer.write_table(repeated)

answer = {
    "pyarrow": pa.__version__, "polars": pl.__version__, "duckdb": duckdb.__version__,
    "files": files,
    "columns": {name: {"type": str(kind), "values": expected(kind, values)} for name, (kind, values) in columns.items()},
    "blocks": {"file": "pyarrow-blocks.arrow", "rows": rows},
}
(here / "expected.json").write_text(json.dumps(answer, indent=1, ensure_ascii=False) + "\n")
