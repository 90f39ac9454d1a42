"""How a kind of network is told from the others in a figure: shape, filling, dash and weight, never
colour."""

import json
from functools import cache
from pathlib import Path as File

from lstm_lib.figures.drawing import Circle
from lstm_lib.locale import text

_FILE = File(__file__).parents[1] / "learning_horizon.json"


@cache
def shared():
    """What page and figures share: thresholds, and the style of each network."""
    return json.loads(_FILE.read_text(encoding="utf-8"))


def style_of(network):
    """{"shape", "fill", "dash", "width", "shown"} of a network of the horizon; KeyError for another."""
    return shared()["networks"][network]


def usual():
    """Keys of the networks that are drawn if none are chosen."""
    return [key for key, style in shared()["networks"].items() if style["shown"]]


def name(network, lang):
    """The network's name at the end of its line."""
    return text(f"horizon.name.{network}", lang)


def mark(drawing, network, x, y, colour="ink-2", size=4.5):
    """Draw the network's mark around (x, y); `size` is about half its width."""
    style = style_of(network)
    shape(drawing, style["shape"], style["fill"] == "full", x, y, colour, size)
    if style["fill"] == "half":
        s = 0.9 * size
        left = [(x - s, y - s), (x, y - s), (x, y + s), (x - s, y + s)]
        drawing.polygon(left, colour)
    if style["fill"] == "dot":
        drawing.add(Circle(x, y, 0.36 * size, colour))


def shape(drawing, kind, full, x, y, colour="ink-2", size=4.5):
    """A "circle" (RNN), "triangle" (GRU), "square" (LSTM) or "diamond" around (x, y), filled or not."""
    fill = colour if full else "paper"
    if kind == "circle":
        drawing.add(Circle(x, y, size, fill, colour, 1.75))
    else:
        drawing.polygon(_corners(kind, x, y, size), fill, colour, 1.75)


def _corners(shape, x, y, size):
    s, d = 0.9 * size, 1.25 * size
    if shape == "triangle":
        return [(x, y - 1.15 * size), (x + 1.1 * size, y + 0.8 * size), (x - 1.1 * size, y + 0.8 * size)]
    if shape == "square":
        return [(x - s, y - s), (x + s, y - s), (x + s, y + s), (x - s, y + s)]
    return [(x, y - d), (x + d, y), (x, y + d), (x - d, y)]


def line(drawing, network, points, colour="ink-3"):
    """The network's line through points [(x, y), ...], in its weight and dash."""
    style = style_of(network)
    drawing.line(points, colour, style["width"], style["dash"])
