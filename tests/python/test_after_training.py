"""Before and after training: the measures against finite differences, what the chapter says of the shipped
networks, and the widget with its picture."""

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib import after_training, figures, widgets
from lstm_lib.figures.after_training import powers, verdict_word, write_log
from lstm_lib.locale import LANGUAGES, text
from lstm_lib.tasks import agreement
from lstm_lib.training.language_model import RECIPES

SVG = "{http://www.w3.org/2000/svg}"
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "after_training.json").read_text("utf-8"))
FAILED, LEARNED, LSTM, GRU, LONG = (f"agreement/{n}" for n in ("rnn-long", "rnn", "lstm", "gru", "lstm-long"))
SEED = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"


@pytest.fixture(scope="module")
def long():
    """Every shipped network on the seed's sentence of 40 words."""
    names = (FAILED, LEARNED, LSTM, GRU, LONG)
    return {name: after_training.measure(ll.load(name), SEED, 40) for name in names}


@pytest.fixture(scope="module")
def means():
    return {name: after_training.averages(ll.load(name), n=20) for name in (FAILED, LEARNED, LSTM, LONG)}


# The measures


@pytest.mark.parametrize("name", [LEARNED, LSTM, GRU])
def test_the_slope_is_that_of_the_push(name):
    """All gradients at the noun at once: along the way to the other subject, by central differences."""
    lm = after_training.untrained(ll.load(name)) if name == LEARNED else ll.load(name)
    found = after_training.measure(lm, SEED)
    shares, scores = after_training.push(lm, found.pair, 2_001)
    assert scores[0] == pytest.approx(found.margins[0]) and shares[-1] == 1
    slope = (-3 * scores[0] + 4 * scores[1] - scores[2]) / (2 * shares[1])
    assert found.slope == pytest.approx(slope, rel=1e-3, abs=1e-6)


def test_the_other_end_of_the_push_is_the_other_sentence(long):
    for name, found in long.items():
        scores = after_training.push(ll.load(name), found.pair, 2)[1]
        assert scores == pytest.approx([found.margins[0], -found.margins[1]]), name


def test_what_a_unit_keeps_against_finite_differences(long):
    """dc_T[u]/dc_t[u] with h_t = o_t tanh(c_t) moving along, as total derivatives do."""
    found = long[LSTM]
    lm, trace = found.model, found.model.read(found.pair[0].words).trace
    for t in (1, 20, 39):
        ends = []
        for change in (1e-5, -1e-5):
            c = trace.cell[t].copy()
            c[found.unit] += change
            h = trace.output_gate[t] * np.tanh(c)
            ends.append(lm.network.forward(trace.inputs[t + 1 :], h0=h, c0=c).cell[-1, found.unit])
        assert found.kept[t] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-6)
    assert found.kept[-1] == 1


def test_the_jacobian_stretches_no_state_more_than_it_says_and_one_as_much(long):
    for name in (LEARNED, LSTM, GRU):
        found = long[name]
        trace = found.model.read(found.pair[0].words).trace
        product = np.linalg.multi_dot([trace.jacobian(t) for t in range(trace.steps - 1, 20, -1)])
        assert found.jacobian[20] == pytest.approx(np.log10(np.linalg.norm(product, 2)), abs=1e-9)
        assert found.jacobian[-1] == 0


def test_the_difference_is_that_of_the_task(long):
    for name, found in long.items():
        np.testing.assert_array_equal(found.difference, agreement.difference(ll.load(name), found.pair))


def test_cross_entropy_shrinks_with_certainty_and_the_margin_does_not(long):
    """For the right form p goes to 1 and its gradient to 0; the margin's gradient starts with two rows."""
    pair = long[LSTM].pair
    entropy = after_training.measure(ll.load(LSTM), pair, loss="cross-entropy")
    assert entropy.hidden[-1] < long[LSTM].hidden[-1]
    lm = long[LSTM].model
    rows = [lm.decoder_weight[lm.index[form]] for form in (pair[0].adjective, pair[0].adjective_wrong)]
    assert long[LSTM].hidden[-1] == pytest.approx(np.log10(np.linalg.norm(rows[0] - rows[1])))


