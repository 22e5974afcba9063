"""Fourier powers of numpy, detrending and F tests of scipy, as JSON: python make.py > expected.json, with requirements.txt installed (Python 3.11).

Series: a cycle of 20 rows that fades into noise, on a trend: x <- 48271 x mod 2147483647 (seed 8191), z = twelve x / 2147483647 summed in order, minus 6.
"""
import json
import sys

import numpy
import scipy
from scipy import signal, stats

x, values = 8191, []
for i in range(300):
    total = 0.0
    for _ in range(12):
        x = 48271 * x % 2147483647
        total += x / 2147483647
    values.append(50 + 0.1 * i + (3 - i / 100) * float(numpy.sin(2 * numpy.pi * i / 20)) + total - 6)
values = numpy.array(values)

block = values[:64]
spectrum = numpy.abs(numpy.fft.fft(block)) ** 2
frequencies = [0.013, 0.05, 0.123456, 0.3, 0.4999]
at = [float(abs(numpy.sum(block * numpy.exp(-2j * numpy.pi * f * numpy.arange(64)))) ** 2) for f in frequencies]

length, shortest, longest, rows = 96, 10, 48, []
for row in range(length - 1, 300, 12):
    straight = signal.detrend(values[row - length + 1:row + 1])
    tapered = straight * numpy.hanning(length)
    n = numpy.arange(length)
    powers = numpy.array([abs(numpy.sum(tapered * numpy.exp(-2j * numpy.pi * n / p))) ** 2 for p in range(shortest, longest + 1)])
    period = shortest + int(powers.argmax())
    design = numpy.column_stack([numpy.cos(2 * numpy.pi * n / period), numpy.sin(2 * numpy.pi * n / period)])
    rest = float(numpy.sum((straight - design @ numpy.linalg.lstsq(design, straight, rcond=None)[0]) ** 2))
    whole = float(numpy.sum(straight ** 2))
    f = (whole - rest) / 2 / (rest / (length - 4))
    cycles = length // period
    vectors = numpy.array([numpy.sum(part * numpy.exp(2j * numpy.pi * numpy.arange(period) / period)) for part in straight[length - cycles * period:].reshape(cycles, period)])
    bartels = float(numpy.exp(-cycles * abs(vectors.mean()) ** 2 / numpy.mean(numpy.abs(vectors) ** 2))) if cycles > 1 else None
    r = numpy.correlate(straight, straight, "full")[length - 1:] / whole
    peaks = [lag for lag in range(shortest, longest + 1) if r[lag] > r[lag - 1] and r[lag] >= r[lag + 1] and r[lag] > 0]
    peak = max(peaks, key=lambda lag: r[lag]) if peaks else None
    rows.append({"row": row, "period": period, "share": float(powers.max() / powers.sum()), "significance": float(stats.f.sf(f, 2, length - 4)), "persistence": bartels,
                 "lag": peak, "correlation": None if peak is None else float(r[peak])})

json.dump({
    "source": "numpy.fft, scipy.signal.detrend, scipy.stats.f",
    "version": {"numpy": numpy.__version__, "scipy": scipy.__version__},
    "command": "python oracles/cycles/make.py > oracles/cycles/expected.json",
    "values": values.tolist(), "fourier": spectrum.tolist(), "frequencies": frequencies, "powers": at, "rows": rows,
}, sys.stdout, separators=(",", ":"))
print()
