"""Reads a Parquet file into numpy arrays with polars on one thread."""
import sys
import polars as pl
from timing import emit, measure

seconds, columns = measure(lambda: {name: values.to_numpy() for name, values in pl.read_parquet(sys.argv[1]).to_dict().items()}, 1, 7)
emit("polars", "polars", seconds, 1e9 / len(columns["time"]), len(columns["time"]), dict(rows=len(columns["time"])))
