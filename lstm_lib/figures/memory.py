"""The static picture of "memory": what is remembered, the network unfolded in time, and the map or the matrix
that decides it."""

import textwrap
from dataclasses import dataclass

import numpy as np

from lstm_lib.figures.drawing import Circle, Drawing, Path, Rect, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import lines
from lstm_lib.locale import check_language, number, percent, text

_AROUND = np.linspace(0, 2 * np.pi, 73)


def memory(widget, lang="pt"):
    """A Figure of a widgets.Memory in its present state: its trace, its echo, and where both come from.

    Raises TypeError for anything else.
    """
    check_language(lang)
    if not hasattr(widget, "recurrent_matrix"):
        raise TypeError(f"widget was of type {type(widget).__name__}, expected a widgets.Memory.")
    view = _View(widget, lang)
    return Figure([_draw(view, 912)], narrow=_draw(view, 358), name="memory")


@dataclass(frozen=True)
class _View:
    """A widget with everything read from its trace once."""

    widget: object
    lang: str

    def __post_init__(self):
        widget = self.widget
        found = {"unit": widget.mode == "unit", "values": widget.sequence, "names": widget.words,
                 "hidden": widget.trace.hidden, "echo": widget.echo, "origin": widget.origin,
                 "half": widget.half_life}  # fmt: skip
        found["step"] = min(max(widget.step, 0), len(found["values"]) - 1)
        for name, value in found.items():
            object.__setattr__(self, name, value)

    def say(self, key, **values):
        return text(f"memory.{key}", self.lang, **values)

    def num(self, value, digits=2, sign=False):
        return number(value, self.lang, digits, sign=sign)

    @property
    def mode(self):
        return "unit" if self.unit else "layer"

    @property
    def title(self):
        return self.say(f"title.{self.mode}")

    @property
    def verdict(self):
        return self.say(f"{'regime' if self.unit else 'course'}.{self.widget.regime}")

    @property
    def half_life(self):
        key = "none" if self.half is None else "one" if self.half == 1 else "many"
        return self.say(f"half.{key}", n=self.half or 0)

    @property
    def description(self):
        """The text alternative: every input, every state, and what they come to."""
        widget = self.widget
        shown = self.hidden[:, 0] if self.unit else self.echo
        values = {
            "title": self.title,
            "regime": self.verdict,
            "inputs": "; ".join(self.num(value, sign=True) for value in self.values),
            "states": "; ".join(self.num(value, sign=self.unit) for value in shown),
            "half": self.half_life[:1].upper() + self.half_life[1:],
        }
        if not self.unit:
            return self.say("figure.layer", rho=self.num(widget.spectral_radius),
                            sigma=self.num(widget.largest_singular_value), **values)  # fmt: skip
        points = "; ".join(
            f"{self.num(point.value, sign=True)} {self.say('stable' if point.stable else 'unstable')}"
            for point in widget.fixed_points
        )
        return self.say("figure.unit", weight=self.num(widget.weight), bias=self.num(widget.bias),
                        points=points, input_weight=self.num(widget.input_weight), **values)  # fmt: skip


def _draw(view, width):
    wide = width > 600
    drawing = Drawing(width, 0, view.title, view.description)
    drawing.text(0, 18, view.title, 19, face="serif")
    left, right = (64, width - 150) if wide else (34, width - 12)
    columns = left + (right - left) * (np.arange(len(view.values)) + 1) / (len(view.values) + 0.4)
    y = _chart(drawing, view, columns, left, right, 74, wide)
    y = _network(drawing, view, columns, left, y + 54) if wide else y + 26
    y = _inputs(drawing, view, columns, left, right, y, wide)
    size = 320 if wide else width
    if view.unit:
        _map(drawing, view, 0, y + 34, size)
        y += size + 44
        y = _points(drawing, view, *((372, y - size + 70, width - 372) if wide else (0, y + 16, width)), y)
    else:
        y = _planes(drawing, view, y + 40, wide)
    drawing.height = y
    return drawing


