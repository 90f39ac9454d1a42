"""The static picture of "step through": the equations of one step with their numbers, beside the drawing of
the cell; or, on the way back, by which paths the error reaches the unit."""

import numpy as np

from lstm_lib import arrays
from lstm_lib.figures.cell import draw_cell, geometry, values_at
from lstm_lib.figures.drawing import Drawing, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.formula import Group, Term, draw_formula, op
from lstm_lib.figures.layout import lines
from lstm_lib.figures.style import QUANTITIES
from lstm_lib.figures.way_back import PATHS, derivative, draw_split, power_of, split, times_ten
from lstm_lib.figures.word_by_word import curve, strip
from lstm_lib.locale import check_language, number, text
from lstm_lib.losses import loss_of

VIEWS = ("forward", "backward")
GATES = ("input_gate", "forget_gate", "candidate", "output_gate")
WIDE, NARROW, LEFT = 912, 358, 500


def step_through(run, step=0, unit=0, view="forward", lang="pt"):
    """A Figure of one step and one unit of an LSTM's run: a Reading, or the trace of one sequence.

    view: "forward", the equations with their numbers and the cell; "backward", the shares of dL/dc_t and
    dL/dh_t by path, L being the loss of the run (`lstm_lib.losses`). Raises TypeError if the run is not an
    LSTM's, ValueError for a step or unit that it does not have, or another view.
    """
    check_language(lang)
    arrays.one_of("view", view, VIEWS)
    trace = getattr(run, "trace", run)
    if not hasattr(trace, "forget_gate"):
        raise TypeError(f"A {type(run).__name__} was given, expected the Reading or the trace of an LSTM.")
    step = arrays.whole_number("step", step, 0, trace.steps)
    unit = arrays.whole_number("unit", unit, 0, np.shape(trace.cell)[-1])
    words = getattr(run, "words", None)
    where = _where(words, trace, step, unit, lang)
    draw = _forward if view == "forward" else _backward
    drawings = draw(run, trace, words or [str(t + 1) for t in range(trace.steps)], where, step, unit, lang)
    return Figure(drawings[:1], narrow=drawings[1], name="step-through")


def _where(words, trace, step, unit, lang):
    key = "figures.step-through-word" if words else "figures.step-through-step"
    word = words[step] if words else ""
    return text(key, lang, word=word, number=step + 1, total=trace.steps, unit=unit)


def _begin(width, words, where, step, lang, description):
    """A drawing with the words and where the reader is; and the y below."""
    drawing = Drawing(width, 0, text("step-through.title", lang), description)
    y = strip(drawing, words, step, lang)
    drawing.text(0, y + 14, where, 16, bold=True)
    return drawing, y + 24


# Forward


def _forward(run, trace, words, where, step, unit, lang):
    values = values_at(trace, step, unit)
    sums = {name: _parts(trace, name, step, unit) for name in GATES}
    told = {
        name: number(value, lang, sign=name not in QUANTITIES or not QUANTITIES[name][3])
        for name, value in values.items()
    }
    description = (
        text("figures.gates-alt", lang, word=words[step], step=step + 1, unit=unit, **told)
        + " "
        + text("figures.step-through-sums", lang,
               **{name: number(sum(parts), lang, 3, sign=True) for name, parts in sums.items()})
    )  # fmt: skip
    drawings = []
    for width in (WIDE, NARROW):
        drawing, y = _begin(width, words, where, step, lang, description)
        below = _equations(drawing, sums, values, lang, y + 30, wide=width == WIDE)
        x, top = (width - NARROW, y + 8) if width == WIDE else (0, below)
        draw_cell(drawing, 4, lang, values | {"input": words[step]}, "narrow", x, top, live=True)
        drawing.height = max(below, top + geometry("narrow")["height"]) + 4
        drawings.append(drawing)
    return drawings


def _parts(trace, name, step, unit):
    """What the word, the hidden state and the bias add to the sum inside a gate."""
    terms = trace.preactivation(name, step, unit)
    return [sum(term["product"] for term in terms if term["kind"] == kind)
            for kind in ("input", "hidden", "bias")]  # fmt: skip


def _symbol(name, index="t"):
    letter, colour, *_ = QUANTITIES[name]
    return tuple(symbol(letter, index, colour))


def _weight(letter, block, colour, value=""):
    index = Run(block, "serif", colour, italic=True, shift="sub")
    return Term((Run(letter, "serif", italic=True), index), value)


