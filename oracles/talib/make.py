"""TA-Lib on two seeded series, as JSON: python make.py > expected.json, with requirements.txt installed (Python 3.11).

Series O: 60 bars by a multiplicative congruential generator (seed 777), u = x / 2147483647, z = twelve u summed in order, minus 6; p = 100,
o = p exp(0.002 z), then 20 steps x *= exp(0.003 z); high and low include o; p = close.
Series W: 400 bars on a grid of hundredths, exact in any language: seed 2718, a price in cents that rests for the first 40 bars, then moves by
int(u * 81) - 40 a bar; open = close before, high and low up to int(u * 15) cents beyond the body.
Sines: 100 + 10 sin(2 pi i / p), 1,000 rows, of which HT_DCPERIOD is averaged from row 300 on.
"""
import json
import math

import numpy
import talib


class Uniforms:
    def __init__(self, seed):
        self.x = seed

    def next(self):
        self.x = 48271 * self.x % 2147483647
        return self.x / 2147483647

    def normal(self):
        total = 0.0
        for _ in range(12):
            total += self.next()
        return total - 6


def series_o():
    random, price, bars = Uniforms(777), 100.0, []
    for _ in range(60):
        start = price * math.exp(0.002 * random.normal())
        price = high = low = start
        for _ in range(20):
            price *= math.exp(0.003 * random.normal())
            high, low = max(high, price), min(low, price)
        bars.append((start, high, low, price))
    return bars


def series_w():
    random, cents, bars = Uniforms(2718), 10000, []
    for i in range(400):
        before = cents
        if i < 40:
            bars.append((100.0, 100.0, 100.0, 100.0))
            continue
        cents += int(random.next() * 81) - 40
        high = max(before, cents) + int(random.next() * 15)
        low = min(before, cents) - int(random.next() * 15)
        bars.append(tuple(value / 100 for value in (before, high, low, cents)))
    return bars


def numbers(values):
    return [None if math.isnan(value) else value for value in map(float, values)]


cases, inputs = [], {}
for name, bars in (("O", series_o()), ("W", series_w())):
    open_, high, low, close = (numpy.array(column) for column in zip(*bars))
    inputs[name] = {"open": numbers(open_), "high": numbers(high), "low": numbers(low), "close": numbers(close)}

    def add(function, period, values):
        cases.append({"series": name, "function": function, "period": period, "expected": numbers(values)})

    for period in (2, 5, 20):
        add("SMA", period, talib.SMA(close, period))
        add("EMA", period, talib.EMA(close, period))
    for period in (2, 5, 14):
        add("RSI", period, talib.RSI(close, period))
        add("ATR", period, talib.ATR(high, low, close, period))

sines = []
for length in (12, 16, 20, 25, 30, 40):
    found = talib.HT_DCPERIOD(numpy.array([100 + 10 * math.sin(2 * math.pi * i / length) for i in range(1000)]))[300:]
    sines.append({"sine": length, "mean": float(found.mean()), "least": float(found.min()), "most": float(found.max())})

print(json.dumps({
    "source": "TA-Lib (ta-lib.org) through its Python binding",
    "version": {"TA-Lib": talib.__version__, "library": talib.__ta_version__.decode().split()[0]},
    "command": "python oracles/talib/make.py > oracles/talib/expected.json",
    "tolerance": "1e-12 relative",
    "inputs": inputs,
    "hilbertCyclePeriods": sines,
    "cases": cases,
}, separators=(",", ":")).replace('"cases":[', '"cases":[\n').replace('},{"series"', '},\n{"series"') )
