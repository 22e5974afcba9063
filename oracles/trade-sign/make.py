"""Trade signs by tclf, as JSON: python make.py > expected.json, with requirements.txt installed (Python 3.11).

3,000 trades beside quotes on a grid of 1/64, whose middles are exact doubles, by a multiplicative congruential generator (seed 4711). Quotes may be crossed, locked or missing; a spread is at most
nine ticks, so that no price lies exactly three tenths of it away from a quote (tclf's doubles put such ties on either side). tclf wants the last different price beside each
trade: it is computed here from that definition, backwards for the rules that look ahead.
"""
import json
import math

import numpy
import pandas
import tclf
from importlib.metadata import version
from tclf.classical_classifier import ClassicalClassifier

state = 4711


def uniform():
    global state
    state = 48271 * state % 2147483647
    return state / 2147483647


def whole(least, most):
    return least + int(uniform() * (most - least + 1))


rows, bid = [], 10000
for _ in range(3000):
    bid += whole(-2, 2)
    kind = uniform()
    spread = 0 if kind < 0.03 else -whole(1, 2) if kind < 0.06 else whole(1, 9)
    price = bid + whole(-2, spread + 2) if spread > 0 else bid + whole(-1, 1)
    bid_size, ask_size = whole(1, 6), whole(1, 6)
    rows.append((price, None if 0.06 <= kind < 0.08 else bid, None if 0.07 <= kind < 0.09 else bid + spread, bid_size, ask_size, whole(1, 6)))


def different(prices):
    last, found, result = math.nan, math.nan, []
    for price in prices:
        if price != last:
            found, last = last, price
        result.append(found)
    return result


prices = [row[0] for row in rows]
lag = different(prices)
lead = different(prices[::-1])[::-1]
scale = lambda values: [math.nan if value is None or math.isnan(value) else value / 64 for value in values]
frame = pandas.DataFrame({
    "trade_price": scale(prices), "bid_ex": scale([row[1] for row in rows]), "ask_ex": scale([row[2] for row in rows]),
    "bid_size_ex": [float(row[3]) for row in rows], "ask_size_ex": [float(row[4]) for row in rows], "trade_size": [float(row[5]) for row in rows],
    "price_ex_lag": scale(lag), "price_ex_lead": scale(lead),
})

stacks = {
    "tick": ["tick"], "quote": ["quote"], "leeReady": ["lr"], "emo": ["emo"], "clnv": ["clnv"], "depth": ["depth"], "tradeSize": ["trade_size"],
    "quote depth tick": ["quote", "depth", "tick"], "tradeSize leeReady": ["trade_size", "lr"],
    "reverse tick": ["rev_tick"], "reverse leeReady": ["rev_lr"], "reverse emo": ["rev_emo"], "reverse clnv": ["rev_clnv"],
}
labels = {}
for name, rules in stacks.items():
    classifier = ClassicalClassifier(layers=[(rule, "ex") for rule in rules], strategy="const")
    labels[name] = "".join("-0+"[int(label) + 1] for label in classifier.fit(frame).predict(frame))

columns = dict(zip(("price", "bid", "ask", "bidSize", "askSize", "size"), map(list, zip(*rows))))
print(json.dumps({
    "source": "tclf (github.com/KarelZe/tclf, BSD-3-Clause), ClassicalClassifier with strategy const",
    "version": {"tclf": version("tclf"), "numpy": numpy.__version__},
    "command": "python oracles/trade-sign/make.py > oracles/trade-sign/expected.json",
    "tolerance": "exact labels",
    "units": "prices in 1/64; one label a trade: + bought, - sold, 0 unknown",
    "columns": columns,
    "labels": labels,
}, separators=(",", ":")).replace('],"', '],\n"').replace('","', '",\n"'))
