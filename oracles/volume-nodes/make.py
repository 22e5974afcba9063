"""Peaks and valleys of smoothed volumes by scipy, as JSON: python make.py > expected.json, with requirements.txt installed (Python 3.11).

Twelve histograms of whole volumes by a multiplicative congruential generator (seed 91): hills with noise, plateaus and empty rows. Each is padded by three empty rows on both sides and
smoothed over three rows; scipy.signal.find_peaks finds the peaks of it and of its negative that stand out by the stated share of the largest volume.
"""
import json

import numpy
import scipy
from scipy.signal import find_peaks

state = 91


def uniform():
    global state
    state = 48271 * state % 2147483647
    return state / 2147483647


cases = []
for number in range(12):
    rows, volumes, level = 40 + 20 * number, [], 50
    for row in range(rows):
        level = max(0, level + int(uniform() * 41) - 20)
        empty = uniform() < 0.15 or (number % 3 == 1 and 15 <= row < 24)
        volumes.append(0 if empty else volumes[-1] if volumes and uniform() < 0.2 else level + 1)
    volumes[0] = volumes[0] or 5
    volumes[-1] = volumes[-1] or 7
    share = (0.05, 0.1, 0.3)[number % 3]
    padded = numpy.array([0, 0, 0] + volumes + [0, 0, 0])
    smoothed = numpy.array([0.0] + [(padded[k - 1] + padded[k] + padded[k + 1]) / 3 for k in range(1, len(padded) - 1)] + [0.0])
    prominence = share * max(volumes)
    found = [(side, int(k) - 3, float(smoothed[k])) for side in (1, -1) for k in find_peaks(side * smoothed, prominence=prominence)[0]]
    cases.append({"share": share, "volumes": volumes, "nodes": sorted(found, key=lambda node: node[1])})

print(json.dumps({
    "source": "scipy.signal.find_peaks",
    "version": {"scipy": scipy.__version__, "numpy": numpy.__version__},
    "command": "python oracles/volume-nodes/make.py > oracles/volume-nodes/expected.json",
    "tolerance": "exact",
    "fields": "volumes of rows 0, 1, ...; nodes as [1 peak or -1 valley, row, smoothed volume]",
    "cases": cases,
}, separators=(",", ":")).replace('{"share"', '\n{"share"'))
