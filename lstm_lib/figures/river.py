"""The static picture of the river: the chosen day with the months before it, what each model said of it, and
the efficiency by days of past."""

import numpy as np

from lstm_lib import river_story as data
from lstm_lib.figures import network_marks as marks
from lstm_lib.figures.drawing import Circle, Drawing, Path, Rect
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import apart
from lstm_lib.figures.learning_horizon import logarithmic
from lstm_lib.locale import check_language, number, plain, text

SHOWN, BEFORE, MOST = 120, 96, 300  # days, days before the chosen one, m³/s: as in river/layout.ts
LEVELS = (0, 100, 200, 300)
RAIN, RAIN_LEVELS = 60 / 40, (20, 40)  # px a mm; mm


def river(lang="pt", day=449, model="lstm-90"):
    """A Figure of one day of the test years: measured flow as a line, `model`'s as a dashed one in the
    accent, rain from above, the days that it read behind; below, all models on that day, and efficiencies.

    Raises ValueError for a day or a model that is not recorded.
    """
    check_language(lang)
    network, _ = data.past_of(model)
    if not 0 <= day < data.count():
        raise ValueError(f"day was {day}; the test years have the days 0 to {data.count() - 1}.")
    description = plain(data.see(day, model, lang))
    wide, narrow = (_drawn(width, day, model, network, lang, description) for width in (912, 358))
    return Figure([wide], name="river", narrow=narrow)


def _drawn(width, day, model, network, lang, description):
    roomy = width >= 600
    bottom = 300 if roomy else 250
    under = bottom + (76 if roomy else 98)
    height = under + (250 if roomy else 450)
    drawing = Drawing(width, height, text("river.title", lang), description)
    _days(drawing, day, model, network, lang, roomy, bottom)
    _values(drawing, day, model, lang, under, 380 if roomy else width)
    left, top = (width * 0.48, under) if roomy else (0, under + 210)
    _by_past(drawing, network, lang, left, width, top)
    return drawing


def _days(drawing, day, model, network, lang, roomy, bottom):
    found, top = data.record(), 24
    left, right = (40, drawing.width - 76) if roomy else (32, drawing.width - 18)
    first = min(max(day - BEFORE, 0), data.count() - 1 - SHOWN)
    days, step = range(first, first + SHOWN + 1), (right - left - 4) / SHOWN

    def x(at):
        return left + 4 + (at - first) * step

    def y(flow):
        return bottom - (bottom - top) * flow / MOST

    read = max(first, day + 1 - data.past_of(model)[1])
    drawing.add(Rect(x(read) - step / 2, top, x(day) - x(read) + step, bottom - top, "accent-wash"))
    for level in LEVELS:
        drawing.line([(left, y(level)), (right, y(level))], "rule" if level else "rule-2")
        drawing.text(left - 6, y(level) + 4.5, str(level), 13, "end", "ink-3")
    drawing.text(0, 10, text("river.axis", lang), 13, colour="ink-3")
    end = right + (26 if roomy else 18)
    drawing.text(end, 10, text("river.rain", lang), 13, "end", "ink-3")
    for mm in RAIN_LEVELS:
        drawing.line([(right, top + RAIN * mm), (right + 4, top + RAIN * mm)], "rule-2")
        drawing.text(end, top + RAIN * mm + 4.5, str(mm), 13, "end", "ink-3")
    wet = [part for at in days if found["rain"][at] > 0
           for part in (("M", x(at), top), ("L", x(at), top + RAIN * found["rain"][at]))]  # fmt: skip
    cold = [part for at in days if found["temperature"][at] < 0
            for part in (("M", x(at), bottom + 4), ("L", x(at), bottom + 9))]  # fmt: skip
    if wet:
        drawing.add(Path(tuple(wet), "ink-3", max(1.5, 0.6 * step), opacity=0.65))
    if cold:
        drawing.add(Path(tuple(cold), "ink-2", step))
    firsts = [at for at in days if data.date(at).day == 1]
    for at in firsts:
        month = data.date(at).month
        year = f" {data.date(at).year}" if at == firsts[0] or month == 1 else ""
        drawing.line([(x(at), bottom), (x(at), bottom + 14)], "rule-2")
        said = text(f"river.month.{month}", lang)[:3] + year
        drawing.text(x(at) + 4, bottom + 26, said, 13, colour="ink-3")
    drawing.line([(x(day), top), (x(day), bottom)], "accent")
    drawing.line([(x(at), y(found["observed"][at])) for at in days], "ink", 2.25)
    drawing.line([(x(at), y(found["predicted"][model][at])) for at in days], "accent", 2.25, (5, 2.5))
    values = (found["observed"][day], found["predicted"][model][day])
    drawing.add(Circle(x(day), y(values[0]), 4.5, "ink"))
    if data.MARKS[network]:
        marks.mark(drawing, data.MARKS[network], x(day), y(values[1]), "accent", 5)
    else:
        drawing.line([(x(day) - 7, y(values[1])), (x(day) + 7, y(values[1]))], "accent", 2.5)
    before = not roomy and x(day) > 0.6 * (left + right)
    levels = apart([y(value) for value in values], 20)
    for level, value, colour in zip(levels, values, ("ink", "accent"), strict=True):
        at = (x(day) - 12, "end") if before else (x(day) + 12, "start")
        drawing.text(at[0], level + 5, data.flow(value, lang), 15, at[1], colour, halo=True, bold=True)
    _key(drawing, model, lang, roomy, bottom + 45)


