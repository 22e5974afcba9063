"""orders | signals with vectorbt's Portfolio.from_signals."""
import os, sys
import numpy as np, pandas as pd, vectorbt as vbt
from timing import column, emit, measure

if sys.argv[1] == "orders":
    close = pd.DataFrame(np.ascontiguousarray(column("orders-close.f64").reshape(1000, 1000).T))
    entries = np.zeros(close.shape, bool)
    entries[0::2] = True
    entries, exits = pd.DataFrame(entries), pd.DataFrame(~entries)
    seconds, portfolio = measure(lambda: vbt.Portfolio.from_signals(close, entries, exits))
    returns = portfolio.total_return().to_numpy()
    emit("vectorbt", "vectorbt", seconds, 1e3, close.size, dict(orders=len(portfolio.orders.records), sumReturn=float(returns.sum()), first=float(returns[0]), last=float(returns[-1])))
else:
    rows, columns = 1_000_000, 10
    flags = lambda name: pd.DataFrame(np.ascontiguousarray(np.fromfile(os.path.join(os.environ["ZANZIBAR_BENCH_DATA"], name), np.uint8).reshape(columns, rows).T.astype(bool)))
    close = pd.DataFrame(np.ascontiguousarray(column("signals-close.f64").reshape(columns, rows).T))
    entries, exits = flags("signals-entries.u8"), flags("signals-exits.u8")

    # An account that has shrunk to 1e-9 units of money is no longer traded by vectorbt: it starts large enough.
    def run():
        portfolio = vbt.Portfolio.from_signals(close, entries, exits, fees=0.001, init_cash=1e15, freq="1min")
        return portfolio, portfolio.total_return(), portfolio.max_drawdown(), portfolio.sharpe_ratio(freq="1min")

    seconds, (portfolio, total, _, _) = measure(run, 1, 3)
    # Our equity of a row is that before the row's own decision: the fee of a fill at the same close is in the next row.
    records, equity = portfolio.orders.records, portfolio.value().to_numpy().copy()
    np.add.at(equity, (records["idx"].to_numpy(), records["col"].to_numpy()), records["fees"].to_numpy())
    returns = np.diff(np.vstack([np.full(columns, 1e15), equity]), axis=0) / np.vstack([np.full(columns, 1e15), equity[:-1]])
    depth = (1 - equity / np.maximum.accumulate(equity)).max(axis=0)
    sharpe = returns.mean(axis=0) / returns.std(axis=0, ddof=1) * np.sqrt(365 * 24 * 60)
    emit("vectorbt", "vectorbt", seconds, 1e3, rows * columns,
         dict(orders=len(records), total=[float(v) for v in total], depth=[float(v) for v in depth], sharpe=[float(v) for v in sharpe]))
