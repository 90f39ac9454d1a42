"""How far back the gradient reaches in networks without training: the forget bias decides, not the letters
LSTM."""

from dataclasses import dataclass

import numpy as np

from lstm_lib.cells import LSTM, RNN
from lstm_lib.figures.drawing import Circle, Drawing, Rect, Run, symbol
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import apart
from lstm_lib.figures.wording import one_in
from lstm_lib.gradient_flow import verdict
from lstm_lib.locale import NO_BREAK_SPACE, check_language, number, percent, text
from lstm_lib.norms import gradient_norms

STEPS, INPUTS, SEQUENCES = 40, 16, 20


@dataclass(frozen=True, eq=False)
class Line:
    """One kind of network: log10 of its gradient norm over that at the last step, (seeds, lags), lag 0
    first."""

    name: str
    forget_bias: float | None
    logs: np.ndarray

    @property
    def mean(self):
        return self.logs.mean(axis=0)

    @property
    def verdict(self):
        """The word at the end of the line: a key of figures.horizon-..."""
        return verdict(self.mean[-1])


def horizon_lines(biases=(0.0, 1.0, 3.0), seeds=5, hidden_size=32):
    """Measure: untrained LSTMs with each forget bias, dL/dc_t, and a tanh RNN of equal size, dL/dh_t.

    Weights by torch's recipe, inputs standard normal, 40 steps; L = the sum of h at the last step. For each
    of the seeds the mean of log10 over 20 sequences. The RNN has about as many parameters as an LSTM.
    Returns a list of Line.
    """
    wanted = 4 * hidden_size * (INPUTS + hidden_size + 2)
    rnn_size = max(H for H in range(1, 4 * hidden_size) if 1.05 * wanted >= H * (INPUTS + H + 2))

    def logs(make, of):
        rows = []
        for seed in range(seeds):
            x = np.random.default_rng(seed).standard_normal((STEPS, SEQUENCES, INPUTS))
            norms = gradient_norms(make(seed), x, loss="last", of=of)[::-1]
            rows.append(np.log10(norms / norms[0]).mean(axis=1))
        return np.array(rows)

    found = [
        Line(
            "LSTM",
            bias,
            logs(lambda seed, b=bias: LSTM.init(INPUTS, hidden_size, seed, forget_bias=b), "cell"),
        )
        for bias in sorted(map(float, biases), reverse=True)
    ]
    return [*found, Line("RNN", None, logs(lambda seed: RNN.init(INPUTS, rnn_size, seed), "hidden"))]


def horizon(lang="pt", biases=(0.0, 1.0, 3.0), seeds=5, lines=None):
    """A Figure of the gradient against the distance of the error, on an absolute log axis, with computed
    verdicts.

    One line for each network of `horizon_lines` (or the given `lines`): the mean over seeds, and their
    whole range as a band.
    """
    check_language(lang)
    lines = horizon_lines(biases, seeds) if lines is None else lines
    told = [
        text("figures.horizon-line", lang, name=_name(line, lang), power=number(line.mean[-1], lang, 1),
             lag=len(line.mean) - 1, verdict=text(f"figures.horizon-{line.verdict}", lang))
        for line in lines
    ]  # fmt: skip
    description = text("figures.horizon-alt", lang, lines=" ".join(told))
    wide = _draw(lines, lang, description, 912, 520, left=64, right=650, big=25, small=15)
    narrow = _draw(lines, lang, description, 358, 430, left=40, right=214, big=19, small=13)
    return Figure([wide], narrow=narrow, name="horizon")


