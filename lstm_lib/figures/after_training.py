"""The static picture of "before and after training": one quantity of all networks, word by word, on an axis
of powers of ten; all four side by side; and what a push from one subject to the other does."""

import math

import numpy as np

from lstm_lib import after_training as measured
from lstm_lib.figures.difference import write_share
from lstm_lib.figures.difference_marks import marks, strip
from lstm_lib.figures.drawing import Drawing, Run
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import apart
from lstm_lib.figures.network_marks import shape
from lstm_lib.figures.pushes import draw_pushes, told
from lstm_lib.figures.wording import network_name
from lstm_lib.locale import check_language, number, text

LEAST, MOST = -12, 2  # powers of ten that the axis always has: the same for every quantity


def after_training(measures, quantity="gradient", pushes=None, step=-1, lang="pt"):
    """A Figure of what is left of a gradient, and of what a network keeps.

    measures: {name: lstm_lib.after_training.Measures} of one pair of sentences; quantity: which of them is
    drawn word by word; pushes: {name: scores} as `widgets.AfterTraining(...).pushes` has them, None leaves
    their drawing out; step: the chosen word, -1 for the end of the way. Raises ValueError for no network and
    for an unknown quantity.
    """
    check_language(lang)
    if not measures:
        raise ValueError("There is no network to draw: give at least one.")
    lines = measured.lines(measures, quantity)
    first = next(iter(measures.values()))
    words, back = first.pair[0].words, quantity != "difference"
    if not 0 <= step < len(words):
        step = first.start if back else len(words) - 1
    description = _description(measures, lines, quantity, pushes, lang)
    shown = (first, measures, lines, quantity, pushes, step, lang, description)
    return Figure([_draw(912, 206, 25, 15, *shown)], narrow=_draw(358, 128, 19, 13, *shown),
                  name="lstm-after-training")  # fmt: skip


def write_log(kind, log, lang):
    """A number given by its log10: a share for a gradient or a difference, a factor for the others; nothing
    above zero is written as zero."""
    value = 10.0**log
    if value == 0:
        return text("after-training.zero", lang)
    if kind in ("gradient", "difference") or value < 0.00995:
        return write_share(value, lang)
    return number(value, lang, 2 if value < 100 else 0) if value < 1e6 else f"10^{number(log, lang, 1)}"


def write_end(line, lang):
    """What is left at the end of a line's way; of a difference it says of what it is a share."""
    if line.verdict == "none":
        return ""
    written = write_log(line.kind, line.left, lang)
    if line.kind == "difference" and 10.0**line.left >= 0.00995:
        return text("difference.of_start", lang, share=written)
    return written


def verdict_word(line, lang):
    """The word at a line's end."""
    family = "after-training" if line.kind in ("gradient", "jacobian") else "difference"
    return text(f"{family}.verdict.{line.verdict}", lang)


def line_name(line, lang):
    """The name at a line's end."""
    name = network_name(line.name, lang)
    if line.kind == "kept":
        return text("difference.cell_line", lang, name=name, unit=line.unit)
    return text("after-training.cell_of", lang, name=name) if line.of == "cell" else name


def powers(lines):
    """The powers of ten (lowest, highest) of the axis: it only grows, and is never fitted to a frame."""
    logs = np.concatenate([[0.0], *(line.logs for line in lines)])
    logs = logs[np.isfinite(logs)]
    return min(LEAST, 2 * math.floor(logs.min() / 2)), max(MOST, 2 * math.ceil(logs.max() / 2))


def _description(measures, lines, quantity, pushes, lang):
    said = [
        text("after-training.chart_line", lang, name=line_name(line, lang), verdict=verdict_word(line, lang),
             value=write_end(line, lang))
        for line in lines
    ]  # fmt: skip
    what = text(f"after-training.rows_plain.{quantity}", lang)
    description = text("after-training.chart", lang, what=what, list=" ".join(said))
    if pushes:
        turns = [
            text("after-training.push.line", lang, name=network_name(name, lang), told=told(scores, lang))
            for name, scores in pushes.items()
        ]
        description += " " + text("after-training.push.chart", lang, list=" ".join(turns))
    return description


def _draw(width, labels, big, small, first, measures, lines, quantity, pushes, step, lang, description):
    drawing = Drawing(width, 0, text("after-training.title", lang), description)
    y = strip(drawing, first.pair, step, 19 if width > 500 else 17)
    after = "after" if any(one.model.metadata for one in measures.values()) else "before"
    title = [Run(text(f"after-training.{after}", lang), bold=True),
             Run(f": {text(f'after-training.ask.{quantity}', lang)}")]  # fmt: skip
    drawing.text(0, y + 14, title, small)
    y = _chart(drawing, first, lines, quantity, step, lang, y + 62, labels, big, small)
    y = _table(drawing, measures, lang, y + 34, small)
    if pushes:
        y = draw_pushes(drawing, measures, pushes, lang, y + 40, small)
    drawing.height = y
    return drawing


