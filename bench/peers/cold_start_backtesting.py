"""Cold start with backtesting.py: this script starts itself anew with "run" for each measurement, which reads prices.csv, runs the reversal and prints."""
import os, subprocess, sys, time

if sys.argv[1] == "run":
    import warnings
    warnings.filterwarnings("ignore")
    import pandas as pd
    from backtesting import Backtest, Strategy
    from backtesting.lib import crossover

    class Reversal(Strategy):
        def init(self):
            mean = lambda values, period: pd.Series(values).rolling(period).mean()
            self.fast, self.slow = self.I(mean, self.data.Close, 10), self.I(mean, self.data.Close, 20)

        def next(self):
            if crossover(self.fast, self.slow) and not self.position.is_long:
                self.position.close()
                self.buy(size=100)
            elif crossover(self.slow, self.fast) and not self.position.is_short:
                self.position.close()
                self.sell(size=100)

    frame = pd.read_csv(sys.argv[2], index_col=0, parse_dates=True)
    frame.columns = [name.capitalize() for name in frame.columns]
    stats = Backtest(frame, Reversal, commission=0.0002, cash=100_000).run()
    print(stats)
    print(repr(float(stats["Equity Final [$]"])))
else:
    from timing import emit, measure
    environment = {**os.environ}
    start = lambda: subprocess.run([sys.executable, __file__, "run", sys.argv[2]], check=True, capture_output=True, text=True, env=environment).stdout
    seconds, text = measure(start, 1, int(sys.argv[1]))
    emit("backtesting.py", "backtesting", seconds, 1, 500, dict(equity=float(text.split()[-1])))
