"""A drawing as a list of marks, written as SVG that follows the page's theme, or as a PNG.

Colours are names of design tokens ("q-f", "ink-2"). In a page they become var(--q-f, ...), so that the
drawing changes with the theme; in a file and in a PNG they become the colours themselves. Units are px, y
grows downwards.
"""

import html
from dataclasses import dataclass, field

import numpy as np

from lstm_lib.figures import style

LEVELS = 20  # steps of a colour ramp in a map: finer than the eye tells apart in cells this small


@dataclass(frozen=True)
class Run:
    """A piece of text in one style: face "sans" or "serif"; shift "sub" or "super" for indices and
    exponents."""

    text: str
    face: str = "sans"
    colour: str = ""
    bold: bool = False
    italic: bool = False
    shift: str = ""
    scale: float = 1.0

    def size_in(self, size):
        """Its size in a text of this size: an index is smaller."""
        return size * self.scale * (0.74 if self.shift else 1)


def symbol(letter, index="", colour=""):
    """The runs of a symbol with an index, such as c with t−1."""
    runs = [Run(letter, "serif", colour, italic=True)]
    return [*runs, Run(index, "serif", colour, italic=True, shift="sub")] if index else runs


@dataclass(frozen=True)
class Path:
    """A line or an outline: points ("M", x, y), ("L", x, y), ("Q", x1, y1, x, y), ("A", r, x, y), ("Z",)."""

    points: tuple
    stroke: str = ""
    width: float = 1.0
    dash: tuple = ()
    fill: str = ""
    cap: str = "butt"
    opacity: float = 1.0


@dataclass(frozen=True)
class Circle:
    x: float
    y: float
    r: float
    fill: str = ""
    stroke: str = ""
    width: float = 1.0


