"""The static picture of "gates by hand": the openings, step by step, and what they make of c and h."""

import numpy as np

from lstm_lib.figures.cell import aperture
from lstm_lib.figures.drawing import Circle, Drawing, Rect, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import lines
from lstm_lib.figures.style import QUANTITIES
from lstm_lib.locale import check_language, number, text
from lstm_lib.puzzles import GATES, problems

WIDTH = 640
LEFT = 108  # room for the names of the rows
ROW = 44


def gates_by_hand(puzzle, trace, step=0, lang="pt"):
    """A Figure of a puzzle (a dict of puzzles.json) and a HandTrace: gates, the cell and what is shown,
    with the targets.

    Every case of the puzzle has its own pair of curves. Raises ValueError for a step that the puzzle does
    not have.
    """
    check_language(lang)
    steps, cases = trace.cell.shape
    if not 0 <= step < steps:
        raise ValueError(f"The step was {step}; the puzzle has {steps} steps, 0 to {steps - 1}.")
    drawing = Drawing(WIDTH, 0, puzzle["title"][lang], _description(puzzle, trace, lang))
    drawing.text(0, 18, puzzle["title"][lang], 19, face="serif")
    y = 44.0
    for line in lines(_marked(puzzle["task"][lang]), 14.5, 0.93 * WIDTH):
        drawing.text(0, y, line, 14.5, colour="ink-2")
        y += 20
    columns = np.linspace(LEFT + 40, WIDTH - 40, steps)
    y += 16
    drawing.add(
        Rect(
            columns[step] - 34,
            y - 12,
            68,
            ROW * 3 + 34 + cases * 124,
            stroke="accent",
            stroke_width=1.5,
            radius=6,
        )
    )
    drawing.text(0, y + 6, text("figures.hand-step", lang), 14, colour="ink-3")
    for t, x in enumerate(columns):
        mark = puzzle.get("marks", {}).get(str(t + 1), {}).get(lang)
        drawing.text(
            x,
            y + 6,
            f"{t + 1}  {mark}" if mark else str(t + 1),
            14,
            "middle",
            "ink" if t == step else "ink-3",
        )
    y += 18
    for name in GATES:
        letter, colour, _, _ = QUANTITIES[name]
        drawing.text(
            0,
            y + ROW / 2 + 6,
            [
                *symbol(letter, "t", colour),
                Run("\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"),
                Run(text(f"figures.short-{name}", lang)),
            ],
            15,
            colour="ink-2",
        )
        for x, value in zip(columns, getattr(trace, name), strict=True):
            aperture(drawing, x - 15, y + ROW / 2, 12, value, colour)
            drawing.text(x + 3, y + ROW / 2 + 5, number(value, lang), 14, colour=colour, bold=True)
        y += ROW
    y += 16
    for case in range(cases):
        _case(drawing, puzzle, trace, case, columns, y, lang)
        y += 124
    drawing.height = y - 8
    return Figure([drawing], name="gates-by-hand")


def _case(drawing, puzzle, trace, case, columns, y, lang):
    """The inputs of one case as numbers, its c and h as two lines, its targets as brackets."""
    given = puzzle["cases"][case]
    name = given.get("name", {}).get(lang) or text("figures.hand-case", lang, number=case + 1)
    drawing.text(0, y + 14, name, 14, bold=True)
    drawing.text(
        0,
        y + 36,
        [*symbol("x", "t"), Run(" "), *symbol("c", "t", "q-c"), Run(" "), *symbol("h", "t", "q-h")],
        15,
    )
    for x, value in zip(columns, trace.inputs[:, case], strict=True):
        digits = 0 if value == round(value) else 1
        drawing.text(x, y + 12, number(value, lang, digits, sign=True), 14, "middle", "ink-2")
    ends = [
        abs(trace.cell[:, case]).max(),
        *(abs(target[end]) for target in given["targets"] for end in ("low", "high")),
    ]
    limit, top, height = max(1.0, *ends) * 1.1, y + 20, 86

    def at(value):
        return top + height / 2 * (1 - value / limit)

    drawing.line([(columns[0] - 24, at(0)), (columns[-1] + 24, at(0))], "rule-2")
    for mark in (-1, 1):
        drawing.line([(columns[0] - 24, at(mark)), (columns[-1] + 24, at(mark))], "rule")
        drawing.text(columns[0] - 30, at(mark) + 4.5, number(mark, lang, 0, sign=True), 13, "end", "ink-3")
    for quantity, offset in (("cell", -9), ("hidden", 9)):
        colour = QUANTITIES[quantity][1]
        values = getattr(trace, quantity)[:, case]
        points = [(x + offset, at(value)) for x, value in zip(columns, values, strict=True)]
        drawing.line(points, colour, 2.25 if quantity == "cell" else 1.5)
        for target in given["targets"]:
            if target["quantity"] == quantity:
                x = columns[target["step"] - 1] + offset
                high = at(target["high"])
                low = max(at(target["low"]), high + 6)  # never too flat to be seen
                for side in (-7, 7):
                    bracket = [(x + side / 2, high), (x + side, high), (x + side, low), (x + side / 2, low)]
                    drawing.line(bracket, "ink", 1.5)
        fill = colour if quantity == "cell" else "paper"
        drawing.add(*(Circle(x, level, 3.5, fill, colour, 1.75) for x, level in points))


def _description(puzzle, trace, lang):
    found = problems(puzzle, trace)
    told = [
        text("figures.hand-problem", lang, quantity=QUANTITIES[problem.quantity][0], step=problem.step + 1,
             value=number(problem.value, lang, sign=True), low=number(problem.low, lang, sign=True),
             high=number(problem.high, lang, sign=True))
        for problem in found
    ]  # fmt: skip
    state = (
        text("figures.hand-open", lang, problems="; ".join(told))
        if told
        else text("figures.hand-solved", lang)
    )
    gates = {name: " ".join(number(value, lang) for value in getattr(trace, name)) for name in GATES}
    plain = puzzle["task"][lang].replace("{", "").replace("}", "")
    return text("figures.hand-alt", lang, title=puzzle["title"][lang], task=plain, state=state, **gates)


def _marked(sentence):
    """{h} in a puzzle's text is the symbol h."""
    return sentence.replace("{", "$").replace("}", "$")
