"""smart-money-concepts on its EURUSD bars, as JSON: python periods_and_sessions.py EURUSD_15M.csv.gz > periods-and-sessions.json

With requirements-periods.txt installed (Python 3.11). Previous highs and lows of 4 hours, days and weeks as runs of equal rows, [first row, high, low],
and the rows at which a broken flag is 1 as half-open ranges; sessions as half-open ranges of active rows with high and low of the last row.
"""
import importlib.metadata
import json
import math
import os
import sys

os.environ["SMC_CREDIT"] = "0"

import pandas
from smartmoneyconcepts import smc


def number(value):
    return None if math.isnan(value) else round(float(value), 6)


def runs(table):
    rows = list(zip(map(number, table["PreviousHigh"]), map(number, table["PreviousLow"])))
    return [[i, *row] for i, row in enumerate(rows) if i == 0 or row != rows[i - 1]]


def ranges(flags):
    found, start = [], None
    for i, flag in enumerate([*flags, 0]):
        if flag == 1 and start is None:
            start = i
        if flag != 1 and start is not None:
            found.append([start, i])
            start = None
    return found


def main():
    bars = pandas.read_csv(sys.argv[1])
    bars.columns = [name.lower() for name in bars.columns]
    bars = bars.set_index(pandas.to_datetime(bars["date"], format="%Y.%m.%d %H:%M:%S"))[["open", "high", "low", "close", "volume"]]
    result = {"versions": {name: importlib.metadata.version(name) for name in ("smartmoneyconcepts", "pandas", "numpy")}, "previous": {}, "sessions": {}}
    for frame in ("4h", "1D", "W"):
        table = smc.previous_high_low(bars, time_frame=frame)
        result["previous"][frame] = {"runs": runs(table), "brokenHigh": ranges(table["BrokenHigh"]), "brokenLow": ranges(table["BrokenLow"])}
    for session in ("London", "Sydney"):
        table = smc.sessions(bars, session=session)
        result["sessions"][session] = [[start, end, number(table["High"].iloc[end - 1]), number(table["Low"].iloc[end - 1])] for start, end in ranges(table["Active"])]
    print(json.dumps(result, separators=(",", ":")))


main()
