"""The exercises on memory: computed answers, and for each fault of a built latch a sentence of its own."""

import re

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib import checks
from lstm_lib.exercises import memory


def source(id, answer):
    return checks.check(id, answer).source


def test_a_factor_above_one_stops_at_a_value():
    state = memory.echo(1.5, steps=200)
    assert 0.5 < state[-1] < 1 and np.allclose(state[-50:], state[-1])
    assert source("memory/predict-latch", "c") == "right"


def test_the_half_life_is_shorter_than_the_power_says():
    sizes = memory.echo(0.95)
    answer = memory.below_half(sizes)
    assert sizes[answer] < sizes[0] / 2 <= sizes[answer - 1]
    assert source("memory/half-life", answer) == "right"
    assert source("memory/half-life", np.log(0.5) / np.log(0.95)) == ("mistake", 2)


def test_the_weight_halves_a_small_echo_in_ten_steps():
    w = checks.exercise("memory/weight")["answer"]
    impulse = np.zeros((11, 1))
    impulse[0] = 1e-4
    small = memory.unit(w).forward(impulse).hidden[:, 0]
    assert small[-1] / small[0] == pytest.approx(0.5, abs=1e-6)
    assert source("memory/weight", "0,933") == "right"


def test_the_unfolded_layer_has_the_weights_of_one():
    net = ll.RNN.init(2, 5)
    weights = net.weight_ih.size + net.weight_hh.size + net.bias_ih.size
    assert source("memory/unfolded", weights) == "right"
    assert source("memory/unfolded", net.parameter_count) == ("mistake", 1)      # two biases


def test_the_price_is_the_slope_at_the_resting_state():
    w, tiny = 1.5, 1e-6
    rests = memory.resting_state(w)
    assert np.tanh(w * rests) == pytest.approx(rests, abs=1e-12)
    slope = (np.tanh(w * (rests + tiny)) - np.tanh(w * (rests - tiny))) / (2 * tiny)
    assert source("memory/price", slope) == "right"


def test_seventeen_words_are_too_many_for_the_states():
    answer = checks.exercise("memory/room")["answer"]
    assert 256 ** (answer - 1) == 2 ** (8 * 16) < 256**answer


# --- built -----------------------------------------------------------------------------------------

def built(weight=3.0, input_weight=5.0, bias=0.0):
    return memory.unit(weight, input_weight, bias)


def test_the_solution_keeps_its_bit_for_a_hundred_steps():
    x, wanted = memory.build_sequences()
    cues = np.flatnonzero(np.abs(x[:, 0, 0]) > memory.NOISE)
    assert len(x) - cues[-1] > 100
    assert (np.sign(built().forward(x).hidden[..., 0]) == wanted).all()
    assert checks.check("memory/build", built()).right
    assert checks.check("memory/build", built().to_torch()).right


WRONG = [
    built(input_weight=-5.0),                       # the opposite of the cue
    built(weight=-3.0),                             # another sign at each step
    built(weight=1.0),                              # no latch
    built(bias=2.0),                                # only one resting state
    built(input_weight=2.0),                        # a cue does not turn it
    built(input_weight=8.0),                        # noise does
    ll.RNN.init(2, 1),                              # another size
    ll.RNN.init(1, 1, nonlinearity="relu"),         # another function
    ll.LSTM.init(1, 1),                             # another network
]


def test_each_fault_of_a_built_latch_has_its_own_sentence():
    said = [checks.check("memory/build", net) for net in WRONG]
    assert [verdict.verdict for verdict in said] == ["wrong"] * len(WRONG)
    sentences = [re.sub(r"[+−]?\d+(,\d+)?", "", verdict) for verdict in said]
    assert len(set(sentences[:7])) == 7
    assert "LSTM" in sentences[8] and not any("{" in sentence for sentence in sentences)


def test_weights_of_the_right_size_have_a_wide_choice():
    """Two of a grid would be luck: many pairs of weights solve it, and none without a latch."""
    right = {(w, u) for w in (0.9, 1, 2, 3, 4, 5) for u in (1, 3, 5, 6, 8)
             if checks.check("memory/build", built(w, u)).right}
    assert len(right) >= 4 and min(w for w, _ in right) > 1
