"""Isotonic and logistic calibration, Brier scores and reliability of scikit-learn, as JSON: python make.py > expected.json, with requirements.txt installed
(Python 3.11).

Scores: x <- 48271 x mod 2147483647 (seed 1009), u = x / 2147483647; score = round(200 u) / 100 - 1, so that some are equal; label 1 where the next u is below
1 / (1 + exp(-(0.3 + 1.7 score))).
"""
import json
import math
import sys

import numpy
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss

x, scores, labels = 1009, [], []
for _ in range(400):
    x = 48271 * x % 2147483647
    score = math.floor(200 * (x / 2147483647) + 0.5) / 100 - 1
    x = 48271 * x % 2147483647
    scores.append(score)
    labels.append(1 if x / 2147483647 < 1 / (1 + math.exp(-(0.3 + 1.7 * score))) else 0)
train, test = slice(0, 250), slice(250, 400)
s, y = numpy.array(scores), numpy.array(labels)
isotonic = IsotonicRegression(out_of_bounds="clip", y_min=0, y_max=1).fit(s[train], y[train])
logistic = LogisticRegression(C=numpy.inf, tol=1e-14, max_iter=10000, solver="newton-cholesky").fit(s[train].reshape(-1, 1), y[train])
grid = [-2.0, -1.0, -0.505, -0.123, 0.0, 0.3333, 0.9, 1.0, 5.0]
out = {}
for name, predict in (("isotonic", isotonic.predict), ("logistic", lambda v: logistic.predict_proba(numpy.asarray(v).reshape(-1, 1))[:, 1])):
    p = predict(s[test])
    observed, predicted = calibration_curve(y[test], p, n_bins=5)
    out[name] = {"grid": [float(v) for v in predict(numpy.array(grid))], "test": [float(v) for v in p], "brier": float(brier_score_loss(y[test], p)),
                 "observed": observed.tolist(), "predicted": predicted.tolist()}
json.dump({
    "source": "scikit-learn",
    "version": {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__},
    "command": "python oracles/score/make.py > oracles/score/expected.json",
    "scores": scores, "labels": labels, "trained": 250, "grid": grid, "coefficients": [float(logistic.intercept_[0]), float(logistic.coef_[0, 0])], **out,
}, sys.stdout, separators=(",", ":"))
print()
