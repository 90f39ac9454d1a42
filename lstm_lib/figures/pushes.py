"""What a push of the state from one subject to the other does to the answer at the end: part of the picture
of "before and after training"."""

import math

import numpy as np

from lstm_lib.figures.difference_marks import marks
from lstm_lib.figures.drawing import Run
from lstm_lib.figures.layout import apart
from lstm_lib.figures.network_marks import shape
from lstm_lib.figures.wording import network_name
from lstm_lib.locale import number, percent, text

LEAST = 8  # the axis goes from -8 to 8 at least: before and after training are drawn alike


def told(scores, lang):
    """At which push the answer turns."""
    other = np.flatnonzero((scores > 0) != (scores[0] > 0))
    if not other.size:
        return text("after-training.push.same", lang)
    return text("after-training.push.flips", lang, share=percent(other[0] / (len(scores) - 1), lang))


def draw_pushes(drawing, measures, pushes, lang, top, small):
    """Draw the scores {name: (n,)} against the push, with the tangents of `measures`; the y below."""
    wide, first = drawing.width > 500, next(iter(measures.values()))
    one, other = (" ".join(line.words[: first.start + 1]) for line in first.pair)
    drawing.text(0, top, [Run(text("after-training.push.title", lang), bold=True)], small + 1)
    left, right = (56 if wide else 40), drawing.width - (206 if wide else 136)
    top, extent = top + 26, 4 * math.ceil(max(LEAST, *(np.abs(s).max() for s in pushes.values())) / 4 - 1e-9)
    bottom = top + (232 if wide else 210)

    def at(share, score):
        x = left + 10 + share * (right - left - 20)
        return x, top + (extent - score) / (2 * extent) * (bottom - top)

    for score in range(-extent, extent + 1, 4):
        y = at(0, score)[1]
        drawing.line([(left, y), (right, y)], "rule-2" if score == 0 else "rule")
        drawing.text(left - 9, y + 4.5, number(score, lang, 0, sign=True), small, "end", "ink-3")
    right_form, wrong_form = first.pair[0].adjective, first.pair[0].adjective_wrong
    up, down = (right_form, right - 6, top + 16, "end"), (wrong_form, left + 16, bottom - 8, "start")
    for arrow, (form, x, y, anchor) in (("↑", up), ("↓", down)):
        runs = [Run(f"{arrow} "), Run(form, "serif", italic=True)]
        drawing.text(x, y, runs, small + 1, anchor, "ink-2", halo=True)
    key = "after-training.push.state" if wide else "after-training.push.state_short"
    drawing.text(at(0, 0)[0] - 4, bottom + 24, text(key, lang, noun=one), small, colour="ink-2")
    drawing.text(at(1, 0)[0] + 4, bottom + 24, text(key, lang, noun=other), small, "end", "ink-2")

    shapes = marks(list(pushes))
    for name, scores in pushes.items():
        slope, shares = measures[name].slope, np.linspace(0, 1, len(scores))
        reach = 1.0 if not slope else min(1.0, (extent - np.sign(slope) * scores[0]) / abs(slope))
        tangent = [at(0, scores[0]), at(reach, scores[0] + reach * slope)]
        drawing.line(tangent, "ink-3", 1.5, (1.5, 4), "round")
        drawing.line([at(s, v) for s, v in zip(shares, scores, strict=True)], "q-h", 2.25)
        for k in (*range(0, len(scores) - 1, 10), len(scores) - 1):
            shape(drawing, *shapes[name], *at(shares[k], scores[k]), "q-h", 4.5 if wide else 3.75)
    ends = [at(1, scores[-1])[1] for scores in pushes.values()]
    placed = apart(ends, 46)
    over = max(0.0, max(placed) + 20 - bottom - 20)
    for (name, scores), from_, y in zip(pushes.items(), ends, [y - over for y in placed], strict=True):
        x = right + (24 if wide else 12)
        drawing.line([(right - 4, from_), (right + (10 if wide else 3), y - 5), (x - 4, y - 5)], "rule-2")
        drawing.text(x, y, [Run(told(scores, lang), "serif", bold=True)], 19 if wide else 16)
        shape(drawing, *shapes[name], x + 5.5, y + 15, "q-h", 4)
        drawing.text(x + (18 if wide else 16), y + 20, network_name(name, lang), small)
    return bottom + 40
