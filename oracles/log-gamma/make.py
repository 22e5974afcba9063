"""Fifty digits of mpmath's log gamma function, and scipy's gammaln, over its domain, as JSON: python make.py > expected.json, with requirements.txt installed (Python 3.11)."""
import json

import mpmath
import numpy
import scipy
from scipy.special import gammaln

mpmath.mp.dps = 50
points = [1e-300, 1e-20, 1e-5, 0.001, 0.1, 0.25, 0.4999, 0.5, 0.75, 0.9, 0.999999, 1.0, 1.000001, 1.1, 1.25, 1.4616321449683622, 1.5, 1.75, 1.999999, 2.0,
          2.000001, 2.25, 2.4999, 2.5, 2.75, 3.0, 3.5, 4.25, 5.0, 6.5, 7.0, 7.999, 8.0, 8.001, 10.0, 12.5, 20.0, 33.3, 50.0, 100.5, 171.0, 1000.25, 1e5, 1e8,
          1e15, 1e100, 1e305, -0.5, -1.5, -2.25, -10.75, -100.5]
points += [float(x) for x in numpy.linspace(0.05, 30, 240)]
json.dump({
    "source": "mpmath.loggamma at 50 digits, rounded; scipy.special.gammaln",
    "version": {"mpmath": mpmath.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__},
    "command": "python oracles/log-gamma/make.py > oracles/log-gamma/expected.json",
    "points": points,
    "expected": [float(mpmath.re(mpmath.loggamma(mpmath.mpf(x)))) for x in points],
    "scipy": [float(gammaln(x)) for x in points],
}, __import__("sys").stdout, separators=(",", ":"))
print()
