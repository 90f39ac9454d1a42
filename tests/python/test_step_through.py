"""Step through in Python: its state, the loss it sends back, and its still picture."""

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib import figures, widgets
from lstm_lib.exercises.mathematics import direct_of_margin

SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"


def test_the_loss_is_the_margin_of_the_likeliest_pair():
    step = widgets.StepThrough("agreement/lstm", sentence=SENTENCE)
    lm = step.language_model
    assert step.forms in list(zip(lm.feminine, lm.masculine, strict=True))
    assert np.array_equal(step.direct, direct_of_margin(lm, step.reading))
    step.sentence = SENTENCE.replace("a menina", "o menino")
    assert step.forms in list(zip(lm.masculine, lm.feminine, strict=True))


@pytest.mark.parametrize("of", ["cell", "hidden"])
def test_the_parts_add_up_at_every_step_of_a_network_of_one_s_own(of):
    net = ll.LSTM.init(3, 5, seed=1)
    step = widgets.StepThrough(net, inputs=np.random.default_rng(0).normal(size=(30, 3)))
    assert step.forms is None and (step.direct[-1] == 1).all() and not step.direct[:-1].any()
    found = step.gradients
    assert np.abs(sum(found.paths[of].values()) - getattr(found, of)).max() < 1e-12


WRONG = [{"quantity": "gate"}, {"view": "up"}, {"pace": 0}, {"breakpoints": ["f<1"]}, {"breakpoints": [-1]},
         {"breakpoints": [True]}, {"step": 99}, {"unit": 32}]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_state_that_cannot_be_is_refused_in_one_sentence(wrong):
    with pytest.raises((ValueError, TypeError), match=r"^[^\n]+$"):
        widgets.StepThrough("agreement/lstm", sentence=SENTENCE, **wrong)


def test_the_still_picture_says_the_numbers_of_its_direction():
    step = widgets.StepThrough("agreement/lstm", sentence=SENTENCE, step=8, unit=27, lang="en")
    ahead = step.figure().to_html()
    assert f"{step.trace.cell[8, 27]:.3f}".replace("-", "−") in ahead
    step.view = "backward"
    back = step.figure().to_html()
    assert f"{step.gradients.cell[8, 27]:.4f}".replace("-", "−") in back and ahead != back
    with pytest.raises(TypeError, match="LSTM"):
        figures.step_through(ll.RNN.init(2, 1).forward(np.ones((3, 2))))
