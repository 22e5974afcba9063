"""Parquet files written by another program (pyarrow) and the values in them, for the tests of packages/core/src/io.

Run: python -m venv VENV && VENV/bin/pip install pyarrow==25.0.0 && VENV/bin/python oracles/parquet/make.py
Doubles are given as the 16 hexadecimal digits of their bits, integers as decimal text, so that JSON loses nothing.
"""
import json
import pathlib
import struct

import pyarrow as pa
import pyarrow.parquet as pq

assert pa.__version__ == "25.0.0", f"made with pyarrow 25.0.0, this is {pa.__version__}"
here = pathlib.Path(__file__).parent
LEAST, MOST = -(2**63), 2**63 - 1


def bits(value, form):
    return None if value is None else struct.pack(">" + form, value).hex()


def number(value):
    return None if value is None else str(value)


nan, inf = float("nan"), float("inf")
edge = {
    # Times: one value in four units, one nanosecond off a millisecond, before 1970, and the ends of the range.
    "time": (pa.timestamp("ns", "UTC"), [LEAST + 1, -1, 0, 1, 1398902400292000001, 1398902400292000001, 9007199254740993, MOST]),
    "micros": (pa.timestamp("us", "UTC"), [-9223372036854775, -1, 0, 1, 1398902400292001, 1398902400292002, 9007199254740, 9223372036854775]),
    "millis": (pa.timestamp("ms", "UTC"), [-9223372036854, -1, 0, 1, 1398902400292, 1398902400293, 9007199254, 9223372036854]),
    "naive": (pa.timestamp("ns"), [LEAST + 1, -1, 0, 1, 5, 5, 7, MOST]),
    "int64": (pa.int64(), [LEAST, MOST, 0, -1, 2**53 + 1, -(2**53) - 1, 1, 2]),
    "uint64": (pa.uint64(), [0, 2**64 - 1, 2**63, 2**63 - 1, 1, 2, 3, 4]),
    "int32": (pa.int32(), [-(2**31), 2**31 - 1, 0, -1, 1, 2, 3, 4]),
    "uint32": (pa.uint32(), [0, 2**32 - 1, 2**31, 1, 2, 3, 4, 5]),
    "int16": (pa.int16(), [-(2**15), 2**15 - 1, 0, -1, 1, 2, 3, 4]),
    "int8": (pa.int8(), [-128, 127, 0, -1, 1, 2, 3, 4]),
    "uint8": (pa.uint8(), [0, 255, 128, 127, 1, 2, 3, 4]),
    "flag": (pa.bool_(), [True, False, False, True, True, True, False, False]),
    "nullableInt": (pa.int64(), [1, None, 3, None, MOST, LEAST, None, 8]),
    "float64": (pa.float64(), [0.1, -0.0, nan, inf, -inf, None, 5e-324, 1.7976931348623157e308]),
    "float32": (pa.float32(), [0.10000000149011612, -0.0, nan, inf, -inf, None, 1.401298464324817e-45, 3.4028234663852886e38]),
    "text": (pa.string(), ["buy", "sell", None, "buy", "", "naïve", "sell", "buy"]),
}


def expected(kind, values):
    if pa.types.is_float64(kind):
        return [bits(value, "d") for value in values]
    if pa.types.is_float32(kind):
        return [bits(value, "f") for value in values]
    if pa.types.is_string(kind):
        return values
    return [number(int(value) if value is not None else None) for value in values]


table = pa.table({name: pa.array(values, type=kind) for name, (kind, values) in edge.items()})
written = {}
for codec in ("none", "snappy", "gzip", "zstd"):
    name = f"edge-{codec}.parquet"
    pq.write_table(table, here / name, compression=codec)
    written[name] = "edge"
pq.write_table(table, here / "edge-plain-v2.parquet", compression="snappy", use_dictionary=False, data_page_version="2.0", row_group_size=3)
written["edge-plain-v2.parquet"] = "edge"

# 2,000 ticks in 2 row groups with a page index: 2 times in a row are equal, prices are on a grid of 0.00001.
rows = 2000
times = [1398902400000000 + (row // 2) * 1_500_000 for row in range(rows)]
bids = [(138_000 + (row * 7919) % 97) / 100_000 for row in range(rows)]
ordered = pa.table({"time": pa.array(times, type=pa.timestamp("us", "UTC")), "bid": pa.array(bids, type=pa.float64())})
pq.write_table(ordered, here / "ordered.parquet", compression="zstd", row_group_size=1000, data_page_size=1024, write_batch_size=100, write_page_index=True)
delta = {"time": "DELTA_BINARY_PACKED", "bid": "BYTE_STREAM_SPLIT"}
pq.write_table(ordered, here / "ordered-delta.parquet", compression="zstd", row_group_size=2000, use_dictionary=False, column_encoding=delta)

dictionary = pa.table({
    "time": pa.array(range(6), type=pa.timestamp("ns", "UTC")),
    "symbol": pa.array(["EURUSD", "EURUSD", "EURUSD", "XAUUSD", "EURUSD", "EURUSD"]).dictionary_encode(),
    "bid": pa.array([1.0] * 6), "ask": pa.array([2.0] * 6),
})
pq.write_table(dictionary, here / "mixed-symbols.parquet")

answer = {
    "pyarrow": pa.__version__,
    "files": written,
    "edge": {name: {"type": str(kind), "values": expected(kind, values)} for name, (kind, values) in edge.items()},
    "ordered": {"rows": rows, "firstTime": str(times[0] * 1000), "lastTime": str(times[-1] * 1000), "bids": [bits(value, "d") for value in bids[:97]],
                "from1000sTo1030s": {"from": "1398903400000000000", "to": "1398903430000000000",
                                     "rows": [row for row, time in enumerate(times) if 1398903400000000 <= time < 1398903430000000]}},
}
(here / "expected.json").write_text(json.dumps(answer, indent=1, ensure_ascii=False) + "\n")
