"""The classifier of the gender: what it computes, what decides its training, when that ends."""

import dataclasses
import pickle

import numpy as np
import pytest

from lstm_lib.horizon import NETWORKS
from lstm_lib.tasks import agreement
from lstm_lib.training import TrainingDiverged, TrainingInterrupted, classifier, train_classifier
from lstm_lib.training.classifier import Network, Settings

torch = pytest.importorskip("torch")

SMALL = Settings(steps=4, sentences=120, test_sentences=40, check_every=2)
WINDOW = (5, 12)


def quick(network="lstm-b3", seed=0, settings=SMALL, **options):
    return train_classifier(NETWORKS[network], WINDOW, seed, settings, progress=False, **options)


def scripted(monkeypatch, *rights):
    """Let the checks find these numbers of right answers, one after the other."""
    found = iter(rights)
    monkeypatch.setattr(classifier.Classifier, "right", lambda self, lines: next(found))


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_equal_size(network):
    modules = classifier._modules(network, Settings(), 0, longest=40)
    assert sum(weight.numel() for weight in modules[1].parameters()) == network.core_parameters()
    assert abs(network.core_parameters() / NETWORKS["lstm-b3"].core_parameters() - 1) < 0.02


@pytest.mark.parametrize(
    ("key", "block", "value"),
    [("lstm-b0", 1, 0.0), ("lstm-b1", 1, 1.0), ("lstm-b3", 1, 3.0), ("gru-b3", 1, 3.0)],
)
def test_the_bias_of_the_gate_that_keeps(key, block, value):
    network = NETWORKS[key]
    _, rnn, _ = classifier._modules(network, Settings(), 0, longest=40)
    rows = slice(block * network.hidden_size, (block + 1) * network.hidden_size)
    bias = (rnn.bias_ih_l0 + rnn.bias_hh_l0).detach().numpy()
    np.testing.assert_allclose(bias[rows], value)
    others = np.delete(bias, np.r_[rows])
    assert others.std() > 0.05 and np.abs(others).max() < 2 / np.sqrt(network.hidden_size)


def test_chrono_biases_reach_to_the_longest_distance():
    _, rnn, _ = classifier._modules(NETWORKS["lstm-chrono"], Settings(), 0, longest=40)
    bias = (rnn.bias_ih_l0 + rnn.bias_hh_l0).detach().numpy()
    assert bias[16:32].min() > 0 and 2 < bias[16:32].max() <= np.log(39)
    np.testing.assert_allclose(bias[:16], -bias[16:32], rtol=1e-6)


@pytest.mark.parametrize("key", ["rnn", "gru", "lstm-b3"])
def test_the_loss_is_the_cross_entropy_of_the_gender_after_the_last_word(key):
    losses = []
    quick(key, seed=3, on_step=lambda _, loss: losses.append(loss))
    start = classifier._classifier(classifier._modules(NETWORKS[key], SMALL, 3, longest=WINDOW[1]))
    pool = classifier.data(SMALL.sentences, 3, WINDOW, SMALL.distractors, held_out=False)
    words, last, feminine = next(classifier._batches(pool, SMALL.batch, 3))
    expected = []
    for column in range(SMALL.batch):  # each alone, without the padding
        line = [agreement.vocabulary()[k] for k in words[: last[column] + 1, column]]
        p = start.read(line)[1][-1]
        expected.append(-np.log(p if feminine[column] else 1 - p))
    assert losses[0] == pytest.approx(np.mean(expected), rel=1e-4)


def test_sentences_are_those_of_the_task():
    lines = agreement.sentences(50, 7, WINDOW, (0, 2), False)
    made = classifier.data(50, 7, WINDOW, (0, 2), held_out=False)
    for column, line in enumerate(lines):
        read = [agreement.vocabulary()[k] for k in made.words[: made.lengths[column], column]]
        assert read == line.words and made.feminine[column] == (line.gender == "f")
        assert line.adjective not in read[-1:]


def test_counting_right_answers_agrees_with_reading_one_by_one():
    model, _ = quick("gru")
    lines = agreement.sentences(40, 5, (5, 30))
    by_hand = sum((model.read(line.text)[1][-1] > 0.5) == (line.gender == "f") for line in lines)
    assert model.right(classifier.data(40, 5, (5, 30))) == by_hand


