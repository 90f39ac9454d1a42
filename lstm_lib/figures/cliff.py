"""The error of one unit as a relief with a cliff, and two walks down it, with and without norm clipping."""

import math
from functools import partial

import numpy as np

from lstm_lib import error_surface
from lstm_lib.figures.drawing import Circle, Drawing, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.locale import check_language, number, plain, text
from lstm_lib.widgets.cliff import PICTURE

NAMES = ("free", "clipped")
ROWS, COLUMNS, TONES = 40, 48, 12
_INK = {"free": "ink", "clipped": "accent"}


def cliff(widget, lang="pt"):
    """A Figure of a widgets.Cliff: the relief seen from its low side, and both walks up to its `move`; with
    move = 0, when the explorable waits for the reader, all of both. Raises TypeError for anything else."""
    check_language(lang)
    if not hasattr(widget, "walks") or not hasattr(widget, "edge"):
        raise TypeError(f"widget was of type {type(widget).__name__}, expected a widgets.Cliff.")
    move = widget.held("move") or widget.held("moves")
    seen = plain(see(widget, lang, move))
    description = text("cliff.figure", lang, title=text("cliff.title", lang), see=seen[:1].upper() + seen[1:])
    return Figure([_draw(widget, move, 912, lang, description)], name="cliff",
                  narrow=_draw(widget, move, 358, lang, description))  # fmt: skip


def size(value, lang):
    """A length as it can be read: digits from 0.0001 to 9999, else a power of 10; an exact zero is a word."""
    if value == 0:
        return text("cliff.zero", lang)
    if 1e-4 <= value < 10_000:
        digits = 4 if value < 0.01 else 2 if value < 10 else 1 if value < 100 else 0
        return number(value, lang, digits)
    return text("cliff.power", lang, exponent=number(math.log10(value), lang, 1))


def coordinate(value, lang, sign=False):
    if abs(value) < 1e6:
        return number(value, lang, 2 if abs(value) < 10 else 0, sign=sign)
    power = math.floor(math.log10(abs(value)))
    return f"{number(value / 10.0**power, lang, 1, sign=sign)} · 10^{power}"


def place_text(place, lang):
    return f"w = {coordinate(place[0], lang)}, b = {coordinate(place[1], lang, True)}"


def see(widget, lang, move=None):
    """What the explorable says after `move` steps (its own if None), as there, with its marks of emphasis."""
    move, walks = widget.held("move") if move is None else move, widget.walks
    write, bold = partial(size, lang=lang), "**{}**".format
    w, steep = widget.start[0], widget.start[0] * (1 - widget.held("initial") ** 2)
    _, *slopes = error_surface.gradient(w, widget.edge, **widget.unit)
    parts = [text(f"cliff.see.{'edge' if steep > 1 else 'slope'}", lang, weight=bold(number(w, lang)),
                  bias=bold(number(widget.edge, lang, sign=True)), norm=bold(write(math.hypot(*slopes))),
                  factor=bold(number(steep, lang)))]  # fmt: skip
    if move == 0:
        return " ".join([*parts, text("cliff.see.start", lang, norm=bold(write(walks["free"].norms[0])))])
    for name in NAMES:
        walk = walks[name]
        at = int(np.argmax(walk.lengths[:move]))
        values = {"at": at + 1, "norm": bold(write(walk.norms[at])), "length": bold(write(walk.lengths[at])),
                  "place": bold(place_text(walk.places[move], lang)), "error": bold(write(walk.errors[move])),
                  "now": bold(write(walk.norms[move]))}  # fmt: skip
        parts.append(text(f"cliff.see.{name}.{walk.outcome(move)}", lang, **values))
    free, clipped = (walks[name].outcome(move) for name in NAMES)
    if free == clipped and move == widget.held("moves"):
        unused = np.all(walks["clipped"].factors == 1)
        parts.append(text("cliff.see.unused" if unused else "cliff.see.same", lang))
    return " ".join(parts)


class _View:
    """Where a point of the landscape stands on the drawing, as in frontend/src/widgets/cliff/relief.ts."""

    def __init__(self, width, target):
        wide = width >= 560
        self.width, self.top = width, (1 + abs(target)) ** 2
        rise, self.deep = (190, 200) if wide else (130, 150)
        self.skew, self.left = width * (0.24 if wide else 0.16), 46 if wide else 30
        self.right = width - self.skew - (34 if wide else 30)
        self.up, self.floor, self.height = rise / self.top, rise + self.deep + 22, rise + self.deep + 74

    def __call__(self, w, b, error):
        (w0, w1), (b0, b1) = PICTURE["weight"], PICTURE["bias"]
        back = (b - b0) / (b1 - b0)
        across = self.left + (w - w0) / (w1 - w0) * (self.right - self.left)
        return across + back * self.skew, self.floor - back * self.deep - error * self.up


