"""The volume profile of trades by MarketProfile (py-market-profile), and bought and sold volume by bar and price by pandas, one after the other."""
import sys
import numpy as np, pandas as pd
from market_profile import MarketProfile
from timing import column, emit, measure

count, per_bar = int(sys.argv[1]), int(sys.argv[2])
price, size, side = (column(f"trade-{name}.f64") for name in ("price", "size", "side"))
trades = pd.DataFrame({"Close": price, "High": price, "Low": price, "Volume": size}, index=pd.RangeIndex(count))
bar = np.arange(count) // per_bar


def profile():
    # Asked for by position: the initial balance and open range by time are not of interest.
    made = MarketProfile(trades, tick_size=0.25, value_area_pct=0.7, open_range_size=0, initial_balance_delta=0)[0:count]
    return made.poc_price, made.value_area, made.total_volume, len(made.profile)


def footprint():
    frame = pd.DataFrame({"bar": bar, "price": price, "buy": np.where(side > 0, size, 0.0), "sell": np.where(side < 0, size, 0.0)})
    return frame.groupby(["bar", "price"], sort=True)[["buy", "sell"]].sum()


profile_seconds, (control, area, total, rows) = measure(profile, 1, 3)
profile_cpu = float(np.median(measure.cpu))
seconds, cells = measure(footprint, 1, 7)
both = [float(np.median(profile_seconds)) + second for second in seconds]
measure.cpu = [profile_cpu + float(np.median(measure.cpu))]
weights = np.arange(len(cells)) % 1009
emit("MarketProfile", "MarketProfile", both, 1e9 / count, count, dict(
    pointOfControl=float(control), low=float(area[0]), high=float(area[1]), total=float(total), rows=rows, cells=len(cells),
    buy=float((cells["buy"].to_numpy() * weights).sum()), sell=float((cells["sell"].to_numpy() * weights).sum()),
    profileNsPerTick=float(np.median(profile_seconds)) * 1e9 / count, pandasNsPerTick=float(np.median(seconds)) * 1e9 / count,
))
