"""The adding problem: remember two numbers, marked long ago, and add them.

Every step brings a pair, a number in [-1, 1] and a marker. Two pairs are marked with a 1: one of the first
ten, and one of the first T/2 - 1. The first and the last marker are -1, the others 0. At the end

    target = 0.5 + (X1 + X2) / 4

is asked, X1 and X2 the marked numbers. If the draw falls on the first pair, whose marker is -1 anyway, its X
counts as 0: the target is always the sum of what is marked with a 1.

Source: Hochreiter & Schmidhuber (1997), experiment 4. There an answer is right when its error is below 0.04.
Always answering 0.5 has a mean squared error of about 1/24 and is right in some 15 % of the sequences.
"""

from __future__ import annotations

import numpy as np

from lstm_lib import arrays
from lstm_lib.tasks import episodes
from lstm_lib.tasks.episodes import Episodes

INPUTS, OUTPUTS = 2, 1
SHORTEST = 22  # from here on the first ten pairs are among the first T/2 - 1
TOLERANCE = 0.04
LOSS = "mse"
LENGTHS = (100, 200, 400)  # T of the book's trials


def sequences(n: int, length: int, seed) -> Episodes:
    """`n` sequences of `length` = T to T + T/10 steps: inputs (n, T', 2), targets (n, 1).

    seed: a whole number or a numpy generator. The last marked number lies at least T/2 steps before the end.
    Raises ValueError for T below 22.
    """
    n, length = episodes.numbers("the adding problem", n, length, SHORTEST)
    rng = arrays.random_numbers(seed)
    lengths = episodes.lengths(rng, n, length)
    steps, rows = np.arange(lengths.max()), np.arange(n)
    values = rng.uniform(-1, 1, (n, len(steps)))
    first = rng.integers(0, 10, n)
    second = rng.integers(0, length // 2 - 2, n)
    second += second >= first  # one that is still unmarked
    markers = np.zeros_like(values)
    markers[rows, first] = markers[rows, second] = 1.0
    markers[:, 0] = markers[rows, lengths - 1] = -1.0
    targets = 0.5 + np.where(markers == 1, values, 0).sum(axis=1, keepdims=True) / 4
    inputs = np.stack([values, markers], axis=-1) * (steps < lengths[:, None])[..., None]
    return Episodes(inputs.astype(np.float32), lengths, targets)


def right(outputs, sequences: Episodes) -> np.ndarray:
    """Which answers (n, 1) are right: error below 0.04. (n,) of bool."""
    return np.abs(episodes.outputs_of(outputs, sequences, OUTPUTS) - sequences.targets)[:, 0] < TOLERANCE


def error(outputs, sequences: Episodes) -> float:
    """The mean squared error; 1/24 is that of always answering 0.5."""
    return float(np.mean((episodes.outputs_of(outputs, sequences, OUTPUTS) - sequences.targets) ** 2))
