"""Portuguese words and their accents: the letters are given, the marks on them are to be found.

A word is a row of letters a to z, and each letter bears one of six marks, most often none:

    bare    a c a o           letters (4-16 of them)
    marks   - , ~ -           none, cedilla, tilde, none
    right   a ç ã o
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

LETTERS = "abcdefghijklmnopqrstuvwxyz"
MARKS = ("none", "acute", "circumflex", "tilde", "cedilla", "grave")
MARKED = {"a": "aáâã à", "e": "eéê", "i": "ií", "o": "oóôõ", "u": "uú", "c": "c   ç"}
WORDS, SHORTEST, LONGEST = 30_000, 4, 16
SPLIT = (0.72, 0.10)  # of the words, for training and validation; the rest is for the test
SPLIT_SEED = 0

_WRITTEN = {
    (letter, mark): form
    for letter, forms in MARKED.items()
    for mark, form in enumerate(forms)
    if form != " "
}
_BARE = {form: pair for pair, form in _WRITTEN.items()}
_BARE |= {letter: (letter, 0) for letter in LETTERS}


def possible() -> np.ndarray:
    """Which marks a letter can bear in Portuguese, (26, 6) of bool; "none" always."""
    table = np.zeros((len(LETTERS), len(MARKS)), dtype=bool)
    table[:, 0] = True
    for letter, mark in _WRITTEN:
        table[LETTERS.index(letter), mark] = True
    return table


def strip(word: str) -> str:
    """The word without its accents: "ação" gives "acao". ValueError for a letter that is not Portuguese."""
    return "".join(_pairs(word)[0])


def marks(word: str) -> list[int]:
    """The mark of each letter, as a position in MARKS: "ação" gives [0, 4, 3, 0]."""
    return list(_pairs(word)[1])


def restore(bare: str, chosen: Sequence[int]) -> str:
    """Put marks on bare letters; restore(strip(word), marks(word)) == word. ValueError for a mark that the
    letter cannot bear."""
    wrong = [(a, m) for a, m in zip(bare, chosen, strict=True) if m and (a, m) not in _WRITTEN]
    if wrong:
        letter, mark = wrong[0]
        raise ValueError(f"The letter {letter!r} was given the mark {mark}, which no Portuguese word has.")
    return "".join(_WRITTEN.get((a, m), a) for a, m in zip(bare, chosen, strict=True))


def is_word(word: str) -> bool:
    """Whether the word is written with letters that the networks know: a to z, and those with a mark."""
    return all(letter in _BARE for letter in word)


def _pairs(word):
    unknown = [letter for letter in word if letter not in _BARE]
    if unknown:
        raise ValueError(
            f"{word!r} has {unknown[0]!r}; expected the small letters a to z and {''.join(_BARE)[:13]}."
        )
    pairs = [_BARE[letter] for letter in word]
    return tuple(a for a, _ in pairs), tuple(m for _, m in pairs)


@dataclass(frozen=True)
class AccentedWords:
    """Words as they are written, most frequent first: tuples of str. No two have the same bare letters."""

    train: tuple[str, ...]
    validation: tuple[str, ...]
    test: tuple[str, ...]


def arrays(words: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """letters (n, T) from 1 to 26, 0 after the end; marks (n, T), −1 after the end; lengths (n,)."""
    lengths = np.array([len(word) for word in words])
    letters = np.zeros((len(words), int(lengths.max())), dtype=np.int64)
    chosen = np.full(letters.shape, -1, dtype=np.int64)
    for row, word in enumerate(words):
        bare, found = _pairs(word)
        letters[row, : len(word)] = [LETTERS.index(letter) + 1 for letter in bare]
        chosen[row, : len(word)] = found
    return letters, chosen, lengths


@cache
def accented_words() -> AccentedWords:
    """The 30 000 most frequent Portuguese words of 4 to 16 letters, in three parts: tuples of text. `arrays`
    makes letters (n, 16) and marks (n, 16) of them.

    Only words of the letters of Portuguese, without hyphens. Where two words have the same bare letters
    (*esta*, *está*) the more frequent one stands for both: no network that sees one word alone can tell
    them apart. Words that begin with the same four bare letters are in the same part, so that no inflection
    of a training word is in the test: 72, 10 and 18 % of the words, by a fixed draw of the beginnings.

    Source: pyspellchecker, resources/pt.json.gz (counts from OpenSubtitles). Licence: MIT. The counts are
    of everyday speech in Portugal and in Brazil (*prémio* next to *condições*), and hold foreign names too.

    Raises ModuleNotFoundError without the package, ValueError when its file is another one than was tested.
    """
    from lstm_lib.datasets import files

    path = files.find("pyspellchecker", "resources/pt.json.gz")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        counts = json.load(file)
    usual = [word for word in counts if SHORTEST <= len(word) <= LONGEST and is_word(word)]
    usual.sort(key=lambda word: (-counts[word], word))
    first: dict[str, str] = {}
    for word in usual:
        first.setdefault(strip(word), word)
        if len(first) == WORDS:
            break
    return _parted(first)


def _parted(words: dict[str, str]) -> AccentedWords:
    """Deal whole beginnings out until the training and then the validation part has its share."""
    beginnings = sorted({bare[:4] for bare in words})
    order = np.random.default_rng(SPLIT_SEED).permutation(len(beginnings))
    sizes: dict[str, int] = {}
    for bare in words:
        sizes[bare[:4]] = sizes.get(bare[:4], 0) + 1
    part_of, dealt = {}, 0
    for number in order:
        share = dealt / len(words)
        part_of[beginnings[number]] = 0 if share < SPLIT[0] else 1 if share < sum(SPLIT) else 2
        dealt += sizes[beginnings[number]]
    parts: tuple[list[str], ...] = ([], [], [])
    for bare, word in words.items():
        parts[part_of[bare[:4]]].append(word)
    return AccentedWords(*map(tuple, parts))
