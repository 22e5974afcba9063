"""What smartmoneyconcepts 0.0.27 (J. Attridge, MIT) gives for the kinds without a file in ../shared, as JSON: python make.py > expected.json, with
requirements.txt installed (Python 3.11).

The bars are ../shared/oracles/smart-money-concepts/EURUSD_15M.csv.gz, the parameters those of the package's own tests (swing_length 5). A column is a list of
runs [value, count]; null is NaN, and where `sparse` is true the rows with a value are listed instead: rows, and one list a column.
"""
import contextlib
import io
import json
import math
import os
import sys

os.environ["SMC_CREDIT"] = "0"
import pandas

with contextlib.redirect_stdout(io.StringIO()):
    from smartmoneyconcepts import smc

here = os.path.dirname(os.path.abspath(__file__))
table = pandas.read_csv(os.path.join(here, "../../../shared/oracles/smart-money-concepts/EURUSD_15M.csv.gz"))
table.columns = [name.strip().lower() for name in table.columns]
bars = table.set_index(pandas.to_datetime(table["date"], format="%Y.%m.%d %H:%M:%S"))[["open", "high", "low", "close", "volume"]]
swings = smc.swing_highs_lows(bars, swing_length=5)
results = {
    "fvg_join_consecutive": smc.fvg(bars, join_consecutive=True),
    "ob": smc.ob(bars, swings, close_mitigation=False),
    "liquidity": smc.liquidity(bars, swings, range_percent=0.01),
    "previous_high_low_1D": smc.previous_high_low(bars, time_frame="1D"),
    "previous_high_low_W": smc.previous_high_low(bars, time_frame="W"),
    "sessions_London": smc.sessions(bars.copy(), session="London", time_zone="UTC"),
}


def plain(column):
    """float32 columns by their own shortest digits, so that no digit is of the conversion."""
    texts = column.to_numpy()
    values = [float(str(value)) if texts.dtype.kind == "f" else int(value) for value in texts]
    return [None if isinstance(value, float) and math.isnan(value) else int(value) if value == int(value) else value for value in values]


def runs(values):
    out = []
    for value in values:
        if out and out[-1][0] == value:
            out[-1][1] += 1
        else:
            out.append([value, 1])
    return out


expected = {}
for name, frame in results.items():
    columns = {column: plain(frame[column]) for column in frame.columns}
    rows = [row for row in range(len(frame)) if any(columns[column][row] is not None for column in columns)]
    if len(rows) < 8000:
        expected[name] = dict(sparse=True, rows=rows, columns={column: [values[row] for row in rows] for column, values in columns.items()})
    else:
        expected[name] = dict(sparse=False, columns={column: runs(values) for column, values in columns.items()})
json.dump(dict(peer="smartmoneyconcepts 0.0.27", count=len(bars), results=expected), sys.stdout, separators=(",", ":"))
