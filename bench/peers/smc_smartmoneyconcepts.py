"""The eight functions of smartmoneyconcepts over the bars, each with the parameters of its own tests; the figure is the sum of their medians."""
import contextlib, io, os, sys
os.environ["SMC_CREDIT"] = "0"
import numpy as np, pandas as pd
from timing import column, emit, measure
with contextlib.redirect_stdout(io.StringIO()):
    from smartmoneyconcepts import smc

count = int(sys.argv[1])
bars = pd.DataFrame({name: column(f"smc-{name}.f64") for name in ("open", "high", "low", "close", "volume")}, index=pd.to_datetime(column("smc-time.f64"), unit="ms"))
swings = smc.swing_highs_lows(bars, swing_length=5)
jobs = dict(
    swing_highs_lows=lambda: smc.swing_highs_lows(bars, swing_length=5), bos_choch=lambda: smc.bos_choch(bars, swings, close_break=True), fvg=lambda: smc.fvg(bars),
    ob=lambda: smc.ob(bars, swings, close_mitigation=False), liquidity=lambda: smc.liquidity(bars, swings, range_percent=0.01), previous_high_low=lambda: smc.previous_high_low(bars, time_frame="1D"),
    sessions=lambda: smc.sessions(bars, session="London", time_zone="UTC"), retracements=lambda: smc.retracements(bars, swings))
check, runs, cpus, results = {}, [], [], {}
for name, job in jobs.items():
    seconds, results[name] = measure(job, 1, 5)
    runs.append(sorted(seconds))
    cpus.append(float(np.median(measure.cpu)))
    check[name] = dict(ms=float(np.median(seconds)) * 1e3)


def summary(side, *prices):
    """How many there are, where, and their levels: the first and the last swing are invented."""
    rows = np.flatnonzero(~np.isnan(side))
    return dict(count=len(rows), rows=float(np.sum(rows * side[rows])), prices=[float(np.sum(price[rows])) for price in prices])


found = results["swing_highs_lows"]
side = found["HighLow"].to_numpy().copy()
side[0] = side[-1] = np.nan
check["swing_highs_lows"] |= summary(side, found["Level"].to_numpy())
found = results["fvg"]
check["fvg"] |= summary(found["FVG"].to_numpy(), found["Bottom"].to_numpy(), found["Top"].to_numpy())
measure.cpu = [sum(cpus)]
emit("smart-money-concepts", "smartmoneyconcepts", [sum(run[k] for run in runs) for k in range(5)], 1e3, count, check)
