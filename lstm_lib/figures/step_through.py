"""The static picture of "step through": the cell of one step with its numbers, its equations beside it."""

import numpy as np

from lstm_lib import arrays
from lstm_lib.figures.cell import draw_cell, geometry, values_at
from lstm_lib.figures.drawing import Drawing, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.style import QUANTITIES
from lstm_lib.locale import check_language, number, text

GATES = ("input_gate", "forget_gate", "candidate", "output_gate")
PATHS = ("cell", "direct", "input", "forget", "candidate", "output")


def step_through(run, step=0, unit=0, gradients=None, lang="pt"):
    """A Figure of one step of an LSTM's run, a Reading or a trace: drawing and equations with their numbers.

    gradients: the Gradients of a loss, for the way back; then dL/dc_t and its shares stand in the place of
    the equations. Raises TypeError if the run is not an LSTM's, ValueError for a step or unit out of range.
    """
    check_language(lang)
    trace = getattr(run, "trace", run)
    if not hasattr(trace, "forget_gate"):
        raise TypeError(f"A {type(run).__name__} was given, expected the Reading or the trace of an LSTM.")
    step = arrays.whole_number("step", step, 0, trace.steps)
    unit = arrays.whole_number("unit", unit, 0, np.shape(trace.cell)[-1])
    words = getattr(run, "words", None) or [str(t) for t in range(trace.steps)]
    values = values_at(trace, step, unit)
    if gradients is None:
        lines = _forward(trace, values, step, unit, lang)
    else:
        lines = _back(gradients, step, unit, lang)
    told = text("figures.gates-alt", lang, word=words[step], step=step, unit=unit, **{
        name: number(value, lang, 3, sign=name not in QUANTITIES or not QUANTITIES[name][3])
        for name, value in values.items()})
    said = " ".join("".join(run.text for run in line) + "." for line in lines)
    drawings = []
    for layout, width, size in (("wide", 912, 16), ("narrow", 358, 14)):
        plan = geometry(layout)
        beside = plan["width"] + 280 < width
        drawing = Drawing(width, 0, text("step-through.title", lang), f"{told} {said}")
        where = f"{words[step]} ({step + 1}/{trace.steps}) · {text('figures.gates-unit', lang, unit=unit)}"
        drawing.text(0, 20, where, size + 3, face="serif", bold=True)
        draw_cell(drawing, 4, lang, values | {"input": words[step]}, layout=layout, y=36, live=True)
        x, y = (plan["width"] + 24, 84) if beside else (0, 36 + plan["height"] + 24)
        for line in lines:
            drawing.text(x, y, line, size)
            y += size + 12
        drawing.height = max(36 + plan["height"], y) + 8
        drawings.append(drawing)
    return Figure(drawings[:1], narrow=drawings[1], name="step-through")


def _name(name):
    letter, colour, _, _ = QUANTITIES[name]
    return symbol(letter, "t", colour)


def _forward(trace, values, step, unit, lang):
    """The ten lines of the step, as runs of text."""
    found = []
    for name in GATES:
        letter, _, _, is_gate = QUANTITIES[name]
        a = sum(term["product"] for term in trace.preactivation(name, step, unit))
        function = "σ" if name != "candidate" else "tanh"
        value = number(values[name], lang, 3, sign=not is_gate)
        found.append([*_name(name), Run(f" = {function}("), *symbol("a", letter),
                      Run(f") = {function}({number(a, lang, 3, sign=True)}) = "), Run(value, bold=True)])
    signed = {name: number(values[name], lang, 3, sign=True)
              for name in ("previous_cell", "candidate", "cell", "hidden")}
    gate = {name: number(values[name], lang, 3) for name in ("forget_gate", "input_gate", "output_gate")}
    found.append([*_name("cell"), Run(f" = {gate['forget_gate']} · ({signed['previous_cell']})")])
    found.append([Run(f"+ {gate['input_gate']} · ({signed['candidate']}) = "),
                  Run(signed["cell"], bold=True)])
    found.append([*_name("hidden"), Run(f" = {gate['output_gate']} · tanh({signed['cell']}) = "),
                  Run(signed["hidden"], bold=True)])
    return found


def _back(gradients, step, unit, lang):
    """The shares that add up to dL/dc_t, as runs of text."""
    shares = gradients.paths["cell"]
    found = [[*_derivative("cell"), Run(" = "),
              Run(number(gradients.cell[step, unit], lang, 4, sign=True), bold=True)]]
    for path in PATHS:
        share = number(shares[path][step, unit], lang, 4, sign=True)
        found.append([Run(f"{text(f'figures.step-through-{path}', lang)}: "), Run(share, bold=True)])
    found.append([*_derivative("hidden"), Run(" = "),
                  Run(number(gradients.hidden[step, unit], lang, 4, sign=True), bold=True)])
    return found


def _derivative(name):
    return [Run("d"), Run("L", "serif", italic=True), Run("/d"), *_name(name)]