def _chart(drawing, view, columns, left, right, top, wide):
    """The states (and for a layer their echo) over the steps; returns where it ends."""
    height = 160
    most = 1.0 if view.unit else max(1.0, float(np.abs(view.echo).max()))

    def at(value):
        return top + height / 2 * (1 - value / most)

    for mark in (-1, 0, 1):
        drawing.line([(left, at(mark)), (right, at(mark))], "rule" if mark else "rule-2")
        drawing.text(left - 8, at(mark) + 4.5, view.num(mark, 0, sign=True), 13, "end", "ink-3")
    drawing.text(0, at(0) + 6, symbol("h", colour="q-h"), 19)
    first = (left, at(0))
    for unit in range(view.hidden.shape[1]):
        points = [(x, at(h)) for x, h in zip(columns, view.hidden[:, unit], strict=True)]
        drawing.line([first, *points], "q-h", 2.25, (7, 4) if unit else ())
        drawing.add(*(Circle(x, level, 3.2, "paper" if unit else "q-h", "q-h", 1.75) for x, level in points))
    if not view.unit:
        echo = [(x, at(e)) for x, e in zip(columns[view.origin :], view.echo[view.origin :], strict=True)]
        drawing.line(echo, "ink-3", 1.75, (2, 3))
    if view.widget.course != "silent":
        end = columns[-1] if view.half is None else columns[view.origin + view.half]
        start, level = columns[view.origin], top - 18
        drawing.line([(start, level - 5), (start, level + 5)], "ink", 1.5)
        drawing.line([(start, level), (end, level)], "ink", 1.5)
        drawing.line([(end - 6, level - 4), (end, level), (end - 6, level + 4)] if view.half is None
                     else [(end, level - 5), (end, level + 5)], "ink", 1.5)  # fmt: skip
        drawing.text(start, level - 10, view.half_life, 15, bold=True)
    last = at(view.hidden[-1, 0] if view.unit else view.echo[-1])
    start = view.echo[view.origin]
    share = view.echo[-1] / start if start else None
    if wide:
        level = min(max(last, top + 16), top + height - 28)
        for line in textwrap.wrap(view.verdict, 14, break_long_words=False):
            drawing.text(right + 14, level + 4, line, 19, bold=True)
            level += 21
        if share is not None:
            shown = f"< {percent(0.01, view.lang)}" if 0 < share < 0.005 else percent(share, view.lang)
            words = view.say("left.more" if share > 1 else "left", share=shown)
            drawing.text(right + 14, level + 2, words, 14, colour="ink-2")
        return top + height
    drawing.text(0, top + height + 26, [Run(f"{view.verdict}  ", bold=True)], 17)
    return top + height + 26


def _network(drawing, view, columns, left, y):
    """The same unit at every step, with the same weight on every link; returns where it ends."""
    gap = columns[1] - columns[0] if len(columns) > 1 else 90
    radius = min(14.0, 0.3 * gap)
    weight = view.num(view.widget.weight) if view.unit else "U"
    every = int(np.ceil((36 if view.unit else 16) / gap))
    drawing.text(0, y + 5, view.say("row.network"), 15, colour="ink-2")
    for t, x in enumerate(columns):
        before = columns[t - 1] + radius if t else left + 6
        drawing.line([(before, y), (x - radius - 2, y)], "q-h", 2.25)
        tip = x - radius - 1
        drawing.polygon([(tip - 7, y - 4), (tip, y), (tip - 7, y + 4)], "q-h")
        if t % every == 0:
            runs = [Run(weight)] if view.unit else symbol(weight)
            drawing.text((before + x - radius) / 2, y - radius - 6, runs, 13 if view.unit else 17, "middle")
        drawing.line([(x, y + radius + 34), (x, y + radius + 7)], "ink-3", 1.5)
        tip = y + radius + 2
        drawing.polygon([(x - 4, tip + 7), (x, tip), (x + 4, tip + 7)], "ink-3")
        _disc(drawing, x, y, radius, view.hidden[t], t == view.step)
        if t % every == 0:
            drawing.text(x + 5, y + radius + 34, symbol("u"), 16)
    return y + radius + 40