def _equations(drawing, sums, values, lang, y, wide):
    """The six equations, each symbol over its number; returns the y below."""
    size, aside, first = (20, 330, 56) if wide else (18, 0, 52)
    narrow_gap = 0 if wide else 58

    def state(value):
        return number(value, lang, 3, sign=True)

    def of(name, index="t", strong=False, value=None):
        value = values[name] if value is None else value
        return Term(_symbol(name, index), number(value, lang, 3, sign=not QUANTITIES[name][3]), strong)

    for name, parts in sums.items():
        block, colour, *_ = QUANTITIES[name]
        total = Term(tuple(symbol("a", block, colour)), state(sum(parts)), strong=True)
        word, before, bias = (state(part) for part in _adding_up(parts))
        line = [total, op("="), Group((_weight("W", block, colour), Term(tuple(symbol("x", "t")))), word),
                 op("+"), Group((_weight("U", block, colour), Term(_symbol("hidden", "t−1"))), before),
                 op("+"), _weight("b", block, colour, bias)]  # fmt: skip
        draw_formula(drawing, line, 0, y, size, first)
        function = "tanh(" if name == "candidate" else "σ("
        inside = Term(total.runs, total.value)
        second = [of(name, strong=True), op("="), op(function), inside, op(")")]
        draw_formula(drawing, second, aside, y + narrow_gap, size, first)
        y += 62 + narrow_gap
    kept, written_, _ = (state(part) for part in _adding_up((values["kept"], values["written"], 0.0)))
    before = of("cell", "t−1", value=values["previous_cell"])
    cell = [of("cell", strong=True), op("="), Group((of("forget_gate"), op("⊙"), before), kept), op("+"),
            Group((of("input_gate"), op("⊙"), of("candidate")), written_)]  # fmt: skip
    hidden = [of("hidden", strong=True), op("="), of("output_gate"), op("⊙"),
              Group((op("tanh("), of("cell"), op(")")), state(values["squashed"]))]  # fmt: skip
    for line, key in ((cell, "step-through.note.cell"), (hidden, "step-through.note.hidden")):
        draw_formula(drawing, line, 0, y, size, first)
        note = lines(text(key, lang), 14, 0.93 * (LEFT - aside - 8 if wide else NARROW))
        top = y if wide else y + 70
        for k, words in enumerate(note):
            drawing.text(aside + 8 if wide else 0, top + 19 * k, words, 14, colour="ink-2")
        y += 84 if wide else 84 + 19 * len(note)
    return y


def _adding_up(parts, digits=3):
    """The parts rounded so that they add up as they are written: the second takes what rounding leaves over,
    as on the page."""
    word, before, bias = (round(part, digits) for part in parts)
    return word, before + round(sum(parts), digits) - (word + before + bias), bias


# Backward


def _backward(run, trace, words, where, step, unit, lang):
    values_at(trace, step, unit)  # one sequence is expected; the message says so
    loss = loss_of(run)
    gradients = trace.backward(loss.direct)
    found = [split(gradients, of, step, unit) for of in PATHS]
    right, wrong = loss.forms or ("", "")
    key = "figures.step-through-margin" if loss.forms else "figures.step-through-sum"
    said = text(key, lang, right=right, wrong=wrong, value=number(loss.value, lang, sign=True))
    names = {path: text(f"figures.step-through-{path}", lang) for path in PATHS["cell"]}
    (cell, cell_shares), (hidden, hidden_shares) = (one.spoken(names, lang) for one in found)
    description = f"{where}. {said} " + text(
        "figures.step-through-back-alt", lang, cell=cell, cell_shares=cell_shares, hidden=hidden,
        hidden_shares=hidden_shares)  # fmt: skip
    arriving = gradients.cell[:, unit]
    power = power_of(np.abs(arriving).max())
    here = [Run(found[0].told(found[0].total, lang), bold=True), *times_ten(found[0].power, lang)]
    of_unit = Run(text("figures.step-through-curve", lang, unit=unit))
    heading = (text("figures.step-through-whole", lang),
               [*derivative("cell"), *times_ten(-power, lang), of_unit])  # fmt: skip
    drawings = []
    for width in (WIDE, NARROW):
        wide = width == WIDE
        drawing, y = _begin(width, words, where, step, lang, description)
        for line in lines(said, 15, 0.93 * width):
            y += 21
            drawing.text(0, y, line, 15, colour="ink-2")
        top, y = y + 34, y + 34
        for one in found:
            y = draw_split(drawing, one, lang, y, *((LEFT, 15) if wide else (NARROW, 14))) + 26
        x, at, height = (LEFT + 54, top, 250) if wide else (0, y + 8, 200)
        scaled = arriving / 10.0**power
        curve(drawing, scaled, words, step, lang, x, at, heading, NARROW, height, least=0, told=here)
        drawing.height = max(y, at + height + 72)
        drawings.append(drawing)
    return drawings
