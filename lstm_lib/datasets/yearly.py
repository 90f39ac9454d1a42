"""Sunspots: one number a year since 1700."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import numpy as np

from lstm_lib import arrays
from lstm_lib.datasets import files

VARIANCE = 1535.0  # by which Weigend, Huberman & Rumelhart (1990) divide the squared error
PAST = 24  # years that a network reads
PARTS = {"train": (1724, 1890), "validation": (1891, 1920), "1921-1955": (1921, 1955),
         "1956-1979": (1956, 1979), "1980-2008": (1980, 2008)}  # fmt: skip


@dataclass(frozen=True)
class Sunspots:
    """years (n,) and spots (n,), the mean sunspot number of each."""

    years: np.ndarray
    spots: np.ndarray

    def part(self, name: str) -> np.ndarray:
        """The numbers of the years of a part: a key of PARTS."""
        first, last = PARTS[arrays.one_of("part", name, tuple(PARTS))]
        return np.flatnonzero((self.years >= first) & (self.years <= last))

    def windows(self, of: np.ndarray, past: int = PAST) -> np.ndarray:
        """The spots of the `past` years before each year of `of`: (n, past). ValueError for years that do not
        have so many before them."""
        past = arrays.whole_number("past", past, 1, None)
        if len(of) and min(of) < past:
            raise ValueError(
                f"{self.years[min(of)]} has no {past} years before it in the series: past may be {min(of)}."
            )
        return self.spots[of[:, None] + np.arange(-past, 0)]


def sunspots() -> Sunspots:
    """309 years, 1700 to 2008: spots (309,).

    Source: the yearly sunspot numbers that statsmodels ships. Licence: public domain. Raises
    ModuleNotFoundError without the package statsmodels, ValueError when its file is another one than was
    tested.
    """
    path = files.find("statsmodels", "datasets/sunspots/sunspots.csv")
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    numbers = np.array([[float(cell) for cell in row] for row in rows])
    return Sunspots(numbers[:, 0].astype(int), numbers[:, 1])
