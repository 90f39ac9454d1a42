"""The exercises on long dependencies: computed answers, and for each fault a sentence of its own."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib import checks, horizon, widgets
from lstm_lib.exercises import dependencies
from lstm_lib.tasks import agreement


def source(id, answer):
    return checks.check(id, answer).source


def without_numbers(verdict):
    return re.sub(r"[+−]?\d+(,\d+)?", "", verdict)


# --- predict -------------------------------------------------------------------------------------


def test_both_networks_expect_a_feminine_adjective_after_the_book_s_sentence():
    for name in ("agreement/lstm", "agreement/rnn"):
        assert ll.load(name).read(dependencies.SENTENCE).share_feminine[-1] > 0.9
    assert source("dependencies/predict-rnn", "b") == "right"


def test_no_training_on_long_sentences_teaches_the_rnn_to_keep():
    runs = horizon.results().select("rnn", dependencies.LAG)
    assert len(runs) == 5
    assert not any(min(run.right.values()) >= 0.9 * run.sentences for run in runs)
    assert source("dependencies/predict-lag", "d") == "right"
    assert set(horizon.results().kinds("lstm-b3", dependencies.LAG)) == {"learned"}


# --- the rule --------------------------------------------------------------------------------------


def test_the_main_subject_decides_where_no_noun_stands_before_the_copula():
    words = dependencies.TWO_COPULAS.split()
    assert agreement.place(words).gender == "m"
    assert source("dependencies/who-decides", "a") == "right"
    said = {str(checks.check("dependencies/who-decides", option)) for option in "bcd"}
    assert len(said) == 3


SOLUTION = (
    "o poeta lembrou que quando a ana estava tão nervosa e a prima ficou furiosa "
    "precisava ir embora porque estava muito"
)


def test_the_composed_solution_is_right_as_text_and_as_the_explorable():
    assert checks.check("dependencies/compose", SOLUTION).right
    assert checks.check("dependencies/compose", SOLUTION.upper() + " …").right
    assert checks.check("dependencies/compose", widgets.Sentence(sentence=SOLUTION)).right


WRONG_SENTENCES = [
    "",
    7,
    "o menino viu a ana",
    "disse que estava",
    SOLUTION.replace("a prima", "a prefeita"),                  # a word the networks do not know
    SOLUTION.replace("o poeta", "a menina"),                    # feminine subject
    "o poeta disse que a ana viajou e a prima estava",          # the noun beside the copula decides
    "o poeta disse que a ana viajou e a prima saiu e estava",   # too few words in between
    "o poeta disse que não foi se despedir porque quando a ana viajou não quis ir jantar e estava",
    SOLUTION.replace("a ana estava tão nervosa", "o tio estava tão nervoso"),
]


def test_each_fault_of_a_sentence_has_its_own_words():
    said = [checks.check("dependencies/compose", sentence) for sentence in WRONG_SENTENCES]
    assert [verdict.verdict for verdict in said] == ["wrong"] * len(said)
    # a sentence without words and one that does not end in a copula have the same fault
    assert len({without_numbers(re.sub(r"\*[^*]*\*", "", verdict)) for verdict in said}) == len(said) - 1


def test_the_article_tells_the_gender_of_a_distractor_with_two():
    both = SOLUTION.replace("a prima", "a jornalista")
    assert checks.check("dependencies/compose", both).right
    masculine = both.replace("a jornalista ficou furiosa", "o jornalista ficou furioso")
    assert "jornalista" in checks.check("dependencies/compose", masculine)


# --- read and derived --------------------------------------------------------------------------------


def test_the_fading_difference_is_below_a_tenth_there_and_not_before():
    pair = widgets.Difference(distance=dependencies.DISTANCE).pair
    curve = agreement.difference(ll.load("agreement/rnn-long"), pair)[pair[0].subject_position :]
    answer = checks.exercise("dependencies/fading")["answer"]
    assert curve[answer] < curve[0] / 10 <= curve[answer - 1]
    assert checks.check("dependencies/fading", str(answer)).right


def test_the_bias_keeps_half_of_the_state_over_the_words():
    answer = checks.exercise("dependencies/opening")["answer"]
    assert (1 / (1 + np.exp(-answer))) ** dependencies.WORDS == pytest.approx(0.5)
    assert source("dependencies/opening", "3,57") == "right"
    assert source("dependencies/opening", np.log(25)) == ("mistake", 3)


# --- built -------------------------------------------------------------------------------------------


def turning(degrees=17.0, gain=1.1, into=1.0):
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return ll.RNN(weight_ih=[[into], [0.0]], weight_hh=gain * turn)


def test_the_oscillator_is_right_in_its_window_and_wrong_around_it():
    net = turning()
    x = np.zeros((36, 1))
    x[0] = 1
    shown = net.forward(x).hidden[:, 0]
    assert all(shown[distance - 1] > 0 for distance in range(20, 26))
    assert all(shown[distance - 1] < 0 for distance in (10, 15, 30, 35))
    assert checks.check("dependencies/oscillator", net).right
    assert checks.check("dependencies/oscillator", net.to_torch()).right


WRONG_NETWORKS = [
    turning(gain=0.5),                      # fades
    turning(degrees=0),                     # latches
    turning(degrees=10),                    # the wrong phase in the window
    turning(degrees=33.5),                  # right at 10 too
    ll.RNN.init(2, 2),                      # another size
    ll.LSTM.init(1, 2),                     # another network
]


def test_each_fault_of_an_oscillator_has_its_own_sentence():
    said = [checks.check("dependencies/oscillator", net) for net in WRONG_NETWORKS]
    assert [verdict.verdict for verdict in said] == ["wrong"] * len(said)
    assert len(set(map(without_numbers, said))) == len(said)


def test_an_oscillator_with_a_bias_that_always_says_feminine_does_not_pass():
    net = turning().replace(bias_ih=[2.0, 0.0])
    assert not checks.check("dependencies/oscillator", net).right


# --- trained -----------------------------------------------------------------------------------------


def trained(window=(25, 40), seed=11, accuracy=0.99, elsewhere=None, network="lstm-b3"):
    """What a training gives, as far as the exercise looks at it."""
    outside = accuracy if elsewhere is None else elsewhere
    return SimpleNamespace(
        network=network, window=window, seed=seed, steps=500,
        accuracy=lambda distance=None: accuracy if distance is None else outside,
    )  # fmt: skip


def test_a_point_of_one_s_own_passes():
    assert checks.check("dependencies/retrain", trained()).right
    assert checks.check("dependencies/retrain", SimpleNamespace(run=trained())).right      # the panel


def test_a_short_training_of_the_real_thing_is_judged():
    run = horizon.train_point("lstm-b3", lag=25, seed=11, steps=1, progress=False)
    verdict = checks.check("dependencies/retrain", run)
    assert not verdict.right
    assert "lstm-b3" in verdict


WRONG_RUNS = [
    None,
    "lstm-b3",
    trained(window=(5, 20)),
    trained(window=(25, 30)),
    trained(seed=0),
    trained(accuracy=0.5),
    trained(accuracy=0.8),
    trained(elsewhere=0.1),
]


def test_each_fault_of_a_training_has_its_own_sentence():
    said = [checks.check("dependencies/retrain", run) for run in WRONG_RUNS]
    assert [verdict.verdict for verdict in said] == ["wrong"] * len(said)
    assert len(set(map(without_numbers, said))) == len(said)
