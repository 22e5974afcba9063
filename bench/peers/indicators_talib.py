"""SMA 20, EMA 20, RSI 14 and ATR 14 with TA-Lib's C core through its wheel, one after another."""
import sys
import numpy as np, talib
from timing import column, emit, measure

count = int(sys.argv[1])
high, low, close = (column(f"{name}.f64") for name in ("high", "low", "close"))
jobs = dict(sma20=lambda: talib.SMA(close, 20), ema20=lambda: talib.EMA(close, 20), rsi14=lambda: talib.RSI(close, 14), atr14=lambda: talib.ATR(high, low, close, 14))
check, means, bests, cpus = {}, [], [], []
for name, job in jobs.items():
    seconds, values = measure(job, 3, 15)
    means.append(float(np.median(seconds)))
    bests.append(min(seconds))
    cpus.append(float(np.median(measure.cpu)))
    check[name] = dict(last=float(values[-1]), sum=float(np.nansum(values)), nsPerRow=means[-1] * 1e9 / count)
mean = lambda values: float(np.exp(np.mean(np.log(values))))
measure.cpu = [mean(cpus)]
emit("TA-Lib", "TA-Lib", [mean(means)], 1e9 / count, count, check)
