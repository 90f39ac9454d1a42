"""Ten years of a river: what the weather was, and how much water came.

Weather goes in, the flow of the river is asked: how many of the last days must a model know? The first year
is only past, so that every day that is asked about ends 365 known days.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from lstm_lib import arrays
from lstm_lib.datasets import files

INPUTS = ("tmax", "tmin", "rain")
LONGEST = 365  # days of past that a model may look at
PARTS = {"train": (1979, 1984), "validation": (1985, 1985), "test": (1986, 1988)}  # years, both ends in


@dataclass(frozen=True)
class River:
    """days (n,); for each the weather (n, 3): highest and lowest temperature in °C, rain in mm; flow (n,) in
    m³/s."""

    days: tuple[date, ...]
    weather: np.ndarray
    flow: np.ndarray

    def part(self, name: str) -> np.ndarray:
        """Which days belong to "train" (from the 365th on: 31 December 1979 to 1984), "validation" (1985) or
        "test" (1986 to 1988): their numbers."""
        first, last = PARTS[arrays.one_of("part", name, tuple(PARTS))]
        inside = [first <= day.year <= last and k >= LONGEST - 1 for k, day in enumerate(self.days)]
        return np.flatnonzero(inside)

    def windows(self, of: np.ndarray, past: int) -> np.ndarray:
        """The weather of the `past` days that end with each day of `of`, that day included: (n, past, 3).
        ValueError for more than 365 days, and for days that do not have so many before them."""
        past = arrays.whole_number("past", past, 1, LONGEST + 1)
        if len(of) and min(of) < past - 1:
            raise ValueError(f"Day {min(of)} has no {past} days that end with it: past may be {min(of) + 1}.")
        return self.weather[of[:, None] + np.arange(1 - past, 1)]


def river() -> River:
    """The Fulda in Germany: 3653 days without a gap, 1 January 1979 to 31 December 1988.

    weather (3653, 3) in °C, °C and mm, flow (3653,) in m³/s. Source: an example file of SPOTPY. Licence: MIT
    of the package; the file has no statement of its own. Raises ModuleNotFoundError without the package
    spotpy, ValueError when its file is another one than was tested.
    """
    path = files.find("spotpy", "examples/cmf_data/fulda_climate.csv")
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[2:]  # names, units
    days = tuple(datetime.strptime(row[0], "%d.%m.%Y").date() for row in rows)
    numbers = np.array([[float(cell) for cell in row[1:]] for row in rows])
    return River(days, numbers[:, [0, 1, 3]], numbers[:, 4])
