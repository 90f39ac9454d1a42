"""The static picture of the learning horizon: accuracy against the minimal lag of the training, and the
selected point at other distances and with distractors, from the recorded runs."""

import math

from lstm_lib import horizon
from lstm_lib.figures import horizon_points as points
from lstm_lib.figures import network_marks as marks
from lstm_lib.figures.drawing import Circle, Drawing
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.horizon_points import MIXTURE
from lstm_lib.figures.layout import apart
from lstm_lib.locale import check_language, number, percent, text

LEVELS = (1.0, 0.75, 0.5, 0.25, 0.0)
SIDES = ("distance", "distractors")


def learning_horizon(lang="pt", network="lstm-b3", lag=25, networks=(), results=None):
    """A Figure of the recorded trainings: each network's accuracy on the window of its training, against
    the shortest distance in it, with the mixture of short and long ones at the left; beside it the runs
    of `network` at minimal lag `lag` (0: the mixture) at other distances and with more distractors.

    Every seed is a dot, a cross where it is right in its window but not at every tested distance; the line
    is the mean, the band the range. networks: keys of those drawn (the usual ones if empty; the selected one
    always). Raises ValueError for a network or lag that was not measured.
    """
    check_language(lang)
    results = horizon.results() if results is None else results
    known = [found["key"] for found in results.networks]
    unknown = [key for key in (network, *networks) if key not in known]
    if unknown:
        raise ValueError(f"There is no network {unknown[0]!r}; measured were {', '.join(known)}.")
    if lag not in (MIXTURE, *horizon.LAGS):
        lags = ", ".join(map(str, horizon.LAGS))
        raise ValueError(f"The lag was {lag}; measured were {lags}, and 0 stands for the mixture.")
    wanted = set(networks or marks.usual()) | {network}
    shown = [key for key in known if key in wanted]
    description = _description(results, shown, network, lag, lang)
    selection = (results, shown, network, lag, lang)
    return Figure(
        [_wide(*selection, description)], name="learning-horizon", narrow=_narrow(*selection, description)
    )


def _description(results, shown, network, lag, lang):
    told = [f"{marks.name(key, lang)}: {points.reach_text(results, key, lang)}." for key in shown]
    here = points.told(results, network, lag, lang)
    return f"{text('figures.learning-horizon-alt', lang)} {' '.join(told)} {here}"


def _wide(results, shown, network, lag, lang, description):
    drawing = Drawing(912, 430, text("horizon.title", lang), description)
    _main(
        drawing, results, shown, network, lag, lang, Box(46, 406, 60, 372), names=424, apart_by=22, small=14
    )
    for against, box in zip(SIDES, (Box(602, 774, 60, 372), Box(812, 906, 60, 372)), strict=True):
        drawing.text(box.left - 6, 18, text(f"horizon.{against}", lang), 15, bold=True)
        _side(drawing, results, network, lag, against, box, lang, numbers=False)
    _key(drawing, 596, 426, lang)
    return drawing


def _narrow(results, shown, network, lag, lang, description):
    drawing = Drawing(358, 640, text("horizon.title", lang), description)
    _main(
        drawing, results, shown, network, lag, lang, Box(40, 248, 60, 320), names=260, apart_by=20, small=13
    )
    for against, box in zip(SIDES, (Box(40, 222, 420, 560), Box(262, 350, 420, 560)), strict=True):
        drawing.text(box.left, 404, text(f"horizon.{against}", lang), 15, bold=True)
        _side(drawing, results, network, lag, against, box, lang, numbers=against == "distance")
    _key(drawing, 4, 630, lang)
    return drawing


class Box:
    """Where a plot stands: the ends of its axes, in px; y(share) on the one axis that all have."""

    def __init__(self, left, right, top, bottom):
        self.left, self.right, self.top, self.bottom = left, right, top, bottom

    def y(self, share):
        return self.bottom - (self.bottom - self.top) * share


def _levels(drawing, box, lang, numbers):
    for level in LEVELS:
        ends = [(box.left, box.y(level)), (box.right, box.y(level))]
        drawing.line(ends, *(("rule-2", 1.5) if level == 0.5 else ("rule", 1)))
        if numbers:
            written = percent(1, lang) if level == 1 else number(100 * level, lang, 0)
            drawing.text(box.left - 8, box.y(level) + 4.5, written, 13, "end", "ink-3")