def test_a_word_of_its_own_for_every_end():
    def named(kind, left):
        return after_training.Line("x", kind, "hidden", np.zeros(2), left).verdict

    ends = (("gradient", -6.1, "vanishes"), ("gradient", -5.9, "fades"), ("jacobian", -0.9, "arrives"),
            ("jacobian", 1.1, "explodes"), ("kept", -0.29, "stays"), ("kept", -0.31, "weakens"),
            ("difference", -1.8, "fades"), ("difference", 0.4, "grows"),
            ("difference", np.nan, "none"))  # fmt: skip
    for kind, left, word in ends:
        assert named(kind, left) == word


# What the chapter says of the shipped networks


def test_a_right_rnn_lets_small_changes_die_and_keeps_the_subject(long, means):
    found, mean = long[LEARNED], means[LEARNED]
    assert found.right and mean["accuracy"] == 1
    assert found.left["gradient"] < -6 and found.left["jacobian"] < -6 and found.left["difference"] > -0.3
    assert mean["hidden"][-1] < -7 and mean["jacobian"][-1] < -6.5 and mean["difference"].min() > 4
    assert found.theory["largest"][1] > 25 and found.theory["radius_bare"][1] > 18


def test_the_rnn_that_failed_has_more_gradient_left_than_the_one_that_is_right(long, means):
    assert not long[FAILED].right
    assert long[FAILED].left["gradient"] > long[LEARNED].left["gradient"] + 4
    assert means[FAILED]["hidden"][-1] > means[LEARNED]["hidden"][-1] + 4
    assert means[FAILED]["difference"][-1] < 0.05 and means[FAILED]["accuracy"] < 0.7


def test_a_right_lstm_has_little_gradient_and_a_unit_that_keeps(long, means):
    for name in (LSTM, LONG):
        assert long[name].right and long[name].unit == agreement.gender_unit(ll.load(name))
    assert -5 < means[LSTM]["hidden"][-1] < -2.5
    assert np.abs(means[LSTM]["kept"] - 1).max() < 0.05 and np.abs(long[LSTM].kept[1:] - 1).max() < 0.05
    assert abs(long[LSTM].left["jacobian"]) < 1
    assert 0.8 < means[LONG]["kept"][-1] < 1


def test_before_training_gradient_and_difference_go_together():
    for name, arrives in ((LEARNED, False), (FAILED, False), (GRU, False), (LSTM, True), (LONG, True)):
        found = after_training.measure(after_training.untrained(ll.load(name)), SEED, 40)
        assert (found.left["gradient"] > -2) == arrives, name
        assert (found.left["difference"] > -0.3) == arrives, name


def test_before_training_a_short_sentence_teaches_an_rnn_and_a_long_one_does_not():
    """The minimal time lag of chapter 2, as a gradient: equal at 5 words, orders of magnitude apart at 25."""
    left = {
        (name, distance): after_training.measure(
            after_training.untrained(ll.load(name)), "a menina disse que estava muito", distance
        ).left["gradient"]
        for name in (FAILED, LSTM)
        for distance in (0, 25)
    }
    assert abs(left[FAILED, 0] - left[LSTM, 0]) < 0.3
    assert left[FAILED, 25] < -6 and left[LSTM, 25] > -2


def test_a_push_turns_the_answer_of_those_that_keep_the_subject():
    shown = widgets.AfterTraining([FAILED, LEARNED, LSTM, GRU])
    assert shown.flips[FAILED] is None and all(shown.flips[name] is not None for name in (LEARNED, LSTM, GRU))
    scores = shown.pushes[LEARNED]
    moved = np.flatnonzero(np.abs(np.diff(scores)) > 0.1)
    assert len(moved) == 1, "the RNN that latched goes from one answer to the other in one step of 2 %"


# Networks without training


def test_fresh_weights_are_those_of_the_recipe():
    for name in (LEARNED, LSTM, GRU):
        lm = ll.load(name)
        fresh, again = after_training.untrained(lm), after_training.untrained(lm)
        assert fresh.parameter_count == lm.parameter_count and fresh.name == name
        assert fresh.embedding.std() == pytest.approx(1, abs=0.03)
        for array, same, other in zip(fresh.network.weights.values(), again.network.weights.values(),
                                      lm.network.weights.values(), strict=True):  # fmt: skip
            np.testing.assert_array_equal(array, same)
            assert (array != other).any()
        bound = 1 / np.sqrt(lm.network.hidden_size)
        assert np.abs(fresh.network.weight_hh).max() <= bound and np.abs(fresh.decoder_weight).max() <= bound
    assert after_training.untrained(lm, seed=9).embedding[0, 0] != fresh.embedding[0, 0]


