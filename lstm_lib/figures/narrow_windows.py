"""What a network learns when all of its training sentences have nearly the same distance: to count, not to
keep."""

import itertools
from dataclasses import dataclass

from lstm_lib import horizon
from lstm_lib.figures import network_marks as marks
from lstm_lib.figures.drawing import Drawing
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import lines
from lstm_lib.locale import check_language, number, percent, text

KINDS = ("everywhere", "almost", "oscillates", "inverts", "local", "half", "guesses")
FRONT = ("oscillates", "inverts", "local", "almost")  # which seed is drawn in colour
LEVELS = (1.0, 0.5, 0.0)
TICKS = (5, 20, 40, 60)


@dataclass(frozen=True)
class Course:
    """One training on a narrow window, and its accuracy at every distance."""

    network: str
    window: tuple[int, int]
    seed: int
    distances: tuple[int, ...]
    values: tuple[float, ...]

    @property
    def kind(self):
        """What the accuracy does along the distances, by the thresholds of learning_horizon.json.

        "oscillates": right, the other gender, right, the other gender, or more often; "everywhere": right at
        every distance; "almost": right in its window, well above chance elsewhere; "inverts": right in its
        window, the other gender outside; "local": right in its window, near chance elsewhere; "half": above
        chance in its window; "guesses": at chance.
        """
        limits = marks.shared()["thresholds"]
        right = limits["right"]
        clear = [value >= right for value in self.values if value >= right or value <= 1 - right]
        if sum(a != b for a, b in itertools.pairwise(clear)) >= 3:
            return "oscillates"
        first, last = self.window
        inside = [v for d, v in zip(self.distances, self.values, strict=True) if first <= d <= last]
        own, worst = sum(inside) / len(inside), min(self.values)
        if own < right:
            return "half" if own > limits["guessing"] else "guesses"
        if worst >= right:
            return "everywhere"
        if worst > limits["guessing"]:
            return "almost"
        return "inverts" if worst <= 1 - right else "local"


def courses(network, window, results=None):
    """The recorded trainings of a network on a narrow window, by seed: a list of Course, empty without
    runs."""
    results = horizon.results() if results is None else results
    wanted = ("narrow", network, tuple(window))
    runs = [run for run in results.runs if (run.experiment, run.network, tuple(run.window)) == wanted]
    return [
        Course(network, tuple(window), run.seed, tuple(sorted(run.right)),
               tuple(run.accuracy(distance) for distance in sorted(run.right)))
        for run in sorted(runs, key=lambda run: run.seed)
    ]  # fmt: skip


def verdict(found, lang):
    """How many of the trainings do what, in words."""
    if not found:
        return text("horizon.none", lang)
    kinds = [course.kind for course in found]
    told = [(kind, kinds.count(kind)) for kind in KINDS if kind in kinds]
    return ", ".join(
        text(f"figures.narrow-{kind}-{'one' if n == 1 else 'many'}", lang, n=n) for kind, n in told
    )


def narrow_windows(lang="pt", results=None):
    """A Figure of the accuracy at every distance from 5 to 60 after training on 6 distances only: a plot for
    each network and window, a line for each seed, the first one that oscillates in front."""
    check_language(lang)
    results = horizon.results() if results is None else results
    told = " ".join(
        text("figures.narrow-row", lang, name=marks.name(network, lang), first=window[0], last=window[1],
             verdict=verdict(courses(network, window, results), lang))
        for network in horizon.NARROW_NETWORKS for window in horizon.NARROW
    )  # fmt: skip
    description = f"{text('figures.narrow-alt', lang)} {told}"
    wide = Drawing(912, 0, text("figures.narrow-title", lang), description)
    wide.height = _grid(wide, results, lang, lefts=(146, 408, 670), width=234, tall=104, pitch=164)
    narrow = Drawing(358, 0, text("figures.narrow-title", lang), description)
    narrow.height = _stack(narrow, results, lang)
    return Figure([wide], name="narrow-windows", narrow=narrow)


