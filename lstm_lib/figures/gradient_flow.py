"""The static picture of "gradient through time": the unrolled network with the error on its way back, the
factor of each step, and what all of them leave of the error, on an absolute log axis."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lstm_lib import gradient_flow as run
from lstm_lib.figures.drawing import Drawing, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import apart
from lstm_lib.figures.network_marks import shape
from lstm_lib.figures.sizes import say_size, write_share
from lstm_lib.figures.unrolled import network, strip
from lstm_lib.locale import MINUS, check_language, number, text

SHAPES = {"rnn": "circle", "gru": "triangle", "lstm": "square"}
LOWEST, HIGHEST = -12, 2  # the axis at rest; it grows by whole steps


def gradient_flow(widget, lang="pt"):
    """A Figure of a widgets.GradientFlow in its present state; TypeError for anything else."""
    check_language(lang)
    if not hasattr(widget, "clipping"):
        raise TypeError(f"widget was of type {type(widget).__name__}, expected a widgets.GradientFlow.")
    view = _View(widget, lang)
    return Figure([_draw(view, 912)], narrow=_draw(view, 358), name="gradient-flow")


def decades(lines):
    """The powers of ten that the axis spans: never fitted to a frame, so that heights can be compared."""
    logs = np.concatenate(list(lines))
    logs = logs[np.isfinite(logs)]
    low, high = logs.min(initial=LOWEST), logs.max(initial=HIGHEST)
    return (min(LOWEST, -12 * math.ceil(-low / 12 - 1e-9)),
            HIGHEST if high <= HIGHEST else 6 if high <= 6 else 12 * math.ceil(high / 12 - 1e-9))  # fmt: skip


@dataclass(frozen=True)
class _View:
    """A widget with everything read from its run once."""

    widget: object
    lang: str

    @cached_property
    def lines(self):
        return self.widget.lines

    @cached_property
    def flows(self):
        return self.widget.flows

    @cached_property
    def verdicts(self):
        """What is said where the error is now."""
        window, lag = self.widget.settings.window, self.steps - self.at
        cut = 0 < window < lag
        return {name: "cut" if cut else run.verdict(line[self.at - 1] - line[-1])
                for name, line in self.lines.items()}  # fmt: skip

    @property
    def steps(self):
        return self.widget.settings.steps

    @property
    def at(self):
        return self.widget.position

    @property
    def chosen(self):
        return self.widget.network

    def of(self, name):
        return "cell" if self.widget.of == "cell" and name == "lstm" else "hidden"

    def letter(self, name):
        return "c" if self.of(name) == "cell" else "h"

    def colour(self, name):
        return f"q-{self.letter(name)}"

    def say(self, key, **values):
        return text(f"gradient-flow.{key}", self.lang, **values)

    def name(self, name):
        relu = name == "rnn" and self.widget.activation == "relu"
        return self.say(f"name.{'relu' if relu else name}")

    @cached_property
    def factors(self):
        """factors[k]: by what the step back to t = k + 1 multiplied the unrolled network's norm."""
        line = self.lines[self.chosen]
        with np.errstate(invalid="ignore"):
            return np.where(np.isfinite(line[1:]), 10.0 ** (line[:-1] - line[1:]), np.nan)

    @property
    def description(self):
        told = [self.say("plot_line", name=self.name(name), first=say_size(line[-1], self.lang),
                         T=str(self.steps), last=say_size(line[self.at - 1], self.lang), at=str(self.at),
                         verdict=self.say(f"verdict.{self.verdicts[name]}"))
                for name, line in self.lines.items()]  # fmt: skip
        return self.say("figure", name=self.name(self.chosen), T=str(self.steps), list=" ".join(told))


def _draw(view, width):
    wide = width > 600
    drawing = Drawing(width, 0, view.say("title"), view.description)
    drawing.text(0, 20, view.say("title"), 19, face="serif")
    left, right = (184, width - 58) if wide else (108, width - 40)
    xs = np.linspace(left + 12, right - 12, view.steps)
    y = network(drawing, view, 46, wide)
    y = strip(drawing, view, xs, left, right, y + 30, wide)
    bottom = _plot(drawing, view, xs, left, right, y + 40, wide)
    drawing.height = bottom + 30
    return drawing


