"""The static picture of an area: every network and baseline on one axis, every seed as a mark."""

import math

from lstm_lib import compared_areas as data
from lstm_lib.figures import network_marks as marks
from lstm_lib.figures.drawing import Circle, Drawing, Rect, Run
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import lines
from lstm_lib.locale import check_language, integer, plain, text

DOT = 3
APART = 1.8 * DOT
CROSS = 1.6  # crosses stand further apart than dots


def areas(lang="pt", area="river", length=0, network=""):
    """A Figure of one recorded area: in each line a network or baseline, its seeds as dots (a cross where a
    task was never learned), the range as a band and above it its mark at the mean; `network` in the accent.
    In a task of 1997, a dashed line or a band at what the LSTM of the paper needed.

    length: T of a generated task, its first if 0; network: "" for the area's own LSTM. Raises ValueError
    for an unknown area, and for a network or length that was not measured in it.
    """
    check_language(lang)
    lengths = data.about(area)["lengths"]
    if length and length not in lengths:
        raise ValueError(f"The length was {length}; {area} has {', '.join(map(str, lengths)) or 'none'}.")
    entries = data.entries(area, length)
    known = [entry.key for entry in entries]
    chosen = data.find(area, length, network)
    if network not in ("", *known):
        raise ValueError(f"There is no {network!r} in {area}; there are {', '.join(known)}.")
    told = plain(data.see(area, length, chosen, lang))
    listed = "; ".join(f"{data.name(e, lang)}: {data.mean_text(area, e, lang)}" for e in entries)
    description = f"{told} {text('areas.column_mean', lang)}: {listed}."
    wide, narrow = (_drawn(width, area, length, chosen, lang, description) for width in (912, 358))
    return Figure([wide], name="areas", narrow=narrow)


class _Place:
    """Where lines and scores stand, as in frontend/src/widgets/areas/layout.ts, from `top` down."""

    def __init__(self, area, entries, width, top):
        self.roomy = width >= 640
        self.left, self.right = (196, width - 258) if self.roomy else (8, width - 10)
        self.networks = sum(entry.network for entry in entries)
        self.gap = 14 if self.networks < len(entries) else 0
        self.top, self.row = top, 40 if self.roomy else 60
        self.bottom = top + self.row * len(entries) + self.gap
        self.log, self.axis = data.is_task(area), data.about(area)["axis"]
        self.columns = (width - 182, width - 88, width - 8)

    def x(self, value):
        low, high, at = (math.log(v) if self.log else v for v in (*self.axis, value))
        return self.left + (self.right - self.left) * (at - low) / (high - low)

    def y(self, k):
        middle = self.row / 2 + 3 if self.roomy else self.row - 14
        return self.top + self.row * k + (self.gap if k >= self.networks else 0) + middle


def _drawn(width, area, length, chosen, lang, description):
    entries = data.entries(area, length)
    size = 28 if width >= 640 else 24
    # Words are measured in the sans; the serif is wider.
    said = lines(data.outcome(area, length, lang), size, width * 0.84)
    head = 34 + len(said) * size * 1.2
    needed = data.paper(area, length)
    p = _Place(area, entries, width, head + (26 if width >= 640 or needed else 4))
    keys = ("seed", "mean", "never" if data.is_task(area) else "baseline", *(["paper"] if needed else []))
    height = p.bottom + (72 if p.roomy else 50 + 22 * len(keys))
    drawing = Drawing(width, height, text("areas.title", lang), description)
    T = data.length_of(area, length)
    where = text(f"areas.area.{area}", lang)
    where = text("areas.see.at", lang, area=where, T=str(T)) if T else where
    drawing.text(0, 16, where[0].upper() + where[1:], 15, colour="ink-2")
    for k, runs in enumerate(said):
        drawing.text(0, 24 + (k + 1) * size * 1.2, [Run(run.text, "serif") for run in runs], size)
    if needed and needed[1] > needed[0]:
        low, high = map(p.x, needed)
        drawing.line([(low, (p.top + p.bottom) / 2), (high, (p.top + p.bottom) / 2)], "paper-3",
                     p.bottom - p.top, opacity=0.6)  # fmt: skip
    _wash(drawing, p, entries.index(chosen))
    ticks = data.about(area)["ticks"]
    for value in ticks if p.roomy or not p.log else ticks[::2]:
        drawing.line([(p.x(value), p.top), (p.x(value), p.bottom)], "rule")
        anchor = "middle" if p.roomy else {ticks[0]: "start", ticks[-1]: "end"}.get(value, "middle")
        drawing.text(p.x(value), p.bottom + 18, data.ticked(area, value, lang), 13, anchor, "ink-3")
    if needed:
        _paper(drawing, p, needed, data.paper_text(area, length, lang), lang)
    metric = text(f"areas.metric.{'task' if p.log else area}", lang)
    drawing.text(p.left, p.bottom + 38, metric, 13, colour="ink-2")
    if p.roomy:
        for x, column in zip(p.columns, ("mean", "parameters", "seconds"), strict=True):
            drawing.text(x, p.top - 8, text(f"areas.column_{column}", lang), 13, "end", "ink-2")
    for k, entry in enumerate(entries):
        _row(drawing, p, area, entry, p.y(k), entry == chosen, lang)
    mark = data.MARKS.get(chosen.name, "lstm-b1")
    for k, key in enumerate(keys):
        x, y = ((0, 110, 330, 606)[k], p.bottom + 62) if p.roomy else (0, p.bottom + 60 + 22 * k)
        _key(drawing, key, mark, x + 6, y - 5)
        drawing.text(x + 20, y, text(f"areas.key_{key}", lang), 13, colour="ink-2")
    return drawing


