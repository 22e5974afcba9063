"""10M ticks of five columns in Parquet with pyarrow's defaults: write | pyarrow | polars PATH ROWS [NAME], one thread. Processor time is that of all threads."""
import sys, time
import numpy as np
import timing
from timing import emit

what, path, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
timing.time.thread_time = time.process_time

if what == "write":
    import pyarrow as pa, pyarrow.parquet as pq
    random = np.random.default_rng(7)
    ticks = 1_700_000_000_000_000_000 + np.cumsum(random.exponential(1e8, rows).astype(np.int64))
    bid = np.round(1.1 + np.cumsum(random.integers(-1, 2, rows)) * 1e-5, 5)
    ask = np.round(bid + random.integers(1, 4, rows) * 1e-5, 5)
    sizes = [random.integers(1, 51, rows) * 1e5 for _ in range(2)]
    pq.write_table(pa.table(dict(time=ticks, bid=bid, ask=ask, bidSize=sizes[0], askSize=sizes[1])), path)
    read = None
elif what == "pyarrow":
    import pyarrow as pa, pyarrow.parquet as pq
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    def read():
        table = pq.read_table(path, use_threads=False)
        return {name: values.to_numpy() for name, values in zip(table.column_names, table.columns)}
else:
    import polars as pl
    read = lambda: {name: values.to_numpy() for name, values in pl.read_parquet(path).to_dict().items()}

if read is None:
    print('{"peer": "pyarrow writes", "version": "", "median": 0, "best": 0, "cpu": 0, "rows": 0, "check": {}}')
else:
    seconds, columns = timing.measure(read, 1, 7)
    words = np.bitwise_xor.reduce(columns["time"].astype("datetime64[ns]" if columns["time"].dtype.kind == "M" else np.int64).view(np.int64)).reshape(1).view(np.int32)
    emit(sys.argv[4] if len(sys.argv) > 4 else what, what, seconds, 1e9 / rows, rows,
         dict(rows=rows, timeXor=[int(w) for w in words], **{name: float(np.sum(columns[name])) for name in ("bid", "ask", "bidSize", "askSize")}))