def _plot(drawing, view, xs, left, right, top, wide):
    """What is left of the error at every step; returns where it ends."""
    height = 330 if wide else 300
    lines, lang, last = view.lines, view.lang, view.steps
    zeros = any((line == -math.inf).any() for line in lines.values())
    end, bottom = top + height - (34 if zeros else 0), top + height
    low, high = decades(lines.values())

    def level(log):
        return bottom - 6 if log == -math.inf else top + (high - log) / (high - low) * (end - top)

    cell = any(view.of(name) == "cell" for name in lines)
    key = f"norms{'' if wide else '_short'}{'_cell' if cell else ''}"
    caption = view.say(key, h_t="\1h_t\1", c_t="\1c_t\1")
    drawing.text(left if wide else 0, top - 14, _symbols(caption), 15 if wide else 14, colour="ink-2")
    every = next(step for step in (2, 4, 6, 12, 24, 48, 96, 400) if (high - low) / step <= 8)
    for power in range(high // every * every, low - 1, -every):
        drawing.line([(left, level(power)), (right, level(power))], "rule")
        tick = [Run("10"), Run(number(power, lang, 0), shift="super")] if power else [Run("1")]
        drawing.text(right + 8, level(power) + 4.5, tick, 13, colour="ink-3")
    if zeros:
        drawing.text(right + 8, bottom - 1.5, "0", 13, colour="ink-3")
    drawing.line([(left, bottom), (right, bottom)], "rule-2")
    for step in _ticks(last, wide):
        drawing.line([(xs[step - 1], bottom), (xs[step - 1], bottom + 5)], "rule-2")
        drawing.text(xs[step - 1], bottom + 20, str(step), 13, "middle", "ink-3")
    drawing.text(left - 16, bottom + 20, view.say("axis"), 13, "end", "ink-2")

    order = [name for name in lines if name != view.chosen] + [view.chosen]
    if view.widget.theory:
        for name in order:
            _theory(drawing, view, name, xs, level, top, low)
    for name in order:
        _curve(drawing, view, name, xs, level)
    ends = [level(line[view.at - 1]) for line in lines.values()]
    placed = apart([y - 4 for y in ends], 70 if wide else 54)
    over = max(0.0, max(placed) - (bottom - 38))
    for name, from_, y in zip(lines, ends, placed, strict=True):
        _end(drawing, view, name, left - (16 if wide else 8), xs[view.at - 1], from_, y - over, wide)
    return bottom


def _curve(drawing, view, name, xs, level):
    line, chosen, q = view.lines[name], name == view.chosen, view.colour(name)
    heard = [k for k in range(view.at - 1, view.steps) if line[k] > -math.inf]
    drawing.line([(xs[k], level(line[k])) for k in heard], q, 2.75 if chosen else 1.5)
    if heard and heard[0] > view.at - 1:
        k = heard[0]
        down = [(xs[k], level(line[k])), (xs[k - 1], level(-math.inf)), (xs[view.at - 1], level(-math.inf))]
        drawing.line(down, q, 1.5, (1.5, 4), "round")
    every = next(step for most, step in ((12, 1), (36, 5), (100, 10), (200, 20), (400, 50))
                 if view.steps <= most)  # fmt: skip
    for k in sorted({*range(view.steps - 1, view.at - 2, -every), view.at - 1}):
        if k in heard:
            shape(drawing, SHAPES[name], chosen, xs[k], level(line[k]), q, 4.5 if chosen else 3.75)


def _theory(drawing, view, name, xs, level, top, low):
    """What theory foretells, dotted, as far as it stays in the drawing; the bound only of the chosen one."""
    for key, line in view.flows[name].theory.items():
        if key == "radius_bare" or (key == "gates" and view.of(name) != "cell"):
            continue
        if key == "largest" and name != view.chosen:
            continue
        logs = view.lines[name][-1] + line
        inside = [k for k in range(view.steps) if logs[k] >= low and level(logs[k]) >= top - 1]
        if len(inside) > 1:
            bound = key == "largest"
            dash, cap = ((7, 5), "butt") if bound else ((0.1, 4.5), "round")
            points = [(xs[k], level(logs[k])) for k in inside]
            drawing.line(points, "ink-2", 1.25 if bound else 1.75, dash, cap)
            if name == view.chosen and xs[-1] > 400:
                x, y = points[len(points) // 2 if bound else len(points) // 3]
                drawing.text(x, y + (19 if bound else 26), _symbols(view.say(f"theory.{key}", f="\1f\1")),
                             14, "middle" if bound else "start", "ink-2", halo=True)  # fmt: skip


def _end(drawing, view, name, x, front, from_, y, wide):
    """Verdict, name and share at the end of a line."""
    big, small, q, chosen = (25, 15, view.colour(name), name == view.chosen) if wide else (
        19, 13, view.colour(name), name == view.chosen)  # fmt: skip
    line = view.lines[name]
    drawing.line([(front - 6, from_), (x + 5, y - big * 0.3)], "rule-2")
    word = view.say(f"verdict.{view.verdicts[name]}")
    drawing.text(x, y, [Run(word, "serif", q, bold=chosen)], big, "end")
    shape(drawing, SHAPES[name], chosen, x - 6, y + small + 1, q, 4)
    sign = [Run("d", "serif"), Run("L", "serif", italic=True), Run("/d", "serif"),
            *symbol(view.letter(name), str(view.at) if wide else "", q)]  # fmt: skip
    drawing.text(x - 17, y + small + 6, [Run(f"{view.name(name)}\N{EN SPACE}", bold=chosen), *sign], small,
                 "end")  # fmt: skip
    if wide and view.at < view.steps:
        share = write_share(line[view.at - 1] - line[-1], view.lang)
        drawing.text(x, y + 2 * small + 10, share, small - 1, "end", "ink-2")


def _ticks(steps, wide):
    rough = steps / (9 if wide else 4)
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if step >= rough)
    inner = range(2 if every == 1 else every, steps, every)
    return [1, *(step for step in inner if step < steps - every * 0.6), steps]


def _symbols(said):
    """A text of the page as runs: its $L$, and the symbols that stand between \\1."""
    runs = []
    for k, piece in enumerate(said.split("\1")):
        if k % 2:
            letter, _, index = piece.partition("_")
            runs += symbol(letter, index.replace("-", MINUS), f"q-{letter}")
        else:
            for j, part in enumerate(piece.split("$")):
                runs.append(Run(part, "serif", italic=True) if j % 2 else Run(part))
    return [one for one in runs if one.text]
