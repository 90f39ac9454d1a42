"""What reaches one unit on the way back, by path: part of the picture of "step through"."""

from dataclasses import dataclass

import numpy as np

from lstm_lib.figures.drawing import Rect, Run, symbol
from lstm_lib.figures.style import QUANTITIES
from lstm_lib.locale import number, text

# In the order of the page; what the cell and what the hidden state get.
PATHS = {"cell": ("cell", "direct", "input", "forget", "candidate", "output"),
         "hidden": ("direct", "input", "forget", "candidate", "output")}  # fmt: skip
COLOURS = {"cell": "q-c", "direct": "q-h", "input": "q-i", "forget": "q-f", "candidate": "q-g",
           "output": "q-o"}  # fmt: skip
_ROW = 25


def derivative(of):
    """dL/dc_t or dL/dh_t as runs of text."""
    letter, colour, *_ = QUANTITIES[of]
    loss = [Run("d", "serif"), Run("L", "serif", italic=True), Run("/d", "serif")]
    return [*loss, *symbol(letter, "t", colour)]


@dataclass(frozen=True)
class Split:
    """dL/dc_t (of="cell") or dL/dh_t of one unit at one step, as it is printed: times 10^-power, rounded to
    so many digits, the shares so that they add up as they are written."""

    of: str
    total: float
    shares: dict
    power: int
    digits: int

    def told(self, value, lang):
        return number(value, lang, self.digits, sign=True)

    def spoken(self, names, lang):
        """Total and shares in words."""
        unit = f" × 10^{number(self.power, lang, 0)}" if self.power else ""
        each = (f"{names[path]} {self.told(share, lang)}{unit}" for path, share in self.shares.items())
        return f"{self.told(self.total, lang)}{unit}", ", ".join(each)


def power_of(largest):
    """The power of ten that all numbers of a sum share in print: 0 down to a hundredth, as on the page."""
    return 0 if largest >= 0.01 or not largest else int(np.floor(np.log10(largest)))


def times_ten(power, lang):
    """ × 10 with its exponent, as runs; none for the power 0."""
    return [Run(" × 10"), Run(number(power, lang, 0), shift="super")] if power else []


def split(gradients, of, step, unit):
    """The Split of the Gradients of an LSTM's run. The largest share takes what rounding leaves over, as on
    the page."""
    total = float(getattr(gradients, of)[step, unit])
    shares = {path: float(gradients.paths[of][path][step, unit]) for path in PATHS[of]}
    power = power_of(max(map(abs, (total, *shares.values()))))
    digits = 3 if power else 4
    total = round(total / 10.0**power, digits)
    printed = {path: round(share / 10.0**power, digits) for path, share in shares.items()}
    largest = max(shares, key=lambda path: abs(shares[path]))
    printed[largest] = round(printed[largest] + total - sum(printed.values()), digits)
    return Split(of, total, printed, power, digits)


def draw_split(drawing, found, lang, y, width, size):
    """Draw a Split as rows of name, number and bar; returns the y below.

    Each bar begins where the one before it ended, as on the page: they reach the total by adding up.
    """
    extent = (0.4 if width > 400 else 0.26) * width
    left, numbers = width - extent, width - extent - 20
    ends = np.cumsum([0.0, *found.shares.values()])
    low, high = ends.min(), ends.max()

    def at(value):
        return left + extent * ((value - low) / (high - low) if high > low else 0.5)

    def bar(start, end, colour):
        from_, to = sorted((at(start), at(end)))
        drawing.add(Rect(from_, y - 18, max(to - from_, 1.5), 13, colour))

    drawing.text(0, y, [*derivative(found.of), Run(text("figures.step-through-by", lang))], size)
    if found.power:
        drawing.text(numbers, y, times_ten(found.power, lang), size, "end", "ink-2")
    y += 10
    drawing.line([(at(0), y + 2), (at(0), y + _ROW * (len(found.shares) + 1) + 2)], "rule-2")
    for k, (path, share) in enumerate(found.shares.items()):
        y += _ROW
        drawing.text(0, y - 7, text(f"figures.step-through-{path}", lang), size)
        drawing.text(numbers, y - 7, found.told(share, lang), size, "end")
        if k:
            drawing.line([(at(ends[k]), y - 30), (at(ends[k]), y - 18)], "ink-3")
        if share:
            bar(ends[k], ends[k + 1], COLOURS[path])
        elif k:
            drawing.line([(at(ends[k]), y - 18), (at(ends[k]), y - 5)], "ink-3")
    drawing.line([(0, y + 1), (numbers, y + 1)], "rule-2")
    y += _ROW
    drawing.text(0, y - 7, text("network.terms.sum", lang), size, bold=True)
    drawing.text(numbers, y - 7, found.told(found.total, lang), size, "end", bold=True)
    drawing.line([(at(ends[-1]), y - 30), (at(ends[-1]), y - 18)], "ink-3")
    if found.total:
        bar(0.0, found.total, QUANTITIES[found.of][1])
    return y + 8
