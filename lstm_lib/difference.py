"""How far apart a network's two readings of a minimal pair are, word by word, and what that is called.

    d_t = ||h_t(a menina ...) - h_t(o menino ...)||       or, for one unit of an LSTM, |c_t[u] - c'_t[u]|

Two readings that end in the same state give the same answer: what is left of d at the end is what the network
can still know about its subject. Bengio, Simard and Frasconi (1994) ask for such a difference to be latched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

#: What a line's end is called, by the share of the value at the main noun that is left there. The first bound
#: that is reached counts. A line that is zero at the noun has no share: "none".
VERDICTS = ((2.0, "grows"), (0.5, "stays"), (0.02, "weakens"), (0.0, "fades"))


@dataclass(frozen=True, eq=False)
class Line:
    """The difference of one network: values (T,) after each word, none below zero.

    start: position of the main noun. unit: None for the hidden state; else the unit whose cell state it is.
    """

    name: str
    values: np.ndarray
    start: int
    unit: int | None = None

    @property
    def shares(self) -> np.ndarray | None:
        """The values as shares of that at the main noun (T,); None if that is zero."""
        first = self.values[self.start]
        return self.values / first if first > 0 else None

    @property
    def verdict(self) -> str:
        """What became of it by the last word: "grows", "stays", "weakens", "fades" or "none"."""
        return "none" if self.shares is None else verdict(self.shares[-1])


def verdict(share: float) -> str:
    """The word for a share of the start, as in `VERDICTS`."""
    return next(word for bound, word in VERDICTS if share >= bound)


def hidden_difference(one, other) -> np.ndarray:
    """||h_t - h'_t|| (T,) of two traces (T, H)."""
    return np.linalg.norm(one.hidden - other.hidden, axis=-1)


def cell_difference(one, other, unit: int) -> np.ndarray:
    """|c_t[u] - c'_t[u]| (T,) of two traces of an LSTM."""
    return np.abs(one.cell[:, unit] - other.cell[:, unit])


def kept_unit(one, other, start: int) -> int:
    """The unit of an LSTM that keeps the largest difference: that whose smallest |c - c'| from `start` on is
    the largest."""
    return int(np.abs(one.cell - other.cell)[start:].min(axis=0).argmax())