def _key(drawing, model, lang, roomy, y):
    """What the lines and grounds of the large drawing are."""
    low = y + 22
    places = [(0, y), (120, y), (290, y), (500, y)] if roomy else [(0, y), (130, y), (0, low), (190, low)]
    cold = text("river.key_cold", lang) if roomy else "< 0 °C"
    names = (text("river.observed", lang), data.name(model, lang), text("river.key_read", lang), cold)
    for k, ((x, at), said) in enumerate(zip(places, names, strict=True)):
        if k == 2:
            drawing.add(Rect(x, at - 6, 24, 12, "accent-wash"))
        else:
            colour, width, dash = (("ink", 2.25, ()), ("accent", 2.25, (5, 2.5)), (), ("ink-2", 5, ()))[k]
            drawing.line([(x, at), (x + 24, at)], colour, width, dash)
        drawing.text(x + 31, at + 5, said, 13, colour="ink-2")


def _values(drawing, day, model, lang, top, width):
    found = data.record()
    drawing.text(0, top + 16, data.dated(day, lang), 22, face="serif")
    rows = [("", text("river.observed", lang), found["observed"][day])]
    rows += [(key, data.name(key, lang), found["predicted"][key][day]) for key in data.MODELS]
    for k, (key, name, value) in enumerate(rows):
        y, colour = top + 46 + 26 * k, "accent" if key == model else "ink"
        mark = key and data.MARKS[data.past_of(key)[0]]
        if mark:
            marks.mark(drawing, mark, 7, y - 5, colour)
        elif key:
            drawing.line([(1, y - 5), (13, y - 5)], colour, 2.5)
        drawing.text(22, y, name, 15, colour=colour, bold=key == model)
        drawing.text(width, y, data.flow(value, lang), 15, "end", colour, bold=True)
        drawing.line([(0, y + 8), (width, y + 8)], "rule")


def _by_past(drawing, chosen, lang, start, end, top):
    left, right, high, low = start + 34, end - 50, top + 34, top + 196
    drawing.text(start, top + 16, text("river.by_past", lang), 15, bold=True)

    def y(value):
        return low - (low - high) * (value - 0.4) / 0.5

    x = logarithmic((10, 365), left + 14, right - 8)
    for level in np.arange(0.4, 0.95, 0.1):
        drawing.line([(left, y(level)), (right, y(level))], "rule")
        drawing.text(left - 6, y(level) + 4.5, number(level, lang, 1), 13, "end", "ink-3")
    for past in data.PASTS["lstm"]:
        drawing.line([(x(past), low), (x(past), low + 5)], "rule-2")
        drawing.text(x(past), low + 19, str(past), 13, "middle", "ink-3")
    drawing.text(left, low + 38, text("river.past_axis", lang), 13, colour="ink-3")
    for network in data.PASTS:
        mark, colour = data.MARKS[network], "accent" if network == chosen else "ink-2"
        found = {past: np.mean(values) for past, values in data.efficiencies(network).items()}
        marks.line(drawing, mark, [(x(past), y(mean)) for past, mean in found.items()], colour)
        for past, mean in found.items():
            marks.mark(drawing, mark, x(past), y(mean), colour)
            drawing.add(*(Circle(x(past), y(v), 2, colour) for v in data.efficiencies(network)[past]))
        drawing.text(x(past) + 12, y(mean) + 5, network.upper(), 14, colour=colour, bold=network == chosen)