def test_the_forget_bias_is_that_of_the_training():
    bias = RECIPES["agreement-lstm"].forget_bias
    assert bias == RECIPES["agreement-lstm-long"].forget_bias == after_training.SHARED["forget_bias"]
    net = after_training.untrained(ll.load(LSTM)).network
    rows = net.rows("forget_gate")
    assert (net.bias_ih[rows] + net.bias_hh[rows] == bias).all()


def test_the_vectors_are_what_python_computes():
    for lang, kind, log, written in VECTORS["written"]:
        assert write_log(kind, log, lang) == written
    for case in VECTORS["cases"][1:3]:
        for name, known in case["found"].items():
            lm = ll.load(name)
            lm = lm if case["trained"] else after_training.untrained(lm)
            found = after_training.measure(lm, case["words"], case["distance"])
            keys = ["margins", "slope", "hidden", "jacobian", "difference"]
            for key in keys + ["cell", "kept"] * (known["unit"] is not None):
                np.testing.assert_allclose(getattr(found, key), known[key], rtol=1e-6, atol=1e-7)
            assert after_training.verdicts(found) == known["verdicts"] and found.unit == known["unit"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lstm", SEED), "expected a language model"),
        ((LSTM, ""), "There is no word"),
        ((LSTM, SEED, -1), "distance"),
        ((LSTM, SEED, 0, 32), "unit"),
        ((LSTM, SEED, 0, None, "sum"), "loss"),
    ],
)
def test_what_cannot_be_measured_is_refused_with_a_sentence(arguments, said):
    lm, *rest = arguments
    with pytest.raises((TypeError, ValueError), match=said):
        after_training.measure(ll.load(lm) if "/" in lm else lm, *rest)


# The widget and its picture


def test_the_end_of_the_way_is_the_noun_for_slopes_and_the_last_word_for_the_difference():
    shown = widgets.AfterTraining([LEARNED, LSTM])
    assert shown.selection.word == "menina"
    assert set(shown.selection.logs) == {LEARNED, LSTM, f"{LSTM}, cell"}
    shown.quantity = "difference"
    assert shown.selection.word == "muito"
    shown.update(quantity="kept", step=20)
    assert shown.selection.step == 20 and set(shown.selection.logs) == {f"{LSTM}, cell"}
    shown.distance = 0
    assert shown.step == -1


@pytest.mark.parametrize(
    ("state", "said"),
    [({"distance": 201}, "0 to 200"), ({"push": 101}, "0 to 100"), ({"unit": 32}, "0 to 31"),
     ({"step": 41}, "to 40"), ({"quantity": "norm"}, "quantity"), ({"hide": ["sky"]}, "none of title"),
     ({"models": []}, "1 to 4")],
)  # fmt: skip
def test_an_impossible_state_is_refused_with_a_sentence(state, said):
    with pytest.raises((TypeError, ValueError), match=said):
        widgets.AfterTraining(**state)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_tells_in_words_what_it_shows(lang, long):
    chosen = {name: long[name] for name in (FAILED, LEARNED, LSTM)}
    pushes = {name: after_training.push(one.model, one.pair, 51)[1] for name, one in chosen.items()}
    figure = figures.after_training(chosen, "gradient", pushes, lang=lang)
    texts = ElementTree.fromstring(figure.to_svg()).iter(f"{SVG}text")
    words = " ".join("".join(found.itertext()) for found in texts)
    for line in after_training.lines(chosen, "gradient"):
        assert verdict_word(line, lang) in words and write_log("gradient", line.left, lang) in figure.alt
    for key in ("right", "wrong", "no_cell", "push.same", "ask.gradient"):
        assert text(f"after-training.{key}", lang) in words
    assert "nan" not in figure.to_html() and "inf" not in words


def test_the_axis_is_the_same_for_all_and_only_grows(long):
    assert powers([]) == powers(after_training.lines(long, "gradient")) == (-12, 2)
    assert powers(after_training.lines(long, "difference")) == (-12, 2)
    deep = after_training.Line("x", "gradient", "hidden", np.array([-13.1, -np.inf, 2.4]), -13.1)
    assert powers([deep]) == (-14, 4)


def test_a_sentence_of_the_subject_alone_has_a_picture():
    shown = widgets.AfterTraining([LEARNED, LSTM], sentence="a menina", quantity="jacobian")
    assert shown.measures[LSTM].left["jacobian"] == 0 and "nan" not in shown.figure().to_html()
