"""The standard normal distribution, as JSON: python make.py > expected.json, with requirements.txt installed (Python 3.11).

mpmath with 60 digits gives the value nearest to the truth; scipy's norm.cdf stands beside it.
"""
import json

import mpmath
import scipy
from scipy.stats import norm

mpmath.mp.dps = 60


def rounded(value):
    return float(mpmath.nstr(value, 30))


def arguments():
    steps = [k / 16 for k in range(-38 * 16, 9 * 16 + 1)]
    borders = [0.67448975, 0.6744897500000001, 5.656854249492381, 5.656854249492380]
    others = [1.96, 1.959963984540054, 1.2815515655446004, 2.3263478740408408, 3.3, 0.1, 1e-3, 1e-8, 1e-300, 7.77, 8.3, 12.345, 25.01, 37.4]
    return sorted(set(steps + [sign * x for x in borders + others for sign in (-1, 1)]))


def main():
    rows = [[x, rounded(mpmath.erfc(-mpmath.mpf(x) / mpmath.sqrt(2)) / 2), float(norm.cdf(x))] for x in arguments()]
    versions = {"mpmath": mpmath.__version__, "scipy": scipy.__version__}
    print(json.dumps({"versions": versions, "columns": ["x", "mpmath", "scipy"], "rows": rows}))


main()
