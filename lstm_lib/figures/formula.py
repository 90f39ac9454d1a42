"""Equations with their numbers: every symbol stands over the number that it has."""

from dataclasses import dataclass

from lstm_lib.figures.drawing import Run
from lstm_lib.figures.raster import text_width

BELOW = 1.2  # from the symbols down to their numbers, and from these to a group's, in sizes of the symbols
_GAP = 0.16  # on both sides of everything in a line


@dataclass(frozen=True)
class Term:
    """Symbols over a number; without one, an operator. strong: the number that the line computes."""

    runs: tuple
    value: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Group:
    """Terms over a line and the number that they make together."""

    terms: tuple
    value: str


def op(sign):
    """An operator between two terms, or a function and its brackets."""
    return Term((Run(sign, "serif"),))


def draw_formula(drawing, parts, x, y, size, first=0.0):
    """Draw a line of Terms and Groups, its symbols' baseline at y; returns the x where it ends.

    first: how wide the first term is at least, so that the equals signs of several lines stand in a column.
    """
    for k, part in enumerate(parts):
        draw = _term if isinstance(part, Term) else _group
        x = draw(drawing, part, x, y, size, 0.0 if k else first)
    return x


def _group(drawing, group, x, y, size, least):
    width = sum(_width(term, size) for term in group.terms)
    room = max(least, width, _number_width(group.value, size) + 2 * _GAP * size)
    draw_formula(drawing, group.terms, x + (room - width) / 2, y, size)
    levels = 2 if any(term.value for term in group.terms) else 1
    bottom = y + BELOW * size * levels
    line, inset = bottom - 0.78 * size, _GAP * size
    ends = (x + inset, x + room - inset)
    drawing.line([(ends[0], line - 3), (ends[0], line), (ends[1], line), (ends[1], line - 3)], "rule-2")
    drawing.text(x + room / 2, bottom, group.value, _small(size), "middle", "ink-2")
    return x + room


def _term(drawing, term, x, y, size, least):
    width = max(least, _width(term, size))
    drawing.text(x + width / 2, y, term.runs, size, "middle")
    if term.value:
        colour = "ink" if term.strong else "ink-2"
        where = (x + width / 2, y + BELOW * size)
        drawing.text(*where, term.value, _small(size), "middle", colour, bold=term.strong)
    return x + width


def _width(term, size):
    symbols = sum(text_width(run.text, run.size_in(size), run.face, run.bold, run.italic)
                  for run in term.runs)  # fmt: skip
    return max(symbols, _number_width(term.value, size)) + 2 * _GAP * size


def _number_width(value, size):
    return text_width(value, _small(size), bold=True)


def _small(size):
    return max(13.0, 0.75 * size)