def _disc(drawing, x, y, radius, states, current):
    """A state as a disc, orange below zero (with a minus), violet above; a layer has two halves."""
    drawing.add(Circle(x, y, radius, "paper"))
    for unit, h in enumerate(states):
        token = "div-neg" if h < 0 else "div-pos"
        down, up = ("A", radius, x, y + radius), ("A", radius, x, y - radius)
        halves = [(("M", x, y + radius), ("A", radius, x - radius, y), up, ("Z",)),
                  (("M", x, y - radius), ("A", radius, x + radius, y), down, ("Z",))]  # fmt: skip
        shape = halves[unit] if len(states) == 2 else halves[0][:3] + halves[1][1:]
        drawing.add(Path(shape, fill=token, opacity=min(1.0, abs(float(h)))))
        if h <= -0.12:
            middle = x if len(states) == 1 else x + (unit - 0.5) * radius
            arm = radius * (0.42 if len(states) == 1 else 0.25)
            drawing.line([(middle - arm, y), (middle + arm, y)], "paper" if h < -0.55 else "ink", 2)
    drawing.add(Circle(x, y, radius, "", "q-h", 3 if current else 1.75))


def _inputs(drawing, view, columns, left, right, top, wide):
    """The inputs as bars over the steps or their words; returns where they end."""
    height = 64
    most = max(1.0, float(np.abs(view.values).max()))
    zero = top + height / 2
    drawing.line([(left, zero), (right, zero)], "rule-2")
    drawing.text(0, zero + 5, symbol("x"), 19)
    thick = min(20.0, 0.5 * (columns[1] - columns[0] if len(columns) > 1 else 40))
    for x, value in zip(columns, view.values, strict=True):
        size = abs(value) / most * height / 2
        if size:
            drawing.add(Rect(x - thick / 2, zero - size if value > 0 else zero, thick, size, "ink-2"))
        else:
            drawing.add(Circle(x, zero, 2, "rule-2"))
    gap = columns[1] - columns[0] if len(columns) > 1 else 90
    if view.names:
        shown = [t for t in range(len(columns)) if wide or view.values[t] or t == view.step]
        for t in shown:
            drawing.text(columns[t], top + height + (18 if t % 2 == 0 else 36), view.names[t], 13.5, "middle",
                         "ink" if t == view.step else "ink-2", bold=t == view.step)  # fmt: skip
        return top + height + 40
    for t in range(0, len(columns), max(1, int(np.ceil(24 / gap)))):
        drawing.text(columns[t], top + height + 18, str(t + 1), 13.5, "middle",
                     "ink" if t == view.step else "ink-3", bold=t == view.step)  # fmt: skip
    return top + height + 22


def _map(drawing, view, left, top, size):
    """tanh(w h + b) against the diagonal, the fixed points, and the run as a staircase."""
    widget, low, high = view.widget, left + 46, top + size - 40

    def at(x, y):
        return low + (size - 60) * (x + 1.06) / 2.12, high - (size - 60) * (y + 1.06) / 2.12

    for mark in (-1, 0, 1):
        colour = "rule" if mark else "rule-2"
        drawing.line([at(-1.06, mark), at(1.06, mark)], colour)
        drawing.line([at(mark, -1.06), at(mark, 1.06)], colour)
        x, y = at(-1.06, mark)
        drawing.text(x - 6, y + 4.5, view.num(mark, 0, sign=True), 13, "end", "ink-3")
        x, y = at(mark, -1.06)
        drawing.text(x, y + 17, view.num(mark, 0, sign=True), 13, "middle", "ink-3")
    x, y = at(-1.06, 0.5)
    drawing.text(x - 6, y + 5, symbol("h", "t", "q-h"), 17, "end")
    x, y = at(0.5, -1.06)
    drawing.text(x, y + 20, symbol("h", "t−1", "q-h"), 17, "middle")
    drawing.line([at(-1.06, -1.06), at(1.06, 1.06)], "rule-2")
    grid = np.linspace(-1.06, 1.06, 61)
    drawing.line([at(h, np.tanh(widget.weight * h + widget.bias)) for h in grid], "ink-3", 3)
    stairs, before = [at(0, 0)], 0.0
    for h in view.hidden[:, 0]:
        stairs += [at(before, h), at(h, h)]
        before = h
    drawing.line(stairs, "q-h", 1.5)
    for point in widget.fixed_points:
        x, y = at(point.value, point.value)
        fill, stroke = ("q-h", "paper") if point.stable else ("paper", "q-h")
        drawing.add(Circle(x, y, 6.5, fill, stroke, 2))
        near = point.value > 0.5
        words = view.say("stable" if point.stable else "unstable")
        drawing.text(x - 11 if near else x + 11, y - 9 if near else y + 20,
                     [Run(view.num(point.value, sign=True), bold=True), Run(f" {words}")], 14,
                     "end" if near else "start", "ink-2", halo=True)  # fmt: skip


