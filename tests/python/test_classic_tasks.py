"""The tasks of 1997: sequences that follow their rules, networks of one size, and what was recorded."""

import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from lstm_lib import parameters, results
from lstm_lib.results.areas import adding as adding_area
from lstm_lib.results.areas import latch as latch_area
from lstm_lib.results.areas import order as order_area
from lstm_lib.results.areas import reber as reber_area
from lstm_lib.tasks import adding, latch, reber, temporal_order, trial

AREAS = {"adding": adding_area, "order": order_area, "latch": latch_area, "reber": reber_area}
PAPER = json.loads((Path(results.__file__).parent / "papers1997.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("task", [adding, temporal_order, latch])
def test_lengths_go_from_T_to_T_and_a_tenth_and_nothing_follows_the_end(task):
    found = task.sequences(2000, 50, seed=1)
    assert set(found.lengths) == set(range(50, 56))
    after = np.arange(found.inputs.shape[1]) >= found.lengths[:, None]
    assert not found.inputs[after].any()
    again = task.sequences(2000, 50, seed=1)
    assert np.array_equal(found.inputs, again.inputs) and np.array_equal(found.targets, again.targets)
    assert not np.array_equal(found.inputs, task.sequences(2000, 50, seed=2).inputs)


def test_adding_asks_for_the_sum_of_two_numbers_marked_in_the_first_half():
    found = adding.sequences(3000, 60, seed=0)
    values, markers = found.inputs[..., 0].astype(float), found.inputs[..., 1]
    for row, last in enumerate(found.lengths - 1):
        marked = np.flatnonzero(markers[row] == 1)
        assert markers[row, 0] == markers[row, last] == -1
        assert len(marked) in (1, 2)  # one where the other draw hit the first pair
        assert marked.min() >= 1 and marked.max() < 29 and (marked.min() < 10 or len(marked) == 1)
        assert found.targets[row, 0] == pytest.approx(0.5 + values[row, marked].sum() / 4, abs=1e-6)
    guess = np.full((3000, 1), 0.5)
    assert 0.8 / 24 < adding.error(guess, found) < 1.1 / 24 and 0.12 < adding.right(guess, found).mean() < 0.2
    near = found.targets.copy()
    near[:1500] += 0.039
    near[1500:] += 0.041
    assert adding.right(near, found).sum() == 1500


def test_temporal_order_names_the_order_of_the_two_symbols():
    found = temporal_order.sequences(2000, 100, seed=0)
    symbols = found.inputs.argmax(axis=2)
    for row, length in enumerate(found.lengths):
        text = "".join(temporal_order.SYMBOLS[k] for k in symbols[row, :length])
        places = [match.start() for match in re.finditer("[XY]", text)]
        assert text[0] == "E" and text[-1] == "B" and set(text[1:-1]) <= set("abcdXY")
        assert len(places) == 2 and 10 <= places[0] <= 20 and 50 <= places[1] <= 60
        assert temporal_order.CLASSES[found.targets[row]] == "".join(text[place] for place in places)
    sure = 10 * np.eye(4)[found.targets]
    assert temporal_order.right(sure, found).all() and not temporal_order.right(sure / 10, found).any()
    assert temporal_order.error(np.roll(sure, 1, axis=1), found) == 1


def test_the_latch_shows_its_bit_once_and_then_noise():
    found = latch.sequences(4000, 40, seed=0)
    assert np.array_equal(found.inputs[:, 0, 0], 2 * found.targets - 1)
    noise = found.inputs[:, 1:40, 0]
    assert abs(noise.mean()) < 0.01 and noise.var() == pytest.approx(0.2, abs=0.005)
    assert abs(np.corrcoef(noise.sum(axis=1), found.targets)[0, 1]) < 0.06
    chances = np.where(np.arange(4000)[:, None] < 2000, 0.81, 0.79)
    scores = np.log(np.where(np.eye(2)[found.targets] == 1, chances, 1 - chances))
    assert latch.right(scores, found).sum() == 2000 and latch.error(scores, found) == 0


def test_reber_strings_are_those_of_the_grammar_and_their_legal_symbols_all_that_may_follow():
    found = reber.sequences(5000, seed=0)
    simple = "B(TS*X(XT*VPS|XT*VV|S)|PT*V(V|PS|PXT*V))E"  # one loop at most; longer ones by the walk below
    texts = [text + "E" for text in reber.spelled(found.inputs)]
    assert any(re.fullmatch(f"B([TP]){simple}\\1E", text) for text in texts)
    follows = defaultdict(set)
    for text in texts:
        assert text[1] == text[-2] and text[:1] + text[-1] == "BE" and text[2] == "B" and text[-3] == "E"
        for end in range(1, len(text)):
            follows[text[:end]].add(text[end])
    seen_often = [prefix for prefix in follows if sum(text.startswith(prefix) for text in texts[:500]) > 30]
    for row, text in enumerate(texts[:300]):
        for step in range(len(text) - 1):
            legal = {symbol for symbol, may in zip(reber.SYMBOLS, found.legal[row, step], strict=True) if may}
            assert text[step + 1] in legal
            assert text[: step + 1] not in seen_often or legal == follows[text[: step + 1]]
    lags = [len(text) - 3 for text in texts]
    assert min(lags) == 6  # from the second symbol to where it comes back
    perfect = found.legal.astype(float)
    assert reber.right(perfect, found).all() and reber.error(perfect, found) == 0
    forgets = perfect.copy()  # knows the grammar, not the second symbol: T and P after the inner string
    places = found.lengths - 2
    forgets[np.arange(5000), places, 1] = forgets[np.arange(5000), places, 4] = 1
    assert not reber.right(forgets, found).any()


def test_too_short_a_task_and_outputs_of_another_shape_are_refused_in_words():
    with pytest.raises(ValueError, match="at least 22 steps"):
        adding.sequences(2, 21, 0)
    with pytest.raises(ValueError, match="temporal order problem needs at least 10"):
        temporal_order.sequences(2, 9, 0)
    with pytest.raises(TypeError, match="length is '50'"):
        latch.sequences(2, "50", 0)
    with pytest.raises(ValueError, match=r"expected \(3, 4\)"):
        temporal_order.right(np.zeros((3, 2)), temporal_order.sequences(3, 50, 0))
    with pytest.raises(ValueError, match="'lstm-b1'"):
        trial.module(latch, "lstm-b2", 20, 0)


@pytest.mark.parametrize("task", [adding, temporal_order, latch, reber])
def test_the_eight_networks_are_equally_large(task):
    wanted = parameters.count("lstm", task.INPUTS, trial.HIDDEN)
    assert len(trial.NETWORKS) == 8
    for network in trial.NETWORKS.values():
        core = parameters.count(network.cell, task.INPUTS, network.hidden_size(task.INPUTS))
        assert core == pytest.approx(wanted, rel=0.025)


def test_the_networks_start_as_their_names_say():
    import torch

    def start(name):
        return trial.module(latch, name, 100, seed=0).recurrent

    def forget(name):
        lstm = start(name)
        return (lstm.bias_ih_l0 + lstm.bias_hh_l0).detach().numpy()[32:64]

    assert [set(forget(f"lstm-b{bias}")) for bias in (0, 1, 3)] == [{0.0}, {1.0}, {3.0}]
    steps = 1 + np.exp(forget("lstm-chrono"))
    assert 2 <= steps.min() < 30 and 70 < steps.max() <= 100
    assert start("irnn").nonlinearity == "relu" and start("rnn").nonlinearity == "tanh"
    assert torch.equal(start("irnn").weight_hh_l0, torch.eye(start("irnn").hidden_size))
    turned = start("rnn-orthogonal").weight_hh_l0
    assert torch.allclose(turned @ turned.T, torch.eye(len(turned)), atol=1e-5)


@pytest.mark.parametrize("key", AREAS)
def test_rates_are_those_chosen_with_seed_0_and_everything_else_was_run_with_them(key):
    area, found = AREAS[key], results.load()
    plan = area.PLAN
    assert area.AREA.networks == tuple(trial.NETWORKS)
    for name in trial.NETWORKS:
        tried = found.select(key, "choose", name)
        assert len(tried) == 3 and {run.seed for run in tried} == {0}
        best = max(tried, key=lambda run: (run.validation, -run.options["learning_rate"]))
        assert area.AREA.chosen[name] == best.options["learning_rate"], name
        for T, steps in plan.steps.items():
            runs = found.select(key, "test", name, **({"T": T} if T else {}))
            assert [run.seed for run in runs] == [1, 2, 3], (name, T)
            for run in runs:
                assert run.learned == (run.detail["checked"] >= trial.GOAL)
                assert run.scores["sequences"] == (run.steps if run.learned else steps) * trial.BATCH
                assert run.learned or run.steps == steps or run.detail["ending"] == "diverged"
                assert not run.learned or run.scores["right"] > 0.9


def test_a_test_that_diverges_starts_again_with_a_smaller_rate(monkeypatch):
    tried = []

    def explodes_above(limit):
        def given(*task, learning_rate, **options):
            tried.append(learning_rate)
            bad = learning_rate > limit
            return trial.Trial(not bad, 50, "diverged" if bad else "check", 1.0, 0.0, 2560, 0.0, 1)

        return given

    job = next(job for job in latch_area.jobs() if job.stage == "test" and job.name == "gru")
    monkeypatch.setattr(trial, "trial", explodes_above(0.005))
    found = latch_area.run(job)
    assert tried == [0.01, 0.003] and found["detail"]["learning_rate"] == 0.003
    monkeypatch.setattr(trial, "trial", explodes_above(0))
    found = latch_area.run(job)  # never better than those that were allowed everything and did not learn
    assert tried[2:] == [0.01, 0.003, 0.001]
    assert found["scores"]["sequences"] == latch_area.PLAN.steps[20] * trial.BATCH and not found["learned"]


def learned(key, name, **options):
    return sum(run.learned for run in results.load().select(key, "test", name, **options))


def test_the_time_that_a_rerun_takes_is_what_was_recorded():
    """On two cores at most 45 minutes; README and CONTRIBUTING name what the recorded runs add up to."""
    found, root = results.load(), Path(results.__file__).parents[2]
    spent = {key: round(sum(run.seconds for run in found.select(key))) for key in found.areas}
    total = round(sum(run.seconds for run in found.runs))
    assert total / 120 < 45
    readme, contributing = (" ".join((root / name).read_text("utf-8").split())
                            for name in ("README.md", "CONTRIBUTING.md"))  # fmt: skip
    assert f"took {total} s of CPU time, {total / 120:.0f} minutes on two cores" in readme
    assert f"took {total} s of CPU time, which is {total / 120:.0f} minutes on two cores" in contributing
    longest, shortest = max(spent, key=spent.get), min(spent, key=spent.get)
    assert f"the longest area, `{longest}`, {spent[longest]} s" in contributing
    assert f"the shortest, `{shortest}`, {spent[shortest]} s" in contributing


def test_the_embedded_reber_grammar_does_not_tell_the_networks_apart():
    assert {name: learned("reber", name) for name in trial.NETWORKS} == dict.fromkeys(trial.NETWORKS, 3)


def test_an_lstm_with_the_usual_bias_does_not_learn_the_latch_at_50_steps():
    assert learned("latch", "lstm-b1", T=20) == 3
    assert learned("latch", "lstm-b1", T=50) == learned("latch", "lstm-b1", T=100) == 0
    assert learned("latch", "rnn-orthogonal", T=50) == 3  # without a gate
    assert learned("latch", "lstm-chrono", T=50) == 3


def test_the_adding_problem_is_learned_at_every_length_by_the_one_that_was_told_the_lag():
    for T in adding.LENGTHS:
        assert learned("adding", "lstm-chrono", T=T) == 3
        assert learned("adding", "rnn", T=T) == learned("adding", "lstm-b1", T=T) == 0


def test_a_recorded_trial_comes_out_again():
    """Rounding differs between processors, and who learns when with it: a factor of 2 is allowed."""
    recorded = results.load().select("latch", "test", "lstm-chrono", T=20)[0]
    again = results.rerun(recorded.job)
    assert again["learned"] is recorded.learned is True
    assert 0.5 <= again["steps"] / recorded.steps <= 2
    assert again["parameters"] == recorded.parameters


def test_the_figures_of_the_paper_agree_with_each_other():
    """Weights can be counted from the architectures that the paper describes."""

    def weights(inputs, outputs, blocks, cells):  # all units see inputs, gates and cells; gates have biases
        hidden = blocks * (cells + 2)
        return hidden * (inputs + hidden) + 2 * blocks + outputs * blocks * cells

    experiments = PAPER["experiments"]
    sizes = {row["hidden"]: row["weights"] for row in experiments["reber"]["rows"] if row["method"] == "lstm"}
    assert sizes == {"4x1": weights(7, 7, 4, 1), "3x2": weights(7, 7, 3, 2)}
    assert experiments["latch"]["weights"] == weights(1, 1, 3, 1) + 3  # biases of the cells too
    more = 2 * 2 + 1  # biases of the cells and of the output
    assert experiments["adding"]["weights"] == weights(2, 1, 2, 2) + more
    at_100 = next(row for row in experiments["adding"]["rows"] if row["T"] == 100)
    assert adding_area.PLAN.steps[100] * trial.BATCH > at_100["sequences"] and at_100["lag"] == 50
    assert order_area.PLAN.steps[100] * trial.BATCH > experiments["order"]["rows"][0]["sequences"]
    (latch_100,) = (row for row in experiments["latch"]["rows"] if (row["T"], row["N"]) == (100, 1))
    assert latch_area.PLAN.steps[100] * trial.BATCH > latch_100["sequences"]
