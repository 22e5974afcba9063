"""The bracket job tick by tick: a plain scan that shares nothing with the simulator, for its results and as the price of not having an index."""
import sys, time
import numpy as np
from timing import column, emit, measure

ticks, width, distance = map(int, sys.argv[1:4])
bid, ask = np.rint(column("bid.f64") * 100_000).astype(np.int64), np.rint(column("ask.f64") * 100_000).astype(np.int64)


def scan():
    """Entry at the ask of the row behind the bar, tested from the next row on; the stop sells at the bid that passed it, the target at its own price."""
    fills, rows, signed = 0, 0, 0
    for entry in range(width, ticks, width):
        reference = bid[entry - 1]
        stop, target = reference - distance, reference + distance
        fills, rows, signed = fills + 1, rows + entry, signed + ask[entry]
        start = entry + 1
        while start < ticks:
            block = bid[start:start + 4096]
            hit = (block <= stop) | (block >= target)
            at = int(hit.argmax())
            if hit[at]:
                price = block[at] if block[at] <= stop else target
                fills, rows, signed = fills + 1, rows + start + at, signed - price
                break
            start += 4096
    return int(fills), int(rows), float(signed) / 100_000


seconds, (fills, rows, signed) = measure(scan, 0, 3)
emit("scan with numpy", "numpy", seconds, 1e6 / (ticks // width), ticks, dict(fills=fills, sumRow=rows, sumSigned=signed))
