"""Step through in Python: its state, the loss it sends back, the shares by path, and its still picture."""

import numpy as np
import pytest
import torch

import lstm_lib as ll
from lstm_lib import equations, figures, locale, losses, widgets
from lstm_lib.figures.drawing import Drawing, Run
from lstm_lib.figures.formula import Group, Term, draw_formula, op
from lstm_lib.figures.way_back import split

SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"


@pytest.fixture(scope="module")
def lm():
    return ll.load("agreement/lstm")


@pytest.mark.parametrize(("subject", "feminine"), [("a menina", True), ("o menino", False), ("que", True)])
def test_the_loss_is_the_margin_of_the_likeliest_pair(lm, subject, feminine):
    reading = lm.read(SENTENCE.replace("a menina", subject).replace("o joão", "ele"))
    loss, last = losses.loss_of(reading), reading.trace.hidden[-1]
    mass = [reading.probabilities[-1, [lm.index[form] for form in pair]].sum()
            for pair in zip(lm.feminine, lm.masculine, strict=True)]  # fmt: skip
    both = lm.feminine[np.argmax(mass)], lm.masculine[np.argmax(mass)]
    assert loss.forms == (both if feminine else both[::-1])

    def margin(h):
        right, wrong = (lm.logits(h)[lm.index[form]] for form in loss.forms)
        return right - wrong

    assert loss.value == pytest.approx(margin(last), abs=1e-12)
    slopes = [(margin(h) - loss.value) / 1e-6 for h in last + 1e-6 * np.eye(len(last))]
    assert loss.direct[-1] == pytest.approx(slopes, abs=1e-6) and not loss.direct[:-1].any()


@pytest.mark.parametrize("name", ["agreement/lstm", "agreement/lstm-long"])
def test_the_shares_add_up_at_every_step_and_unit_of_the_shipped_networks(name):
    widget = widgets.StepThrough(name, sentence=SENTENCE, step=4, unit=27)
    found = widget.gradients
    for of in ("cell", "hidden"):
        np.testing.assert_allclose(sum(found.paths[of].values()), getattr(found, of), rtol=0, atol=1e-12)
        assert sum(widget.paths[of].values()) == pytest.approx(getattr(found, of)[4, 27], abs=1e-12)
    w = equations.blocks(widget.network)
    back, _ = equations.backward(w, equations.forward(w, widget.trace.inputs), widget.loss.direct)
    for s, dh, dc in zip(back, found.hidden, found.cell, strict=True):
        np.testing.assert_allclose([s.dh, s.dc], [dh, dc], rtol=0, atol=1e-12)


def test_a_torch_module_sends_the_sum_of_its_last_hidden_state_back():
    module = torch.nn.LSTM(3, 5, dtype=torch.float64)
    x = torch.from_numpy(np.random.default_rng(0).standard_normal((12, 3)))
    widget = widgets.StepThrough(module, inputs=x, step=11, unit=4)
    hidden, _ = module(x)
    hidden[-1].sum().backward()
    assert widget.loss.forms is None
    assert widget.loss.value == pytest.approx(hidden[-1].sum().item(), abs=1e-12)
    np.testing.assert_allclose(widget.gradients.weights["weight_hh"], module.weight_hh_l0.grad, atol=1e-12)
    assert widget.paths["hidden"] == {"direct": 1, "input": 0, "forget": 0, "candidate": 0, "output": 0}
    widget.show("agreement/lstm", sentence="a menina")
    assert widget.step == 1 and widget.loss.forms and widget.model == "agreement/lstm"


WRONG = [{"quantity": "gate"}, {"view": "up"}, {"pace": 0}, {"breakpoints": ["f<1"]}, {"breakpoints": [-1]},
         {"breakpoints": [True]}, {"step": 99}, {"unit": 32}, {"sentence": "…"}, {"inputs": [[1.0]]}]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_state_that_cannot_be_is_refused_in_one_sentence(wrong):
    with pytest.raises((ValueError, TypeError), match=r"^[^\n]+$"):
        widgets.StepThrough("agreement/lstm", **({"sentence": SENTENCE} | wrong))


