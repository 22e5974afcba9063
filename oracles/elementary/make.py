"""390 digits of mpmath's elementary functions, as JSON: python make.py > expected.json, with requirements.txt installed (Python 3.11).

Of each point x, the nearest number to the value and what that leaves out, in units of its last place, so that errors can be told in them.
"""
import json
import math
import random
import struct
import sys

import mpmath

mpmath.mp.prec = 1300
draws = random.Random(20261121)


def near(centre, width, count):
    return [centre + width * (2 * draws.random() - 1) for _ in range(count)]


def any_number(count):
    found = []
    while len(found) < count:
        x = struct.unpack("<d", draws.getrandbits(64).to_bytes(8, "little"))[0]
        if math.isfinite(x):
            found.append(x)
    return found


positive = [abs(x) for x in any_number(100)]
# The first of these comes nearer to a multiple of pi / 2 than any other number, the next two nearly so; the last two stand at the border of the two reductions.
hard = [6381956970095103.0 * 2.0**797, 5.319372648326541e255, 2.6769234152466354e7, 1e22, 1.7976931348623157e308, 2.0**1023, 1647099.0, 1647098.9999999998]
multiples = [draws.randrange(1, 1 << 20) * (math.pi / 2) for _ in range(150)] + [k * (math.pi / 2) for k in range(-8, 9) if k] + [k * (math.pi / 4) for k in range(-9, 10, 2)]
angles = near(0, 0.8, 200) + near(0, 10, 200) + near(0, 1e6, 150) + near(0, 1e-5, 30) + multiples + [2 * math.pi / k for k in range(2, 60)] + any_number(100) + near(0, 1e12, 50) + hard
sets = {
    "logarithm": (mpmath.log, positive + near(1, 1, 150) + near(1, 0.3, 150) + near(1, 0.01, 100) + near(1, 1e-6, 50) + near(100, 5, 50) + near(1.4142135623730951, 0.04, 100)
                  + near(0.7071067811865476, 0.02, 60) + [abs(x) for x in near(0, 1e-307, 30)] + [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.9999999999999999, 1.0000000000000002]),
    "logarithmOfOnePlus": (mpmath.log1p, positive + near(0, 1, 150) + near(0, 0.3, 150) + near(0, 0.01, 100) + near(0, 1e-6, 50) + near(0, 1e-15, 30) + near(0.4142135623730951, 0.05, 60)
                           + near(-0.2928932188134524, 0.05, 60) + near(100, 99, 60) + near(1e16, 9e15, 30) + [2.0**k - 1 for k in range(-40, 54)] + [-0.9999999999999999, 5e-324, -5e-324]),
    "exponential": (mpmath.exp, near(0, 709, 150) + near(0, 2, 200) + near(0, 0.4, 150) + near(0, 0.01, 50) + near(0, 1e-8, 30) + near(-726, 19, 60) + near(709.5, 0.28, 40)
                    + [k * math.log(2) / 2 for k in range(-40, 41)] + [1.0, -1.0, 709.782712893384, -708.3964185322641, -745.1332191019411, 5e-324]),
    "exponentialLessOne": (mpmath.expm1, near(0, 709, 100) + near(0, 2, 200) + near(0, 0.4, 150) + near(0, 0.01, 50) + near(0, 1e-8, 30) + near(0, 1e-16, 30) + near(0, 60, 150)
                           + near(709.5, 0.28, 30) + [k * math.log(2) / 2 for k in range(-120, 121)] + [1.0, -1.0, 709.782712893384, 5e-324, -5e-324]),
    "sine": (mpmath.sin, angles),
    "cosine": (mpmath.cos, angles),
}


def row(function, x):
    value = function(mpmath.mpf(x))
    nearest = float(value)
    return [x, nearest, round(float((value - mpmath.mpf(nearest)) / mpmath.mpf(math.ulp(nearest))), 4)]


json.dump({
    "source": "mpmath at 1300 bits: points as [x, the nearest number to the value, the value less that in units of its last place]",
    "version": {"mpmath": mpmath.__version__},
    "command": "python oracles/elementary/make.py > oracles/elementary/expected.json",
    **{name: [row(function, x) for x in points if math.isfinite(x)] for name, (function, points) in sets.items()},
}, sys.stdout, separators=(",", ":"))
print()
