import pandas as pd
from backtesting import Backtest, Strategy


class Means(Strategy):
    def init(self):
        close = self.data.Close.s
        self.fast = self.I(lambda: close.rolling(10).mean(), name="fast")
        self.slow = self.I(lambda: close.rolling(30).mean(), name="slow")

    def next(self):
        close = self.data.Close[-1]
        if not self.position and self.fast[-1] > self.slow[-1]:
            self.buy(size=10, sl=round(0.97 * close, 2), tp=round(1.06 * close, 2))
        elif self.position and self.fast[-1] < self.slow[-1]:
            self.position.close()


prices = pd.read_csv("prices.csv", index_col="date", parse_dates=True)
prices.columns = ["Open", "High", "Low", "Close"]
stats = Backtest(prices, Means, cash=10_000, commission=0.001).run()
for trade in stats._trades.itertuples():
    print(f"day {trade.EntryBar} at {trade.EntryPrice:.2f} to day {trade.ExitBar} at {trade.ExitPrice:.2f}: {trade.PnL:.2f}")
print(f"equity {stats['Equity Final [$]']:.2f}, drawdown {-stats['Max. Drawdown [%]']:.3f} %")