def logarithmic(ends, left, right):
    """x of a value on a logarithmic axis: equal ratios are equal lengths."""
    low, high = (math.log(end) for end in ends)
    return lambda value: left + (right - left) * (math.log(value) - low) / (high - low)


def labelled(places, x, room, wanted=()):
    """The tick labels that are printed: the wanted, then the ends, then whatever has room."""
    kept = []
    for place in [*wanted, places[0], places[-1], *places]:
        if place in places and all(abs(x(other) - x(place)) >= room for other in kept):
            kept.append(place)
    return set(kept)


def _ticks(drawing, box, places, x, printed, current=None):
    for place in places:
        drawing.line([(x(place), box.bottom), (x(place), box.bottom + 5)], "rule-2")
        if place in printed:
            colour = "ink" if place == current else "ink-3"
            drawing.text(x(place), box.bottom + 20, str(place), 13, "middle", colour, bold=place == current)


def _main(drawing, results, shown, network, lag, lang, box, names, apart_by, small):
    roomy = small == 14
    column = box.left + (30 if roomy else 18)
    start = column + (52 if roomy else 34)
    along = logarithmic((horizon.LAGS[0], horizon.LAGS[-1]), start, box.right - (12 if roomy else 8))

    def x(at):
        return column if at == MIXTURE else along(at)

    drawing.text(0, 18, text("horizon.plot", lang), 15, bold=True)
    _levels(drawing, box, lang, numbers=True)
    chance = percent(points.shared()["thresholds"]["chance"], lang)
    drawing.text(start - 2, box.y(0.5) + 17, text("horizon.chance", lang, share=chance), 13, colour="ink-2")
    middle = (column + start) / 2
    drawing.line([(middle, box.top), (middle, box.bottom + 24)], "rule", 1, (2, 4))
    drawing.line([(x(lag), box.top - 6), (x(lag), box.bottom)], "accent", 1.5)
    printed = labelled(horizon.LAGS, x, 22 if roomy else 18, [lag])
    _ticks(drawing, box, horizon.LAGS, x, printed, lag)
    first, last = horizon.MIXTURE
    drawing.line([(column, box.bottom), (column, box.bottom + 5)], "rule-2")
    drawing.text(
        column, box.bottom + 20, f"{first}–{last}", 13, "middle", "ink" if lag == MIXTURE else "ink-3"
    )
    drawing.text(column, box.bottom + 38, text("horizon.mixture_short", lang), 13, "middle", "ink-3")
    axis = "horizon.axis" if roomy else "horizon.axis_short"
    drawing.text(start, box.bottom + 38, text(axis, lang), 13, colour="ink-3")

    room = min(along(25) - along(20) - 4, 22)
    step = min(5, room / (len(shown) - 1)) if len(shown) > 1 else 0
    ends = {}
    for key in sorted(shown, key=lambda key: key == network):  # the selected one on top
        offset = (shown.index(key) - (len(shown) - 1) / 2) * step
        colour = "accent" if key == network else "ink-3"
        line = [spread for at in horizon.LAGS if (spread := points.own(results, key, at))]
        mixture = points.own(results, key, MIXTURE)
        _series(drawing, key, line, lambda at, offset=offset: x(at) + offset, box, colour)
        if mixture:
            _series(drawing, key, [mixture], lambda at, offset=offset: x(at) + offset, box, colour)
        last = line[-1] if line else mixture
        if last:
            ends[key] = (x(last.at) + offset, box.y(last.mean))
    here = points.own(results, network, lag)
    if here:
        key = "horizon.mean" if here.low < here.high else "horizon.same"
        value = text(key, lang, share=points.share(here.mean, lang))
        drawing.text(x(lag), box.top - 12, value, 15, "middle", "accent", bold=True)
    _names(drawing, ends, network, lang, names, apart_by, small)


