"""The static picture of the accents: a word as two networks write it, the thread over what each had seen at
the chosen letter, and how sure it is of each mark."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from lstm_lib import accents as networks
from lstm_lib.datasets.accents import LETTERS, marks, possible, strip
from lstm_lib.figures.drawing import Drawing, Rect, Run
from lstm_lib.figures.figure import Figure
from lstm_lib.locale import check_language, percent, text

EXAMPLES = Path(__file__).parents[1] / "results" / "examples" / "accents.json"
WIDEST, TALL, NAMES = 92, 30, 340  # px: a letter's column, a full bar, a name and its verdict


def accents(word="estacao", letter=-1, lang="pt"):
    """A Figure of what the shipped networks make of a word, and of one letter of it.

    word: one Portuguese word, with or without accents; letter: from 0, -1 for the one on which the networks
    differ most. A bar is the probability of the chosen mark. Raises ValueError for what is no word.
    """
    check_language(lang)
    readings = {name: networks.load(name).read(word) for name in networks.NAMES}
    bare = next(iter(readings.values())).bare
    wanted = right_form(word)
    letter = letter if 0 <= letter < len(bare) else differ(readings)
    told = [
        text("accents.drawing_row", lang, name=text(f"accents.name.{name}", lang), word=reading.word,
             verdict=text(verdict(reading, wanted), lang))
        for name, reading in readings.items()
    ]  # fmt: skip
    description = text("accents.drawing", lang, bare=bare, list=" ".join(told))
    wide, narrow = (
        _draw(readings, wanted, letter, lang, description, width) for width in (912, 358)
    )
    return Figure([wide], narrow=narrow, name="lstm-accents")


def right_form(word):
    """What a word should be: as it was written if it has accents, else as the list of test words has it; None
    if neither says it."""
    small = word.strip().lower()
    return small if strip(small) != small else _listed().get(small)


@cache
def _listed():
    stored = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return {row["bare"]: row["right"] for row in stored["words"]}


def verdict(reading, wanted):
    """The key of the words for right, wrong or unknown."""
    said = "unknown" if wanted is None else "right" if reading.word == wanted else "wrong"
    return f"accents.verdict.{said}"


def differ(readings):
    """The letter on which the two networks' probabilities lie furthest apart; of equals the first that can
    bear a mark."""
    first, second = readings.values()
    gaps = np.abs(first.probabilities - second.probabilities).sum(axis=1) / 2
    able = possible()[:, 1:].any(axis=1)[[LETTERS.index(letter) for letter in first.bare]]
    return int(np.argmax(gaps + 1e-9 * able))


def write_share(share, lang):
    """A share that never says 0 or 100 when it is neither."""
    if 0.995 <= share < 1:
        return text("accents.more_than.short", lang, share=percent(0.99, lang))
    if 0 < share < 0.005:
        return text("accents.less_than.short", lang, share=percent(0.01, lang))
    return percent(share, lang)


def _draw(readings, wanted, letter, lang, description, width):
    bare = next(iter(readings.values())).bare
    small = width < 560
    pad = 4 if small else 6
    column = min(WIDEST, (width - 2 * pad) / len(bare))
    size = min(34 if small else 52, max(17, column * 1.15))
    base = 50 + size * 0.86
    row = base + size * 0.34 + TALL + 18 + (26 if small else 30)
    drawing = Drawing(width, 0, text("accents.title", lang), description)
    drawing.text(0, 16, text("accents.title", lang), 17, bold=True)
    top = 40
    here = pad + (letter + 0.5) * column
    tall = len(readings) * row - 14 - 27
    drawing.add(Rect(here - column / 2, top + 27, column, tall, "accent-wash", radius=3))
    for k, (name, reading) in enumerate(readings.items()):
        _row(drawing, name, reading, wanted, letter, lang, top + k * row, pad, column, size, base)
    drawing.height = top + len(readings) * row
    return drawing


def _row(drawing, name, reading, wanted, letter, lang, top, pad, column, size, base):
    bare, count, said = reading.bare, len(reading.bare), verdict(reading, wanted)
    drawing.text(0, top + 17, text(f"accents.name.{name}", lang), 15, bold=True)
    sign, colour = {"accents.verdict.right": ("✓ ", "ok"), "accents.verdict.wrong": ("✗ ", "no")}.get(
        said, ("", "ink-2")
    )
    shown = [Run(sign + text(f"{said}.short", lang), colour=colour, bold=bool(sign))]
    end = min(drawing.width, max(NAMES, 2 * pad + count * column))
    drawing.text(end, top + 17, shown, 15, "end", colour)
    at = [pad + (k + 0.5) * column for k in range(count)]
    _thread(drawing, at[0] - column / 2 + 3, at[letter] - 1, top + 36)
    both = name == "bilstm"
    if both and letter < count - 1:
        _thread(drawing, at[-1] + column / 2 - 3, at[letter] + 1, top + 36)
    expected = marks(wanted) if wanted else None
    bar = top + base + size * 0.34
    for k, form in enumerate(reading.word):
        wrong = expected is not None and reading.chosen[k] != expected[k]
        found = expected is not None and not wrong and form != bare[k]
        unseen = not both and k > letter
        colour = "no" if wrong else "ok" if found else "ink-3" if unseen else "ink"
        drawing.text(at[k], top + base, [Run(form, "serif", colour, bold=wrong or found)], size, "middle")
        if not possible()[LETTERS.index(bare[k]), 1:].any():
            continue
        share = float(reading.probabilities[k, reading.chosen[k]])
        drawing.add(Rect(at[k] - 5, bar, 10, TALL, "paper-3"))
        level = "no" if wrong else "ink-2"
        drawing.add(Rect(at[k] - 5, bar + TALL * (1 - share), 10, TALL * share, level))
        if wrong:
            for way in (1, -1):
                ends = [(at[k] - 4 * way, bar + TALL - 14), (at[k] + 4 * way, bar + TALL - 6)]
                drawing.line(ends, "paper", 2)
        if column >= 46 or k == letter:
            shown = Run(write_share(share, lang), bold=k == letter)
            drawing.text(at[k], bar + TALL + 18, [shown], 13, "middle", "ink" if k == letter else "ink-2")


def _thread(drawing, start, end, y):
    """A thread from where the reading begins to the letter, with a head that says in which direction."""
    way = 1 if end > start else -1
    drawing.line([(start, y), (end, y)], "ink", 3)
    drawing.line([(end - 6 * way, y - 5), (end, y), (end - 6 * way, y + 5)], "ink", 2.25, cap="round")
