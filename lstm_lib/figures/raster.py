"""A drawing as a PNG, for places that show neither SVG nor scripts (PDF, code hosts). Drawn with
matplotlib."""

import io
from functools import cache

import numpy as np

from lstm_lib.figures import style
from lstm_lib.figures.drawing import Cells, Circle, Path, Rect, Run, Text, rounded

_FILES = {
    ("sans", False, False): "LSTMBookSans-Regular.ttf",
    ("sans", True, False): "LSTMBookSans-Semibold.ttf",
    ("serif", False, False): "LSTMBookSerif-Regular.ttf",
    ("serif", False, True): "LSTMBookSerif-Italic.ttf",
}


MARGIN = 16  # px of paper around the picture

# Advances, in em, of the signs that come from the second font.
_OTHERS = {"⊙": 0.84, "∂": 0.53, "σ": 0.64}


def png(drawing, theme="light", scale=2.0):
    """The drawing as PNG bytes: theme "light" or "dark", `scale` pixels for each px."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    ink = style.tokens(theme)
    width, height = drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN
    figure = Figure(figsize=(width / 72, height / 72), dpi=72 * scale, facecolor=ink["paper"])
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-MARGIN, width - MARGIN), ylim=(height - MARGIN, -MARGIN), autoscale_on=False)
    axes.axis("off")
    _draw(axes, drawing, 0, 0, ink)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None, "Description": drawing.description})
    return buffer.getvalue()


def _draw(axes, drawing, x, y, ink):
    for mark in drawing.marks:
        if isinstance(mark, tuple):
            _draw(axes, mark[0], x + mark[1], y + mark[2], ink)
        else:
            _MARKS[type(mark)](axes, mark, x, y, ink)


def _add(axes, path, x, y, ink, fill="", stroke="", width=1.0, dash=(), cap="butt", opacity=1.0):
    from matplotlib.patches import PathPatch

    patch = PathPatch(
        path.transformed(_shift(x, y)),
        facecolor=ink[fill] if fill else "none",
        edgecolor=ink[stroke] if stroke else "none",
        linewidth=width if stroke else 0,
        capstyle="round" if cap == "round" else "butt",
        joinstyle="round",
        alpha=opacity,
        zorder=_next(axes),
    )
    if dash:
        patch.set_linestyle((0, tuple(step / width for step in dash)))
    axes.add_patch(patch)


def _path(axes, mark, x, y, ink):
    from matplotlib.path import Path as Curve

    codes, vertices = [], []
    for point in mark.points:
        kind = point[0]
        if kind == "A":
            arc = _arc(vertices[-1], point[2:], point[1])
            vertices += arc
            codes += [Curve.LINETO] * len(arc)
        elif kind == "Z":
            vertices.append(vertices[0])
            codes.append(Curve.CLOSEPOLY)
        else:
            pairs = [tuple(point[k : k + 2]) for k in range(1, len(point), 2)]
            vertices += pairs
            codes += [{"M": Curve.MOVETO, "L": Curve.LINETO, "Q": Curve.CURVE3}[kind]] * len(pairs)
    _add(
        axes,
        Curve(vertices, codes),
        x,
        y,
        ink,
        mark.fill,
        mark.stroke,
        mark.width,
        mark.dash,
        mark.cap,
        mark.opacity,
    )


def _arc(start, end, r):
    """Points of the clockwise (on screen) arc of radius r from start to end, the smaller of the two."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    half = (end - start) / 2
    height = np.sqrt(max(r * r - half @ half, 0))
    centre = start + half + height * np.array([-half[1], half[0]]) / (np.linalg.norm(half) or 1)
    first, last = (np.arctan2(*(point - centre)[::-1]) for point in (start, end))
    last += 2 * np.pi if last < first else 0
    angles = np.linspace(first, last, 40)
    return [tuple(centre + r * np.array([np.cos(angle), np.sin(angle)])) for angle in angles]


def _circle(axes, mark, x, y, ink):
    from matplotlib.path import Path as Curve

    circle = Curve.circle((mark.x, mark.y), mark.r)
    _add(axes, circle, x, y, ink, mark.fill, mark.stroke, mark.width)


def _rect(axes, mark, x, y, ink):
    r = min(mark.radius, mark.width / 2, mark.height / 2)
    left, top, right, bottom = mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    middle = (left + right) / 2
    corners = [(middle, top), (right, top), (right, bottom), (left, bottom), (left, top), (middle, top)]
    outline = Path((*rounded(corners, r), ("Z",)), mark.stroke, mark.stroke_width, fill=mark.fill)
    _path(axes, outline, x, y, ink)