@dataclass(frozen=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 1.0
    radius: float = 0.0


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    runs: tuple
    size: float
    anchor: str = "start"
    colour: str = "ink"
    halo: bool = False


@dataclass(frozen=True)
class Cells:
    """A map: one small rectangle for each entry of values (rows, columns), from 0 to 1, or -1 to 1 with two
    colours."""

    x: float
    y: float
    width: float
    height: float
    values: np.ndarray
    high: str
    low: str = ""
    zero: str = "ramp-0"
    strokes: bool = True  # a minus stroke in every clearly negative cell: not by colour alone


@dataclass
class Drawing:
    """A picture of width x height px with a title and a description for those who don't see it."""

    width: float
    height: float
    title: str
    description: str
    marks: list = field(default_factory=list)

    def add(self, *marks):
        self.marks.extend(marks)

    def line(self, points, colour, width=1.0, dash=(), cap="butt", radius=0.0, opacity=1.0):
        """A polyline through points [(x, y), ...], its corners rounded; points may be the same."""
        self.add(Path(rounded(points, radius), colour, width, tuple(dash), cap=cap, opacity=opacity))

    def polygon(self, corners, fill, stroke="", width=1.0, opacity=1.0):
        """A closed shape with the corners [(x, y), ...]."""
        points = (("M", *corners[0]), *(("L", *corner) for corner in corners[1:]), ("Z",))
        self.add(Path(points, stroke, width, fill=fill, opacity=opacity))

    def text(self, x, y, content, size, anchor="start", colour="ink", halo=False, **options):
        """A text at its baseline; content is a string (with the options of a Run) or a list of Run."""
        runs = (Run(content, **options),) if isinstance(content, str) else tuple(content)
        self.add(Text(x, y, runs, size, anchor, colour, halo))

    def place(self, other, x, y):
        """Put another drawing into this one, its top left corner at (x, y)."""
        self.add((other, x, y))

    def to_svg(self, prefix="fig", literal=False):
        """The drawing as an <svg> element. prefix makes its ids unique in a page; literal writes colours,
        not var()."""
        title, description = f"{prefix}-title", f"{prefix}-desc"
        margin = 16 if literal else 0
        left, width, height = _n(-margin), _n(self.width + 2 * margin), _n(self.height + 2 * margin)
        if literal:
            place = f'xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            paper = style.tokens("light")["paper"]
            ground = f'<rect x="{left}" y="{left}" width="100%" height="100%" fill="{paper}"/>'
        else:
            most = _n(self.width * 1.25)
            place = f'style="display:block;width:100%;max-width:{most}px;height:auto;overflow:visible"'
            ground = ""
        return (
            f'<svg {place} viewBox="{left} {left} {width} {height}" role="img" '
            f'aria-labelledby="{title}" aria-describedby="{description}">'
            f'<title id="{title}">{html.escape(self.title)}</title>'
            f'<desc id="{description}">{html.escape(self.description)}</desc>{ground}'
            + "".join(_svg_marks(self.marks, _Ink(literal)))
            + "</svg>"
        )


def rounded(points, radius):
    """The path of a polyline whose corners are rounded by `radius`."""
    given = [np.asarray(point, dtype=float) for point in points]
    points = given[:1] + [b for a, b in zip(given, given[1:], strict=False) if (a != b).any()]
    path = [("M", *points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        r = min(radius, *(np.linalg.norm(corner - other) / 2 for other in (before, after)))
        start = corner + (before - corner) / np.linalg.norm(before - corner) * r
        end = corner + (after - corner) / np.linalg.norm(after - corner) * r
        path += [("L", *start), ("Q", *corner, *end)] if r else [("L", *corner)]
    return tuple([*path, ("L", *points[-1])])


def runs_of_cells(values, levels=LEVELS):
    """Maps to few shapes: {level: [(row, column, length), ...]}, neighbours of one level in a row taken
    together."""
    steps = np.clip(np.rint(np.asarray(values) * levels), -levels, levels).astype(int)
    found = {}
    for row, line in enumerate(steps):
        starts = np.flatnonzero(np.diff(line, prepend=line[0] + 1))
        for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
            if line[start]:
                found.setdefault(int(line[start]), []).append((row, int(start), int(end - start)))
    return found


class _Ink:
    """Writes a token as it is needed in a page (a variable with the light colour as fallback) or in a
    file."""

    def __init__(self, literal):
        self.literal, self.light = literal, style.tokens("light")

    def colour(self, token):
        if not token:
            return "none"
        return self.light[token] if self.literal else f"var(--{token},{self.light[token]})"

    def family(self, face):
        # Attributes are quoted with ", so the families inside take '.
        families = style.FAMILIES[face].replace('"', "'")
        return families if self.literal else f"var(--{face},{families})"


def _svg_marks(marks, ink):
    for mark in marks:
        if isinstance(mark, tuple):
            drawing, x, y = mark
            yield (
                f'<g transform="translate({_n(x)} {_n(y)})">'
                + "".join(_svg_marks(drawing.marks, ink))
                + "</g>"
            )
        else:
            yield _SVG[type(mark)](mark, ink)


def _svg_path(path, ink):
    data = "".join(
        point[0] + (f"{_n(point[1])} {_n(point[1])} 0 0 1 {_n(point[2])} {_n(point[3])}" if point[0] == "A"
                    else " ".join(map(_n, point[1:])))
        for point in path.points
    )  # fmt: skip
    faint = f' opacity="{_n(path.opacity)}"' if path.opacity < 1 else ""
    return f'<path d="{data}"{_paint(path.fill, path.stroke, path.width, ink, path.dash, path.cap)}{faint}/>'


def _svg_circle(circle, ink):
    place = f'cx="{_n(circle.x)}" cy="{_n(circle.y)}" r="{_n(circle.r)}"'
    return f"<circle {place}{_paint(circle.fill, circle.stroke, circle.width, ink)}/>"


def _svg_rect(rect, ink):
    place = f'x="{_n(rect.x)}" y="{_n(rect.y)}" width="{_n(rect.width)}" height="{_n(rect.height)}"'
    corner = f' rx="{_n(rect.radius)}"' if rect.radius else ""
    return f"<rect {place}{corner}{_paint(rect.fill, rect.stroke, rect.stroke_width, ink)}/>"


def _svg_text(text, ink):
    first, rest = text.runs[0], text.runs[1:]
    halo = ""
    if text.halo:
        halo = f";paint-order:stroke;stroke:{ink.colour('paper')};stroke-width:4px;stroke-linejoin:round"
    colour = text.colour if rest else first.colour or text.colour
    font = f"font:{_font(first, text.size, ink)};fill:{ink.colour(colour)}"
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    numbers = ";font-variant-numeric:tabular-nums lining-nums" if first.face == "sans" else ""
    out = f'<text x="{_n(text.x)}" y="{_n(text.y)}"{anchor} style="{font}{numbers}{halo}">'
    lowered = 0.0
    for run in text.runs:
        wanted = {"sub": 0.22, "super": -0.38, "": 0.0}[run.shift] * text.size
        dy = f' dy="{_n(wanted - lowered)}"' if abs(wanted - lowered) > 1e-9 else ""
        lowered = wanted
        content = html.escape(run.text)
        if run is first and not rest and not dy:
            out += content
        else:
            colour = f";fill:{ink.colour(run.colour)}" if run.colour else ""
            out += f'<tspan{dy} style="font:{_font(run, text.size, ink)}{colour}">{content}</tspan>'
    return out + "</text>"


def _svg_cells(cells, ink):
    rows, columns = np.shape(cells.values)
    scale = f"scale({_n(cells.width / columns, 5)} {_n(cells.height / rows, 5)})"
    out = [f'<g transform="translate({_n(cells.x)} {_n(cells.y)}) {scale}" shape-rendering="crispEdges">',
           f'<path d="M0 0h{columns}v{rows}h-{columns}z" fill="{ink.colour(cells.zero)}"/>']  # fmt: skip
    for level, runs in sorted(runs_of_cells(cells.values).items()):
        data = "".join(f"M{column} {row}h{length}v1h-{length}z" for row, column, length in runs)
        colour = ink.colour(cells.high if level > 0 else cells.low)
        opacity = "" if abs(level) == LEVELS else f' fill-opacity="{_n(abs(level) / LEVELS)}"'
        out.append(f'<path d="{data}" fill="{colour}"{opacity}/>')
    if cells.low and cells.strokes:
        negative = np.argwhere(np.asarray(cells.values) <= -0.25)
        data = "".join(f"M{column}.3 {row}.5h.4" for row, column in negative)
        out.append(f'<path d="{data}" stroke="{ink.colour("paper")}" stroke-width=".14"/>' if data else "")
    return "".join([*out, "</g>"])


_SVG = {Path: _svg_path, Circle: _svg_circle, Rect: _svg_rect, Text: _svg_text, Cells: _svg_cells}


def _paint(fill, stroke, width, ink, dash=(), cap="butt"):
    out = f' fill="{ink.colour(fill)}"'
    if stroke:
        out += f' stroke="{ink.colour(stroke)}" stroke-width="{_n(width)}"'
        if dash:
            out += f' stroke-dasharray="{" ".join(map(_n, dash))}"'
        if cap != "butt":
            out += f' stroke-linecap="{cap}" stroke-linejoin="{cap}"'
    return out


def _font(run, size, ink):
    shape = ("italic " if run.italic else "") + ("600 " if run.bold else "")
    return f"{shape}{_n(run.size_in(size))}px {ink.family(run.face)}"


def _n(value, digits=2):
    """A coordinate in as few characters as it needs."""
    text = f"{float(value):.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
