"""SMA 10/20 reversal with backtesting.py: 100 units, next-open fills, commission 0.02 %."""
import sys, warnings
warnings.filterwarnings("ignore")
import numpy as np, pandas as pd
import backtesting
from backtesting import Backtest, Strategy
from backtesting.lib import crossover
from timing import column, emit, measure

backtesting.backtesting._tqdm = lambda rows, **_: rows
count = int(sys.argv[1])


class Reversal(Strategy):
    def init(self):
        mean = lambda values, period: pd.Series(values).rolling(period).mean()
        self.fast, self.slow = self.I(mean, self.data.Close, 10), self.I(mean, self.data.Close, 20)

    def next(self):
        # After a touch without a cross the same crossing can come twice.
        if crossover(self.fast, self.slow) and not self.position.is_long:
            self.position.close()
            self.buy(size=100)
        elif crossover(self.slow, self.fast) and not self.position.is_short:
            self.position.close()
            self.sell(size=100)


frame = pd.DataFrame({name.capitalize(): column(f"{name}.f64", count) for name in ("open", "high", "low", "close")}, index=pd.date_range("2024-01-01", periods=count, freq="min"))
frame["Volume"] = 1.0
test = Backtest(frame, Reversal, commission=0.0002, cash=1e7)
seconds, stats = measure(test.run)
trades, strategy = stats["_trades"], stats["_strategy"]
# A reversal is one fill of ours, a close and an entry here: bars with an entry are the fills.
rows = {int(t.EntryBar) for t in trades.itertuples()} | {t.entry_bar for t in strategy.trades}
signed = float(((trades.EntryPrice - trades.ExitPrice) * trades.Size).sum()) + sum(t.entry_price * t.size for t in strategy.trades)
emit("backtesting.py", "backtesting", seconds, 1e9 / count, count, dict(fills=len(rows), sumRow=sum(rows), sumSigned=signed, equity=float(stats["Equity Final [$]"])))
