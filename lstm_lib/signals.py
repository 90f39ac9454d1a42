"""Sequences of numbers for a small network to read: ready-made ones, typed numbers, and words as numbers."""

import json
import re
from functools import cache
from pathlib import Path

from lstm_lib import arrays

_SPACES = re.compile(r"[\s;]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)")
LARGEST = 99.0  # a larger number is a slip of the keyboard: tanh is full long before


@cache
def _words():
    return json.loads(Path(__file__).with_name("signals.json").read_text(encoding="utf-8"))


def presets():
    """Names of the ready-made sequences."""
    return tuple(_words()["presets"])


def preset(name, steps):
    """A ready-made sequence, a list of `steps` numbers.

    "impulse": 1, then silence; "pulse": 1 for the first half, then silence; "rewrite": 1, silence, −1 in the
    middle, silence. Raises ValueError for another name or steps < 1.
    """
    arrays.one_of("name", name, presets())
    steps = arrays.whole_number("steps", steps, 1, None)
    values = [0.0] * steps
    half = max(1, steps // 2)
    values[: half if name == "pulse" else 1] = [1.0] * (half if name == "pulse" else 1)
    if name == "rewrite" and steps > 1:
        values[half] = -1.0
    return values


def signal(text):
    """What a reader typed, as a list of numbers.

    Numbers ("1 0,5 −1", "[1, 0.5, -1]"), number words of both languages ("um zero menos um", "one half"),
    or a sentence: then each word is a number, −1 for a feminine noun or name of `lstm_lib.tasks.agreement`,
    +1 for a masculine one, 0 for any other. A noun of two genders goes by the article before it, and is 0
    without one. A comma between two digits is a decimal one, unless the text is in brackets or there are
    several commas without a space. The TypeScript twin is core/signals.ts.

    Raises TypeError for anything but a text, ValueError for an empty one, for numbers mixed with words that
    are none, and for a number beyond ±99.
    """
    values, odd = _numbers(text)
    if odd is None:
        if not values:
            raise ValueError("The signal was empty; give numbers such as '1 0 −1', or words.")
        large = [value for value in values if abs(value) > LARGEST]
        if large:
            raise ValueError(f"The signal has {large[0]:g}; give numbers from −{LARGEST:g} to {LARGEST:g}.")
        return values
    if re.search(r"[0-9]", text):
        raise ValueError(f"The signal has numbers and also {odd!r}; give only numbers, or only words.")
    words = sentence_words(text)
    if not words:
        raise ValueError("The signal has neither numbers nor words; give numbers such as '1 0 −1', or words.")
    return words_as_numbers(words)


def sentence_words(text):
    """The words of a text that is a sentence and not a list of numbers, else an empty list."""
    from lstm_lib.language_model import tokenize

    odd = _numbers(text)[1]
    return [] if odd is None or re.search(r"[0-9]", text) else tokenize(text)


def words_as_numbers(words):
    """−1 for a feminine noun or name, +1 for a masculine one, 0 for every other word: a list of floats."""
    genders, articles = _genders(), _words()["articles"]
    values = []
    for k, word in enumerate(words):
        gender = genders.get(word, "")
        if len(gender) > 1:
            gender = articles.get(words[k - 1] if k else "", "")
        values.append({"f": -1.0, "m": 1.0}.get(gender, 0.0))
    return values


@cache
def _genders():
    from lstm_lib.tasks.agreement import lexicon

    return {entry["word"]: entry["genders"] for entry in lexicon()["nouns"] + lexicon()["names"]}


def _numbers(text):
    """(the numbers of a text, the first piece that is none or None)."""
    if not isinstance(text, str):
        raise TypeError(f"The signal was of type {type(text).__name__}, expected a text: numbers or words.")
    known = _words()
    text = text.strip().lower().replace("\u2212", "-").replace("\u2013", "-")
    if text[:1] in ("[", "("):
        text = text.strip("[]()").replace(",", " ")
    pieces = []
    for piece in _SPACES.split(text):
        piece = piece.rstrip(",.:!?")
        pieces += [part for part in (piece.split(",") if piece.count(",") > 1 else [piece]) if part]
    values, sign = [], None
    for piece in pieces:
        if sign is None and piece in (*known["minus"], *known["plus"]):
            sign = piece
            continue
        if _NUMBER.fullmatch(piece) and (sign is None or piece[0] not in "+-"):
            value = float(piece.replace(",", "."))
        elif piece in known["numbers"]:
            value = float(known["numbers"][piece])
        else:
            return values, piece
        values.append(-value if sign in known["minus"] else value)
        sign = None
    return values, sign
