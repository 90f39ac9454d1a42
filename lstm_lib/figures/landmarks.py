"""The static picture of the landmarks: every published result in its area at its year, the chosen one in
words, and those on the scale of error removed as bars."""

from lstm_lib import landmarks as data
from lstm_lib.figures.drawing import Circle, Drawing, Rect, Run
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import lines
from lstm_lib.figures.raster import text_width
from lstm_lib.locale import check_language, percent, text

START = 1997  # the year of the first paper on the LSTM: the line begins there, not with the first result
TOP, LANE, ROW, LINE = 40, 28, 62, 20


def landmarks(lang="pt", area="", row="timit-ctc"):
    """A Figure of the published results: a disc where the error removed can be told, a ring where it cannot;
    `row` (an id of lstm_lib.landmarks) in words; a bar for each result on the scale.

    area: a key of lstm_lib.landmarks.areas() to which the picture is confined, "" for all. Raises ValueError
    for an unknown area or row.
    """
    check_language(lang)
    rows, chosen = data.ordered("removed", area), data.find(row)
    told = data.told(area, chosen, lang).replace("**", "")
    off = [f"{_name(one, lang)}: {data.why(one, lang)}" for one in rows if not one.fair]
    description = f"{_label(lang)} {told}" + (f" {'. '.join(off)}." if off else "")
    selection = (rows, chosen, area, lang, description)
    return Figure([_drawn(912, *selection)], name="landmarks", narrow=_drawn(358, *selection))


def _label(lang):
    years = [row.year for row in data.load()]
    return text(
        "landmarks.timeline_label", lang, rows=len(data.load()), areas=len(data.areas()),
        first=str(min(years)), last=str(max(years)),
    )  # fmt: skip


def _name(row, lang):
    return f"{row.year}, {data.words(row, 'data', lang)}"


def _name_lines(row, lang, width):
    """The name above a bar in as many lines as it needs; bold words are a little wider than measured."""
    return ["".join(run.text for run in line) for line in lines(_name(row, lang), 15.5, min(width, 570))]


def _drawn(width, rows, chosen, area, lang, description):
    roomy = width > 640
    fair = [row for row in rows if row.fair]
    bottom = TOP + LANE * len(data.areas())
    # The wide picture has room for the words where no result is, below the first lanes.
    block, size = _words(chosen, lang, 390 if roomy else width)
    under = bottom + (68 if roomy else 96 + size)
    more = sum(len(_name_lines(row, lang, width)) - 1 for row in fair)
    height = under + (44 if fair else 8) + ROW * len(fair) + LINE * more
    drawing = Drawing(width, height, text("landmarks.title", lang), description)
    _time_line(drawing, chosen, area, lang, bottom, roomy)
    drawing.place(block, 0, TOP + 44 if roomy else bottom + 92)
    _key(drawing, bottom + 52, lang, roomy)
    if fair:
        _bars(drawing, fair, chosen, lang, under, roomy)
    return drawing


def places(width, roomy):
    """{id: (x, y)} of every result: its year along, its area's lane down, those of one year side by side."""
    apart, found = 12 if roomy else 10.5, {}
    for row in data.load():
        beside = [other.id for other in data.load() if (other.area, other.year) == (row.area, row.year)]
        shift = (beside.index(row.id) - (len(beside) - 1) / 2) * apart
        found[row.id] = (
            _x(row.year, width, roomy) + shift,
            TOP + LANE * (data.areas().index(row.area) + 0.5),
        )
    return found


def _x(year, width, roomy):
    left, right = (16, width - 22) if roomy else (14, width - 16)
    last = max(row.year for row in data.load())
    return left + (right - left) * (year - START) / (last - START)


def _time_line(drawing, chosen, area, lang, bottom, roomy):
    width, at = drawing.width, places(drawing.width, roomy)
    first = min(row.year for row in data.load())
    for year, key in data.events().items():
        x, early = _x(year, width, roomy), year < first
        if not roomy and START < year < first:
            continue  # no room for its name
        name, left = text(f"landmarks.event.{key}", lang), x - 4 if early else x
        drawing.line([(x, TOP - 14), (x, TOP + LANE if early else bottom)], "rule-2", 1, (2, 4))
        drawing.text(left, TOP - 20, name, 13, "start" if early else "middle", "ink-2")
    for name in data.areas():
        own = [row for row in data.load() if row.area == name]
        y, here, faint = at[own[0].id][1], name == chosen.area, area not in ("", name)
        colour = "rule-2" if faint else "ink-2"
        drawing.line([(at[own[0].id][0], y), (at[own[-1].id][0], y)], "rule-2", 1.5)
        label = text(f"landmarks.area.{name}", lang)
        named = "accent" if here else "ink-3" if faint else "ink-2"
        drawing.text(at[own[0].id][0] - 12, y + 4.5, label, 15, "end", named, halo=True, bold=here)
        for row in own:
            mark = "accent" if row is chosen else colour
            radius = 6 if row is chosen else 4.75
            drawing.add(Circle(at[row.id][0], y, radius, mark if row.fair else "paper", mark, 1.75))
        fair = [row for row in own if row.fair]
        if roomy and fair:
            behind = max(at[row.id][0] for row in own if row.year == fair[-1].year) + 12
            shares = " · ".join(percent(row.error_removed, lang) for row in fair)
            drawing.text(behind, y + 4.5, shares, 13, colour=named, halo=True, bold=True)
    drawing.line([(_x(START, width, roomy), bottom), (width - (22 if roomy else 16), bottom)], "rule-2")
    last = max(row.year for row in data.load())
    for year in range(START, last + 1):
        x, now = _x(year, width, roomy), year == chosen.year
        drawing.line([(x, bottom), (x, bottom + 4)], "rule-2")
        far = abs(x - _x(chosen.year, width, roomy)) > 36
        if now or (far and (year - START) % (3 if roomy else 9) == 0):
            drawing.text(x, bottom + 20, str(year), 13, "middle", "accent" if now else "ink-3", bold=now)


