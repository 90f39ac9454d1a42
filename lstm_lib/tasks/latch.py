"""The latch: hold one bit while noise comes in on the same line.

    x_1 = 1 (class 1) or -1 (class 0), x_t Gaussian of mean 0 and variance 0.2 for every other t

The class is asked at the end, after T to T + T/10 steps. Source: Bengio, Simard & Frasconi (1994), as
experiment 3a with N = 1 of Hochreiter & Schmidhuber (1997), who say themselves that guessing weights at
random solves it faster than the LSTM does. An answer is right when the output is within 0.2 of 0 or 1;
outputs here are scores of the two classes, which softmax turns into probabilities.
"""

from __future__ import annotations

import numpy as np

from lstm_lib import arrays
from lstm_lib.tasks import episodes
from lstm_lib.tasks.episodes import Episodes

INPUTS, OUTPUTS = 1, 2
SHORTEST = 2
VARIANCE = 0.2
TOLERANCE = 0.2
LOSS = "cross_entropy"
LENGTHS = (20, 50, 100)  # T of the book's trials


def sequences(n: int, length: int, seed) -> Episodes:
    """`n` sequences of `length` = T to T + T/10 steps: inputs (n, T', 1), targets (n,) 0 or 1.

    seed: a whole number or a numpy generator. Raises ValueError for T below 2.
    """
    n, length = episodes.numbers("the latch", n, length, SHORTEST)
    rng = arrays.random_numbers(seed)
    lengths = episodes.lengths(rng, n, length)
    classes = rng.integers(0, 2, n)
    inputs = rng.normal(0, VARIANCE**0.5, (n, lengths.max()))
    inputs[:, 0] = 2 * classes - 1
    inputs *= np.arange(inputs.shape[1]) < lengths[:, None]
    return Episodes(inputs[..., None].astype(np.float32), lengths, classes)


def right(outputs, sequences: Episodes) -> np.ndarray:
    """Which scores (n, 2) are right: probability of the own class above 0.8. (n,) of bool."""
    found = episodes.softmax(episodes.outputs_of(outputs, sequences, OUTPUTS))
    return found[np.arange(len(found)), sequences.targets] > 1 - TOLERANCE


def error(outputs, sequences: Episodes) -> float:
    """The share of sequences whose more probable class is not theirs; 1/2 is guessing."""
    found = episodes.outputs_of(outputs, sequences, OUTPUTS).argmax(axis=1)
    return float(np.mean(found != sequences.targets))
