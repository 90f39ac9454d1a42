"""The static picture of "the trace of a difference": two sentences as one strip, and how far apart they leave
each network, word by word, on an absolute log axis."""

import math

import numpy as np

from lstm_lib.figures.difference_marks import marks, ribbon, strip
from lstm_lib.figures.drawing import Circle, Drawing, Path, Rect, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import apart
from lstm_lib.figures.network_marks import shape
from lstm_lib.figures.raster import text_width
from lstm_lib.figures.wording import network_name, one_in
from lstm_lib.locale import check_language, number, percent, text
from lstm_lib.tasks.agreement import Sentence

NOISE = 1e-14  # numbers near 1 that differ by less than this differ by rounding only
TINIEST, RAREST = 1e-6, 1e12
LEAST = 1.0  # px: the thinnest line; one of which all is left is `full` px thick


def difference(pair, lines, step=-1, lang="pt"):
    """A Figure of what each network keeps of a difference.

    pair: the two agreement.Sentence, feminine and masculine, lines: a list of lstm_lib.difference.Line, as
    `widgets.Difference(...).lines` has them, step: the chosen word, -1 for the last. The height of a line is
    the difference, its thickness what is left of that at the main noun. Raises ValueError for lines that are
    not as long as the sentences, TypeError for a pair that is none.
    """
    check_language(lang)
    if not isinstance(pair, list | tuple) or not all(isinstance(one, Sentence) for one in pair):
        raise TypeError(f"pair was {str(pair)[:60]}, expected two Sentences, as minimal_pair makes them.")
    words = pair[0].words
    if any(len(line.values) != len(words) for line in lines):
        lengths = ", ".join(str(len(line.values)) for line in lines)
        raise ValueError(f"The lines have {lengths} values, but the sentences {len(words)} words.")
    step = step if 0 <= step < len(words) else len(words) - 1
    description = _description(pair, lines, step, lang)
    wide = _draw(pair, lines, step, lang, description, 912, 214, 25, 15)
    narrow = _draw(pair, lines, step, lang, description, 358, 132, 19, 13)
    return Figure([wide], narrow=narrow, name="lstm-difference")


def write_difference(value, lang):
    """A difference with two significant digits at least; nothing above zero is written as zero."""
    if value == 0:
        return "0"
    if value < TINIEST:
        return text("difference.tiny", lang, value=number(TINIEST, lang, 6))
    return number(value, lang, min(7, max(2, 1 - math.floor(math.log10(value) + 1e-12))))


def write_share(share, lang):
    """A share as a percentage down to 1 %, below it as one part in so many."""
    if share is None or share == 0:
        return text("difference.share.none" if share is None else "difference.share.zero", lang)
    if share >= 0.00995:
        return percent(share, lang, 1 if share < 0.0995 else 0)
    many = 1 / share
    return text("difference.share.rarest", lang) if many >= RAREST else one_in(many, lang)


def line_name(line, lang):
    """The name at the end of a line."""
    name = network_name(line.name, lang)
    return name if line.unit is None else text("difference.cell_line", lang, name=name, unit=line.unit)


def decades(lines):
    """The powers of ten (lowest, highest) that the axis spans: it grows in steps and is never fitted to a
    frame, so that heights can be compared."""
    values = np.concatenate([line.values for line in lines]) if lines else np.ones(1)
    above = values[values > 0]
    if not above.size:
        return -4, 1
    return (min(-4, 2 * math.floor(math.log10(above.min()) / 2)),
            max(1, math.ceil(math.log10(above.max()) - 1e-9)))  # fmt: skip


def _description(pair, lines, step, lang):
    told = [
        text("difference.chart_line", lang, name=line_name(line, lang), verdict=_verdict(line, lang),
             first=write_difference(line.values[line.start], lang),
             last=write_difference(line.values[-1], lang))
        for line in lines
    ]  # fmt: skip
    feminine, masculine = (" ".join(line.words[: line.subject_position + 1]) for line in pair)
    both = text("difference.pair", lang, feminine=feminine, masculine=masculine)
    return text("difference.figure", lang, pair=both, list=" ".join(told))


def _verdict(line, lang):
    return text(f"difference.verdict.{line.verdict}", lang)


def _draw(pair, lines, step, lang, description, width, labels, big, small):
    drawing = Drawing(width, 0, text("difference.title", lang), description)
    y = strip(drawing, pair, step, 19 if width > 500 else 17)
    before, _, after = text("difference.caption", lang, h="h").partition("||h − h′||")
    caption = [Run(before), Run("||"), *symbol("h"), Run(" − "), *symbol("h"), Run("′||")]
    drawing.text(0, y + 14, caption if width < 500 else [*caption, Run(after)], small, colour="ink-2")
    drawing.height = _chart(drawing, pair, lines, step, lang, y + 62, labels, big, small)
    return drawing


