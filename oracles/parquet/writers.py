"""Parquet files of pyarrow, DuckDB and polars in the codecs, encodings, page versions and types that people have, for packages/core/src/io/parquet.

Run: python -m venv VENV && VENV/bin/pip install pyarrow==26.0.1 polars==2.1.0 duckdb==2.0.0 && VENV/bin/python oracles/parquet/writers.py
Row i of every column follows from i by the formulas below, which the test repeats.
"""
import datetime as dt
import decimal
import pathlib

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

assert (pa.__version__, pl.__version__, duckdb.__version__) == ("26.0.1", "2.1.0", "2.0.0")
here = pathlib.Path(__file__).parent / "writers"
here.mkdir(exist_ok=True)
ROWS = range(1000)
symbols = ["EURUSD", "XAUUSD", "naïve", ""]
integer = lambda i: i * i * 7919 % 1000003 - 500000
columns = {
    "time": (pa.timestamp("ns", "UTC"), [1700000000000000000 + i * i * 1001 for i in ROWS]),
    "micros": (pa.timestamp("us", "UTC"), [-1700000000000000 + i * i * 1001 for i in ROWS]),
    "integer": (pa.int64(), [None if i % 7 == 3 else integer(i) for i in ROWS]),
    "wide": (pa.int64(), [(-1) ** i * (2**62 + i) for i in ROWS]),
    "small": (pa.int32(), [i % 13 - 6 for i in ROWS]),
    "price": (pa.float64(), [i * 37 % 1009 / 100 for i in ROWS]),
    "size": (pa.float32(), [None if i % 50 > 40 else i % 50 / 2 for i in ROWS]),
    "flag": (pa.bool_(), [i * i % 3 == 0 for i in ROWS]),
    "symbol": (pa.string(), [None if i % 11 == 5 else symbols[i * i % 4] for i in ROWS]),
    "id": (pa.string(), [f"id-{i * i}" for i in ROWS]),
}
table = pa.table({name: pa.array(values, type=kind) for name, (kind, values) in columns.items()})
for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
    pq.write_table(table, here / f"pyarrow-{codec}.parquet", compression=codec, row_group_size=700)
encodings = dict(time="DELTA_BINARY_PACKED", micros="DELTA_BINARY_PACKED", integer="DELTA_BINARY_PACKED", wide="DELTA_BINARY_PACKED", small="DELTA_BINARY_PACKED",
                 price="BYTE_STREAM_SPLIT", size="BYTE_STREAM_SPLIT", flag="RLE", symbol="DELTA_LENGTH_BYTE_ARRAY", id="DELTA_BYTE_ARRAY")
for version in ("1.0", "2.0"):
    pq.write_table(table, here / f"pyarrow-encodings-v{version[0]}.parquet", use_dictionary=False, column_encoding=encodings, data_page_version=version,
                   data_page_size=2000, write_page_index=True)
split = {name: "BYTE_STREAM_SPLIT" for name in ("time", "wide", "small", "price", "size")}
pq.write_table(table, here / "pyarrow-split.parquet", use_dictionary=False, column_encoding=split, compression="zstd")

exact = decimal.Context(prec=60)
unscaled = lambda i: (-1) ** i * (i * i * 7919 % 1000003)
kinds = pa.table({
    "int96": pa.array([1700000000000000000 + i * i * 1001 for i in ROWS], pa.timestamp("ns")),
    "narrow": pa.array([exact.scaleb(decimal.Decimal(unscaled(i)), -5) for i in ROWS], pa.decimal128(9, 5)),
    "middle": pa.array([exact.scaleb(decimal.Decimal(unscaled(i)), -2) for i in ROWS], pa.decimal128(18, 2)),
    "broad": pa.array([None if i % 9 == 4 else exact.scaleb(decimal.Decimal(unscaled(i) * 10**20 + 7), -20) for i in ROWS], pa.decimal128(38, 20)),
    "half": pa.array([(i - 500) / 8 for i in ROWS], pa.float16()),
})
pq.write_table(kinds, here / "pyarrow-kinds.parquet", use_deprecated_int96_timestamps=True)
pq.write_table(kinds.drop_columns(["int96"]), here / "pyarrow-kinds-plain.parquet", use_dictionary=False, store_decimal_as_integer=True, compression="none")

connection = duckdb.connect()
connection.register("source", table)
connection.execute("set timezone = 'UTC'")
for name, options in {"duckdb-snappy": "", "duckdb-zstd-v2": ", compression zstd, parquet_version v2", "duckdb-lz4": ", compression lz4_raw", "duckdb-brotli": ", compression brotli"}.items():
    connection.execute(f"copy (select * from source) to '{here / name}.parquet' (format parquet{options})")
frame = pl.from_arrow(table)
for codec in ("zstd", "snappy", "lz4", "uncompressed"):
    frame.write_parquet(here / f"polars-{codec}.parquet", compression=codec, row_group_size=400)
