"""Temporal order: which of two symbols came first, long after both.

A sequence starts with E, ends with B and is filled with a, b, c, d at random, but for two places that hold X
or Y, one after a tenth of the sequence, one after half of it. The class to tell at the end is their order:

    X X -> 0 (Q)    X Y -> 1 (R)    Y X -> 2 (S)    Y Y -> 3 (U)

Source: Hochreiter & Schmidhuber (1997), experiment 6a, where T = 100: 100 to 110 symbols, the places 10 to 20
and 50 to 60. Other T keep these proportions. An answer is right when each of the four outputs is within 0.3
of its target; outputs here are scores, which softmax turns into probabilities.
"""

from __future__ import annotations

import numpy as np

from lstm_lib import arrays
from lstm_lib.tasks import episodes
from lstm_lib.tasks.episodes import Episodes

SYMBOLS = ("E", "B", "a", "b", "c", "d", "X", "Y")
CLASSES = ("XX", "XY", "YX", "YY")
INPUTS, OUTPUTS = len(SYMBOLS), len(CLASSES)
SHORTEST = 10
TOLERANCE = 0.3
LOSS = "cross_entropy"
LENGTHS = (50, 100)  # T of the book's trials


def sequences(n: int, length: int, seed) -> Episodes:
    """`n` sequences of `length` = T to T + T/10 symbols, one-hot: inputs (n, T', 8), targets (n,) classes.

    seed: a whole number or a numpy generator. Between the two symbols lie at least 3T/10 steps, between the
    second and the end at least 2T/5. Raises ValueError for T below 10.
    """
    n, length = episodes.numbers("the temporal order problem", n, length, SHORTEST)
    rng = arrays.random_numbers(seed)
    lengths = episodes.lengths(rng, n, length)
    steps, rows = np.arange(lengths.max()), np.arange(n)
    symbols = rng.integers(SYMBOLS.index("a"), SYMBOLS.index("d") + 1, (n, len(steps)))
    which = rng.integers(0, 2, (n, 2))
    for place, (earliest, latest) in enumerate(places(length)):
        symbols[rows, rng.integers(earliest, latest + 1, n)] = SYMBOLS.index("X") + which[:, place]
    symbols[:, 0] = SYMBOLS.index("E")
    symbols[rows, lengths - 1] = SYMBOLS.index("B")
    inputs = np.eye(INPUTS, dtype=np.float32)[symbols] * (steps < lengths[:, None])[..., None]
    return Episodes(inputs.astype(np.float32), lengths, 2 * which[:, 0] + which[:, 1])


def places(length: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the first and the second symbol may stand, (earliest, latest) each; E stands at 0."""
    return (length // 10, length // 5), (length // 2, length * 3 // 5)


def right(outputs, sequences: Episodes) -> np.ndarray:
    """Which scores (n, 4) are right: each probability within 0.3 of its target. (n,) of bool."""
    found = episodes.softmax(episodes.outputs_of(outputs, sequences, OUTPUTS))
    return np.abs(found - np.eye(OUTPUTS)[sequences.targets]).max(axis=1) < TOLERANCE


def error(outputs, sequences: Episodes) -> float:
    """The share of sequences whose most probable class is not theirs; 3/4 is guessing."""
    found = episodes.outputs_of(outputs, sequences, OUTPUTS).argmax(axis=1)
    return float(np.mean(found != sequences.targets))
