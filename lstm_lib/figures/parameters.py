"""The arrays of an RNN, a GRU and an LSTM, drawn at one scale, with their numbers of parameters."""

from lstm_lib import parameters as counting
from lstm_lib.figures.drawing import Drawing, Rect, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.style import QUANTITIES
from lstm_lib.locale import check_language, integer, text

GAP, HEAD, FOOT = 5, 62, 26


def parameters(cell="lstm", input_size=16, hidden_size=32, biases=2, compare="size", lang="pt"):
    """A Figure of the three networks' arrays; one number of an array has the same area everywhere.

    The other networks than `cell` have the same hidden size (compare="size") or about as many parameters
    ("parameters"). biases: 1 or 2. Raises ValueError for sizes that can't be.
    """
    check_language(lang)
    total = counting.count(cell, input_size, hidden_size, biases)
    found = {}
    for kind in counting.CELLS:
        units = hidden_size
        if kind != cell and compare == "parameters":
            units = counting.equal_size(kind, input_size, total, biases)
        found[kind] = (units, len(counting.CELLS[kind].blocks) * units)
    told = [text("parameters.drawing_one", lang, name=text(f"parameters.name.{kind}", lang),
                 units=integer(units, lang), rows=integer(rows, lang), inputs=integer(input_size, lang),
                 total=integer(counting.count(kind, input_size, units, biases), lang))
            for kind, (units, rows) in found.items()]  # fmt: skip
    description = " ".join([text("parameters.drawing", lang), *told])
    wide = _draw(found, cell, input_size, biases, lang, description, width=912, tall=340, margin=30)
    narrow = _draw(found, cell, input_size, biases, lang, description, width=358, tall=220, margin=16)
    return Figure([wide], narrow=narrow, name="parameters")


def _draw(found, cell, input_size, biases, lang, description, width, tall, margin):
    across = sum(input_size + units + biases for units, _ in found.values())
    fixed = len(found) * (margin + 2 * GAP + 6) + (120 if width > 500 else 46)
    scale = min((width - fixed) / across, tall / max(rows for _, rows in found.values()))
    least = 150 if width > 500 else 106
    rooms = [max(least, margin + (input_size + units) * scale + 2 * GAP + biases * max(2, scale))
             for units, _ in found.values()]  # fmt: skip
    between = min((width - sum(rooms)) / 2, 110)
    height = HEAD + scale * max(rows for _, rows in found.values()) + FOOT
    drawing = Drawing(width, height, text("parameters.title", lang), description)
    x = max(0.0, (width - sum(rooms) - 2 * between) / 2)
    for (kind, (units, rows)), room in zip(found.items(), rooms, strict=True):
        _network(drawing, kind, units, rows, input_size, biases, x, margin, scale, kind == cell, lang)
        x += room + between
    return drawing


def _network(drawing, kind, units, rows, input_size, biases, x, margin, scale, chosen, lang):
    left, side, inputs, thick = x + margin, units * scale, input_size * scale, max(2.0, scale)
    second, third, bottom = left + inputs + GAP, left + inputs + side + 2 * GAP, HEAD + rows * scale
    colour = "ink" if chosen else "ink-2"
    drawing.text(left, 17, text(f"parameters.name.{kind}", lang), 16, colour=colour, bold=chosen)
    total = integer(counting.count(kind, input_size, units, biases), lang)
    drawing.text(left, 38, total, 20, colour=colour, bold=True)
    for letter, at, wide in (("x", left, inputs), ("h", second, side), ("b", third, biases * thick)):
        if wide > 12 or letter == "b":
            drawing.text(at + wide / 2, HEAD - 7, symbol(letter), 16, "middle", "ink-2")
    for block, quantity in enumerate(counting.CELLS[kind].blocks):
        y, (letter, ink) = HEAD + block * side, _look(kind, quantity)
        pieces = [(left, inputs, 0.22), (second, side, 0.4)]
        pieces += [(third + k * thick, thick - 0.5, 0.75) for k in range(biases)]
        for at, wide, strength in pieces:
            corners = [(at, y), (at + wide, y), (at + wide, y + side - 0.75), (at, y + side - 0.75)]
            drawing.polygon(corners, ink, opacity=strength if chosen else strength / 2)
        for at, wide in ((left, inputs), (second, side)):
            drawing.add(Rect(at, y, wide, max(side - 0.75, 0.5), stroke=ink, stroke_width=1))
        size = min(19.0, 0.8 * side)
        if size > 8.5:
            runs = [Run(letter, "serif", ink, italic=True)]
            drawing.text(left - (4 if margin < 20 else 8), y + side / 2 + 0.3 * size, runs, size, "end")
    shape = text("parameters.shape", lang, rows=integer(rows, lang), inputs=integer(input_size, lang),
                 units=integer(units, lang))  # fmt: skip
    drawing.text(x if margin < 20 else left, bottom + 18, shape, 13, colour="ink-3")


def _look(kind, quantity):
    """Letter and colour of a block: the LSTM's are quantities of the book, the GRU's are its own."""
    if kind == "gru":
        return {"reset_gate": "r", "update_gate": "z", "candidate": "n"}[quantity], "ink-2"
    return QUANTITIES[quantity][:2]