def _text(axes, mark, x, y, ink):
    from matplotlib import patheffects

    pieces = [(run, run.size_in(mark.size)) for run in mark.runs]
    widths = [_width(run.text, _face(run), size) for run, size in pieces]
    at = mark.x + x - {"start": 0, "middle": 0.5, "end": 1}[mark.anchor] * sum(widths)
    for (run, size), width in zip(pieces, widths, strict=True):
        lowered = {"sub": 0.22, "super": -0.38, "": 0.0}[run.shift] * mark.size
        effects = [patheffects.withStroke(linewidth=4, foreground=ink["paper"])] if mark.halo else None
        axes.text(
            at,
            mark.y + y + lowered,
            run.text.replace("$", r"\$"),
            fontproperties=_properties(_face(run), size),
            color=ink[run.colour or mark.colour],
            ha="left",
            va="baseline",
            path_effects=effects,
            zorder=_next(axes),
        )
        at += width


def _cells(axes, mark, x, y, ink):
    from matplotlib.collections import LineCollection

    values = np.asarray(mark.values)
    colours = np.empty((*values.shape, 3))
    for place, value in np.ndenumerate(values):
        end = mark.high if value > 0 or not mark.low else mark.low
        colours[place] = style.mix(ink[mark.zero], ink[end], min(abs(value), 1))
    left, top = mark.x + x, mark.y + y
    axes.imshow(
        colours,
        extent=(left, left + mark.width, top + mark.height, top),
        interpolation="nearest",
        aspect="auto",
        zorder=_next(axes),
    )
    if mark.low and mark.strokes:
        rows, columns = values.shape
        width, height = mark.width / columns, mark.height / rows
        strokes = [
            [(left + (column + end) * width, top + (row + 0.5) * height) for end in (0.3, 0.7)]
            for row, column in np.argwhere(values <= -0.25)
        ]
        lines = LineCollection(strokes, colors=ink["paper"], linewidths=0.14 * height, zorder=_next(axes))
        axes.add_collection(lines, autolim=False)


_MARKS = {Path: _path, Circle: _circle, Rect: _rect, Text: _text, Cells: _cells}


def _face(run):
    """The file nearest to what a run asks for: there is no bold serif, for instance."""
    wishes = [(run.face, run.bold, run.italic), (run.face, False, run.italic), (run.face, run.bold, False)]
    return next((wish for wish in wishes if wish in _FILES), (run.face, False, False))


@cache
def _register():
    """Make the book's fonts known to matplotlib; returns the names of their families."""
    from matplotlib import font_manager

    for file in _FILES.values():
        font_manager.fontManager.addfont(style.FONTS / file)
    return {key: font_manager.get_font(style.FONTS / file).family_name for key, file in _FILES.items()}


def _properties(key, size):
    from matplotlib.font_manager import FontProperties

    face, bold, italic = key
    # DejaVu, which comes with matplotlib, has the few signs that the cut fonts lack.
    families = [_register()[key], "DejaVu Serif" if face == "serif" else "DejaVu Sans"]
    weight, slant = ("bold" if bold else "normal"), ("italic" if italic else "normal")
    return FontProperties(family=families, weight=weight, style=slant, size=size)


def text_width(text, size, face="sans", bold=False, italic=False):
    """Width of a text in px, from the advances of the book's fonts; for breaking lines and placing runs."""
    return _width(text, _face(Run(text, face, bold=bold, italic=italic)), size)


def _width(text, key, size):
    advances, units = _advances(key)
    return (
        sum(advances.get(ord(character), _OTHERS.get(character, 0.62) * units) for character in text)
        * size
        / units
    )


@cache
def _advances(key):
    """Advance width of every character of a font file, and the units of its em."""
    from fontTools.ttLib import TTFont

    font = TTFont(style.FONTS / _FILES[key])
    return {code: font["hmtx"][name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm


def _shift(x, y):
    from matplotlib.transforms import Affine2D

    return Affine2D().translate(x, y)


def _next(axes):
    """Marks are painted in the order in which they were drawn, whatever matplotlib thinks of their kinds."""
    axes.painted = getattr(axes, "painted", 0) + 1
    return axes.painted
