"""The LSTM cell, grown in four steps: forget, write, update, read. Drawn from diagram.json, like the live
drawing."""

import json
from functools import cache
from math import sqrt
from pathlib import Path as FilePath

import numpy as np

from lstm_lib.figures.drawing import Circle, Drawing, Path, Rect, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import lines
from lstm_lib.figures.style import QUANTITIES
from lstm_lib.locale import check_language, number, text

STEPS = ("forget", "write", "update", "read")
SEEN_LINE, SEEN_TEXT = "rule-2", "ink-3"  # what an earlier step has shown is grey

# Without a run there are no values: forget is drawn open, the other two gates half open, so that the slit
# is seen.
_SHOWN = {"forget_gate": 1.0, "input_gate": 0.5, "output_gate": 0.5}
_GAP = 40


@cache
def geometry(layout):
    """The drawing's geometry, "wide" or "narrow"; described in diagram.json itself."""
    path = FilePath(__file__).parents[1] / "diagram.json"
    return json.loads(path.read_text(encoding="utf-8"))[layout]


def cell_steps(step=None, lang="pt", trace=None, time=0, unit=0):
    """The cell in four steps: what is new is in colour, what was seen turns grey and keeps its place.

    step: 1 forget, 2 write, 3 update, 4 read; None draws all four. With a trace of an LSTM (one sequence)
    the values of `unit` at step `time` stand on the wires and open the gates. Source: Hochreiter &
    Schmidhuber (1997); forget gate: Gers, Schmidhuber & Cummins (2000). Returns a Figure. ValueError for
    another step or a place outside the trace.
    """
    check_language(lang)
    if step is not None and step not in (1, 2, 3, 4):
        raise ValueError(
            f"The step was {step!r}; expected 1 (forget), 2 (write), 3 (update), 4 (read) or None."
        )
    values = None if trace is None else values_at(trace, time, unit)
    panels = [_panel(k, lang, values) for k in ((1, 2, 3, 4) if step is None else (step,))]
    if step is not None:
        return Figure(panels, name=f"lstm-cell-{STEPS[step - 1]}")
    width, height = panels[0].width, max(panel.height for panel in panels)
    whole = Drawing(
        2 * width + _GAP,
        2 * height + _GAP,
        text("figures.cell-title", lang),
        " ".join(panel.description for panel in panels),
    )
    for k, panel in enumerate(panels):
        whole.place(panel, k % 2 * (width + _GAP), k // 2 * (height + _GAP))
    return Figure(panels, whole, name="lstm-cell")


def values_at(trace, time, unit):
    """Every number of the drawing for one unit at one step of an LSTM's trace, by the names of
    diagram.json."""
    cell = np.asarray(trace.cell)
    if cell.ndim != 2:
        raise ValueError(f"The trace has cells of shape {cell.shape}, expected one sequence (T, H).")
    for name, value, count in (("time", time, cell.shape[0]), ("unit", unit, cell.shape[1])):
        if not 0 <= value < count:
            raise ValueError(f"{name} was {value}, expected 0 to {count - 1}.")
    found = {name: float(getattr(trace, name)[time, unit]) for name in QUANTITIES}
    found["previous_cell"] = float(cell[time - 1, unit] if time else trace.c0[unit])
    found["kept"] = found["forget_gate"] * found["previous_cell"]
    found["written"] = found["input_gate"] * found["candidate"]
    found["squashed"] = float(np.tanh(found["cell"]))
    return found


def draw_cell(drawing, step, lang, values=None, layout="narrow", x=0.0, y=0.0, live=False):
    """Add the cell as it is in one of the four steps to a drawing, its top left corner at (x, y).

    live: nothing is grey, and what only the live drawing has is there too.
    """
    plan = geometry(layout)
    body, inner = plan["body"], Drawing(plan["width"], plan["height"], "", "")
    inner.add(Rect(body["x"], body["y"], body["width"], body["height"], stroke="rule", radius=body["radius"]))
    for element in plan["elements"]:
        place = element.get("in", ["steps", "live"])
        drawn = ("live" if live else "steps") in place or (values and element.get("value") in values)
        if element["step"] <= step <= element.get("until", 4) and drawn:
            new = live or element.get("always") or element.get("colour_from", element["step"]) == step
            _ELEMENTS[element["kind"]](inner, element, new, values, lang, plan["font"])
    drawing.place(inner, x, y)


def _panel(step, lang, values):
    """One step with its number, its name, its equation and a sentence."""
    plan, name = geometry("narrow"), STEPS[step - 1]
    # A reader without the book's fonts gets wider letters: some room is left.
    caption = lines(text(f"figures.cell-{name}-caption", lang), 13.5, 0.93 * plan["width"])
    top = 62
    title = text(f"figures.cell-{name}", lang)
    panel = Drawing(plan["width"], top + plan["height"] + 14 + 19 * len(caption), f"{step} {title}",
                    text(f"figures.cell-{name}-alt", lang))  # fmt: skip
    panel.text(
        0,
        18,
        [Run(str(step), "serif", "ink-3"), Run("\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}" + title, "serif")],
        19,
    )
    panel.text(0, 44, _EQUATIONS[step], 17)
    draw_cell(panel, step, lang, values, y=top)
    for k, line in enumerate(caption):
        panel.text(0, top + plan["height"] + 22 + 19 * k, line, 13.5, colour="ink-2")
    return panel


def _sign(sign):
    return [Run(f"\N{NO-BREAK SPACE}{sign}\N{NO-BREAK SPACE}", "serif")]


_F, _I, _G, _O = (symbol(QUANTITIES[q][0], "t", QUANTITIES[q][1]) for q in
                  ("forget_gate", "input_gate", "candidate", "output_gate"))  # fmt: skip
_C, _BEFORE, _H = symbol("c", "t", "q-c"), symbol("c", "t−1", "q-c"), symbol("h", "t", "q-h")
_EQUATIONS = {
    1: [*_F, *_sign("⊙"), *_BEFORE],
    2: [*_I, *_sign("⊙"), *_G],
    3: [*_C, *_sign("="), *_F, *_sign("⊙"), *_BEFORE, *_sign("+"), *_I, *_sign("⊙"), *_G],
    4: [*_H, *_sign("="), *_O, *_sign("⊙"), Run("tanh\N{NO-BREAK SPACE}", "serif"), *_C],
}


def _wire(drawing, element, new, values, lang, font):
    _, colour, dash, _ = QUANTITIES[element["quantity"]]
    line = colour if new else SEEN_LINE
    width = element["width"]
    if values and "passes" in element:
        width = max(0.8, width * values[element["passes"]])
    if "arrow" in element:
        ax, ay, direction = element["arrow"]
        size = max(5, 1.3 * element["width"])
        back = {"right": (-1, 0), "up": (0, 1), "down": (0, -1)}[direction]
        side = (back[1], back[0])
        base = ax + back[0] * 1.9 * size, ay + back[1] * 1.9 * size
        corners = [(ax, ay), *((base[0] + s * side[0] * size, base[1] + s * side[1] * size) for s in (1, -1))]
        drawing.polygon(corners, line)
    drawing.line(element["points"], line, width, dash, radius=element["radius"])


def _dot(drawing, element, new, values, lang, font):
    drawing.add(
        Circle(*element["at"], element["r"], fill=QUANTITIES[element["quantity"]][1] if new else SEEN_LINE)
    )


def _box(drawing, element, new, values, lang, font):
    (x, y), (width, height) = element["at"], element["size"]
    colour = QUANTITIES[element["quantity"]][1]
    left, top, line = x - width / 2, y - height / 2, colour if new else SEEN_LINE
    drawing.add(Rect(left, top, width, height, "paper", line, 1.75, element["radius"]))
    face = {"face": "serif", "italic": element["text"] == "σ"}
    drawing.text(x, y + 0.34 * font, element["text"], font, "middle", colour if new else SEEN_TEXT, **face)


def _aperture(drawing, element, new, values, lang, font):
    value = values[element["value"]] if values else _SHOWN[element["value"]]
    colour = QUANTITIES[element["quantity"]][1] if new else SEEN_LINE
    # The wire belongs to what flows through it: the cell keeps its colour, an earlier candidate is grey.
    through = QUANTITIES[element["through"]][1] if new or element["through"] == "cell" else SEEN_LINE
    aperture(drawing, *element["at"], element["r"], value, colour, element["axis"], through, element["width"])


def aperture(drawing, x, y, r, value, colour, axis="vertical", through="", width=0.0):
    """A gate: a full disc is 0, a ring is 1, the slit between is the value; `through` is the wire that runs
    in it."""
    drawing.add(Circle(x, y, r, fill="paper"))
    along = (1, 0) if axis == "horizontal" else (0, 1)
    if through and value > 0.02:
        ends = [(x - along[0] * r, y - along[1] * r), (x + along[0] * r, y + along[1] * r)]
        drawing.line(ends, through, max(0.8, width * value))
    half = r * min(max(value, 0.0), 1.0)
    if half == 0:
        drawing.add(Circle(x, y, r, fill=colour))
    elif half < r:
        reach = sqrt(r * r - half * half)
        for side in (-1, 1):
            # A cap of the disc beyond the slit; going clockwise from one end of its chord to the other.
            if along == (0, 1):
                start, end = (x + side * half, y - side * reach), (x + side * half, y + side * reach)
            else:
                start, end = (x + side * reach, y + side * half), (x - side * reach, y + side * half)
            drawing.add(Path((("M", *start), ("A", r, *end), ("Z",)), fill=colour))
    drawing.add(Circle(x, y, r, stroke=colour, width=2.25))


def _sum(drawing, element, new, values, lang, font):
    x, y, r = *element["at"], element["r"]
    colour = QUANTITIES[element["quantity"]][1]  # the cell's own mark: it never turns grey
    drawing.add(Circle(x, y, r, fill="paper", stroke=colour, width=2.25))
    for dx, dy in ((5, 0), (0, 5)):
        drawing.line([(x - dx, y - dy), (x + dx, y + dy)], colour, 2)


def _label(drawing, element, new, values, lang, font):
    colour = QUANTITIES[element["quantity"]][1]
    colour = colour if new else SEEN_TEXT
    runs = []
    if "formula" in element:
        for quantity, letter, index in element["formula"]:
            own = QUANTITIES[quantity][1] if quantity else "ink-2"
            runs += symbol(letter, index, own) if quantity else _sign(letter)
    if "symbol" in element:
        runs += symbol(element["symbol"], element.get("index", ""))
    shown = element.get("value")
    if values and shown in values:
        value, small = values[shown], 1 / 1.2 if runs else 1.0
        gate = shown in QUANTITIES and QUANTITIES[shown][3]
        written = value if isinstance(value, str) else number(value, lang, sign=not gate)
        runs += [Run("\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}", scale=small)] if runs else []
        if "word" in element:
            runs.append(
                Run(text(f"figures.word-{element['word']}", lang) + "\N{NO-BREAK SPACE}", colour="ink-2")
            )
        runs.append(Run(written, bold=not isinstance(value, str), scale=small))
    if runs:
        size = font * (1.2 if "symbol" in element or "formula" in element else 1)
        drawing.text(*element["at"], runs, size, element["anchor"], colour, halo=True)


_ELEMENTS = {"wire": _wire, "dot": _dot, "box": _box, "aperture": _aperture, "sum": _sum, "label": _label,
             "factor": lambda *_: None}  # fmt: skip
