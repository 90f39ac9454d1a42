"""Examples in three parts, and how they are dealt out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Part:
    """n examples: inputs (n, T, I), classes (n,), lengths (n,) or None if all have T steps."""

    inputs: np.ndarray
    classes: np.ndarray
    lengths: np.ndarray | None = None

    def __len__(self):
        return len(self.classes)


@dataclass(frozen=True)
class Parts:
    """Training, validation and test part."""

    train: Part
    validation: Part
    test: Part


def deal(inputs, classes, sizes: tuple[int, int, int], seed: int, lengths=None) -> Parts:
    """Deal the examples out by a draw of the seed, with every class in the same share in each part."""
    rng = np.random.default_rng(seed)
    chosen = [[], [], []]
    total = sum(sizes)
    for value in np.unique(classes):
        members = rng.permutation(np.flatnonzero(classes == value))
        ends = np.round(np.cumsum(sizes) * len(members) / total).astype(int)
        for part, rows in zip(chosen, np.split(members, ends[:-1]), strict=True):
            part.append(rows)
    parts = []
    for rows in chosen:
        rows = np.sort(np.concatenate(rows))
        parts.append(Part(inputs[rows], classes[rows], None if lengths is None else lengths[rows]))
    return Parts(*parts)
