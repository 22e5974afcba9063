"""Figures of backtesting.py 0.6.6 on seeded bars: python backtesting-py.py > backtesting-py.json, with requirements.txt installed (Python 3.11)."""
import json
import sys
import warnings

warnings.filterwarnings("ignore")
import pandas as pd
import backtesting
from backtesting import Backtest, Strategy
from seeded_bars import bars, crossings

seed, count, cash, commission = 20260102, 500, 100_000.0, 0.0005
rows = bars(seed, count)
# Every day of the week has a bar, so the program takes 365 periods a year.
frame = pd.DataFrame(rows, columns=["Open", "High", "Low", "Close"], index=pd.date_range("2020-01-01", periods=count, freq="D"))
signal = crossings(list(frame.Close), 5, 15)


class Cross(Strategy):
    """Reverses at the open after a crossing of two means."""

    def init(self):
        self.signal = self.I(lambda: pd.Series(signal, dtype=float).values, name="signal")

    def next(self):
        if self.signal[-1] > 0:
            self.position.close()
            self.buy(size=300)
        elif self.signal[-1] < 0:
            self.position.close()
            self.sell(size=300)


stats = Backtest(frame, Cross, cash=cash, commission=commission, finalize_trades=True).run()
trades = stats["_trades"]
figures = {name: (value.total_seconds() / 86400 if isinstance(value, pd.Timedelta) else value)
           for name, value in stats.items() if not name.startswith("_") and not isinstance(value, pd.Timestamp)}
json.dump({
    "program": "backtesting.py", "version": backtesting.__version__, "seed": seed, "count": count, "cash": cash, "commission": commission, "periodsPerYear": 365,
    "close": {"first": frame.Close.iloc[0], "last": frame.Close.iloc[-1], "sum": float(frame.Close.sum())},
    "equity": stats["_equity_curve"]["Equity"].tolist(),
    "trades": [[int(t.Size), int(t.EntryBar), int(t.ExitBar), t.EntryPrice, t.ExitPrice, t.PnL, t.ReturnPct, t.Commission] for t in trades.itertuples()],
    "figures": figures,
}, sys.stdout, indent=1, default=float)
print()