def _chart(drawing, first, lines, quantity, step, lang, top, labels, big, small):
    wide, back = drawing.width > 500, quantity != "difference"
    axis = 56 if wide else 40
    left, right = (labels, drawing.width - axis) if back else (axis, drawing.width - labels)
    bottom, (low, high) = top + (330 if wide else 300), powers(lines)
    T, start = len(first.pair[0].words), first.start

    def across(t):
        return left + 10 + (t / (T - 1) if T > 1 else 0) * (right - left - 20)

    def level(log):
        return bottom if not np.isfinite(log) else top + (high - log) / (high - low) * (bottom - top)

    for power in range(high, low - 1, -2 if high - low <= 20 else -4):
        drawing.line([(left, level(power)), (right, level(power))], "rule-2" if power == 0 else "rule")
        tick = [Run("1")] if power == 0 else [Run("10"), Run(number(power, lang, 0), shift="super")]
        x, anchor = (right + 9, "start") if back else (left - 9, "end")
        drawing.text(x, level(power) + 4.5, tick, small, anchor, "ink-3")
    drawing.line([(left, bottom), (right, bottom)], "rule-2")
    for k in range(0, T - start, 20 if T - start > 24 and not wide else 10 if T - start > 24 else 5):
        x = across(T - 1 - k if back else start + k)
        drawing.line([(x, bottom), (x, bottom + 5)], "rule-2")
        drawing.text(x, bottom + 20, str(k), small, "middle", "ink-3")
    noun = first.pair[0].words[start]
    said = text("after-training.x.back", lang) if back else text("difference.x", lang, noun=noun)
    x, anchor = (right, "end") if back else (left, "start")
    drawing.text(x, bottom + 42, said, small, anchor, colour="ink-2")
    drawing.line([(across(step), top - 8), (across(step), bottom)], "accent", 1.5)
    word = [Run(first.pair[0].words[step], "serif", bold=True)]
    drawing.text(min(max(across(step), left + 20), right - 20), top - 16, word, 18, "middle")

    shapes = marks(list(dict.fromkeys(line.name for line in lines)))
    for line in lines:
        colour = "q-c" if line.of == "cell" else "q-h"
        at = np.flatnonzero(np.isfinite(line.logs))
        for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1):
            if run.size:
                points = [(across(t), level(line.logs[t])) for t in run]
                drawing.line(points, colour, 5 if line.of == "cell" else 2.25)
        for t in _marked(T, start, back):
            if np.isfinite(line.logs[t]):
                where = across(t), level(line.logs[t])
                shape(drawing, *shapes[line.name], *where, colour, 4.5 if wide else 3.75)
    ends = [level(line.left if back else line.logs[-1]) for line in lines]
    space = 64 if wide else 44
    placed = apart(ends, space)
    over = max(0.0, max(placed, default=0) + space - 26 - bottom - 30)
    for line, from_, y in zip(lines, ends, [y - over for y in placed], strict=True):
        _end(drawing, line, shapes[line.name], left if back else right, -1 if back else 1, from_, y, lang,
             big, small, wide)  # fmt: skip
    return bottom + 46


def _marked(T, start, back):
    """Positions with a mark: every tenth word (every fifth of a short sentence), and the end of the way."""
    every = 50 if T > 200 else 10 if T > 36 else 5
    if back:
        return [t for t in range(T - 1, start, -every) if t - start >= every / 2] + [start]
    return [t for t in range(start, T - 1, every) if T - 1 - t >= every / 2] + [T - 1]


def _end(drawing, line, mark, edge, way, from_, y, lang, big, small, wide):
    """Verdict, name and number beside the plot, on the side where the lines end."""
    colour, anchor = ("q-c" if line.of == "cell" else "q-h"), ("start" if way > 0 else "end")
    x = edge + way * (24 if wide else 12)
    lead = [(edge - way * 4, from_), (edge + way * (10 if wide else 3), y - big * 0.28)]
    drawing.line([*lead, (x - way * 4, y - big * 0.28)], "rule-2")
    drawing.text(x, y + 2, [Run(verdict_word(line, lang), "serif", colour, bold=True)], big, anchor)
    if line.of == "cell":
        drawing.line([(x, y + 16), (x + way * 11, y + 16)], "q-c", 5)
    else:
        shape(drawing, *mark, x + way * 5.5, y + 16, "q-h", 4)
    drawing.text(x + way * (18 if wide else 16), y + 21, line_name(line, lang), small, anchor)
    if wide:
        drawing.text(x, y + 39, write_end(line, lang), small - 1, anchor, "ink-2")


def _table(drawing, measures, lang, top, small):
    """One row for each network: right or not, and the four measures; the y below."""
    wide = drawing.width > 500
    noun = next(iter(measures.values())).pair[0].subject
    at_x = [340 + 145 * k for k in range(len(measured.QUANTITIES))]
    columns = [("answer", 200), *zip(measured.QUANTITIES, at_x, strict=True)]
    shapes, y = marks(list(measures)), top
    if wide:
        for key, x in columns:
            drawing.text(x, y, text(f"after-training.rows.{key}", lang, noun=noun), small - 1, colour="ink-2")
        y += 12
    for name, one in measures.items():
        drawing.line([(0, y), (drawing.width, y)], "rule")
        shape(drawing, *shapes[name], 6, y + 18, "q-h", 4)
        drawing.text(18, y + 23, [Run(network_name(name, lang), bold=True)], small)
        said, colour = ("right", "ok") if one.right else ("wrong", "no")
        drawing.text(200 if wide else 150, y + 23, text(f"after-training.{said}", lang), small, colour=colour)
        for k, quantity in enumerate(measured.QUANTITIES):
            found, x, at = measured.line(one, quantity), at_x[k], y + 23
            if not wide:
                x, at = 196, y + 46 + 20 * k
                label = text(f"after-training.rows.{quantity}", lang, noun=noun)
                drawing.text(18, at, label, small, colour="ink-2")
            if found is None:
                drawing.text(x, at, text("after-training.no_cell", lang), small - 1, colour="ink-3")
                continue
            colour = "q-c" if found.of == "cell" else "q-h"
            word = [Run(verdict_word(found, lang), "serif", colour, bold=True)]
            drawing.text(x, at, word, small + 2)
            if wide:
                drawing.text(x, at + 18, write_end(found, lang), small - 1, colour="ink-2")
        y += 52 if wide else 122
    return y