def _grid(drawing, results, lang, lefts, width, tall, pitch):
    """Networks in rows, windows in columns; returns the height."""
    top = 62
    for window, left in zip(horizon.NARROW, lefts, strict=True):
        drawing.text(left, 16, _heading(window, lang), 15, bold=True)
    for row, network in enumerate(horizon.NARROW_NETWORKS):
        y = top + row * pitch
        marks.mark(drawing, network, 6, y + tall / 2 - 4, "ink")
        drawing.text(18, y + tall / 2 + 1, marks.name(network, lang), 15, bold=True)
        for window, left in zip(horizon.NARROW, lefts, strict=True):
            found = courses(network, window, results)
            _said(drawing, verdict(found, lang), left, y - 10, width)
            last_row = row == len(horizon.NARROW_NETWORKS) - 1
            _plot(
                drawing, found, window, left, y, width, tall, lang, numbers=left == lefts[0], ticks=last_row
            )
    bottom = top + (len(horizon.NARROW_NETWORKS) - 1) * pitch + tall
    drawing.text(lefts[0], bottom + 42, text("horizon.distance_axis", lang), 13, colour="ink-3")
    drawing.text(904, bottom + 42, text("figures.narrow-lines", lang), 13, "end", "ink-3")
    return bottom + 48


def _stack(drawing, results, lang):
    """On a phone one plot below the other, network by network; returns the height."""
    drawing.text(0, 14, text("figures.narrow-lines", lang), 13, colour="ink-3")
    y = 34
    for network in horizon.NARROW_NETWORKS:
        marks.mark(drawing, network, 6, y + 11, "ink")
        drawing.text(18, y + 16, marks.name(network, lang), 16, bold=True)
        y += 50
        for window in horizon.NARROW:
            found = courses(network, window, results)
            _said(drawing, f"{_heading(window, lang)}: {verdict(found, lang)}", 0, y, 358)
            _plot(
                drawing,
                found,
                window,
                44,
                y + 12,
                306,
                74,
                lang,
                numbers=True,
                ticks=window == horizon.NARROW[-1],
            )
            y += 132
        drawing.text(44, y + 6, text("horizon.distance_axis", lang), 13, colour="ink-3")
        y += 38
    return y - 24


def _said(drawing, sentence, left, bottom, width):
    """A sentence that ends at `bottom`, in as many lines as it needs."""
    broken = lines(sentence, 14, width)
    for k, line in enumerate(broken):
        drawing.text(left, bottom - 17 * (len(broken) - 1 - k), line, 14, colour="ink-2")


def _heading(window, lang):
    return text("figures.narrow-window", lang, first=window[0], last=window[1])


def _plot(drawing, found, window, left, top, width, tall, lang, numbers, ticks):
    ends = horizon.NARROW_DISTANCES[0], horizon.NARROW_DISTANCES[-1]

    def x(distance):
        return left + width * (distance - ends[0]) / (ends[1] - ends[0])

    def y(value):
        return top + tall * (1 - value)

    for level in LEVELS:
        drawing.line(
            [(left, y(level)), (left + width, y(level))], *(("rule-2", 1.5) if level == 0.5 else ("rule", 1))
        )
        if numbers:
            written = percent(1, lang) if level == 1 else number(100 * level, lang, 0)
            drawing.text(left - 8, y(level) + 4.5, written, 13, "end", "ink-3")
    drawing.line([(x(window[0]), y(0)), (x(window[1]), y(0))], "ink-2", 5)
    for distance in TICKS if ticks else ():
        drawing.line([(x(distance), y(0)), (x(distance), y(0) + 5)], "rule-2")
        drawing.text(x(distance), y(0) + 20, str(distance), 13, "middle", "ink-3")
    front = next((c for kind in FRONT for c in found if c.kind == kind), found[0] if found else None)
    for course in sorted(found, key=lambda course: course is front):
        points = [(x(d), y(v)) for d, v in zip(course.distances, course.values, strict=True)]
        if course is front:
            drawing.line(points, "accent", 2)
        else:
            drawing.line(points, "ink-3", 1.25, opacity=0.5)
