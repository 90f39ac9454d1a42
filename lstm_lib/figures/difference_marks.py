"""Two sentences as one strip, lines that change their thickness, and the marks that tell networks apart."""

import numpy as np

from lstm_lib.figures.drawing import Path, Rect, Run
from lstm_lib.figures.network_marks import shared
from lstm_lib.figures.raster import text_width
from lstm_lib.tasks.agreement import place


def strip(drawing, pair, step, size):
    """The two sentences as one, forked where they differ and where their adjectives should; the y below."""
    both = list(zip(*(sentence.words for sentence in pair), strict=True))
    if place(pair[0].words).copula is not None:
        both.append((pair[0].adjective, pair[1].adjective))
    columns = [tuple(dict.fromkeys(words)) for words in both]
    differ = [k for k in range(len(pair[0].words)) if len(columns[k]) > 1]
    width = [max(text_width(word, size, "serif") for word in column) + size * 0.42 for column in columns]
    before = [16 if k == len(pair[0].words) and len(column) > 1 else 0 for k, column in enumerate(columns)]
    after = [18 if differ and k == differ[-1] else 0 for k in range(len(columns))]
    x, y, rows = 0.0, 0.0, [[]]
    for k in range(len(columns)):
        if x + before[k] + width[k] - size * 0.42 > drawing.width and x > 0:
            x = 0.0
            rows.append([])
        rows[-1].append((k, x + before[k]))
        x += before[k] + width[k] + after[k]
    apart_by = size * 0.66
    for row in rows:
        high = any(len(columns[k]) > 1 for k, _ in row)
        y += size * (2.1 if high else 1.6)
        for k, x in row:
            levels = [y] if len(columns[k]) == 1 else [y - apart_by, y + apart_by]
            for word, level in zip(columns[k], levels, strict=True):
                if k == step:
                    reach = width[k] - size * 0.42 + 6
                    drawing.add(Rect(x - 3, level - size, reach, size * 1.35, "accent-wash", radius=3))
                colour = "ink" if k == step else "ink-3" if k > step else "ink-2"
                run = Run(word, "serif", italic=k == len(pair[0].words))
                drawing.text(x, level, [run], size, colour=colour)
            if before[k]:
                _fork(drawing, x - 2, y - size * 0.3, apart_by, -1)
            if after[k]:
                _fork(drawing, x + width[k] - 4, y - size * 0.3, apart_by, 1)
        y += size * 0.6 if high else 0.0
    return y + size * 0.9


def _fork(drawing, x, y, reach, way):
    """Two lines that become one (way 1), or one that becomes two, with their open side at x."""
    for side in (-1, 1):
        bend = (("M", x, y + side * reach), ("Q", x + way * 9, y + side * reach, x + way * 7, y + side * 6),
                ("Q", x + way * 6, y, x + way * 14, y))  # fmt: skip
        drawing.add(Path(bend, "ink", 1.75))


def marks(names):
    """{name: (shape, filled)} of some language models, all different; whose they are is in
    learning_horizon.json."""
    own = {name: tuple(mark.values()) for name, mark in shared()["language_models"].items()}
    found = {name: own[name] for name in names if name in own}
    free = [mark for each in shared()["free"] if (mark := tuple(each.values())) not in found.values()]
    return found | dict(zip((name for name in names if name not in own), free, strict=False))


def ribbon(points, widths):
    """The outline of a line through points [(x, y), ...] that is `widths` thick there, as a path."""
    points, half = np.asarray(points, dtype=float), np.asarray(widths, dtype=float)[:, None] / 2
    if len(points) == 1:
        points, half = points + [[-half[0, 0], 0], [half[0, 0], 0]], half.repeat(2, axis=0)
    along = _unit(np.diff(points, axis=0))
    # The normal of the bisector; at a sharp corner it is not lengthened, which only rounds it a little.
    across = _unit(np.vstack([along[:1], along[:-1] + along[1:], along[-1:]]))[:, ::-1] * [-1, 1]
    outline = [*(points + half * across), *(points - half * across)[::-1]]
    return (("M", *outline[0]), *(("L", *point) for point in outline[1:]), ("Z",))


def _unit(vectors):
    size = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.where(size > 0, size, 1)
