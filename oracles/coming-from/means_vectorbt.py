import pandas as pd
import vectorbt as vbt

close = pd.read_csv("prices.csv", index_col="date").close
fast, slow = close.rolling(10).mean(), close.rolling(30).mean()

portfolios = {}
for name, shift in ("next close", 1), ("same close", 0):
    entries, exits = ((fast > slow).shift(shift, fill_value=False), (fast < slow).shift(shift, fill_value=False))
    portfolio = vbt.Portfolio.from_signals(close, entries, exits, size=10, fees=0.001, init_cash=10_000, freq="1D")
    portfolios[name] = portfolio
    closed = portfolio.trades.closed
    print(f"{name}: {closed.count()} trades make {closed.pnl.sum():.2f}, equity {portfolio.final_value():.2f}, drawdown {-100 * portfolio.max_drawdown():.3f} %")
