"""Digits read row by row: the drawing or the spoken frames, and what three networks think after each row."""

import numpy as np

from lstm_lib.figures import network_marks as marks
from lstm_lib.figures.chorale import mark_name
from lstm_lib.figures.drawing import Cells, Circle, Drawing, Rect
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.raster import text_width
from lstm_lib.locale import check_language, plain, text
from lstm_lib.read_rows import LIMIT, items, name, see, share


def rows(lang="pt", kind="images", item=0, row=13):
    """A Figure of one recorded example: what is read on the left, and beside it, in the same rows, what each
    network makes of it, one column for each digit; the line is under `row`.

    Raises ValueError for a set, an example or a row that is not recorded.
    """
    check_language(lang)
    known = items(kind)
    if not 0 <= item < len(known):
        raise ValueError(f"item was {item}; {kind} has {len(known)}, so 0 to {len(known) - 1}.")
    chosen = known[item]
    if not 0 <= row < len(chosen.rows):
        raise ValueError(f"row was {row}; this example has rows 0 to {len(chosen.rows) - 1}.")
    seen = plain(see(chosen, row, lang))
    description = f"{text('rows.title', lang)}: {seen}"
    wide, narrow = (_draw(chosen, row, width, lang, description) for width in (912, 358))
    return Figure([wide], name="rows", narrow=narrow)


def _draw(item, row, width, lang, description):
    wide, total = width >= 640, len(item.rows)
    step = min(11, max(6, 290 / total)) if wide else min(10, max(4, 190 / total))
    own, left, gap, head = round(step * total), 30 if wide else 26, 36 if wide else 14, 74
    flat = 0.62 if item.kind == "speech" else 1
    count = len(item.readers)
    large = own if wide else 196
    across = max(196, min(own * flat, width * 0.34)) if wide else large * flat
    read = (left, head if wide else 0, round(across), large)
    if wide:
        start, top = left + read[2] + gap, head
        each = (width - left - read[2] - gap * count) // count
    else:
        start, top = left, large + 18 + head
        each = (width - left - gap * (count - 1)) // count
    drawing = Drawing(width, top + own + 26, "", "")
    _read(drawing, item, read)
    named_at = (left, 0) if wide else (left + read[2] + 20, 0)
    short = text(f"rows.short.{item.kind}", lang, number=item.number + 1)
    drawing.text(named_at[0], named_at[1] + 17, short, 15, colour="ink-2")
    drawing.text(named_at[0], named_at[1] + 54, str(item.label), 34, face="serif")
    drawing.text(named_at[0] + 26, named_at[1] + 54, text("rows.is", lang), 15, colour="ink-2")
    for block_top, height in ((read[1], large), (top, own))[: 1 if wide else 2]:
        for value in sorted({1, total, row + 1}):
            y = block_top + (value - 0.5) / total * height + 4.5
            ink = "ink" if value == row + 1 else "ink-3"
            drawing.text(left - 7, y, str(value), 13, "end", ink, bold=value == row + 1)
    for k, network in enumerate(item.readers):
        _map(drawing, item, network, row, (start + k * (each + gap), top, each, own), lang)
    ends = [(left - 4, width)] if wide else [(left - 4, left + read[2])]
    drawing.line([(ends[0][0], read[1] + (row + 1) / total * large),
                  (ends[0][1], read[1] + (row + 1) / total * large)], "accent", 2)  # fmt: skip
    if not wide:
        y = top + (row + 1) / total * own
        drawing.line([(left - 4, y), (width, y)], "accent", 2)
    whole = Drawing(width, drawing.height + 40, text("rows.title", lang), description)
    whole.text(0, 16, whole.title, 17, bold=True)
    whole.place(drawing, 0, 40)
    _key(whole, lang, left, wide)
    return whole


def _key(drawing, lang, left, wide):
    """What the signs on the maps mean, below them."""
    x, y = left if wide else 0, drawing.height + 20
    for kind in ("right", "wrong", "truth"):
        said = text(f"rows.key.{kind}", lang)
        if kind == "right":
            drawing.add(Circle(x + 6, y - 5, 3.5, "accent"))
        for side in {"right": (), "wrong": (4, -4), "truth": (0,)}[kind]:
            ends = [(x + 6 - abs(side), y - 5 - (side or 6)), (x + 6 + abs(side), y - 5 + (side or 6))]
            drawing.line(ends, "no" if side else "ink-2", 2 if side else 1)
        if kind == "truth":
            drawing.line([(x + 10, y - 11), (x + 10, y + 1)], "ink-2")
        drawing.text(x + 20, y, said, 14, colour="ink-2")
        x, y = (x + 46 + 1.1 * text_width(said, 14), y) if wide else (x, y + 21)
    drawing.height = y + 8 if wide else y - 13


def _read(drawing, item, box):
    if item.kind == "images":
        drawing.add(Cells(*box, np.array(item.rows), "ink"))
    else:
        shades = np.clip(np.array(item.rows) / LIMIT, -1, 1)
        drawing.add(Cells(*box, shades, "div-pos", "div-neg", "div-mid"))


def _map(drawing, item, network, row, box, lang):
    """The answers of one network: a map of probabilities, and a sign at the most probable of each row."""
    x, top, width, height = box
    digit, value, right = item.answer(network, row)
    marks.mark(drawing, mark_name(network), x + 5, top - 62, "ink-2")
    drawing.text(x + 18, top - 57, name(network, lang), 15, colour="ink-2")
    drawing.text(x, top - 20, str(digit), 34 if width > 120 else 28, face="serif")
    size = 15 if width > 120 else 13
    drawing.text(x + 24, top - 20, share(value, lang), size, colour="ink-2")
    sign = x + 24 + text_width(share(value, lang), size) + 6
    corners = [(0, -6), (4, -1), (11, -11)] if right else [(0, -10), (9, -1), (4.5, -5.5), (0, -1), (9, -10)]
    drawing.line([(sign + dx, top - 20 + dy) for dx, dy in corners], "ok" if right else "no", 2.2)
    drawing.add(Cells(x, top, width, height, np.array(item.probability[network]), "ink"))
    column, step = width / 10, height / len(item.rows)
    drawing.add(Rect(x + item.label * column, top - 1, column, height + 2, "", "ink-2"))
    for k in range(len(item.rows)):
        found, _, is_right = item.answer(network, k)
        at, y, size = x + (found + 0.5) * column, top + (k + 0.5) * step, min(2.6, step / 2.6)
        if is_right:
            drawing.add(Circle(at, y, size * 1.2, "accent", "paper", 1))
        else:
            for ink, thick in (("paper", 3.5), ("no", 1.75)):
                for side in (1, -1):
                    ends = [(at - size, y - side * size), (at + size, y + side * size)]
                    drawing.line(ends, ink, thick, cap="round")
    for number in range(10):
        bold = number == item.label
        colour = "ink" if bold else "ink-3"
        drawing.text(x + (number + 0.5) * column, top + height + 16, str(number), 13, "middle", colour,
                     bold=bold)  # fmt: skip
