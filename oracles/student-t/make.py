"""Student's t distribution and the regularised incomplete beta function, as JSON: python make.py > expected.json, with requirements.txt installed (Python 3.11).

mpmath with 60 digits gives the value nearest to the truth; scipy's t.cdf and betainc stand beside it.
"""
import json

import mpmath
import numpy
import scipy
from scipy.special import betainc
from scipy.stats import t

mpmath.mp.dps = 60
degrees = [0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 7.5, 10.0, 30.0, 100.0, 1000.0]
scores = [1e-12, 1e-6, 0.001, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.959963984540054, 2.5, 3.1, 5.0, 9.0, 17.5, 60.0, 1e3, 1e6, 1e12]
shapes = [0.05, 0.125, 0.5, 1.0, 2.5, 8.0, 40.0, 300.0]
shares = [1e-10, 1e-3, 0.05, 0.3, 0.5, 0.62, 0.9, 0.99]


def exact_t(x, degree):
    x, degree = mpmath.mpf(x), mpmath.mpf(degree)
    tail = mpmath.betainc(degree / 2, mpmath.mpf(1) / 2, 0, degree / (degree + x * x), regularized=True) / 2
    return 1 - tail if x > 0 else tail


def rounded(value):
    return float(mpmath.nstr(value, 30))


def main():
    signed = [0.0] + [sign * x for x in scores for sign in (-1, 1)]
    print(json.dumps({
        "versions": {"mpmath": mpmath.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__},
        "command": "python oracles/student-t/make.py > oracles/student-t/expected.json",
        "t": {"columns": ["x", "degreesOfFreedom", "mpmath", "scipy"], "rows": [[x, n, rounded(exact_t(x, n)), float(t.cdf(x, n))] for n in degrees for x in signed]},
        "beta": {
            "columns": ["x", "a", "b", "mpmath", "scipy"],
            "rows": [[x, a, b, rounded(mpmath.betainc(a, b, 0, mpmath.mpf(x), regularized=True)), float(betainc(a, b, x))] for a in shapes for b in shapes for x in shares],
        },
    }, separators=(",", ":")))


main()
