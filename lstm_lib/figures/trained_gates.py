"""The static picture of "gates of a trained network": words, share, cell, curve of a unit, six maps, from
one trace."""

import numpy as np

from lstm_lib import arrays
from lstm_lib.figures.cell import aperture, draw_cell, values_at
from lstm_lib.figures.drawing import Cells, Drawing, Rect, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.raster import text_width
from lstm_lib.figures.style import QUANTITIES
from lstm_lib.figures.word_by_word import curve, round_up, strip
from lstm_lib.locale import check_language, number, percent, text

WIDTH = 912


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
    y = strip(drawing, words, step, lang, share)
    draw_cell(drawing, 4, lang, values | {"input": words[step]}, layout="wide", y=y, live=True)
    _legend(drawing, 214, y + 411, lang)
    # The symbol stands in the middle of the sentence, in its own style.
    before, after = text("figures.gates-curve", lang).split("$c$")
    heading = (text("figures.gates-unit", lang, unit=unit),
               [Run(before), *symbol("c", colour="q-c"), Run(after)])  # fmt: skip
    curve(drawing, np.asarray(trace.cell)[:, unit], words, step, lang, 652, y + 18, heading)
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


def _maps(drawing, trace, step, unit, lang, y):
    """Six maps with the same rows (units) and columns (steps); returns the y below."""
    steps, units = np.shape(trace.cell)
    gutter, gap, height = 30, 14, 208.0
    width = (WIDTH - gutter - 5 * gap) / 6
    limit = round_up(np.abs(trace.cell).max())
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


def _legend(drawing, x, y, lang):
    """How to read an aperture: closed, half, open."""
    for value, key in ((0.0, "figures.closed"), (0.5, ""), (1.0, "figures.open")):
        aperture(drawing, x, y - 5, 8, value, "ink-2")
        written = text(key, lang) if key else number(value, lang, 1)
        drawing.text(x + 14, y, written, 14, colour="ink-2")
        x += 14 + text_width(written, 14) + 24
