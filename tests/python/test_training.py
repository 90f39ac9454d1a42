"""Training: the same result from the same seed, a good one from another, nothing half done when it stops."""

import dataclasses
import functools
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib import __main__ as command_line
from lstm_lib.tasks import agreement
from lstm_lib.training import TrainingDiverged, TrainingInterrupted
from lstm_lib.training import language_model as training

torch = pytest.importorskip("torch")

ANOTHER_SEED = 33


def quick(name="agreement-lstm", **changes):
    return training.train(name, progress=False, **{"sentences": 200, "steps": 5, **changes})


def test_another_seed_meets_the_same_bars():
    recipe = training.RECIPES["agreement-lstm"]
    assert recipe.seed != ANOTHER_SEED
    other = training.train("agreement-lstm", seed=ANOTHER_SEED, progress=False)
    assert agreement.unmet(agreement.scores(other)) == []


@pytest.mark.parametrize("name", list(training.RECIPES))
def test_same_seed_same_weights(name):
    first, again, other = quick(name, seed=1), quick(name, seed=1), quick(name, seed=2)
    assert first.name == training.RECIPES[name].name
    np.testing.assert_array_equal(first.embedding, again.embedding)
    for key, weight in first.network.weights.items():
        np.testing.assert_array_equal(weight, again.network.weights[key])
        assert (weight != other.network.weights[key]).any()


def test_the_loss_goes_down():
    losses = []
    quick(steps=120, on_step=lambda _, loss: losses.append(loss))
    assert len(losses) == 120
    assert losses[0] == pytest.approx(np.log(len(agreement.vocabulary())), rel=0.15)
    assert np.mean(losses[-10:]) < 0.75 * losses[0]


def test_the_loss_is_the_weighted_cross_entropy_of_the_next_word():
    recipe = training._recipe("agreement-lstm", 3, None, {"sentences": 50, "batch": 4})
    torch.manual_seed(0)
    parts = training._modules(recipe)
    model = training._language_model(recipe, parts)
    inputs, targets, weights = next(training._batches(recipe))
    loss = training._loss(parts, inputs, targets, weights).item()
    total = 0.0
    for column in range(4):
        length = int((weights[:, column] > 0).sum())
        words = [model.vocabulary[index] for index in inputs[:length, column]]
        chosen = model.read(words).probabilities[np.arange(length), targets[:length, column]]
        total -= (np.log(chosen) * weights[:length, column].numpy()).sum()
    assert loss == pytest.approx(total / float(weights.sum()), rel=1e-5)


def test_batches_weigh_adjectives_ten_times_and_the_padding_not_at_all():
    recipe = training._recipe("agreement-lstm", 0, None, {"sentences": 40, "batch": 8})
    inputs, targets, weights = next(training._batches(recipe))
    assert inputs.shape == targets.shape == weights.shape and inputs.shape[1] == 8
    vocabulary = agreement.vocabulary()
    forms = {form for pair in agreement.adjectives() for form in pair}
    for column in range(8):
        length = int((weights[:, column] > 0).sum())
        assert not weights[length:, column].any()
        words = [vocabulary[index] for index in targets[:length, column]]
        assert words[-1] == "." and words[-2] in forms
        assert weights[:length, column].tolist() == [10.0 if word in forms else 1.0 for word in words]
        assert inputs[1:length, column].tolist() == targets[: length - 1, column].tolist()


def test_forget_gates_start_open():
    recipe = training.RECIPES["agreement-lstm"]
    _, rnn, _ = training._modules(recipe)
    H = recipe.hidden_size
    bias = (rnn.bias_ih_l0 + rnn.bias_hh_l0).detach().numpy()
    np.testing.assert_allclose(bias[H : 2 * H], recipe.forget_bias)
    assert np.abs(np.delete(bias, slice(H, 2 * H))).max() < 1


def test_training_sees_no_held_out_pair(monkeypatch):
    asked = []
    original = agreement.sentences
    monkeypatch.setattr(
        agreement, "sentences", lambda *a, **k: asked.append(k["held_out"]) or original(*a, **k)
    )
    quick()
    assert asked == [False]


def test_torch_is_left_as_it_was():
    before, threads = torch.get_rng_state(), torch.get_num_threads()
    quick()
    assert torch.equal(torch.get_rng_state(), before) and torch.get_num_threads() == threads


def test_a_loss_that_is_no_number_stops_with_advice():
    with pytest.raises(TrainingDiverged, match="Try a learning rate ten times smaller") as caught:
        quick(steps=30, learning_rate=3e37)
    assert 1 < caught.value.step <= 30


