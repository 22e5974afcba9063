"""Figures of empyrical-reloaded 0.7.1 and quantstats 0.0.86 on seeded daily returns, and on pyfolio's six-year test returns where a folder with them is given:
python returns.py [folder with test_returns.csv.gz] > returns.json, with requirements-returns.txt installed (Python 3.11)."""
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")
here = os.path.dirname(os.path.abspath(__file__))
sys.path = [path for path in sys.path if os.path.abspath(path or ".") != here]
import empyrical
import numpy as np
import pandas as pd
import quantstats
sys.path.append(here)
from seeded_bars import normal, uniforms

quantstats.utils._prepare_returns = lambda data, *_, **__: data.dropna()  # it would guess whether these are prices
stats = quantstats.stats


def figures(returns, benchmark):
    """What both programs say of daily returns; quantstats compares with another series only by their common dates, which are the same here."""
    greeks = stats.greeks(returns, benchmark, periods=252, prepare_returns=False)
    drawdowns = stats.drawdown_details(stats.to_drawdown_series(returns))
    rolling = empyrical.roll_sharpe_ratio(returns, window=63).values
    monthly = empyrical.aggregate_returns(returns, "monthly")
    return {
        "empyrical": {
            "omega": empyrical.omega_ratio(returns), "omegaAbove10Percent": empyrical.omega_ratio(returns, required_return=0.1), "tail": empyrical.tail_ratio(returns),
            "valueAtRisk": empyrical.value_at_risk(returns), "conditionalValueAtRisk": empyrical.conditional_value_at_risk(returns),
            "alpha": empyrical.alpha(returns, benchmark), "beta": empyrical.beta(returns, benchmark), "excessSharpe": empyrical.excess_sharpe(returns, benchmark),
            "sharpe": empyrical.sharpe_ratio(returns), "sortino": empyrical.sortino_ratio(returns), "maximumDrawdown": empyrical.max_drawdown(returns),
            "annualReturn": empyrical.annual_return(returns), "calmar": empyrical.calmar_ratio(returns), "annualVolatility": empyrical.annual_volatility(returns),
            "rollingSharpe": {"count": len(rolling), "first": rolling[0], "last": rolling[-1], "sum": float(np.sum(rolling))},
            "rollingBetaLast": float(empyrical.roll_beta(returns, benchmark, window=63).iloc[-1]),
            "months": {f"{year}-{month:02}": value for (year, month), value in monthly.items()},
        },
        "quantstats": {
            "omega": stats.omega(returns), "tail": stats.tail_ratio(returns), "skew": stats.skew(returns), "kurtosis": stats.kurtosis(returns), "alpha": float(greeks["alpha"]), "beta": float(greeks["beta"]),
            "informationRatio": stats.information_ratio(returns, benchmark, prepare_returns=False), "valueAtRisk": stats.value_at_risk(returns), "conditionalValueAtRisk": stats.conditional_value_at_risk(returns),
            "drawdowns": sorted([[f"{str(s)[:10]} {str(v)[:10]} {str(e)[:10]}", float(d)] for s, v, e, d in
                                 zip(drawdowns["start"], drawdowns["valley"], drawdowns["end"], drawdowns["max drawdown"])], key=lambda row: row[1])[:5],
        },
    }


def seeded():
    """Series A of the reference data, and a benchmark that shares 0.6 of its moves."""
    stream = uniforms(12345)
    own = [0.0004 + 0.01 * normal(stream) for _ in range(500)]
    stream = uniforms(54321)
    return own, [0.0002 + 0.6 * r + 0.006 * normal(stream) for r in own]


own, other = seeded()
index = pd.bdate_range("2020-01-01", periods=500)
out = {
    "programs": {"empyrical-reloaded": empyrical.__version__, "quantstats": quantstats.__version__, "numpy": np.__version__, "pandas": pd.__version__},
    "periodsPerYear": 252, "benchmark": {"first": other[0], "sum": float(np.sum(other))},
    "seeded": figures(pd.Series(own, index=index), pd.Series(other, index=index)),
}
if len(sys.argv) > 1:
    frame = pd.read_csv(os.path.join(sys.argv[1], "test_returns.csv.gz"), header=None, index_col=0, parse_dates=True)
    series = frame.iloc[:, 0]
    series.index = pd.DatetimeIndex(series.index).tz_localize(None)
    # The same series a day later stands for a benchmark: the file has none.
    out["pyfolio"] = {"count": len(series), "first": series.iloc[0], "sum": float(series.sum()), **figures(series, pd.Series(np.roll(series.values, 1), index=series.index))}
json.dump(out, sys.stdout, indent=1, default=float)
print()
