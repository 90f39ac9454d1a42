"""The static picture of "gates of a trained network": words, share, cell, curve of a unit, six maps, from
one trace."""

import numpy as np

from lstm_lib import arrays
from lstm_lib.figures.cell import aperture, draw_cell, values_at
from lstm_lib.figures.drawing import Cells, Circle, Drawing, Rect, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import rows
from lstm_lib.figures.raster import text_width
from lstm_lib.figures.style import QUANTITIES
from lstm_lib.locale import check_language, number, percent, text

WIDTH = 912
MOST_WORDS = 40  # more columns than this in the strip of words can't be read


def gates(run, step=0, unit=0, lang="pt"):
    """A Figure of an LSTM's run: `run` is a Reading of a language model, or the trace of one sequence.

    step, unit: what is marked. Everything in it is read off the trace. Raises TypeError if the run is not
    an LSTM's, ValueError for a step or unit that it does not have.
    """
    check_language(lang)
    trace = getattr(run, "trace", run)
    if not hasattr(trace, "forget_gate"):
        raise TypeError(f"A {type(run).__name__} was given, expected the Reading or the trace of an LSTM.")
    steps, units = np.shape(trace.cell)[0], np.shape(trace.cell)[-1]
    step = arrays.whole_number("step", step, 0, steps)
    unit = arrays.whole_number("unit", unit, 0, units)
    words = getattr(run, "words", None) or [str(t) for t in range(steps)]
    share = getattr(run, "share_feminine", None)
    values = values_at(trace, step, unit)

    title = text("gates.title.numbers" if share is None else "gates.title", lang)
    drawing = Drawing(WIDTH, 0, title, _description(words, share, values, step, unit, lang))
    y = _strip(drawing, words, share, step, lang)
    draw_cell(drawing, 4, lang, values | {"input": words[step]}, layout="wide", y=y, live=True)
    _legend(drawing, 214, y + 411, lang)
    _curve(drawing, trace, words, step, unit, lang, x=652, y=y + 18)
    drawing.height = _maps(drawing, trace, step, unit, lang, y + 454)
    return Figure([drawing], name="lstm-gates")


def _description(words, share, values, step, unit, lang):
    written = {
        name: number(value, lang, sign=name not in QUANTITIES or not QUANTITIES[name][3])
        for name, value in values.items()
    }
    what = text("figures.gates-alt", lang, word=words[step], step=step, unit=unit, **written)
    if share is None:
        return what
    return f"{what} {text('figures.gates-alt-share', lang, share=percent(share[step], lang))}"


def _strip(drawing, words, share, step, lang):
    """The words in rows, each with its share under it; returns the y below."""
    if len(words) > MOST_WORDS:
        shown = f"{words[step]} ({step + 1}/{len(words)})"
        drawing.text(0, 20, shown, 19, face="serif", bold=True)
        return 50
    size, gap = 19.0, 8.0
    least = 20 if share is not None else 0  # room for the number under a short word
    widths = [max(text_width(word, size, "serif"), least) for word in words]
    y = 0.0
    for row in rows([width + gap for width in widths], WIDTH):
        spare = min((WIDTH - sum(widths[t] for t in row)) / len(row), 60)
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


def _curve(drawing, trace, words, step, unit, lang, x, y, width=260, height=196):
    """The cell state of one unit, word by word, on an axis that has its zero."""
    cell = np.asarray(trace.cell)[:, unit]
    limit = _round_up(np.abs(cell).max())
    drawing.text(x, y, text("figures.gates-unit", lang, unit=unit), 16, bold=True)
    # The symbol stands in the middle of the sentence, in its own style.
    before, after = text("figures.gates-curve", lang).split("$c$")
    drawing.text(x, y + 22, [Run(before), *symbol("c", colour="q-c"), Run(after)], 14, colour="ink-2")
    left, top, right = x + 34, y + 44, x + width
    bottom = top + height

    def at(t, value):
        across = (right - left - 12) / max(len(cell) - 1, 1)
        return left + 6 + across * t, top + height / 2 * (1 - value / limit)

    for mark in (-limit, -limit / 2, 0.0, limit / 2, limit):
        level = at(0, mark)[1]
        drawing.line([(left, level), (right, level)], "rule-2" if mark == 0 else "rule")
        digits = 0 if mark == int(mark) else 2 if limit / 2 != round(limit / 2, 1) else 1
        drawing.text(left - 8, level + 4.5, number(mark, lang, digits, sign=True), 13, "end", "ink-3")
    here = at(step, cell[step])
    drawing.line([(here[0], top), (here[0], bottom)], "accent", 2)
    drawing.line(
        [at(t, value) for t, value in enumerate(cell)] if len(cell) > 1 else [here, here], "q-c", 2.25
    )
    drawing.add(Circle(*here, 4.5, "paper", "q-c", 2.25))
    left_of_it = here[0] > left + 60
    drawing.text(
        here[0] + (-9 if left_of_it else 9),
        here[1] + (-12 if here[1] > top + 20 else 22),
        number(cell[step], lang, sign=True),
        14,
        "end" if left_of_it else "start",
        "q-c",
        halo=True,
        bold=True,
    )
    drawing.text(left, bottom + 20, words[0], 14, colour="ink-2", face="serif")
    drawing.text(right, bottom + 20, words[-1], 14, "end", "ink-2", face="serif")