def test_interruption_says_where_it_stopped():
    def press_ctrl_c(step, _):
        if step == 3:
            raise KeyboardInterrupt

    with pytest.raises(
        TrainingInterrupted, match="Stopped at step 3 of 5. Nothing was saved"
    ) as caught:
        quick(on_step=press_ctrl_c)
    assert caught.value.step == 3 and isinstance(caught.value, KeyboardInterrupt)


def test_ctrl_c_on_the_command_line_leaves_nothing_behind(tmp_path):
    out = tmp_path / "model.safetensors"
    command = [
        sys.executable,
        "-m",
        "lstm_lib",
        "train",
        "agreement-lstm",
        "--steps",
        "100000",
        "--out",
        str(out),
    ]
    # Whoever runs the tests in a shell's background has its children deaf to Ctrl-C: here it is heard again.
    heard = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heard)
    seen = b""
    while b"loss=" not in seen:  # the bar shows the loss once training is under way
        chunk = run.stderr.read1(4096)
        assert chunk, seen.decode()
        seen += chunk
    time.sleep(0.1)
    run.send_signal(signal.SIGINT)
    _, rest = run.communicate(timeout=60)
    assert run.returncode == command_line.INTERRUPTED
    assert b"Nothing was saved" in rest and b"Traceback" not in seen + rest
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "changes", "message"),
    [
        ("agreement-elman", {}, "Available: agreement-lstm, agreement-rnn"),
        ("agreement-lstm", {"momentum": 0.9}, "has no momentum"),
        ("agreement-lstm", {"steps": 0}, "steps is 0, expected at least 1"),
        ("agreement-lstm", {"cell": "elman"}, "expected one of lstm, gru, rnn_tanh"),
    ],
)
def test_mistakes_are_named(name, changes, message):
    with pytest.raises(ValueError, match=message):
        training.train(name, progress=False, **changes)


def test_train_command_saves_a_model_with_its_story(tmp_path, capsys):
    out = tmp_path / "new" / "rnn.safetensors"
    assert (
        command_line.main(["train", "agreement-rnn", "--seed", "5", "--steps", "2", "--out", str(out)]) == 0
    )
    model = ll.load(out)
    assert model.metadata["command"] == "python -m lstm_lib train agreement-rnn --seed 5 --steps 2"
    assert model.metadata["seed"] == 5
    assert model.metadata["scores"]["held_out_accuracy"]["30"] == agreement.evaluate(model, 30, 500)
    printed = capsys.readouterr().out
    assert "Held-out accuracy" in printed and str(out) in printed
    assert "Not as promised: accuracy" in printed  # two steps are too few


def test_without_out_the_recipe_as_it_stands_means_the_shipped_file(tmp_path, monkeypatch):
    short = dataclasses.replace(training.RECIPES["agreement-rnn"], steps=1)
    monkeypatch.setitem(training.RECIPES, "agreement-rnn", short)
    monkeypatch.setattr(training, "SHIPPED", tmp_path / "shipped")
    monkeypatch.chdir(tmp_path)
    model = training.train_and_save("agreement-rnn", progress=False)
    shipped = tmp_path / "shipped" / "agreement" / "rnn.safetensors"
    assert model.path == shipped and shipped.is_file()
    before = shipped.read_bytes()
    other = training.train_and_save("agreement-rnn", seed=9, progress=False)
    assert other.path.resolve().parent == tmp_path and other.path.is_file() and "seed-9" in other.path.name
    assert shipped.read_bytes() == before, "another seed leaves the shipped network as it is"


def test_a_place_that_cannot_be_written_is_named_before_training(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    for out in (tmp_path, tmp_path / "file" / "model.safetensors"):
        assert command_line.main(["train", "agreement-lstm", "--out", str(out)]) == 1
        said = capsys.readouterr().err
        assert "Nothing can be written" in said and "Traceback" not in said


def test_the_command_line_explains_itself(capsys):
    for arguments, expected in ((["--help"], "train"), (["train", "--help"], "--seed")):
        with pytest.raises(SystemExit) as ended:
            command_line.main(arguments)
        assert ended.value.code == 0 and expected in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        command_line.main(["train", "agreement-elman"])
    assert ended.value.code == 2 and "agreement-lstm" in capsys.readouterr().err


def test_a_known_mistake_ends_in_one_line(capsys):
    assert command_line.main(["train", "agreement-lstm", "--steps", "0"]) == 1
    error = capsys.readouterr().err
    assert "expected at least 1" in error and "Traceback" not in error
