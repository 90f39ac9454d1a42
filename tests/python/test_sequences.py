"""The training that all areas share: what it gives, when it ends, how it goes on after a kill."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lstm_lib.training import checkpoint, loop, sequences
from lstm_lib.training.sequences import Sequences

ROOT = Path(__file__).parents[2]

JOB = """
import sys, time
import numpy as np
from lstm_lib.training import checkpoint, sequences
from tests.python.test_sequences import data, settings

if len(sys.argv) > 2:  # to be killed: every step is slow, and kept
    checkpoint.Checkpoint.due = lambda self: (print("kept", flush=True), time.sleep(0.02))[1] is None
    module, training, validation = data("lstm", dropout=0.3)
    sequences.fit(module, training, validation, **settings, checkpoint=sys.argv[1])
"""


def data(cell, dropout=0.0, **options):
    """A module and two sets of sequences of different lengths: is the first number positive?"""
    rng = np.random.default_rng(3)
    inputs = rng.standard_normal((120, 9, 2)).astype(np.float32)
    lengths = rng.integers(4, 10, 120)
    of = Sequences(inputs, (inputs[:, 0, 0] > 0).astype(int), lengths)
    module = sequences.build(cell, 2, 2, 6, seed=1, dropout=dropout, **options)
    return module, of.part(slice(0, 80)), of.part(slice(80, 120))


settings = {"epochs": 4, "batch": 16, "learning_rate": 0.02, "seed": 5, "progress": False}


def numbers(fitted):
    return {name: value.numpy() for name, value in fitted.module.state_dict().items()}


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_what_it_says_is_what_the_library_says(cell):
    """The torch module reads as lstm_lib's own cell does, at the last step that counts."""
    from lstm_lib import convert

    module, training, _ = data(cell)
    network = convert.from_torch(module.recurrent)
    readout = [weight.detach().numpy().astype(float) for weight in module.readout.parameters()]
    said = sequences.predict(module, training)
    for row in (0, 7):
        steps = training.lengths[row]
        last = network.forward(training.inputs[row, :steps].astype(float)).hidden[-1]
        np.testing.assert_allclose(said[row], readout[0] @ last + readout[1], atol=1e-5)


def test_padding_changes_nothing_in_both_directions():
    module, training, _ = data("lstm", bidirectional=True)
    longer = Sequences(
        np.pad(training.inputs, ((0, 0), (0, 5), (0, 0)), constant_values=9.0),
        training.targets,
        training.lengths,
    )
    np.testing.assert_allclose(
        sequences.predict(module, longer), sequences.predict(module, training), atol=1e-6
    )


@pytest.mark.parametrize("options", [{}, {"embedding": 7}, {"bidirectional": True}])
def test_equal_parameters(options):
    wanted = sequences.parameter_count("lstm", 20, 5, 3, **options)
    for cell in ("rnn", "gru"):
        hidden = sequences.equal_hidden(cell, ("lstm", 20), 5, 3, **options)
        module = sequences.build(cell, 5, 3, hidden, seed=0, **options)
        count = sum(weight.numel() for weight in module.parameters())
        assert count == sequences.parameter_count(cell, hidden, 5, 3, **options)
        assert abs(count / wanted - 1) < 0.05


def test_the_same_seed_gives_the_same_whatever_torch_drew_before():
    import torch

    module, training, validation = data("gru", dropout=0.3)
    first = sequences.fit(module, training, validation, **settings)
    torch.manual_seed(99)
    torch.rand(7)
    again = sequences.fit(data("gru", dropout=0.3)[0], training, validation, **settings)
    assert first.history == again.history
    other = sequences.fit(data("gru", dropout=0.3)[0], training, validation, **{**settings, "seed": 6})
    assert other.history != first.history


def test_the_best_epoch_is_kept_and_patience_ends_early():
    module, training, validation = data("lstm")
    scores = iter([0.1, 0.5, 0.4, 0.3, 0.9])
    fitted = sequences.fit(
        module, training, validation, **{**settings, "epochs": 9}, patience=2, score=lambda *_: next(scores)
    )
    assert (fitted.kept, fitted.epochs, fitted.validation) == (2, 4, 0.5)


def test_a_killed_training_goes_on_and_ends_exactly_as_it_would_have(tmp_path):
    """SIGKILL leaves no time to tidy up; the weights at the end are those of an undisturbed training."""
    place = tmp_path / "training.safetensors"
    command = [sys.executable, "-c", JOB, str(place), "kill"]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    for _ in range(9):
        assert child.stdout.readline() == "kept\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert place.is_file()
    module, training, validation = data("lstm", dropout=0.3)
    steps = []
    original, loop._step = loop._step, lambda *given: steps.append(1) or original(*given)
    try:
        resumed = sequences.fit(module, training, validation, **settings, checkpoint=place)
    finally:
        loop._step = original
    assert len(steps) < 4 * 5 - 5, "it went on where it was"
    whole = sequences.fit(data("lstm", dropout=0.3)[0], training, validation, **settings)
    assert resumed.history == whole.history and resumed.kept == whole.kept
    for name, value in numbers(whole).items():
        np.testing.assert_array_equal(numbers(resumed)[name], value, err_msg=name)
    assert not place.exists(), "what is finished needs no checkpoint"