def _chart(drawing, pair, lines, step, lang, top, labels, big, small):
    wide = drawing.width > 500
    left, right, bottom = (58 if wide else 40), drawing.width - labels, top + (340 if wide else 300)
    low, high = decades(lines)
    zeros = any((line.values == 0).any() for line in lines)
    end = bottom - 40 if zeros else bottom
    steps = len(pair[0].words)
    start = pair[0].subject_position

    def across(t):
        return left + 10 + (t / (steps - 1) if steps > 1 else 0) * (right - left - 20)

    def level(value):
        if value == 0:
            return bottom - 8
        return top + (high - math.log10(value)) / (high - low) * (end - top)

    _ground(drawing, left, right, top, bottom, end, low, high, zeros, lang, small)
    _words_axis(drawing, across, start, steps, bottom, pair[0].words[start], lang, small)
    drawing.line([(across(step), top - 8), (across(step), bottom)], "accent", 1.5)
    word = pair[0].words[step]
    reach = text_width(word, 18, "serif") / 2
    x = min(max(across(step), reach), right - reach + 20)
    drawing.text(x, top - 16, [Run(word, "serif", bold=True)], 18, "middle")
    shapes = marks([line.name for line in lines if line.unit is None])
    for line in lines:
        points = [(across(t), level(value)) for t, value in enumerate(line.values)]
        _curve(drawing, line, points, shapes[line.name], wide)
    ends = [level(line.values[-1]) for line in lines]
    space = 66 if wide else 44
    placed = apart(ends, space)
    over = max(0.0, max(placed, default=0) + space - 26 - bottom - 30)
    for line, from_, y in zip(lines, ends, [y - over for y in placed], strict=True):
        _end(drawing, line, shapes[line.name], right, from_, y, lang, big, small, wide)
    return bottom + 52


def _ground(drawing, left, right, top, bottom, end, low, high, zeros, lang, small):
    """Levels with their powers of ten; exact zeros on a row of their own, and where only rounding is left."""
    def at(power):
        return top + (high - power) / (high - low) * (end - top)

    if 10.0**low < NOISE:
        noise = at(math.log10(NOISE))
        drawing.add(Rect(left, noise, right - left, end - noise, "paper-2"))
        drawing.text(right - 6, noise - 7, text("difference.noise", lang), small, "end", "ink-3", halo=True)
    for power in range(high, low - 1, -1):
        if high - low > 8 and power % 2:
            continue
        drawing.line([(left, at(power)), (right, at(power))], "rule")
        tick = [Run("10"), Run(number(power, lang, 0), shift="super")]
        tick = [Run(str(10**power))] if power in (0, 1) else tick
        drawing.text(left - 9, at(power) + 4.5, tick, small, "end", "ink-3")
    if zeros:
        for lower in (11, 17):
            drawing.line([(left - 5, end + lower), (left + 5, end + lower - 6)], "rule-2")
        drawing.text(left - 9, bottom - 3.5, "0", small, "end", "ink-3")
        drawing.text(right - 4, bottom - 14, text("difference.zero", lang), small, "end", "ink-3")
    base = bottom - 8 if zeros else bottom
    drawing.line([(left, base), (right, base)], "rule-2")


def _words_axis(drawing, across, start, steps, bottom, noun, lang, small):
    far = steps - 1 - start
    every = 50 if far > 120 else (10 if small > 14 else 20) if far > 24 else 5
    for k in range(0, far + 1, every):
        drawing.line([(across(start + k), bottom), (across(start + k), bottom + 5)], "rule-2")
        drawing.text(across(start + k), bottom + 20, str(k), small, "middle", "ink-3")
    drawing.text(across(start) - 4, bottom + 42, text("difference.x", lang, noun=noun), small, colour="ink-2")


def _curve(drawing, line, points, mark, wide):
    """A line as thick as what is left of its start; where it is exactly zero, dots."""
    hidden = line.unit is None
    colour, full = ("q-h", 4.5) if hidden else ("q-c", 5.5)
    full -= 0 if wide else 1
    shares = line.shares if line.shares is not None else np.zeros(len(points))
    widths = LEAST + (full - LEAST) * np.minimum(1.0, shares)
    above = np.flatnonzero(line.values > 0)
    for run in np.split(above, np.flatnonzero(np.diff(above) > 1) + 1):
        if run.size:
            outline = ribbon([points[t] for t in run], widths[run])
            drawing.add(Path(outline, fill=colour))
    for t in np.flatnonzero(line.values == 0):
        drawing.add(Circle(*points[t], 2, colour))
        for other in (t - 1, t + 1):
            if 0 <= other < len(points) and line.values[other] > 0:
                drawing.line([points[t], points[other]], colour, 1.25, (1.5, 4), "round")
    if hidden:
        for t in marked_steps(line.start, len(points)):
            shape(drawing, *mark, *points[t], "q-h", 4.5 if wide else 3.75)


def marked_steps(start, steps):
    """Positions with a mark: every fifth word from the noun on, every tenth of a long sentence, the last."""
    every = 50 if steps > 200 else 10 if steps > 36 else 5
    return [t for t in range(start, steps - 1, every) if steps - 1 - t >= every / 2] + [steps - 1]


def _end(drawing, line, mark, right, from_, y, lang, big, small, wide):
    """Verdict, name and share at the end of a line."""
    hidden = line.unit is None
    x = right + (24 if wide else 12)
    level = y - big * 0.28
    drawing.line([(right - 4, from_), (right + (10 if wide else 3), level), (x - 4, level)], "rule-2")
    drawing.text(x, y + 2, [Run(_verdict(line, lang), "serif", "q-h" if hidden else "q-c", bold=True)], big)
    if hidden:
        shape(drawing, *mark, x + 5.5, y + 16, "q-h", 4)
    else:
        drawing.line([(x, y + 16), (x + 11, y + 16)], "q-c", 5)
    drawing.text(x + (18 if wide else 16), y + 21, line_name(line, lang), small)
    if wide and line.shares is not None:
        share = float(line.shares[-1])
        told = write_share(share, lang)
        if share >= 0.00995:
            told = text("difference.of_start", lang, share=told)
        drawing.text(x, y + 39, told, small - 1, colour="ink-2")
