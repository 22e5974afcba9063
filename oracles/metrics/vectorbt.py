"""Portfolio figures of vectorbt 1.2.0 on seeded bars: python vectorbt.py > vectorbt.json, with requirements.txt installed (Python 3.11)."""
import json
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path = [path for path in sys.path if os.path.abspath(path or ".") != here]  # this file has the package's name
import numpy as np
import pandas as pd
import vectorbt as vbt
sys.path.append(here)
from seeded_bars import bars, crossings

seed, count, cash, fees = 20260101, 500, 100_000.0, 0.001
rows = bars(seed, count)
close = pd.Series([row[3] for row in rows], index=pd.date_range("2020-01-01", periods=count, freq="D"))
signal = np.array(crossings(list(close), 5, 15))
vbt.settings.returns["year_freq"] = "252 days"
portfolio = vbt.Portfolio.from_signals(close, signal > 0, signal < 0, init_cash=cash, fees=fees, freq="1D")
trades, stats = portfolio.trades, portfolio.stats()
closed = trades.closed
returns = portfolio.returns_stats()
json.dump({
    "program": "vectorbt", "version": vbt.__version__, "seed": seed, "count": count, "cash": cash, "fees": fees, "periodsPerYear": 252,
    "close": {"first": close.iloc[0], "last": close.iloc[-1], "sum": float(close.sum())},
    "equity": portfolio.value().tolist(),
    "orders": [[int((r["Timestamp"] - close.index[0]).days), 1 if r["Side"] == "Buy" else -1, r["Size"], r["Price"], r["Fees"]]
               for _, r in portfolio.orders.records_readable.iterrows()],
    "net": closed.pnl.values.tolist(),
    "figures": {
        "totalReturn": portfolio.total_return(), "annualReturn": portfolio.annualized_return(), "annualVolatility": portfolio.annualized_volatility(),
        "sharpeRatio": portfolio.sharpe_ratio(), "sortinoRatio": portfolio.sortino_ratio(), "calmarRatio": portfolio.calmar_ratio(),
        "maximumDrawdown": portfolio.max_drawdown(), "longestDrawdownDays": stats["Max Drawdown Duration"].days, "hitRate": closed.win_rate(),
        "profitFactor": closed.profit_factor(), "averageTrade": closed.expectancy(), "buyAndHoldReturn": stats["Benchmark Return [%]"] / 100,
        "roundTripCount": int(closed.count()), "coverage": float(trades.coverage()),
    },
}, sys.stdout, indent=1, default=float)
print()
