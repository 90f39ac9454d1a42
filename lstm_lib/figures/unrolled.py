"""The unrolled network with the error on its way back, and the factor of each step: the upper half of
"gradient through time"."""

import math

import numpy as np

from lstm_lib.figures.drawing import Circle, Rect, Run, symbol
from lstm_lib.figures.sizes import write_factor, write_size


def network(drawing, view, top, wide):
    """The unrolled network round the step the error has come to; returns where it ends."""
    line, last, q = view.lines[view.chosen], view.steps, view.colour(view.chosen)
    n = min(10 if wide else 5, view.steps)
    turn = max(0, math.ceil((last - view.at) / (n - 1)) - 1) if n < last else 0
    first = max(1, last - turn * (n - 1) - n + 1)
    steps = range(first, first + n)
    places = np.linspace(40 if wide else 22, drawing.width - (84 if wide else 52), n)
    x, y, r = dict(zip(steps, places, strict=True)), top + 46, 14 if wide else 12
    small = 15 if wide else 13

    def share(step):
        log = line[step - 1] - line[-1]
        return 0.0 if log == -math.inf else 10.0**log if log <= 0 else 1 + 0.2 * min(log, 5)

    def thick(step):
        return max(1.25, 8 * min(1.4, share(step)))

    for step in steps:
        if step + 1 in x:
            a, b = x[step] + r, x[step + 1] - r - 3
            drawing.line([(a, y + 9), (b, y + 9)], "rule-2", 1.25)
            drawing.line([(b - 5, y + 5.5), (b, y + 9), (b - 5, y + 12.5)], "rule-2", 1.25)
        drawing.line([(x[step], y + r + 24), (x[step], y + r + 4)], "rule-2", 1.25)
    if last in x:
        box = min(x[last] + 66, drawing.width - 14)
        drawing.add(Rect(box - 13, y - 13, 26, 26, "ink", radius=4))
        drawing.text(box, y + 6, [Run("L", "serif", "paper", italic=True)], 17, "middle")
        _arrow(drawing, box - 14, x[last] + r, y, 8, thick(last), q)
    for step in steps:
        if step < view.at or step + 1 not in x:
            continue
        if line[step - 1] > -math.inf:
            _arrow(drawing, x[step + 1] - r, x[step] + r, y, thick(step + 1), thick(step), q)
        if not math.isnan(view.factors[step - 1]):
            said = f"× {write_factor(view.factors[step - 1], view.lang)}"
            drawing.text((x[step] + x[step + 1]) / 2, y - 20, said, small - 1, "middle", "ink-2")
    for step in steps:
        here = step >= view.at
        drawing.add(Circle(x[step], y, r, "paper", q if here else "rule-2", 1.75))
        if here and share(step) > 1e-4:
            drawing.add(Circle(x[step], y, r * math.sqrt(share(step)), q))
        if here:
            runs = write_size(line[step - 1], view.lang)
            drawing.text(x[step], y - 40, [Run(one.text, bold=True, shift=one.shift) for one in runs],
                         small, "middle", q)  # fmt: skip
        drawing.text(x[step] + r - 2, y + r + 15, symbol(view.letter(view.chosen), str(step)), 16, colour=q)
        drawing.text(x[step], y + r + 40, symbol("x", str(step)), 15, "middle", "ink-3")
    if view.at in x:
        drawing.add(Circle(x[view.at], y, r * max(1, math.sqrt(share(view.at))) + 5, "", "accent", 2.5))
    return y + r + 48


def _arrow(drawing, start, tip, y, w0, w1, colour):
    """An arrow to the left that tapers as the error does."""
    head = max(3.5, w1 * 0.8)
    neck = tip + 1 + head * 1.5
    drawing.polygon([(start, y - w0 / 2), (neck, y - w1 / 2), (neck, y - head), (tip + 1, y),
                     (neck, y + head), (neck, y + w1 / 2), (start, y + w0 / 2)], colour)  # fmt: skip


def strip(drawing, view, xs, left, right, top, wide):
    """The factors, each standing on the line of 1; returns where it ends."""
    height, q = 62, view.colour(view.chosen)
    found = view.factors[view.at - 1 :]
    most, limit = np.nanmax(found, initial=0.0), 1.25
    while limit < most:
        limit *= 2

    def level(value):
        return top + height * (1 - value / limit)

    caption = view.say("factors" if wide else "factors_short", name=view.name(view.chosen))
    drawing.text(left if wide else 0, top - 10, caption, 15 if wide else 14, colour="ink-2")
    drawing.line([(left, level(0)), (right, level(0))], "rule-2")
    points = [((xs[k] + xs[k + 1]) / 2, level(view.factors[k]))
              for k in range(view.at - 1, view.steps - 1) if not math.isnan(view.factors[k])]  # fmt: skip
    if view.steps <= 90:
        for x, y in points:
            drawing.line([(x, level(1)), (x, y)], q, 1.25, opacity=0.6)
            drawing.add(Circle(x, y, 2.5, q))
    elif points:
        drawing.line(points, q, 1.5)
    drawing.line([(left, level(1)), (right, level(1))], "ink", 1.5)
    for value in (0, 1):
        drawing.text(right + 8, level(value) + 4.5, str(value), 13, colour="ink" if value else "ink-3")
    return level(0)