def _points(drawing, view, left, top, width, bottom):
    """What every fixed point does, in words; returns where text and map end."""
    points = view.widget.fixed_points
    lead = view.say("points.one") if len(points) == 1 else view.say("points.many", n=len(points))
    for line in lines(lead, 16, width):
        drawing.text(left, top, line, 16)
        top += 24
    for point in points:
        key = ("away" if not point.stable else "neutral" if abs(point.slope) > 0.995
               else "turning" if point.slope < 0 else "towards")  # fmt: skip
        fill, stroke = ("q-h", "q-h") if point.stable else ("paper", "q-h")
        drawing.add(Circle(left + 6, top + 3, 5.5, fill, stroke, 2))
        said = view.say(f"point.{key}", value=view.num(point.value, sign=True),
                        slope=view.num(point.slope), share=view.num(abs(point.slope)))  # fmt: skip
        for line in lines(said, 16, width - 30):
            drawing.text(left + 22, top + 8, line, 16, colour="ink-2")
            top += 23
        top += 8
    return max(bottom, top)


def _planes(drawing, view, top, wide):
    """The circle and its image (σ), the eigenvalues (ρ), and the way of the state, side by side."""
    widget, size = view.widget, 270 if wide else 300
    matrix, rho, sigma = widget.recurrent_matrix, widget.spectral_radius, widget.largest_singular_value
    circle = np.array([np.cos(_AROUND), np.sin(_AROUND)])
    reach = max(float(np.abs(view.hidden).max()) * 1.15, 0.25)
    panels = [("σ", sigma, max(1.0, sigma)), ("ρ", rho, max(1.0, rho)), ("h", None, reach / 1.22)]
    for number_, (letter, value, limit) in enumerate(panels):
        left = number_ * 312 if wide else 0
        y = top if wide else top + number_ * (size + 56)
        middle = np.array([left + size / 2, y + 20 + size / 2])
        scale = size / 2 / (limit * 1.22)

        def at(points, middle=middle, scale=scale):
            return [tuple(middle + np.array([x, -y]) * scale) for x, y in np.asarray(points).T]

        runs = symbol(letter) if value is None else [*symbol(letter), Run(f" = {view.num(value)}", bold=True)]
        drawing.text(left, y, runs, 18)
        edge = limit * 1.22
        drawing.line(at([[-edge, edge], [0, 0]]), "rule-2")
        drawing.line(at([[0, 0], [-edge, edge]]), "rule-2")
        if value is None:
            path = np.vstack([np.zeros(2), view.hidden]).T
            drawing.line(at(path), "q-h", 1.75)
            drawing.add(*(Circle(x, y, 3, "q-h") for x, y in at(view.hidden.T)))
            continue
        drawing.line(at(circle), "rule-2", 1.5, (4, 4))
        drawing.line(at(matrix @ circle if letter == "σ" else rho * circle), "ink-2", 2.25)
        if letter == "σ":
            u, s, _ = np.linalg.svd(matrix)
            drawing.line(at(np.array([[0, 0], u[:, 0] * s[0]]).T), "ink", 3.5)
        else:
            values = np.linalg.eigvals(matrix)
            for x, y in at([values.real, values.imag]):
                drawing.line([(x - 5, y - 5), (x + 5, y + 5)], "ink", 3)
                drawing.line([(x - 5, y + 5), (x + 5, y - 5)], "ink", 3)
    return top + (size + 40 if wide else 3 * (size + 56) - 16)
