"""What reaches one unit on the way back, by path: part of the picture of "step through"."""

import numpy as np

from lstm_lib.figures.drawing import Rect, Run, symbol
from lstm_lib.figures.style import QUANTITIES
from lstm_lib.figures.word_by_word import decimals, round_up
from lstm_lib.locale import number, text

# In the order of the page; what the cell and what the hidden state get.
PATHS = {"cell": ("cell", "direct", "input", "forget", "candidate", "output"),
         "hidden": ("direct", "input", "forget", "candidate", "output")}  # fmt: skip
COLOURS = {"cell": "q-c", "direct": "ink", "input": "q-i", "forget": "q-f", "candidate": "q-g",
           "output": "q-o"}  # fmt: skip
_ROW = 25


def derivative(of):
    """dL/dc_t or dL/dh_t as runs of text."""
    letter, colour, *_ = QUANTITIES[of]
    loss = [Run("d", "serif"), Run("L", "serif", italic=True), Run("/d", "serif")]
    return [*loss, *symbol(letter, "t", colour)]


def shares_at(gradients, step, unit):
    """{of: (total, {path: share})} of one unit at one step."""
    return {
        of: (float(getattr(gradients, of)[step, unit]),
             {path: float(gradients.paths[of][path][step, unit]) for path in paths})
        for of, paths in PATHS.items()
    }  # fmt: skip


def written(found, lang):
    """The same as texts: {of: (total, {path: share})}, four digits of the largest; the shares add up as they
    are written, the last one takes what rounding leaves over, as on the page."""
    largest = max(abs(value) for total, shares in found.values() for value in (total, *shares.values()))
    digits = 3 if not largest else min(12, max(3, 3 - int(np.floor(np.log10(largest)))))
    told = {}
    for of, (total, shares) in found.items():
        rounded = {path: round(share, digits) for path, share in shares.items()}
        rounded[PATHS[of][-1]] += round(total, digits) - sum(rounded.values())
        told[of] = (number(total, lang, digits, sign=True),
                    {path: number(share, lang, digits, sign=True) for path, share in rounded.items()})
    return told


def draw_split(drawing, of, found, told, lang, y, width, size):
    """Draw the shares of dL/dc_t (of="cell") or dL/dh_t as rows of name, number and bar; the y below."""
    (_, shares), (total, told_shares) = found[of], told[of]
    half = (0.2 if width > 400 else 0.13) * width
    zero, numbers = width - half, width - 2 * half - 20
    limit = round_up(max(map(abs, shares.values())), 0.0)
    drawing.text(0, y, [*derivative(of), Run(text("figures.step-through-by", lang))], size)
    y += 10
    top = y
    for path in PATHS[of]:
        y += _ROW
        drawing.text(0, y - 7, text(f"figures.step-through-{path}", lang), size)
        drawing.text(numbers, y - 7, told_shares[path], size, "end")
        reach = half * abs(shares[path]) / (limit or 1.0)
        drawing.add(Rect(zero if shares[path] > 0 else zero - reach, y - 18, reach, 13, COLOURS[path]))
    drawing.line([(zero, top + 3), (zero, y + 2)], "rule-2")
    drawing.line([(0, y + 2), (width, y + 2)], "rule-2")
    y += 21
    drawing.text(0, y, text("network.terms.sum", lang), size)
    drawing.text(numbers, y, total, size, "end", bold=True)
    for side, anchor in ((-1, "start"), (1, "end")):
        end = number(side * limit, lang, decimals(limit), sign=True)
        if limit:
            drawing.text(zero + side * half, y - 2, end, 13, anchor, "ink-3")
    return y + 12
