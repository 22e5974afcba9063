"""Seeded daily bars that any language makes alike: a multiplicative congruential generator, a normal as a sum of twelve uniforms, no exp or log."""
from itertools import islice


def uniforms(seed):
    x = seed
    while True:
        x = 48271 * x % 2147483647
        yield x / 2147483647


def normal(stream):
    total = 0.0
    for u in islice(stream, 12):
        total += u
    return total - 6


def bars(seed, count):
    """Open, high, low, close: each close is the open times 1 + 0.0004 + 0.01 z, the next open the close times 1 + 0.001 z."""
    stream, rows, price = uniforms(seed), [], 100.0
    for _ in range(count):
        opened = price * (1 + 0.001 * normal(stream))
        price = opened * (1 + 0.0004 + 0.01 * normal(stream))
        high = max(opened, price) * (1 + 0.002 * next(stream))
        low = min(opened, price) * (1 - 0.002 * next(stream))
        rows.append((opened, high, low, price))
    return rows


def crossings(close, fast, slow):
    """+1 where the mean of `fast` closes passes above that of `slow`, -1 below, else 0."""
    def mean(i, n):
        return sum(close[i - n + 1:i + 1]) / n
    out = [0] * len(close)
    for i in range(slow, len(close)):
        before, now = mean(i - 1, fast) - mean(i - 1, slow), mean(i, fast) - mean(i, slow)
        out[i] = 1 if before <= 0 < now else -1 if before >= 0 > now else 0
    return out
