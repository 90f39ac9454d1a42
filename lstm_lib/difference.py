"""How far apart a network's two readings of a minimal pair are, word by word, and what that is called.

    d_t = ||h_t(a menina ...) - h_t(o menino ...)||       or, for one unit of an LSTM, |c_t[u] - c'_t[u]|

as `tasks.agreement.difference` measures them. Two readings that end in the same state give the same answer:
what is left of d at the end is all that the network can still know about its subject. Bengio, Simard and
Frasconi (1994) call a difference that is kept so latched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_lib.cells import LSTM

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
    """The word for a share of the start, as in `VERDICTS`. Raises ValueError for NaN and below 0."""
    if not share >= 0:
        raise ValueError(f"share is {share}, expected a share of the start, 0 or more.")
    return next(word for bound, word in VERDICTS if share >= bound)


def kept_unit(lm, pair) -> int:
    """The unit of an LSTM that keeps the largest difference: that whose smallest |c - c'| from the main noun
    on is the largest. pair: two agreement.Sentence. Raises TypeError for a network without a cell state."""
    if not isinstance(lm.network, LSTM):
        raise TypeError(f"{lm.name} is a {lm.network.kind}, expected an LSTM: only it has a cell state.")
    one, other = (lm.read(sentence.words).trace.cell for sentence in pair)
    return int(np.abs(one - other)[pair[0].subject_position :].min(axis=0).argmax())
