"""The explorable "memory" from Python: its state, its trace, the networks it takes, and its still figure."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib import dynamics, widgets
from lstm_lib.figures import raster, style
from lstm_lib.locale import LANGUAGES, number

SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
STATES = {
    "fading": {"weight": 0.8},
    "latching": {"weight": 1.5, "text": SENTENCE, "step": 12},
    "ringing": {"weight": -0.8, "inputs": [0.5, -2.0, 0.0], "unfolded": True},
    "silence": {"inputs": [0.0, 0.0], "bias": 0.3},
    "one step": {"inputs": [1.0]},
    "long": {"steps": 40, "preset": "rewrite", "weight": 1.2, "input_weight": 2.0},
    "layer": {"mode": "layer"},
    "they disagree": {"mode": "layer", "gain": 0.7, "angle": 0.0, "skew": 3.0, "input_weight": 0.2,
                      "direction": 90.0},
    "nothing comes back": {"mode": "layer", "matrix": [0.0, 0.0, 0.0, 0.0]},
}  # fmt: skip


def drawn(figure, lang=None):
    """Every text of the wide drawing, one string."""
    root = ElementTree.fromstring(figure.to_svg())
    return " | ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))


def by_hand(widget):
    """The run, step by step, from the class's own numbers."""
    net, h, states = widget.network, np.zeros(widget.network.hidden_size), []
    for x in widget.sequence:
        h = np.tanh(net.weight_hh @ h + net.weight_ih[:, 0] * x + net.bias_ih + net.bias_hh)
        states.append(h)
    return np.array(states)


@pytest.mark.parametrize("name", STATES)
def test_everything_is_read_from_one_trace(name):
    widget = widgets.Memory(**STATES[name])
    assert widget.trace.hidden == pytest.approx(by_hand(widget), abs=1e-14)
    assert widget.echo == pytest.approx(dynamics.echo(widget.network, widget.sequence, widget.origin))
    assert widget.half_life == dynamics.half_life(widget.echo)
    assert widget.course == dynamics.course(widget.echo)
    if widget.mode == "unit":
        assert widget.regime == dynamics.regime(widget.weight, widget.bias)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", STATES)
def test_the_figure_says_the_trace(name, lang):
    widget = widgets.Memory(lang=lang, **STATES[name])
    figure = widget.figure()
    texts, alt = drawn(figure), figure.alt
    states = widget.trace.hidden[:, 0] if widget.mode == "unit" else widget.echo
    for value in states:
        assert number(value, lang, sign=widget.mode == "unit") in alt
    for point in widget.fixed_points:
        assert number(point.value, lang, sign=True) in alt and number(point.value, lang, sign=True) in texts
    part = "regime" if widget.mode == "unit" else "course"
    verdict = ll.locale.text(f"memory.{part}.{widget.regime}", lang)
    assert verdict in alt and verdict in texts.replace(" | ", " ")
    if widget.mode == "layer":
        assert f"ρ = {number(widget.spectral_radius, lang)}" in texts
        assert f"σ = {number(widget.largest_singular_value, lang)}" in texts
    if widget.course != "silent" and widget.half_life:
        assert str(widget.half_life) in texts
    page = figure.to_html()
    assert "nan" not in page and "lstm-narrow" in page


def test_the_figure_changes_with_the_weight_and_holds_in_both_themes():
    one, other = widgets.Memory(weight=0.5).figure(), widgets.Memory(weight=0.6).figure()
    assert one.to_svg() != other.to_svg()
    for theme in style.THEMES:
        for drawing in (one.whole, one.narrow, widgets.Memory(mode="layer").figure().narrow):
            assert raster.png(drawing, theme, 0.5)[1:4] == b"PNG"


def test_the_sequence_is_the_numbers_else_the_text_else_the_preset():
    widget = widgets.Memory(steps=4)
    assert widget.sequence == [1, 0, 0, 0]
    widget.text = "0,5 menos um"
    assert widget.sequence == [0.5, -1] and widget.words == []
    widget.text = SENTENCE
    assert widget.words == SENTENCE.split() and widget.sequence[1] == -1
    widget.inputs = [2.0, 0.0]
    assert widget.sequence == [2, 0] and widget.words == []
    widget.update(inputs=[], text="", preset="rewrite")
    assert widget.sequence == [1, 0, -1, 0]
    widget.text = " ".join(["0", "1"] * 200)
    assert len(widget.sequence) == 40


def test_the_echo_that_is_followed():
    widget = widgets.Memory(text=SENTENCE, weight=1.5)
    assert widget.origin == 1
    widget.follow = 11
    assert widget.origin == 11 and widget.echo[:11].max() == 0 < widget.echo[11]
    widget.follow = 5
    assert widget.origin == 1, "a silent step has no echo: the first one that is heard is followed"


@pytest.mark.parametrize("units", [1, 2])
def test_a_network_is_shown_as_it_is(units):
    net = ll.RNN.init(1, units, seed=4)
    x = [0.3, -1.0, 0.5, 0.0]
    expected = net.forward(np.array(x)[:, None]).hidden
    for given in (net, net.to_torch()):
        widget = widgets.Memory(given, inputs=x)
        assert widget.mode == ("unit" if units == 1 else "layer")
        assert widget.trace.hidden == pytest.approx(expected, abs=1e-12)
    if units == 2:
        widget.update(matrix=[])
        assert widget.recurrent_matrix == pytest.approx(dynamics.recurrent_matrix(0.9, 30, 0))


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda: widgets.Memory(ll.LSTM.init(1, 1)), TypeError, "type LSTM, expected an RNN"),
        (lambda: widgets.Memory(ll.RNN.init(1, 1, nonlinearity="relu")), TypeError, "RNN with relu"),
        (lambda: widgets.Memory(ll.RNN.init(2, 1)), ValueError, "2 inputs and 1 units, expected one input"),
        (lambda: widgets.Memory(ll.RNN.init(1, 3)), ValueError, "one or two units"),
        (lambda: widgets.Memory(3), TypeError, "type int, expected"),
        (lambda: widgets.Memory(weight=float("nan")), ValueError, "weight was nan, expected a finite number"),
        (lambda: widgets.Memory(matrix=[1, 2]), ValueError, "expected 4 finite numbers"),
        (lambda: widgets.Memory(inputs=[1.0] * 41), ValueError, "expected 1 to 40 finite numbers"),
        (lambda: widgets.Memory(inputs=[float("inf")]), ValueError, "expected 1 to 40 finite numbers"),
        (lambda: widgets.Memory(text="1 2 abc"), ValueError, "numbers and also 'abc'"),
        (lambda: widgets.Memory(steps=1), ValueError, "steps is 1, expected from 2 to 40"),
        (lambda: widgets.Memory(step=40), ValueError, "step was 40, expected 0 to 39"),
        (lambda: widgets.Memory(follow=-2), ValueError, "follow was -2, expected -1 to 39"),
        (lambda: widgets.Memory(mode="three"), TypeError, "mode"),
        (lambda: widgets.Memory(hide=["sky"]), ValueError, "sky is none of title"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_in_words(call, error, said):
    with pytest.raises(error, match=said):
        call()


def test_what_the_page_sends_is_taken_and_clamped_where_it_is_used():
    widget = widgets.Memory()
    sent = {"step": 99, "steps": 4, "follow": 88, "text": "1 x", "inputs": [float("nan")], "matrix": [1.0]}
    widget.set_state(sent)
    assert widget.sequence == [1, 0, 0, 0] and widget.origin == 0
    assert widget.figure().alt
