"""What the programs of docs/coming-from print and trade on prices.csv.

    python make.py vectorbt > vectorbt.json              with requirements.txt installed (Python 3.11)
    python make.py backtesting_py > backtesting_py.json  the same
    python make.py freqtrade > freqtrade.json            with requirements-freqtrade.txt installed (Python 3.11)
"""
import contextlib
import importlib.metadata
import io
import json
import os
import runpy
import sys
import warnings

warnings.filterwarnings("ignore")
here = os.path.dirname(os.path.abspath(__file__))
os.chdir(here)


def printed_and_names(file):
    """Runs a page's program as it stands: what it prints, and its variables."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        names = runpy.run_path(file)
    return out.getvalue(), names


def of_vectorbt():
    printed, names = printed_and_names("means_vectorbt.py")
    runs = {}
    for name, portfolio in names["portfolios"].items():
        closed = portfolio.trades.closed.records
        runs[name] = {
            "trades": [[int(t.entry_idx), int(t.exit_idx), t.entry_price, t.exit_price, t.size, t.pnl] for t in closed.itertuples()],
            "equity": portfolio.final_value(), "drawdown": -portfolio.max_drawdown(), "totalReturn": portfolio.total_return(),
        }
    return {"printed": printed, "runs": runs}


def of_backtesting_py():
    printed, names = printed_and_names("means_backtesting_py.py")
    stats = names["stats"]
    # The market opens a unit beyond the target of the second trade.
    prices, day = names["prices"].copy(), 130
    prices.iloc[day, 0] = 101.30
    prices.iloc[day, 1] = max(prices.High.iloc[day], 101.30)
    with contextlib.redirect_stderr(io.StringIO()):
        gapped = names["Backtest"](prices, names["Means"], cash=10_000, commission=0.001).run()._trades.iloc[1]
    return {
        "gappedTarget": [int(gapped.ExitBar), gapped.ExitPrice],
        "printed": printed,
        "trades": [[int(t.EntryBar), int(t.ExitBar), t.EntryPrice, t.ExitPrice, t.Size, t.PnL] for t in stats._trades.itertuples()],
        "equity": stats["Equity Final [$]"], "drawdown": -stats["Max. Drawdown [%]"] / 100, "equityCurve": stats._equity_curve.Equity.tolist(),
    }


def of_freqtrade():
    import logging

    import pandas as pd
    from offline_freqtrade import backtest

    logging.disable(logging.CRITICAL)
    candles = pd.read_csv("prices.csv", parse_dates=["date"])
    candles["date"], candles["volume"] = candles.date.dt.tz_localize("UTC"), 1.0
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        trades = backtest("Means", candles.copy(), fee=0.001, cash=10_000)
        # The market opens a unit below the stop of the fourth trade, and comes back to it.
        day = 145
        candles.loc[day, "open"], candles.loc[day, "low"] = 103.63, min(103.63, candles.low[day])
        gapped = backtest("Means", candles, fee=0.001, cash=10_000).iloc[3]
    day = {date: row for row, date in enumerate(candles.date)}
    printed = "".join(
        f"day {day[t.open_date]} at {t.open_rate:.2f} to day {day[t.close_date]} at {t.close_rate:.2f}: {t.profit_abs:.2f}, {t.exit_reason}\n" for t in trades.itertuples()
    )
    return {
        "printed": printed, "gappedStop": [day[gapped.close_date], gapped.close_rate],
        "trades": [[day[t.open_date], day[t.close_date], t.open_rate, t.close_rate, t.amount, t.profit_abs] for t in trades.itertuples()],
        "reasons": trades.exit_reason.tolist(),
    }


program = sys.argv[1]
package = {"backtesting_py": "backtesting"}.get(program, program)
result = {"program": program, "version": importlib.metadata.version(package), **globals()[f"of_{program}"]()}
json.dump(result, sys.stdout, indent=1, default=float)
print()