def _maps(drawing, trace, step, unit, lang, y):
    """Six maps with the same rows (units) and columns (steps); returns the y below."""
    steps, units = np.shape(trace.cell)
    gutter, gap, height = 30, 14, 208.0
    width = (WIDTH - gutter - 5 * gap) / 6
    limit = _round_up(np.abs(trace.cell).max())
    top = y + 16
    row = top + height * unit / units, height / units
    for k, (name, (letter, colour, dash, gate)) in enumerate(QUANTITIES.items()):
        x = gutter + k * (width + gap)
        values = np.asarray(getattr(trace, name)).T
        drawing.text(x, y, [*symbol(letter, colour=colour), Run("\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"),
                            Run(text(f"figures.short-{name}", lang))], 15, colour="ink-2")  # fmt: skip
        drawing.line(
            [(x + width - 24, y - 5), (x + width, y - 5)], colour, 5 if name == "cell" else 1.75, dash
        )
        if gate:
            drawing.add(Cells(x, top, width, height, values, colour))
        else:
            scaled = values / (limit if name == "cell" else 1.0)
            drawing.add(Cells(x, top, width, height, scaled, "div-pos", "div-neg", "div-mid"))
        _scale(drawing, x, top + height + 10, width, gate, colour, limit if name == "cell" else 1.0, lang)
        column = width / steps
        drawing.add(
            Rect(x + step * column, top - 3, column, height + 6, stroke="ink", stroke_width=1.5, radius=2)
        )
    for level in (row[0], row[0] + row[1]):
        drawing.line([(gutter - 4, level), (WIDTH, level)], "ink", 1)
    drawing.text(0, row[0] + row[1] / 2 + 4.5, str(unit), 13, bold=True)
    for other in (0, units - 1):
        if abs(other - unit) * height / units > 14:
            drawing.text(0, top + height * (other + 0.5) / units + 4.5, str(other), 13, colour="ink-3")
    return top + height + 40


def _scale(drawing, x, y, width, gate, colour, limit, lang):
    """The ramp that the map uses, with its numbers."""
    ends = (0.0, 0.5, 1.0) if gate else (-limit, 0.0, limit)
    ramp = np.linspace(0 if gate else -1, 1, 41)[None, :]
    high, low, zero = (colour, "", "ramp-0") if gate else ("div-pos", "div-neg", "div-mid")
    drawing.add(Cells(x, y, width, 7, ramp, high, low, zero, strokes=False))
    for end, where, anchor in zip(
        ends, (x, x + width / 2, x + width), ("start", "middle", "end"), strict=True
    ):
        digits = 0 if end == round(end) else 1 if end == round(end, 1) else 2
        drawing.text(where, y + 21, number(end, lang, digits, sign=not gate), 13, anchor, "ink-3")


def _round_up(value):
    """The next of 1, 1.2, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten, at least 1: an axis end, the same as on
    the page."""
    if not value > 1:
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    steps = (1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10)
    return float(next(step * power for step in steps if value <= step * power * (1 + 1e-12)))


def _legend(drawing, x, y, lang):
    """How to read an aperture: closed, half, open."""
    for value, key in ((0.0, "figures.closed"), (0.5, ""), (1.0, "figures.open")):
        aperture(drawing, x, y - 5, 8, value, "ink-2")
        written = text(key, lang) if key else number(value, lang, 1)
        drawing.text(x + 14, y, written, 14, colour="ink-2")
        x += 14 + text_width(written, 14) + 24
