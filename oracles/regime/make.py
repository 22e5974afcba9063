"""Correlations of numpy, correlations and volatility of pandas, hidden Markov models of hmmlearn and run lengths of bayesian-changepoint-detection, as JSON:
python make.py > expected.json, with requirements.txt installed (Python 3.11).

Series: x <- 48271 x mod 2147483647, u = x / 2147483647, z = twelve u summed in order, minus 6. B (seed 2024) is a GARCH(1,1) with AR(1) mean in percent;
`other` (seed 4711) shares 0.6 of B; `shifted` (seed 31) is normal with mean 0, 3, -1 and deviation 1, 1, 2.5 in stretches of 80, 60 and 60 rows.
"""
import json
import math
import sys

import hmmlearn
import numpy
import pandas
import scipy
from bayesian_changepoint_detection import online_changepoint_detection as online
from hmmlearn.hmm import GaussianHMM


def normals(seed):
    x = seed
    while True:
        total = 0.0
        for _ in range(12):
            x = 48271 * x % 2147483647
            total += x / 2147483647
        yield total - 6


def series_b(count):
    z, h, e, before, values = normals(2024), 1.0, 0.0, 0.0, []
    for t in range(count):
        h = 1.0 if t == 0 else 0.05 + 0.1 * e * e + 0.85 * h
        e = math.sqrt(h) * next(z)
        before = 0.02 + 0.15 * before + e
        values.append(before)
    return values


def numbers(values):
    return [None if math.isnan(v) else v for v in map(float, values)]


b = series_b(1000)
z = normals(4711)
other = [0.6 * v + 0.8 * next(z) for v in b]
first, second = pandas.Series(b[:300]), pandas.Series(other[:300])
correlation = {
    "rolling": [{"period": p, "pandas": numbers(first.rolling(p).corr(second)),
                 "expected": numbers([math.nan] * (p - 1) + [numpy.corrcoef(first[i - p + 1:i + 1], second[i - p + 1:i + 1])[0, 1] for i in range(p - 1, 300)])} for p in (3, 20, 100)],
    "exponential": [{"period": p, "expected": numbers(first.ewm(span=p, adjust=True, min_periods=p).corr(second))} for p in (3, 20, 60)],
    "lagged": [{"period": 50, "lag": lag, "expected": numbers(first.shift(lag).rolling(50).corr(second))} for lag in (0, 1, 3)]
    + [{"period": 50, "lag": -lag, "expected": numbers(first.rolling(50).corr(second.shift(lag)))} for lag in (1, 3)],
}
close = pandas.Series(b[:300]).cumsum()
volatility = close.diff().rolling(10).std()
regimes = {"period": 10, "lookback": 60, "volatility": numbers(volatility), "rank": numbers(volatility.rolling(60).rank(pct=True))}

values = numpy.array(b).reshape(-1, 1)
models = []
for start, transition, means, variances in (
    ([2 / 3, 1 / 3], [[0.95, 0.05], [0.1, 0.9]], [0.05, -0.1], [0.49, 2.25]),
    ([1 / 3, 1 / 3, 1 / 3], [[0.9, 0.05, 0.05], [0.05, 0.9, 0.05], [0.05, 0.05, 0.9]], [0.0, 0.1, -0.1], [0.3, 1.0, 3.0]),
):
    states = len(start)
    model = GaussianHMM(n_components=states, covariance_type="diag", init_params="", params="stmc", n_iter=20000, tol=1e-10, covars_prior=0.0, covars_weight=1.0,
                        min_covar=0.0)
    model.startprob_, model.transmat_ = numpy.array(start), numpy.array(transition)
    model.means_, model.covars_ = numpy.array(means).reshape(-1, 1), numpy.array(variances).reshape(-1, 1)
    before = float(model.score(values))
    # The last row of the posterior of a prefix is the filtered probability.
    filtered = [model.predict_proba(values[:t + 1])[-1].tolist() for t in range(0, 1000, 25)]
    smoothed = model.predict_proba(values)
    entry = {"states": states, "start": {"start": start, "transition": transition, "means": means, "variances": variances, "logLikelihood": before,
             "filteredEach25": filtered, "smoothedSum": smoothed.sum(axis=0).tolist()}}
    model.fit(values)
    entry["fitted"] = {"start": model.startprob_.tolist(), "transition": model.transmat_.tolist(), "means": model.means_.ravel().tolist(),
                       "variances": model.covars_.ravel().tolist(), "logLikelihood": float(model.score(values)), "iterations": model.monitor_.iter}
    models.append(entry)

z = normals(31)
shifted = [mean + deviation * next(z) for mean, deviation, count in ((0, 1, 80), (3, 1, 60), (-1, 2.5, 60)) for _ in range(count)]
runs = []
for hazard, alpha, beta, kappa, mu in ((100, 1.0, 1.0, 1.0, 0.0), (25, 0.1, 0.01, 1.0, 0.0)):
    probabilities, _ = online.online_changepoint_detection(numpy.array(shifted), lambda r, hazard=hazard: online.constant_hazard(hazard, r),
                                                           online.StudentT(alpha, beta, kappa, mu))
    later = probabilities[:, 1:]
    runs.append({"hazard": hazard, "alpha": alpha, "beta": beta, "kappa": kappa, "mu": mu, "likeliest": [int(v) for v in later.argmax(axis=0)],
                 "mean": [float(v) for v in (numpy.arange(len(shifted) + 1)[:, None] * later).sum(axis=0)],
                 "shorterThan10": [float(v) for v in later[:10].sum(axis=0)]})

json.dump({
    "source": "pandas, hmmlearn and bayesian-changepoint-detection (J. Kulick)",
    "version": {"numpy": numpy.__version__, "scipy": scipy.__version__, "pandas": pandas.__version__, "hmmlearn": hmmlearn.__version__, "bayesian-changepoint-detection": "0.2.dev1"},
    "command": "python oracles/regime/make.py > oracles/regime/expected.json",
    "inputs": {"b": b, "other": other[:300], "shifted": shifted},
    "correlation": correlation, "volatility": regimes, "hiddenMarkov": models, "runLengths": runs,
}, sys.stdout, separators=(",", ":"))
print()