def _words(row, lang, width):
    """The chosen result in words, as a drawing of its own, and its height."""
    block, y = Drawing(width, 0, "", ""), 14

    def paragraph(said, size, step, colour, before=0, face="sans", room=width):
        nonlocal y
        y += before
        for line in lines(said, size, room):
            block.text(0, y, [Run(run.text, face) for run in line], size, colour=colour)
            y += step

    paragraph(_name(row, lang), 15, 21, "ink-2")
    large = (34 if width > 358 else 29) if row.fair else 22
    # Words are measured in the sans; the serif is wider.
    paragraph(data.outcome(row, lang), large, large * 1.25, "ink", large * 0.5, "serif", width * 0.84)
    if row.fair:
        _bar(block, 0, y - large * 0.6, width, 12, row.error_removed, "accent")
        y += 14
    metric = text(f"landmarks.metric.{row.metric}", lang)
    better = text(f"landmarks.{row.better}", lang)
    measure = text("landmarks.measure_line", lang, metric=metric, better=better)
    paragraph(f"{data.values(row, lang)}: {measure}", 15, 21, "ink", 6)
    paragraph(data.compared(row, lang), 15, 21, "ink")
    paragraph(f"{data.words(row, 'caveat', lang)} {data.sources(row, lang)}", 15, 21, "ink-2", 8)
    return block, y


def _key(drawing, y, lang, roomy):
    """What disc and ring mean."""
    x = 0
    for kind in ("fair", "unfair"):
        said = text(f"landmarks.key_{kind}", lang)
        drawing.add(Circle(x + 6, y - 5, 4.75, "ink-2" if kind == "fair" else "paper", "ink-2", 1.75))
        drawing.text(x + 18, y, said, 14, colour="ink-2")
        x, y = (x + 42 + 1.1 * text_width(said, 14), y) if roomy else (x, y + 21)


def _bar(drawing, x, y, width, height, share, colour):
    drawing.add(Rect(x, y, width, height, "paper-3"), Rect(x, y, width * share, height, colour))
    drawing.line([(x, y), (x, y + height)], "ink-2")


def _bars(drawing, fair, chosen, lang, top, roomy):
    """The results on the one scale: the track is the baseline's error, the filled part what was removed."""
    left, wide = (592, 262) if roomy else (0, drawing.width - 54)
    drawing.text(0, top + 20, text("landmarks.row_removed", lang), 15, bold=True)
    for share, anchor in ((0, "start"), (0.5, "middle"), (1, "end")):
        written = percent(share, lang) if share else "0"
        drawing.text(left + wide * share, top + 20, written, 13, anchor, "ink-3") if roomy else None
    y = top + 44 - ROW
    for row in fair:
        y += ROW
        colour = "accent" if row is chosen else "ink-2"
        drawing.line([(0, y - 12), (drawing.width, y - 12)], "rule")
        for k, name in enumerate(_name_lines(row, lang, drawing.width)):
            y += LINE if k else 0
            drawing.text(0, y + 6, name, 15, colour="accent" if row is chosen else "ink", bold=True)
        under = f"{data.values(row, lang)}. {data.sources(row, lang)}"
        drawing.text(0, y + 27, under, 14, colour="ink-2")
        below = y - 4 if roomy else y + 35
        if not roomy:
            _bar(drawing, left, below - 2, wide, 7, row.error_removed, colour)
            drawing.text(drawing.width, below + 6, percent(row.error_removed, lang), 14, "end", bold=True)
            continue
        _bar(drawing, left, below, wide, 12, row.error_removed, colour)
        drawing.text(drawing.width, below + 11, percent(row.error_removed, lang), 15, "end", bold=True)
        against = text(f"landmarks.against.{row.against}", lang)
        drawing.text(left, below + 31, against, 14, colour="ink-2")
