"""The explorable "gradient through time" from Python: its state, what it computes, and its still figure."""

import math
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from lstm_lib import gradient_flow, widgets
from lstm_lib.figures.gradient_flow import decades
from lstm_lib.figures.sizes import say_size, write_factor, write_share, write_size
from lstm_lib.locale import LANGUAGES, text
from lstm_lib.norms import gradient_norms

STATES = {
    "as it opens": {},
    "on its way": {"step": 17, "network": "gru", "of": "hidden"},
    "just arrived": {"step": 40},
    "explodes, clipped": {"gain": 3.0, "activation": "relu", "clip": 1.0},
    "open gate": {"forget_bias": 3.0, "network": "lstm", "theory": False},
    "truncated": {"window": 12, "network": "lstm"},
    "exactly zero": {"gain": 0.0},
    "two steps": {"steps": 2, "networks": ["gru"]},
    "long": {"steps": 400, "scheme": "chrono", "network": "lstm"},
}


def drawn(figure):
    """Every text of the wide drawing, and the heights of its lowest and highest mark on the plot."""
    root = ElementTree.fromstring(figure.to_svg())
    return ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]


def word(name, lang):
    return text(f"gradient-flow.verdict.{name}", lang)


@pytest.mark.parametrize("name", STATES)
def test_everything_is_read_from_one_run(name):
    widget = widgets.GradientFlow(**STATES[name])
    settings, flows = widget.settings, widget.flows
    assert set(widget.lines) == set(widget.shown) and widget.network in widget.lines
    for key, line in widget.lines.items():
        flow, of = flows[key], "cell" if widget.of == "cell" and key == "lstm" else "hidden"
        log, after, factor = widget.clipping[key]
        assert np.array_equal(line, getattr(flow, of) + math.log10(factor))
        assert after == pytest.approx(min(log, math.log10(widget.clip) if widget.clip else log))
        if settings.steps <= 40 and not settings.window:
            x = gradient_flow.inputs(settings)
            norms = gradient_norms(flow.network, x, of=of) * factor
            assert 10.0**line == pytest.approx(norms, rel=1e-9, abs=0)
    t, line = widget.position, widget.lines[widget.network]
    if t == settings.steps or line[t] == -math.inf:
        assert widget.factor is None
    else:
        assert widget.factor == pytest.approx(10.0 ** (line[t - 1] - line[t]))


def test_clipping_moves_the_whole_curve_and_treats_explosion_only():
    """The curve keeps its shape; its verdict stays, and so does a gradient that is small already."""
    whole = widgets.GradientFlow(gain=3.0, activation="relu")
    clipped = widgets.GradientFlow(gain=3.0, activation="relu", clip=1.0)
    moved = whole.lines["rnn"] - clipped.lines["rnn"]
    assert np.ptp(moved) < 1e-9 and moved[0] == pytest.approx(whole.flows["rnn"].weight_norm)
    assert clipped.verdicts == whole.verdicts and whole.verdicts["rnn"] == "explodes"
    faint = widgets.GradientFlow(clip=1000.0)
    assert np.array_equal(faint.lines["rnn"], widgets.GradientFlow().lines["rnn"])
    assert faint.verdicts["rnn"] == "vanishes"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", STATES)
def test_the_figure_says_the_run(name, lang):
    widget = widgets.GradientFlow(lang=lang, **STATES[name])
    figure = widget.figure()
    texts, t = drawn(figure), widget.position
    for key, line in widget.lines.items():
        assert say_size(line[t - 1], lang) in figure.alt
        assert "".join(run.text for run in write_size(line[t - 1], lang)) in texts or key != widget.network
        if t == 1:
            verdict = word(widget.verdicts[key], lang)
            assert verdict in figure.alt and verdict in texts
        if t < widget.settings.steps:
            said = "".join(run.text for run in write_share(line[t - 1] - line[-1], lang))
            assert said in texts
    page = figure.to_html()
    assert "nan" not in page and "inf" not in page.replace("info", "") and "lstm-narrow" in page


def test_the_axis_is_absolute_and_nothing_leaves_it():
    """It stays as it is while a curve stays within it, grows by whole steps, and holds every value."""
    assert decades([np.array([-9.0, 0.7])]) == decades([np.array([-3.0, 1.9])]) == (-12, 2)
    assert decades([np.array([-12.1, 0.7])])[0] == -24 and decades([np.array([-100.0, 15.0])]) == (-108, 24)
    assert decades([np.array([-math.inf, 3.0])]) == (-12, 6)
    for state in STATES.values():
        lines = widgets.GradientFlow(**state).lines.values()
        low, high = decades(lines)
        for line in lines:
            inside = line[np.isfinite(line)]
            assert low <= inside.min() and inside.max() <= high


def test_sizes_and_shares_as_they_are_written():
    def written(runs):
        return "".join(run.text for run in runs)

    assert [written(write_size(log, "pt")) for log in (0.75, -3, -3.01, 4, 120, -math.inf)] == [
        "5,62", "0,0010", "10−3,0", "104,0", "10120,0", "0"]  # fmt: skip
    values = (0.5703, 0.9876, 0.99561, 1.0, 1.04, 0.0456, 3.14159, 12.34)
    assert [write_factor(value, "en") for value in values] == [
        "0.57", "0.988", "0.9956", "1.00", "1.040", "0.046", "3.14", "12.3"]  # fmt: skip
    assert say_size(-9.53, "en") == "10 to the power −9.5"
    shares = [written(write_share(log, "en")) for log in (-math.inf, -10.45, -0.3, 2, 7, -40)]
    assert shares == ["nothing of what was sent", "1 in 28 billion", "50% of what was sent",
                      "100 times what was sent", "107.0 times what was sent",
                      "10−40.0 of what was sent"]  # fmt: skip


@pytest.mark.parametrize("state", [
    {"steps": 1}, {"steps": 401}, {"gain": -0.1}, {"gain": 4.5}, {"gain": math.nan}, {"forget_bias": 6.0},
    {"clip": -1.0}, {"clip": math.inf}, {"window": -1}, {"seed": -1}, {"step": 500}, {"hide": ["moon"]},
])  # fmt: skip
def test_a_state_that_cannot_be_is_refused_with_a_sentence(state):
    with pytest.raises(ValueError, match="expected|is none of"):
        widgets.GradientFlow(**state)
    widget = widgets.GradientFlow(gain=2.0)
    with pytest.raises(ValueError):
        widget.update(steps=20, **state) if "steps" not in state else widget.update(seed=3, **state)
    assert (widget.gain, widget.seed, widget.steps) == (2.0, 0, 40)


@pytest.mark.parametrize(
    "state", [{"network": "cnn"}, {"networks": ["rnn", "x"]}, {"gain": "2"}, {"moon": 1}]
)
def test_a_state_of_the_wrong_kind_is_refused(state):
    with pytest.raises((TypeError, ValueError)):
        widgets.GradientFlow(**state)


def test_what_the_page_sends_is_held_to_what_can_be():
    widget = widgets.GradientFlow()
    widget.set_state({"steps": 4000, "gain": 9.0, "step": 4000, "window": -3, "seed": -7, "clip": -1.0})
    assert (widget.settings.steps, widget.settings.gain, widget.settings.window) == (400, 4.0, 0)
    assert widget.position == 400 and widget.figure().alt
