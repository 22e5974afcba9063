"""Stoikov's micro-price by numpy's linear algebra, as JSON: python make.py > expected.json, with requirements.txt installed (Python 3.11).

The package microprice 0.1.0 on PyPI cannot give numbers (its loop is called with one argument too few, its tick is fixed at 0.01), and the author's notebook has its data no more; so this
computes the published equations with numpy.linalg.inv, from 6,000 quotes of a multiplicative congruential generator (seed 1707): whole ticks, spreads of 0 to 4, sizes of 1 to 30, some
missing. Definition of the states: spread of 1 to n ticks; imbalance x = (bid size - ask size) / (bid size + ask size) in an even number of buckets of equal width, an even book on the
bid's side; steps with a mid that moves by a tick at most, each also mirrored.
"""
import json
import math

import numpy

state = 1707


def uniform():
    global state
    state = 48271 * state % 2147483647
    return state / 2147483647


quotes, bid, ask, bid_size, ask_size = [], 1000, 1001, 10, 10
for _ in range(6000):
    lean, u = (bid_size - ask_size) / (bid_size + ask_size), uniform()
    if u < 0.12:
        up = uniform() < 0.5 + 0.4 * lean
        if up and ask - bid > 1 or not up and uniform() < 0.5:
            bid += 1 if up else -1
        else:
            ask += 1 if up else -1
        if ask - bid > 4 or (ask < bid):
            ask = bid + 1
    bid_size = max(1, min(30, bid_size + int(uniform() * 7) - 3))
    ask_size = max(1, min(30, ask_size + int(uniform() * 7) - 3))
    quotes.append((bid, ask, None if uniform() < 0.005 else bid_size, ask_size))


def fit(buckets, spreads, terms):
    def state_of(quote):
        bid, ask, bid_size, ask_size = quote
        if bid_size is None or not 1 <= ask - bid <= spreads:
            return None
        x = (bid_size - ask_size) / (bid_size + ask_size)
        k = min(buckets // 2 - 1, math.floor(abs(x) * (buckets / 2)))
        return ask - bid, (k if x >= 0 else -1 - k)

    index = {(spread, k): n for n, (spread, k) in enumerate((s, k) for s in range(1, spreads + 1) for k in range(-buckets // 2, buckets // 2))}
    size = len(index)
    still, moved, gain = numpy.zeros((size, size)), numpy.zeros((size, size)), numpy.zeros(size)
    for before, after in zip(quotes, quotes[1:]):
        x, y = state_of(before), state_of(after)
        change = (after[0] + after[1] - before[0] - before[1]) / 2
        if x is None or y is None or abs(change) > 1:
            continue
        for sign in (1, -1):
            turn = lambda s: index[s if sign > 0 else (s[0], -1 - s[1])]
            (still if change == 0 else moved)[turn(x), turn(y)] += 1
            gain[turn(x)] += sign * change
    count = still.sum(axis=1) + moved.sum(axis=1)
    assert count.min() > 0
    inverse = numpy.linalg.inv(numpy.eye(size) - still / count[:, None])
    first, step = inverse @ (gain / count), inverse @ (moved / count[:, None])
    total, term = numpy.zeros(size), first
    for _ in range(terms):
        total, term = total + term, step @ term
    return [float(total[index[spread, k]]) for spread in range(1, spreads + 1) for k in range(buckets // 2)]


cases = [{"buckets": b, "spreads": s, "terms": t, "correction": fit(b, s, t)} for b, s, t in ((10, 2, 6), (4, 2, 1), (6, 3, 20))]
print(json.dumps({
    "source": "numpy.linalg on the equations of S. Stoikov, The micro-price",
    "version": {"numpy": numpy.__version__},
    "command": "python oracles/microprice/make.py > oracles/microprice/expected.json",
    "tolerance": "1e-11 of a tick",
    "columns": dict(zip(("bid", "ask", "bidSize", "askSize"), map(list, zip(*quotes)))),
    "cases": cases,
}, separators=(",", ":")).replace('],"', '],\n"'))