def test_what_the_page_sends_is_clamped_where_it_is_used(lm):
    widget = widgets.StepThrough(lm, sentence=SENTENCE)
    widget.set_state({"step": 99, "unit": 99, "view": "backward", "breakpoints": [3, "highway<0.5"]})
    assert widget.breakpoints == [3, "highway<0.5"] and widget.figure().alt
    assert widget.paths["cell"]["cell"] == 0 and widget.paths["cell"]["direct"] != 0


# The still picture


@pytest.mark.parametrize("lang", locale.LANGUAGES)
def test_the_equations_stand_over_their_numbers(lm, lang):
    widget = widgets.StepThrough(lm, sentence=SENTENCE, step=1, unit=27, lang=lang)
    figure, trace = widget.figure(), widget.trace
    for drawing in (figure.whole, figure.narrow):
        svg = drawing.to_svg()
        for name in ("cell", "hidden", "candidate"):
            assert locale.number(getattr(trace, name)[1, 27], lang, 3, sign=True) in svg
        for name in ("input_gate", "forget_gate", "candidate", "output_gate"):
            total = sum(term["product"] for term in trace.preactivation(name, 1, 27))
            assert locale.number(total, lang, 3, sign=True) in svg
            assert locale.number(total, lang, 3, sign=True) in drawing.description


@pytest.mark.parametrize("step", [0, 8, 14])
def test_on_the_way_back_the_numbers_of_the_picture_add_up(lm, step):
    widget = widgets.StepThrough(lm, sentence=SENTENCE, step=step, unit=27, lang="en", view="backward")
    svg = widget.figure().to_html()
    for of in ("cell", "hidden"):
        found = split(widget.gradients, of, step, 27)
        numbers = [found.told(value, "en") for value in (found.total, *found.shares.values())]
        assert all(one in svg for one in numbers)
        total, *shares = (float(one.replace(locale.MINUS, "-")) for one in numbers)
        assert total == pytest.approx(sum(shares), abs=1e-9)
        right = getattr(widget.gradients, of)[step, 27]
        assert total * 10.0**found.power == pytest.approx(right, rel=1e-3)
    assert widget.loss.forms[0] in svg and f"{widget.loss.value:.2f}" in svg


def test_a_unit_that_nothing_reaches_has_a_picture(lm):
    network = ll.LSTM.init(2, 3, seed=0)
    dead = network.replace(weight_hh=np.zeros_like(network.weight_hh))
    trace = dead.forward(np.ones((4, 2)), cell_factor=np.zeros((4, 3)))
    assert "0.000" in figures.step_through(trace, 1, 0, "backward", "en").to_html()


def test_the_picture_refuses_what_it_cannot_draw():
    trace = ll.LSTM.init(2, 3, seed=0).forward(np.ones((4, 2)))
    for wrong in ({"step": 4}, {"unit": 3}, {"view": "up"}, {"lang": "fr"}):
        with pytest.raises(ValueError):
            figures.step_through(trace, **wrong)
    with pytest.raises(TypeError, match="LSTM"):
        figures.step_through(ll.RNN.init(2, 1).forward(np.ones((3, 2))))


def test_a_number_stands_under_the_middle_of_its_symbol():
    drawing = Drawing(400, 100, "", "")
    parts = [Term((Run("a"),), "1.000"), op("="), Group((Term((Run("b"),)),), "2.00")]
    end = draw_formula(drawing, parts, 0, 20, 20)
    symbol, number = (next(mark for mark in drawing.marks if getattr(mark, "runs", [Run("")])[0].text == told)
                      for told in ("a", "1.000"))  # fmt: skip
    assert symbol.x == number.x and number.y > symbol.y and end < 400