def test_a_checkpoint_of_another_training_is_not_used(tmp_path):
    place = tmp_path / "training.safetensors"
    place.write_bytes(b"no safetensors")
    module, training, validation = data("lstm")
    damaged = sequences.fit(module, training, validation, **settings, checkpoint=place)
    assert damaged.history == sequences.fit(data("lstm")[0], training, validation, **settings).history


def test_a_search_that_is_stopped_by_hand_goes_on_as_well(tmp_path, monkeypatch):
    """fit_steps: the data of a step are those of its number; a stop by hand says where it goes on."""
    monkeypatch.setattr(checkpoint, "EVERY", 0.0)
    place = tmp_path / "search.safetensors"

    def batch_of(step):
        inputs = np.random.default_rng([4, step]).standard_normal((8, 6, 2)).astype(np.float32)
        return Sequences(inputs, inputs.sum(axis=(1, 2))[:, None])

    def search(goal, **options):
        module, checks = sequences.build("gru", 2, 1, 5, seed=2), []
        ending = sequences.fit_steps(
            module, batch_of, loss="mse", steps=30, learning_rate=0.01, check_every=10, seed=2,
            goal=lambda: checks.append(1) or goal(len(checks)), progress=False, **options,
        )  # fmt: skip
        return ending, [weight.detach().numpy() for weight in module.parameters()]

    def by_hand(check):
        if check == 2:
            raise KeyboardInterrupt

    with pytest.raises(loop.TrainingInterrupted, match="step 20 of 30.*goes on from the last checkpoint"):
        search(by_hand, checkpoint=place)
    ending, resumed = search(lambda check: check == 2, checkpoint=place)
    assert ending == loop.Ending(30, "check"), "the second check after step 19 is at step 30"
    _, whole = search(lambda check: False)
    for left, right in zip(resumed, whole, strict=True):
        np.testing.assert_array_equal(left, right)
    assert list(tmp_path.iterdir()) == []


def test_one_cycle_rises_in_the_first_tenth_and_falls_to_nothing(monkeypatch):
    rates, step = [], loop._step
    monkeypatch.setattr(
        loop, "_step", lambda weights, optimiser, *rest: rates.append(optimiser.param_groups[0]["lr"])
        or step(weights, optimiser, *rest)
    )  # fmt: skip
    module, training, validation = data("rnn")
    sequences.fit(module, training, validation, **{**settings, "epochs": 20})
    assert len(rates) == 100
    assert max(rates) == pytest.approx(0.02, rel=0.02) and 8 <= np.argmax(rates) <= 11
    assert rates[0] == pytest.approx(0.02 / 25) and rates[-1] < 0.02 / 1000


def test_a_loss_that_is_no_number_stops_with_advice(tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoint, "EVERY", 0.0)
    module, training, validation = data("rnn")
    place = tmp_path / "training.safetensors"
    with pytest.raises(loop.TrainingDiverged, match="ten times smaller"):
        sequences.fit(
            module, training, validation, **{**settings, "learning_rate": 3e37, "clip": 1e30, "epochs": 30},
            checkpoint=place,
        )  # fmt: skip
    assert list(tmp_path.iterdir()) == [], "it would diverge again"
    scores = iter([0.5, float("nan")])
    with pytest.raises(loop.TrainingDiverged, match="step 10 "):
        sequences.fit(*data("rnn"), **settings, score=lambda *_: next(scores))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda of: of.inputs.__setitem__(5, np.nan), "inputs are not finite, first in sequence 5"),
        (lambda of: of.lengths.__setitem__(0, 10), "lengths go from 4 to 10, expected 1 to 9"),
        (lambda of: object.__setattr__(of, "targets", of.targets[1:]), "80 sequences .* but 79 targets"),
        (lambda of: object.__setattr__(of, "inputs", of.inputs[:0]), "has no sequence"),
    ],
)
def test_data_that_nothing_can_be_learned_from_are_refused_in_words(change, message):
    module, training, validation = data("rnn")
    change(training)
    with pytest.raises(ValueError, match=message):
        sequences.fit(module, training, validation, **settings)


@pytest.mark.parametrize("wrong", [{"cell": "transformer"}, {"cell": "lstm", "read": "first"}])
def test_what_cannot_be_built_is_refused_in_words(wrong):
    with pytest.raises(ValueError, match="expected"):
        sequences.build(wrong.pop("cell"), 2, 2, 6, seed=0, **wrong)