def _draw(lines, lang, description, width, height, left, right, big, small):
    drawing = Drawing(width, height, text("figures.horizon-title", lang), description)
    lags = len(lines[0].mean) - 1
    lowest = 2 * np.floor(min(line.logs.min() for line in lines) / 2)
    highest = max(0.0, 2 * np.ceil(max(line.logs.max() for line in lines) / 2 - 0.5))
    top, bottom = 50, height - 60

    def at(lag, log):
        return left + (right - left) * lag / lags, top + (bottom - top) * (highest - log) / (highest - lowest)

    drawing.text(0 if width < 500 else left, 18, text("figures.horizon-y", lang), small, colour="ink-2")
    for power in np.arange(highest, lowest - 1, -2):
        level = at(0, power)[1]
        drawing.line([(left, level), (right, level)], "rule-2" if power == 0 else "rule")
        tick = [Run("1")] if power == 0 else [Run("10"), Run(number(power, lang, 0), shift="super")]
        drawing.text(left - 10, level + 4.5, tick, small, "end", "ink-3")
    shown = sorted({0, 5, 10, 20, 30, lags} if width > 500 else {0, 20, lags})
    for lag in shown:
        x = at(lag, 0)[0]
        drawing.line([(x, bottom), (x, bottom + 6)], "rule-2")
        drawing.text(x, bottom + 24, str(lag), small, "middle", "ink-3")
    drawing.text(
        0 if width < 500 else left, bottom + 50, text("figures.horizon-x", lang), small, colour="ink-2"
    )

    for order, line in enumerate(lines):
        colour = "q-h" if line.forget_bias is None else "q-c"
        band = [at(lag, log) for lag, log in enumerate(line.logs.max(axis=0))]
        band += [at(lag, log) for lag, log in reversed(list(enumerate(line.logs.min(axis=0))))]
        drawing.polygon(band, colour, opacity=0.14)
        drawing.line([at(lag, log) for lag, log in enumerate(line.mean)], colour, 4 if order == 0 else 2.25)
        for lag in shown:
            _marker(drawing, *at(lag, line.mean[lag]), order, colour)
    ends = apart([at(lags, line.mean[-1])[1] for line in lines], 2.1 * small + big + 20)
    for line, y in zip(lines, ends, strict=True):
        _label(drawing, line, right + (20 if width > 500 else 12), y, lang, big, small)
    return drawing


def _marker(drawing, x, y, order, colour):
    """Lines are told apart by their marks too: diamond, square, triangle, ring."""
    size = 5
    if order == 3 or colour == "q-h":
        drawing.add(Circle(x, y, size, "paper", colour, 2))
    elif order == 1:
        drawing.add(Rect(x - size, y - size, 2 * size, 2 * size, "paper", colour, 2))
    else:
        corners = [(x, y - 1.3 * size), (x + 1.3 * size, y), (x, y + 1.3 * size), (x - 1.3 * size, y)]
        if order == 2:
            corners = [(x, y - 1.2 * size), (x + 1.2 * size, y + size), (x - 1.2 * size, y + size)]
        drawing.polygon(corners, colour if order == 0 else "paper", colour, 2)


def _label(drawing, line, x, y, lang, big, small):
    """Verdict, name and number at the end of a line."""
    colour = "q-h" if line.forget_bias is None else "q-c"
    log = line.mean[-1]
    word = Run(text(f"figures.horizon-{line.verdict}", lang), "serif", colour, bold=True)
    drawing.text(x, y, [word], big)
    total = [Run(f"{NO_BREAK_SPACE}{NO_BREAK_SPACE}d", "serif"), Run("L", "serif", italic=True)]
    derivative = [*total, Run("/d", "serif"), *symbol("h" if line.forget_bias is None else "c")]
    drawing.text(x, y + small + 6, [Run(_name(line, lang)), *derivative], small)
    power = [Run("10"), Run(number(log, lang, 1), shift="super")] if big > 20 else []
    share = [Run(": " if power else ""), Run(_share(log, lang))]
    drawing.text(x, y + 2.3 * small + 8, [*power, *share], small, colour="ink-2")


def _name(line, lang):
    if line.forget_bias is None:
        return line.name
    bias = number(line.forget_bias, lang, 0 if line.forget_bias == int(line.forget_bias) else 1)
    return text("figures.horizon-bias", lang, name=line.name, bias=bias)


def _share(log, lang):
    """10 to the power `log` in words: a percentage, or one part in so many."""
    if log > -1.7:
        return percent(10.0**log, lang)
    return one_in(10.0**-log, lang)
