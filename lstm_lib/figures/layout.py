"""Where things stand in a figure: words in rows, sentences in lines, labels at the ends of lines."""

from dataclasses import replace

import numpy as np

from lstm_lib.figures.drawing import Run
from lstm_lib.figures.raster import text_width
from lstm_lib.figures.style import QUANTITIES


def apart(levels, least):
    """The same levels, from top to bottom, moved down where two would overlap."""
    placed = list(levels)
    order = np.argsort(levels, kind="stable")
    for above, below in zip(order, order[1:], strict=False):
        placed[below] = max(placed[below], placed[above] + least)
    return placed


def rows(widths, available):
    """Indices of the words, in as many rows as they need."""
    found, used = [[]], 0.0
    for k, width in enumerate(widths):
        if found[-1] and used + width > available:
            found.append([])
            used = 0.0
        found[-1].append(k)
        used += width
    return found


def even_rows(widths, available):
    """Indices of the words in as few rows as fit into `available`, about equally full."""
    most = len(rows(widths, available))
    low, high = 0.0, available
    while most > 1 and high - low > 1:
        middle = (low + high) / 2
        if max(widths) <= middle and len(rows(widths, middle)) <= most:
            high = middle
        else:
            low = middle
    return rows(widths, high)


def lines(sentence, size, width):
    """A sentence with symbols in $ signs, broken into lines that fit: lists of runs."""
    found, used = [[]], 0.0
    for word in sentence.split(" "):
        pieces = [_piece(piece) for piece in word.split("$")] if "$" in word else [Run(word)]
        pieces = [piece for piece in pieces if piece.text]
        wide = sum(text_width(piece.text, size, piece.face, italic=piece.italic) for piece in pieces)
        space = text_width(" ", size) if found[-1] else 0
        if found[-1] and used + space + wide > width:
            found.append([])
            used, space = 0.0, 0
        for piece in [Run(" "), *pieces] if space else pieces:
            if found[-1] and replace(found[-1][-1], text=piece.text) == piece:
                piece = replace(piece, text=found[-1].pop().text + piece.text)
            found[-1].append(piece)
        used += space + wide
    return found


def _piece(piece):
    """A letter of a quantity as its symbol, anything else as it is."""
    of = {letter: colour for letter, colour, *_ in QUANTITIES.values()}
    return Run(piece, "serif", of[piece], italic=True) if piece in of else Run(piece)
