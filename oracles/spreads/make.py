"""Slopes and shares of variance by scipy, as JSON: python make.py > expected.json, with requirements.txt installed (Python 3.11).

Inputs are exact in any language: seed 20261121 of the multiplicative congruential generator x = 48271 x mod 2147483647; prices in hundredths, volumes whole.
"""
import json

import scipy
from scipy.stats import linregress


def main():
    x = 20261121

    def draw(below):
        nonlocal x
        x = 48271 * x % 2147483647
        return x % below

    price, cents, buy, sell = [], 10000, [], []
    for _ in range(160):
        bought, sold = draw(60), draw(60)
        cents += (bought - sold) // 3 + draw(21) - 10
        price.append(cents / 100)
        buy.append(bought)
        sell.append(sold)
    windows = {}
    for window in (2, 5, 20, 50):
        rows = []
        for row in range(window, len(price)):
            signed = [buy[k] - sell[k] for k in range(row - window + 1, row + 1)]
            moves = [price[k] - price[k - 1] for k in range(row - window + 1, row + 1)]
            if len(set(signed)) < 2 or len(set(moves)) < 2:
                rows.append([None, None])
                continue
            line = linregress(signed, moves)
            rows.append([float(line.slope), float(line.rvalue) ** 2])
        windows[window] = rows
    print(json.dumps({"versions": {"scipy": scipy.__version__}, "price": price, "buyVolume": buy, "sellVolume": sell, "windows": windows}))


main()