def _key(drawing, key, mark, x, y):
    if key == "seed":
        drawing.add(Circle(x, y, DOT, "ink-2"))
    elif key == "mean":
        marks.mark(drawing, mark, x, y)
    elif key == "never":
        _cross(drawing, x, y, "ink-2")
    elif key == "paper":
        drawing.line([(x, y - 8.5), (x, y + 8.5)], "ink-3", 1.5, (4, 3))
    else:
        drawing.line([(x, y - 7), (x, y + 7)], "ink-2", 2.5)


def _cross(drawing, x, y, colour):
    for side in (1, -1):
        drawing.line([(x - 3, y - side * 3), (x + 3, y + side * 3)], colour, 1.75, cap="round")


def _paper(drawing, p, needed, said, lang):
    low, high = map(p.x, needed)
    for x in sorted({low, high}):
        drawing.line([(x, p.top - 3), (x, p.bottom)], "ink-3", 1.5, (4, 3))
    x, anchor = label_place(p.left, p.right, low, high)
    drawing.text(x, p.top - 8, text("areas.paper", lang, value=said), 13, anchor, "ink-2")


def label_place(left, right, low, high):
    """(x, anchor) of the words over a mark from low to high, so that they stay between left and right."""
    share = ((low + high) / 2 - left) / (right - left)
    return (high, "end") if share > 0.6 else (low, "start") if share < 0.4 else ((low + high) / 2, "middle")


def _wash(drawing, p, k):
    top = p.top + p.row * k + (p.gap if k >= p.networks else 0)
    drawing.add(Rect(0, top + 1, drawing.width, p.row - 2, "accent-wash"))


def _row(drawing, p, area, entry, y, chosen, lang):
    colour, ink = ("accent", "accent") if chosen else ("ink-2", "ink")
    mark, name = data.MARKS.get(entry.name), y + (2 if p.roomy else -24)
    if mark:
        marks.mark(drawing, mark, 14 if p.roomy else p.left + 6, name - 5, colour)
    left = 28 if p.roomy else p.left + (20 if mark else 0)
    drawing.text(left, name, data.name(entry, lang), 15, colour=ink, bold=chosen)
    drawing.line([(p.left, y), (p.right, y)], "rule")
    xs = [p.x(value) for value in entry.values]
    if max(xs) > min(xs):
        drawing.line([(min(xs), y), (max(xs), y)], colour, 11, opacity=0.2)
    if not entry.network:
        drawing.line([(xs[0], y - 9), (xs[0], y + 9)], colour, 2.5)
    offsets = stacked(xs, APART)
    if entry.network and mark and entry.mean is not None and len(xs) > 1:
        marks.mark(drawing, mark, p.x(entry.mean), y - mean_lift(xs, offsets, p.x(entry.mean)), colour)
    for x, up, learned in zip(xs, offsets, entry.learned, strict=True):
        if not learned:
            # On ground of its own, so that the line of the paper does not cross it.
            ground = "accent-wash" if chosen else "paper"
            drawing.line([(x, y + CROSS * up - 2), (x, y + CROSS * up + 2)], ground, 9)
            _cross(drawing, x, y + CROSS * up, colour)
        elif entry.network:
            drawing.add(Circle(x, y + up, DOT, colour))
    if not p.roomy:  # the mean stands over the axis there
        drawing.add(Rect(p.right - 54, name - 15, 54, 20, "accent-wash" if chosen else "paper"))
    mean = data.mean_text(area, entry, lang)
    drawing.text(p.columns[0] if p.roomy else p.right, name, mean, 15, "end", ink, bold=True)
    if p.roomy:
        weights = "" if entry.parameters is None else integer(entry.parameters, lang)
        for x, said in zip(p.columns[1:], (weights, data.seconds_text(entry, lang)), strict=True):
            if said:
                drawing.text(x, name, said, 15, "end", "ink-2")


def stacked(xs, apart):
    """How far above or below its line each mark stands, so that none covers another."""
    placed = []
    for x in xs:
        k = 0
        while any(
            abs(other - x) < apart and abs(_offset(k, apart) - dy) < apart - 0.01 for other, dy in placed
        ):
            k += 1
        placed.append((x, _offset(k, apart)))
    return [dy for _, dy in placed]


def mean_lift(xs, offsets, mean):
    """How far above the line the mark of the mean stands: over every dot that is near it."""
    near = [-dy for x, dy in zip(xs, offsets, strict=True) if abs(x - mean) < 9]
    return max(11, max(near, default=0) + 9)


def _offset(k, apart):
    return (1 if k % 2 else -1) * math.ceil(k / 2) * apart