def test_training_sees_no_held_out_pair_and_is_stopped_by_others_than_it_is_tested_with(monkeypatch):
    asked = []
    original = agreement.sentences

    def watched(n, seed, distance, distractors, held_out):
        asked.append((seed, held_out))
        return original(n, seed, distance, distractors, held_out)

    classifier.data.cache_clear()
    monkeypatch.setattr(agreement, "sentences", watched)
    quick(seed=8)
    assert asked == [(8, False), (SMALL.check_seed, True)] and SMALL.check_seed != SMALL.test_seed


def test_same_seed_same_network_whatever_was_drawn_before():
    first, _ = quick()
    torch.rand(7)
    np.random.rand(7)
    state, threads = torch.get_rng_state(), torch.get_num_threads()
    again, _ = quick()
    other, _ = quick(seed=1)
    for name, weight in first.network.weights.items():
        assert np.array_equal(weight, again.network.weights[name])
        assert not np.array_equal(weight, other.network.weights[name])
    assert first.readout_bias == again.readout_bias and np.array_equal(first.embedding, again.embedding)
    assert torch.equal(torch.get_rng_state(), state) and torch.get_num_threads() == threads


def test_it_learns_a_short_distance():
    seen = []
    settings = Settings(steps=300, sentences=1000, test_sentences=200)
    model, ending = quick(settings=settings, on_check=lambda step, accuracy: seen.append((step, accuracy)))
    assert seen[-1][1] > 0.9 and [step for step, _ in seen] == [100, 200, 300][: len(seen)]
    assert ending.kept in dict(seen)
    far = classifier.data(200, SMALL.test_seed, 40)
    assert model.right(far) > 180


def test_99_percent_must_come_twice_in_a_row(monkeypatch):
    scripted(monkeypatch, 495, 480, 495, 500, 500)
    settings = dataclasses.replace(SMALL, steps=50, test_sentences=500, check_every=1)
    _, ending = quick(settings=settings)
    assert (ending.steps, ending.reason, ending.kept) == (4, "check", 4)


def test_the_best_moment_is_kept(monkeypatch):
    scripted(monkeypatch, 20, 39, 25)
    weights = []
    settings = dataclasses.replace(SMALL, steps=6)
    original = classifier._classifier
    monkeypatch.setattr(
        classifier, "_classifier", lambda parts: weights.append(original(parts)) or weights[-1]
    )
    model, ending = quick(settings=settings)
    assert (ending.steps, ending.reason, ending.kept) == (6, "steps", 4)
    assert model is weights[1]
    assert not np.array_equal(model.network.weight_hh, weights[2].network.weight_hh)


def test_stop_by_hand_and_by_ctrl_c():
    seen = []
    model, ending = quick(stop=lambda: len(seen) == 3, on_step=lambda step, _: seen.append(step))
    assert (ending.steps, ending.reason, ending.kept) == (3, "stop", 2)
    _, ending = quick(stop=lambda: True)
    assert (ending.steps, ending.kept) == (1, 1), "before the first check the present weights are kept"

    def press_ctrl_c(step, _):
        if step == 2:
            raise KeyboardInterrupt

    with pytest.raises(TrainingInterrupted, match="Stopped at step 2 of 4"):
        quick(on_step=press_ctrl_c)


def test_a_loss_that_is_no_number_stops_with_advice():
    wild = dataclasses.replace(NETWORKS["rnn"], learning_rate=3e37)
    with pytest.raises(TrainingDiverged, match="Try a learning rate ten times smaller") as caught:
        train_classifier(wild, WINDOW, 0, dataclasses.replace(SMALL, steps=30), progress=False)
    sent = pickle.loads(pickle.dumps(caught.value))
    assert str(sent) == str(caught.value) and sent.step == caught.value.step


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cell": "rnn_tanh", "forget_bias": 1.0}, "an RNN has no gate"),
        ({"cell": "elman"}, "expected one of 'rnn_tanh', 'gru', 'lstm'"),
        ({"cell": "lstm", "scheme": "zeros"}, "expected one of 'torch', 'chrono'"),
        ({"cell": "lstm", "hidden_size": 0}, "hidden_size"),
    ],
)
def test_impossible_networks_are_named(options, message):
    with pytest.raises(ValueError, match=message):
        Network("mine", **{"hidden_size": 4, **options})


def test_nothing_to_read():
    model, _ = quick()
    with pytest.raises(ValueError, match="no word to read"):
        model.read(" … ")
    assert model.read("a astronauta disse")[1].shape == (3,)
