"""What every classic task hands over: sequences padded to the longest, what is asked of each, its length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_lib import arrays


@dataclass(frozen=True)
class Episodes:
    """n sequences of a task.

    inputs (n, T, I) float32, zero after a sequence's end. lengths (n,): how many steps each one has.
    targets: (n, 1) numbers or (n,) classes, asked after the last step; (n, T) symbols, asked after every
    step, -1 after the end. legal (n, T, S) of bool, for a grammar: which symbols may come next.
    """

    inputs: np.ndarray
    lengths: np.ndarray
    targets: np.ndarray
    legal: np.ndarray | None = None

    def __len__(self):
        return len(self.lengths)


def numbers(name: str, n: int, length: int, shortest: int) -> tuple[int, int]:
    """Check how many sequences are asked for, and how long; `name` is the task's, for the message."""
    n = arrays.whole_number("n", n, 1, None)
    arrays.whole_number("length", length, 1, None)
    if length < shortest:
        raise ValueError(
            f"length is {length}, but {name} needs at least {shortest} steps to have its places in order."
        )
    return n, int(length)


def lengths(rng: np.random.Generator, n: int, shortest: int) -> np.ndarray:
    """Lengths (n,) from T to T + T/10, equally likely, as in experiments 3, 4 and 6 of 1997."""
    return rng.integers(shortest, shortest + shortest // 10 + 1, n)


def outputs_of(outputs, episodes: Episodes, width: int) -> np.ndarray:
    """Check a network's outputs: (n, width), or (n, T, width) where every step is asked."""
    expected = (len(episodes), width)
    if episodes.legal is not None:
        expected = episodes.legal.shape
    outputs = arrays.real_array("outputs", outputs)
    if outputs.shape != expected:
        raise ValueError(f"outputs has shape {outputs.shape}, expected {expected} for these sequences.")
    return outputs


def softmax(scores: np.ndarray) -> np.ndarray:
    """Scores (..., K) as probabilities over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