def _draw(widget, move, width, lang, description):
    view = _View(width, widget.held("target"))
    drawing = Drawing(width, view.height, text("cliff.title", lang), description)
    _relief(drawing, view, widget)
    _axes(drawing, view, lang)
    for name in reversed(NAMES):
        _walk(drawing, view, name, widget.walks[name], move, lang)
    x, y = view(*widget.start, float(widget.surface(*widget.start)))
    drawing.add(Circle(x, y, 12, stroke="ink", width=2.5), Circle(x, y, 4, fill="ink"))
    anchor = "end" if x > width - 90 else "middle"
    drawing.text(x, y - 18, text("cliff.start", lang), 15, anchor, bold=True, halo=True)
    return drawing


def _relief(drawing, view, widget):
    """Strips along the edge of the cliff, each cut where its tone changes; steep places are dark."""
    (w0, w1), (b0, b1) = PICTURE["weight"], PICTURE["bias"]
    w = np.linspace(w0, w1, COLUMNS + 1)
    edge = error_surface.edge(w, widget.held("initial"))
    u = np.linspace(-1, 1, ROWS + 1)[:, None]
    far = np.where(u < 0, -max(0, (edge - b0).max()), max(0, (b1 - edge).max())) * np.abs(u) ** 2.2
    b = np.clip(edge + far, b0, b1)
    error = widget.surface(np.broadcast_to(w, b.shape), b)
    x, y = view(w, b, error)
    gap = np.maximum(np.diff(b, axis=0), 1e-9)
    db = np.diff(error, axis=0)[:, :-1] / gap[:, :-1]
    dw = (np.diff(error, axis=1)[:-1] - np.diff(b, axis=1)[:-1] * db) / (w[1] - w[0])
    db, dw = db * (b1 - b0) / view.top, dw * (w1 - w0) / view.top
    lit = np.clip((1 - 0.5 * dw - 0.2 * db) / np.sqrt(1 + dw * dw + db * db), -0.35, 1)
    tones = np.rint(TONES * (1 - lit) / 1.35).astype(int)
    drawn = math.inf
    for r in reversed(range(ROWS)):
        if np.any(y[r + 1] > y[r] + 0.5):     # where it falls to the back, the near strip hides the far one
            behind = zip(x[r + 1][::-1], y[r + 1][::-1], strict=True)
            drawing.polygon(_short([*zip(x[r], y[r], strict=True), *behind]), "paper")
        cuts = [0, *(np.flatnonzero(np.diff(tones[r])) + 1), COLUMNS]
        for a, z in zip(cuts, cuts[1:], strict=False):
            if np.all(b[r, a:z + 1] == b[r + 1, a:z + 1]):
                continue
            corners = [*zip(x[r, a:z + 1], y[r, a:z + 1], strict=True),
                       *zip(x[r + 1, a:z + 1][::-1], y[r + 1, a:z + 1][::-1], strict=True)]  # fmt: skip
            drawing.polygon(_short(corners), "ink", opacity=round(0.05 + 0.46 * tones[r, a] / TONES, 3))
        inside = (b[r] > b0) & (b[r] < b1)
        if abs(y[r, COLUMNS // 2] - drawn) >= 7 and inside.sum() > 1:
            drawn = y[r, COLUMNS // 2]
            drawing.line(_short(zip(x[r, inside], y[r, inside], strict=True)), "ink", 0.7, opacity=0.42)
    base = -0.05 * view.top
    front = _short(zip(x[0], y[0], strict=True))
    right = _short(zip(x[:, -1], y[:, -1], strict=True))
    sides = ((front, ((w1, b0), (w0, b0)), "paper-2"), (right, ((w1, b1), (w1, b0)), "paper-3"))
    for rim, ends, tone in sides:
        drawing.polygon([*rim, *_short(view(*end, base) for end in ends)], tone, "ink", 1.25)
    drawing.line(_short(zip(x[-1], y[-1], strict=True)), "ink")
    drawing.line(_short(zip(x[:, 0], y[:, 0], strict=True)), "ink")


def _short(points):
    """Tenths of a pixel are enough, and keep the page small."""
    return [(round(float(x), 1), round(float(y), 1)) for x, y in points]


def _axes(drawing, view, lang):
    (w0, w1), (b0, b1) = PICTURE["weight"], PICTURE["bias"]
    base = -0.05 * view.top
    for w in (0.5, 1, 1.5, 2, 2.5):
        x, y = view(w, b0, base)
        drawing.line([(x, y), (x, y + 6)], "ink-3")
        drawing.text(x, y + 19, number(w, lang, 1), 13, "middle", "ink-3")
    for b in (-1, -0.5, 0, 0.5):
        x, y = view(w1, b, base)
        drawing.line([(x, y), (x + 5, y + 3)], "ink-3")
        drawing.text(x + 8, y + 11, number(b, lang, 1, sign=True), 13, colour="ink-3")
    x, y = view(w0, b0, 0)
    drawing.line([(x - 8, y), (x - 8, y - view.top * view.up)], "ink-3")
    for error in range(math.floor(view.top) + 1):
        drawing.line([(x - 8, y - error * view.up), (x - 13, y - error * view.up)], "ink-3")
        drawing.text(x - 16, y - error * view.up + 4.5, str(error), 13, "end", "ink-3")
    high = y - view.top * view.up - 12
    drawing.text(max(0, x - 12), high, text("cliff.axis.error", lang), 14, colour="ink-2")
    runs = symbol("w")
    if view.width >= 560:
        runs.append(Run(f", {text('cliff.axis.weight', lang)}", colour="ink-2", scale=0.8))
    drawing.text(*(view((w0 + w1) / 2, b0, 0)[0], view.floor + 47), runs, 18, "middle")
    x, y = view(w1, (b0 + b1) / 2, base)
    drawing.text(min(x + (46 if view.width >= 560 else 34), view.width - 8), y + 26, symbol("b"), 18)


def _walk(drawing, view, name, walk, move, lang):
    """One walk; a place outside the picture is an arrow at its border, with its weights."""
    (w0, w1), (b0, b1) = PICTURE["weight"], PICTURE["bias"]
    shown, out = [], None
    for (w, b), error in zip(walk.places[:move + 1], walk.errors, strict=False):
        if not (w0 <= w <= w1 and b0 <= b <= b1):
            out = view(w, b, error)
            break
        shown.append(view(w, b, error))
    ink, dash = _INK[name], (6, 4) if name == "free" else ()
    points, label = _short(shown), text(f"cliff.walk.{name}", lang)
    tip = _border(shown[-1], out, view) if out else None
    line = [*points, tip] if tip else points
    drawing.line(line, "paper", 6, opacity=0.85)
    drawing.line(line, ink, 2.25, dash)
    for k, (x, y) in enumerate(points[1:], 1):
        last = k == len(points) - 1 and not tip
        fill, rim = ("paper", "ink") if name == "free" else ("accent", "paper")
        drawing.add(Circle(x, y, 7 if last else 3.25, fill, rim, 1.5))
    x, y = shown[-1]
    if tip:
        along = np.subtract(tip, (x, y))
        along = along / (np.linalg.norm(along) or 1)
        across, back = np.array([-along[1], along[0]]) * 6, np.subtract(tip, 14 * along)
        drawing.polygon(_short([tip, back + across, back - across]), ink)
        at = np.add((x, y), 0.7 * np.subtract(tip, (x, y))) + (14, 20)
        runs = [Run(f"{label}: {place_text(walk.places[move], lang)}", bold=True)]
        least = 255 if view.width >= 560 else 225
        drawing.text(min(max(at[0], 8), view.width - least), min(max(at[1], 18), view.height - 50), runs, 15,
                     colour=ink, halo=True)  # fmt: skip
    elif len(shown) > 1:
        right = x < 150
        drawing.text(x + (14 if right else -14), y + (-8 if name == "free" else 14), label, 15,
                     "start" if right else "end", ink, True, bold=True)  # fmt: skip


def _border(inside, outside, view):
    """Where the line from a place in the picture to one outside it leaves the drawing."""
    shares = [1.0]
    for k, (low, high) in enumerate(((6, view.width - 6), (6, view.height - 40))):
        far = outside[k] - inside[k]
        if far:
            shares.append(((low if far < 0 else high) - inside[k]) / far)
    return _short([np.add(inside, min(shares) * np.subtract(outside, inside))])[0]