def _names(drawing, ends, network, lang, left, apart_by, small):
    """The networks' names, each at the end of its line."""
    levels = apart([y for _, y in ends.values()], apart_by)
    for (key, (x, y)), level in zip(ends.items(), levels, strict=True):
        colour = "accent" if key == network else "ink-2"
        drawing.line([(x + 8, y), (left - 3, level)], "rule-2", 1)
        marks.mark(drawing, key, left + 4, level, colour)
        drawing.text(left + 15, level + 4.5, marks.name(key, lang), small, colour=colour, bold=key == network)


def _series(drawing, network, line, x, box, colour, size=4.5, joined=False):
    """Band of the range, line of the means, a mark at each, a dot or a cross for every seed."""
    if not line:
        return
    chosen = colour == "accent"
    if len(line) > 1:
        outline = [(x(s.at), box.y(s.high)) for s in line]
        outline += [(x(s.at), box.y(s.low)) for s in reversed(line)]
        drawing.polygon(outline, colour, opacity=0.11 if chosen else 0.05)
        if joined:
            for values in zip(*(s.values for s in line), strict=True):
                each = [(x(s.at), box.y(value)) for s, value in zip(line, values, strict=True)]
                drawing.line(each, colour, opacity=0.55)
        marks.line(drawing, network, [(x(s.at), box.y(s.mean)) for s in line], colour)
    for spread in line:
        marks.mark(drawing, network, x(spread.at), box.y(spread.mean), colour, size)
        _seeds(drawing, spread, x(spread.at), box, colour, chosen)


def _seeds(drawing, spread, x, box, colour, chosen):
    """A dot for every seed, beside each other where they would cover one another; a cross for one that is
    right in its window only."""
    dot, arm, placed = (2.2, 3.2, []) if chosen else (1.6, 2.6, [])
    step = 1.8 * dot
    for value, kind in zip(spread.values, spread.kinds, strict=True):
        y, k = box.y(value), 0
        while any(abs(y - other) < step and abs(_offset(k, step) - dx) < step - 0.01 for dx, other in placed):
            k += 1
        placed.append((_offset(k, step), y))
        at = x + placed[-1][0]
        if kind == "window":
            cross(drawing, at, y, arm, colour)
        else:
            drawing.add(Circle(at, y, dot, colour))


def _offset(k, step):
    return (1 if k % 2 else -1) * math.ceil(k / 2) * step


def cross(drawing, x, y, arm, colour):
    """The mark of a run that is right in its window only."""
    for side in (1, -1):
        drawing.line([(x - arm, y - side * arm), (x + arm, y + side * arm)], colour, 1.75, cap="round")


def _side(drawing, results, network, lag, against, box, lang, numbers):
    """The selected runs away from home; the thin line is the same network trained on the mixture."""
    here = points.curve(results, network, lag, against)
    other = [] if lag == MIXTURE else points.curve(results, network, MIXTURE, against)
    _levels(drawing, box, lang, numbers)
    places = [spread.at for spread in here or other]
    words = text(f"horizon.{against}_axis", lang, words=horizon.DISTRACTORS_AT)
    drawing.text(box.left, box.bottom + 38, words, 13, colour="ink-3")
    if not places:
        return
    inner = (box.left + 8, box.right - 8)
    if against == "distance":
        x = logarithmic((places[0], places[-1]), *inner)
        first, last = (min(max(end, places[0]), places[-1]) for end in points.window_of(lag))
        drawing.line([(x(first), box.bottom), (x(last), box.bottom)], "ink-2", 5)
    else:

        def x(at):
            return inner[0] + (inner[1] - inner[0]) * (at - places[0]) / max(1, places[-1] - places[0])

    _ticks(drawing, box, places, x, labelled(places, x, 22))
    if len(other) > 1:
        dash = marks.style_of(network)["dash"]
        drawing.line([(x(s.at), box.y(s.mean)) for s in other], "ink-2", 1.5, dash)
    _series(drawing, network, here, x, box, "accent", 4, joined=True)


def _key(drawing, x, y, lang):
    """What a cross means: the one sign that its place does not explain."""
    cross(drawing, x + 5, y - 4.5, 2.6, "ink-2")
    drawing.text(x + 16, y, text("horizon.key_window", lang), 13, colour="ink-2")
