"""The words of the agreement task: nouns and names with their genders, adjectives, and which pairs may meet.

Everything is read from ``agreement.json``. About a fifth of the (subject, distractor) and of the (subject,
adjective) pairs, chosen by a checksum, never meet in training; test sentences are made of such pairs only.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HELD_OUT_ONE_IN = 5
# The first number for which the pairs of the seed sentence (menina or menino with joão, maria, cansada) are
# held out and every subject keeps two distractors of each gender and two adjectives for the test.
HELD_OUT_SALT = 105758


def word_list(words) -> list[str]:
    """The words as a list. Raises TypeError for a text, which has letters, and for what is no word."""
    if isinstance(words, str) or not isinstance(words, Iterable):
        raise TypeError(
            f"The words were {words!r}, expected a list of them; language_model.tokenize makes one of a text."
        )
    words = list(words)
    wrong = [word for word in words if not isinstance(word, str)]
    if wrong:
        raise TypeError(f"The list of words holds {wrong[0]!r}, expected words only.")
    return words


@dataclass(frozen=True)
class Noun:
    """A noun or a name that can be the subject: its word, its gender "f" or "m", and whether it is a name."""

    word: str
    gender: str
    is_name: bool = False

    @property
    def key(self) -> str:
        return f"{self.word}/{self.gender}"


@cache
def lexicon() -> dict:
    """The words of the task, as read from ``agreement.json``."""
    return json.loads(Path(__file__).with_name("agreement.json").read_text(encoding="utf-8"))


@cache
def subjects() -> tuple[Noun, ...]:
    """The 72 possible subjects. A noun of two genders (o/a jornalista) counts once for each."""
    words = lexicon()
    nouns = [Noun(entry["word"], gender) for entry in words["nouns"] for gender in entry["genders"]]
    names = [Noun(entry["word"], gender, True) for entry in words["names"] for gender in entry["genders"]]
    return tuple(nouns + names)


@cache
def couples() -> tuple[tuple[Noun, Noun], ...]:
    """Pairs of nouns (feminine, masculine) that differ in nothing but their gender: menina and menino."""
    return tuple((Noun(feminine, "f"), Noun(masculine, "m")) for feminine, masculine in lexicon()["couples"])


@cache
def adjectives() -> tuple[tuple[str, str], ...]:
    """Pairs (feminine form, masculine form)."""
    return tuple((feminine, masculine) for feminine, masculine in lexicon()["adjectives"])


@cache
def vocabulary() -> tuple[str, ...]:
    """Every word type, in a fixed order; the end mark comes first."""
    words = lexicon()
    found = [words["end"], words["that"], *words["articles"].values()]
    found += [entry["word"] for entry in words["nouns"] + words["names"]]
    for part in (
        "say",
        "copulas",
        "intensifiers",
        "connectives",
        "coordinators",
        "intransitive",
        "transitive",
        "prepositions",
        "adverbs",
    ):
        found += words[part]
    for phrase in words["phrases"]:
        found += phrase.split()
    for pair in adjectives():
        found += pair
    return tuple(dict.fromkeys(found))


@cache
def held_out(subject: Noun, other: str) -> bool:
    """Whether this pair is kept for testing. `other`: a distractor's key or an adjective's feminine form."""
    return zlib.crc32(f"{HELD_OUT_SALT} {subject.key} {other}".encode()) % HELD_OUT_ONE_IN == 0


@cache
def partners(
    subject: Noun, held: bool | None
) -> tuple[dict[str, tuple[Noun, ...]], tuple[tuple[str, str], ...]]:
    """The distractors (by gender) and the adjectives that may meet `subject`."""
    others = {
        gender: tuple(
            noun
            for noun in subjects()
            if noun.gender == gender
            and noun.word != subject.word
            and (held is None or held_out(subject, noun.key) == held)
        )
        for gender in "fm"
    }
    pairs = tuple(pair for pair in adjectives() if held is None or held_out(subject, pair[0]) == held)
    return others, pairs


@cache
def noun_words() -> frozenset[str]:
    """Every word that can be the subject."""
    return frozenset(noun.word for noun in subjects())
