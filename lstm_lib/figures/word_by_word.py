"""What a figure shows word by word (or step by step): the words with their shares, the curve of a unit."""

import numpy as np

from lstm_lib.figures.drawing import Circle, Rect, Run
from lstm_lib.figures.layout import rows
from lstm_lib.figures.raster import text_width
from lstm_lib.locale import number, percent, text

MOST_WORDS = 40  # more columns than this in the strip of words can't be read


def strip(drawing, words, step, lang, share=None):
    """The words in rows, each with its share under it, if there are shares; returns the y below."""
    if len(words) > MOST_WORDS:
        shown = f"{words[step]} ({step + 1}/{len(words)})"
        drawing.text(0, 20, shown, 19, face="serif", bold=True)
        return 50
    size, gap = 19.0, 8.0
    least = 20 if share is not None else 0  # room for the number under a short word
    widths = [max(text_width(word, size, "serif"), least) for word in words]
    y = 0.0
    for row in rows([width + gap for width in widths], drawing.width):
        spare = min((drawing.width - sum(widths[t] for t in row)) / len(row), 60)
        x = 0.0
        for t in row:
            column = widths[t] + spare
            _word(drawing, words[t], x + column / 2, y, widths[t], size, t - step)
            if share is not None:
                _bar(drawing, x + column / 2, y + 40, share[t], t == step, column - 6)
                written, colour = _short(share[t], t == step, lang), "ink" if t == step else "ink-3"
                drawing.text(x + column / 2, y + 94, written, 13, "middle", colour, bold=t == step)
            x += column
        y += 44 if share is None else 110
    if share is None:
        return y + 16
    drawing.text(0, y + 14, text("figures.gates-share", lang), 14, colour="ink-2")
    return y + 42


def _word(drawing, word, x, y, width, size, when):
    """A word of the strip; `when` is 0 for the current one, above 0 for those not read yet."""
    if when == 0:
        drawing.add(Rect(x - width / 2 - 4, y + 2, width + 8, 28, "accent-wash", radius=3))
        drawing.add(Rect(x - width / 2 - 4, y + 29, width + 8, 2, "accent"))
    colour = "ink" if when == 0 else "ink-3" if when > 0 else "ink-2"
    drawing.text(x, y + 22, word, size, "middle", colour, face="serif")


def _bar(drawing, x, y, share, current, reach, height=38.0):
    """The share as a bar that leaves the half-way line upwards (feminine) or downwards (masculine)."""
    half = y + height / 2
    end = y + height * (1 - share)
    drawing.add(
        Rect(x - 5, y, 10, height, "paper-3"),
        Rect(x - 5, min(half, end), 10, abs(half - end), "accent" if current else "ink-2"),
    )
    drawing.line([(x - reach / 2, half), (x + reach / 2, half)], "rule-2")


def _short(share, current, lang):
    """A share in little room: decimals only near 0 and 100, the per-cent sign only once."""
    digits = 1 if (share > 0.985 or share < 0.015) and 0.0005 < share < 0.9995 else 0
    return percent(share, lang, digits) if current else number(100 * share, lang, digits)


def curve(
    drawing, values, words, step, lang, x, y, heading, width=260, height=196, least=1.0, told=None
):
    """What one unit's cell has, values (T,), word by word, on an axis with its zero that reaches ±least or
    more.

    heading: the two lines above it. The number at `step` is written beside its point; told: how, in runs.
    """
    values = np.asarray(values)
    limit = round_up(np.abs(values).max(), least) or 1.0  # nothing but zeros
    for line, (content, size, bold) in enumerate(zip(heading, (16, 14), (True, False), strict=True)):
        colour = "ink-2" if line else "ink"
        if isinstance(content, str):
            drawing.text(x, y + 22 * line, content, size, colour=colour, bold=bold)
        else:
            drawing.text(x, y + 22 * line, content, size, colour=colour)
    marks = (-limit, -limit / 2, 0.0, limit / 2, limit)
    written = [number(mark, lang, _digits(mark, limit), sign=True) for mark in marks]
    room = 34 if limit >= 1 else 12 + max(text_width(one, 13) for one in written)
    left, top, right = x + room, y + 44, x + width
    bottom = top + height

    def at(t, value):
        across = (right - left - 12) / max(len(values) - 1, 1)
        return left + 6 + across * t, top + height / 2 * (1 - value / limit)

    for mark, label in zip(marks, written, strict=True):
        level = at(0, mark)[1]
        drawing.line([(left, level), (right, level)], "rule-2" if mark == 0 else "rule")
        drawing.text(left - 8, level + 4.5, label, 13, "end", "ink-3")
    here = at(step, values[step])
    drawing.line([(here[0], top), (here[0], bottom)], "accent", 2)
    drawing.line(
        [at(t, value) for t, value in enumerate(values)] if len(values) > 1 else [here, here], "q-c", 2.25
    )
    drawing.add(Circle(*here, 4.5, "paper", "q-c", 2.25))
    left_of_it = here[0] > left + 60
    drawing.text(
        here[0] + (-9 if left_of_it else 9),
        here[1] + (-12 if here[1] > top + 20 else 22),
        told or [Run(number(values[step], lang, sign=True), bold=True)],
        14,
        "end" if left_of_it else "start",
        "q-c",
        halo=True,
    )
    drawing.text(left, bottom + 20, words[0], 14, colour="ink-2", face="serif")
    drawing.text(right, bottom + 20, words[-1], 14, "end", "ink-2", face="serif")


def _digits(mark, limit):
    """Decimals of a mark on an axis to ±limit: from 1 on as on the page, below that all marks alike."""
    if limit < 1:
        return decimals(limit / 2)
    return 0 if mark == int(mark) else 2 if limit / 2 != round(limit / 2, 1) else 1


def decimals(value):
    """How many decimals write the end of an axis, at most 12."""
    return next((n for n in range(12) if abs(round(value, n) - value) < 1e-6 * value), 12)


def round_up(value, least=1.0):
    """The next of 1, 1.2, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten, at least `least`: an axis end, the same
    as on the page."""
    if not value > least:
        return least
    power = 10.0 ** np.floor(np.log10(value))
    steps = (1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10)
    return float(next(step * power for step in steps if value <= step * power * (1 + 1e-12)))
