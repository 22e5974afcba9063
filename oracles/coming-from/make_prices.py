"""Writes prices.csv, 500 seeded daily bars in cents for the pages docs/coming-from: python make_prices.py (Python 3.11, no packages)."""
import os
import sys
from datetime import date, timedelta

here = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(here, "..", "metrics"))
from seeded_bars import bars

with open(os.path.join(here, "prices.csv"), "w", newline="") as file:
    file.write("date,open,high,low,close\n")
    for day, (opened, high, low, close) in enumerate(bars(20261121, 500)):
        cents = [round(100 * price) for price in (opened, high, low, close)]
        # Rounded apart from one another, a high could lie a cent below the open.
        cents[1], cents[2] = max(cents), min(cents)
        file.write(f"{date(2024, 1, 1) + timedelta(day)}," + ",".join(f"{price / 100:.2f}" for price in cents) + "\n")
