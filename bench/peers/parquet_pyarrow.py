"""Reads a Parquet file into numpy arrays with pyarrow on one thread, and writes the same rows as its own defaults would."""
import sys
import numpy as np, pyarrow as pa, pyarrow.parquet as pq
from timing import emit, measure

pa.set_cpu_count(1)
pa.set_io_thread_count(1)
own, foreign = sys.argv[1:3]


def read():
    table = pq.read_table(own, use_threads=False)
    return {name: values.to_numpy() for name, values in zip(table.column_names, table.columns)}


seconds, columns = measure(read, 1, 7)
pq.write_table(pa.table(columns), foreign)
words = np.bitwise_xor.reduce(columns["time"].astype("datetime64[ns]").view(np.int64)).view(np.int64).reshape(1).view(np.int32)
emit("pyarrow", "pyarrow", seconds, 1e9 / len(columns["time"]), len(columns["time"]),
     dict(rows=len(columns["time"]), timeXor=[int(w) for w in words], **{name: float(np.sum(columns[name])) for name in ("bid", "ask", "bidSize", "askSize")}))
