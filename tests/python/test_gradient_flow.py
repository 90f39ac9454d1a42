"""Gradient flow through untrained networks: what the book claims of it, bounds, scale, and the vectors."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from runs import KINDS, gap, random_run

import lstm_lib as ll
from lstm_lib import gradient_flow
from lstm_lib.gradient_flow import Settings, hidden_sizes, inputs, log_norms, networks, run
from lstm_lib.shared_random import SharedRandom

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
sys.path.insert(0, str(VECTORS))

import make_gradient_flow  # noqa: E402  (tests/vectors/make_gradient_flow.py)

SEEDS = range(5)


def left(line):
    """log10 of what is left at the first step of a line, here at lag 39."""
    return line[0] - line[-1]


# What the book says


def test_spectral_radius_times_mean_slope_is_what_an_rnn_does():
    """Within half a decade, of some ten, on average over seeds 0 to 4 and in four of them."""
    flows = [run(seed=seed)["rnn"] for seed in SEEDS]
    found, expected = [left(flow.hidden) for flow in flows], [flow.theory["radius"][0] for flow in flows]
    off = np.subtract(found, expected)
    assert abs(np.mean(off)) < 0.5 and np.abs(off).max() < 0.75 and sum(np.abs(off) < 0.5) >= 4
    assert abs(off[0]) < 0.2                       # the seed that the chapter shows
    assert all(flow.verdict == "vanishes" for flow in flows)
    # the bound is true and says nothing: it grows
    assert all(flow.theory["largest"][0] > 1 for flow in flows)
    assert all(flow.exact["says"] == "leaves_open" for flow in flows)


@pytest.mark.parametrize("forget_bias, low, high", [(0, -np.inf, -6), (1, -5, -2), (3, -1, np.inf)])
def test_the_forget_bias_decides_what_reaches_the_first_cell(forget_bias, low, high):
    for seed in SEEDS:
        flow = run(seed=seed, forget_bias=forget_bias)["lstm"]
        assert low <= left(flow.cell) <= high, seed
        assert flow.verdicts["cell"] == {0: "vanishes", 1: "fades", 3: "arrives"}[forget_bias]
        assert flow.theory["gates"][0] < left(flow.cell)       # the highway alone carries less than all paths


def test_a_large_gain_makes_an_rnn_explode_and_clipping_shortens_only_that():
    flow = run(gain=4, steps=100)["rnn"]
    assert flow.verdict == "explodes" and flow.factors[1:].mean() > 1
    direct = np.zeros_like(flow.trace.hidden)
    direct[-1] = 1
    gradients = flow.trace.backward(direct)
    clipped, factor = ll.clip(gradients, 1.0)
    assert np.log10(factor) == pytest.approx(-flow.weight_norm, abs=1e-9)
    assert ll.clip(clipped, 1.0)[1] == pytest.approx(1.0)


def test_the_identity_keeps_what_chrono_keeps_and_torch_loses():
    long = {"steps": 300, "activation": "relu"}
    assert run(scheme="identity", **long)["rnn"].verdict == "arrives"
    assert run(scheme="torch", **long)["rnn"].verdict == "vanishes"
    assert left(run(scheme="chrono", **long)["lstm"].cell) > -2
    assert left(run(scheme="torch", **long)["lstm"].cell) < -20


def test_eigenvalues_do_not_decide():
    """W = [[8, 8], [-8, -8]] has eigenvalues 0, and yet the gradient explodes; its singular value is 16."""
    W, h = np.array([[8.0, 8], [-8, -8]]), np.array([0, 0.5])
    net = ll.RNN(np.zeros((2, 1)), W, np.arctanh(h) - W @ h)           # h is a fixed point, slopes 1 and 3/4
    trace = net.forward(np.zeros((12, 1)), h0=h)
    assert gap(trace.hidden[:2], np.array([h, h])) < 1e-12
    direct = np.zeros((12, 2))
    direct[-1] = 1
    norms = log_norms(trace.part(0, 8), direct[4:])["hidden"]
    assert np.diff(norms[:6]) == pytest.approx(-np.log10(2), abs=1e-3)     # twice as much for every step back
    exact = gradient_flow.exact(net)
    assert exact["product"] == pytest.approx(16) and exact["says"] == "leaves_open"
    assert gradient_flow.theory(trace)["radius_bare"][0] < -50 < 0 < norms[0]


# Norms, factors, lines


@pytest.mark.parametrize("kind", KINDS)
def test_norms_are_those_of_the_backward_pass(kind):
    network, x, states, rng = random_run(kind, 30, 3, 5, None, seed=2)
    trace = network.forward(x, **states)
    direct = {"d_hidden": rng.normal(size=trace.hidden.shape)}
    if kind == "lstm":
        direct["d_cell"] = rng.normal(size=trace.cell.shape)
    logs, gradients = log_norms(trace, **direct), trace.backward(**direct)
    assert gap(10 ** logs["hidden"], np.linalg.norm(gradients.hidden, axis=1)) < 1e-12
    if kind == "lstm":
        assert gap(10 ** logs["cell"], np.linalg.norm(gradients.cell, axis=1)) < 1e-12
    weights = np.concatenate([array.ravel() for array in gradients.weights.values()])
    assert 10 ** logs["weights"] == pytest.approx(np.linalg.norm(weights), rel=1e-12)


@pytest.mark.parametrize("window", [0, 1, 11, 39, 50])
def test_a_flow_is_the_backward_pass_of_its_trace_and_window(window):
    for flow in run(window=window).values():
        direct = np.zeros_like(flow.trace.hidden)
        direct[-1] = 1
        gradients = flow.trace.backward(direct, window=window or None)
        with np.errstate(divide="ignore"):
            expected = np.log10(np.linalg.norm(gradients.hidden, axis=1))
        cut = ~np.isfinite(expected)
        assert (np.isneginf(flow.hidden) == cut).all() and cut.sum() == (max(0, 39 - window) if window else 0)
        assert gap(flow.hidden[~cut], expected[~cut]) < 1e-11
        weights = np.concatenate([array.ravel() for array in gradients.weights.values()])
        assert flow.weight_norm == pytest.approx(np.log10(np.linalg.norm(weights)), abs=1e-11)
        assert (flow.verdict == "cut") == (0 < window < 39)


def test_nothing_under_or_overflows_in_four_hundred_steps():
    """Against the product of Jacobians in numbers with a wider range."""
    for changes in ({"gain": 0.1}, {"gain": 4, "scheme": "identity", "activation": "relu"}, {}):
        for name, flow in run(steps=400, **changes).items():
            H = flow.network.hidden_size
            arriving = np.zeros(H * (2 if name == "lstm" else 1), dtype=np.longdouble)
            arriving[:H] = 1
            for t in range(399, 0, -1):
                arriving = arriving @ flow.trace.jacobian(t).astype(np.longdouble)
            norm = np.sqrt((arriving[:H] ** 2).sum())
            assert norm > 0 or flow.hidden[0] == -np.inf
            if norm > 0:
                assert float(np.log10(norm)) == pytest.approx(flow.hidden[0], abs=1e-9)
            assert np.isfinite(flow.weight_norm)


def test_no_factor_is_above_the_largest_and_no_line_above_the_bound():
    for changes in ({}, {"gain": 2.5}, {"activation": "relu", "gain": 1.5}, {"scheme": "orthogonal"}):
        flows = run(**changes)
        for name in ("rnn", "gru"):
            flow = flows[name]
            assert np.isnan(flow.factors[0]) and (flow.factors[1:] <= flow.largest_factors[1:] + 1e-9).all()
            assert gap(flow.factors[1:], 10 ** (flow.hidden[:-1] - flow.hidden[1:])) < 1e-12
        rnn = flows["rnn"]
        assert (rnn.hidden - rnn.hidden[-1] <= rnn.theory["largest"] + 1e-9).all()


def test_what_must_vanish_does_and_what_cannot_grow_does_not():
    must = run(gain=0.6, steps=120)["rnn"]
    assert must.exact["says"] == "must_vanish" and must.exact["product"] < 1 and must.verdict == "vanishes"
    still = run(scheme="orthogonal")["rnn"]
    assert still.exact["says"] == "cannot_grow" and (np.diff(still.hidden) > -1e-12).all()
    assert run()["gru"].exact is None and run()["lstm"].exact is None


def test_the_lines_of_the_gates_are_their_products():
    flows = run(steps=6)
    lstm, gru = flows["lstm"].trace, flows["gru"].trace
    last = lstm.output_gate[-1] * (1 - np.tanh(lstm.cell[-1]) ** 2)
    norms = [np.linalg.norm(last * np.prod(lstm.forget_gate[t + 1:], axis=0)) for t in range(6)]
    assert gap(flows["lstm"].theory["gates"], np.log10(norms / norms[-1])) < 1e-12
    norms = [np.linalg.norm(np.prod(gru.update_gate[t + 1:], axis=0)) for t in range(6)]
    assert gap(flows["gru"].theory["carry"], np.log10(norms / np.sqrt(38))) < 1e-12


def test_an_exact_zero_is_minus_infinity_and_has_no_factor():
    rnn = run(gain=0)["rnn"]
    assert np.isneginf(rnn.hidden[:-1]).all() and rnn.hidden[-1] == pytest.approx(np.log10(72) / 2)
    assert rnn.factors[-1] == 0 and np.isnan(rnn.factors[:-1]).all()
    line = rnn.theory["radius"]
    assert rnn.verdict == "vanishes" and line[-1] == 0 and np.isneginf(line[:-1]).all()
    lstm = run(gain=0)["lstm"]                      # only the highway is left, and it is the whole of dL/dc
    assert np.isneginf(lstm.hidden[:-1]).all()
    assert gap(lstm.cell - lstm.cell[-1], lstm.theory["gates"]) < 1e-12


def test_verdicts_have_their_bounds_from_the_shared_file():
    logs = (1.5, 1, 0.99, -1, -1.01, -6, -6.01, -np.inf)
    words = ["explodes", "explodes", "arrives", "arrives", "fades", "fades", "vanishes", "vanishes"]
    assert [gradient_flow.verdict(log) for log in logs] == words


# Networks and inputs


def test_networks_have_about_equal_parameters():
    assert hidden_sizes(32) == {"rnn": 72, "gru": 38, "lstm": 32}
    counts = [network.parameter_count for network in networks().values()]
    assert max(counts) / min(counts) < 1.02


def test_settings_change_only_what_they_name():
    plain = networks()
    changed = [({"gain": 2.0}, "weight_hh"), ({"forget_bias": 3}, "bias_ih"), ({"window": 3}, None)]
    for changes, touched in changed:
        for name, network in networks(**changes).items():
            before = plain[name].weights
            found = [key for key, array in network.weights.items() if gap(array, before[key]) > 0]
            assert found == ([touched] if touched and (name == "lstm" or "gain" in changes) else [])
    assert gap(networks(gain=2.0)["rnn"].weight_hh, 2 * plain["rnn"].weight_hh) == 0
    assert networks(activation="relu")["rnn"].nonlinearity == "relu"
    identity = networks(scheme="identity", gain=0.5)
    assert gap(identity["rnn"].weight_hh, 0.5 * np.eye(72)) == 0 and not identity["rnn"].bias_hh.any()
    assert gap(identity["lstm"].weight_ih, plain["lstm"].weight_ih) == 0
    chrono, wide = networks(scheme="chrono", forget_bias=0), networks(scheme="chrono", steps=400)
    assert gap(chrono["rnn"].weight_hh, plain["rnn"].weight_hh) == 0
    for name, gate in (("lstm", "forget_gate"), ("gru", "update_gate")):
        bias, more = (made[name].bias_ih[made[name].rows(gate)] for made in (chrono, wide))
        assert (bias >= 0).all() and bias.max() < np.log(39) < more.max() < np.log(399)


def test_inputs_begin_as_shorter_ones_do_and_have_unit_variance():
    x = inputs(steps=400, seed=1)
    assert x.shape == (400, 16) and gap(inputs(steps=40, seed=1), x[:40]) == 0
    assert abs(x.mean()) < 0.03 and x.var() == pytest.approx(1, abs=0.03) and np.abs(x).max() < np.sqrt(3)
    assert gap(inputs(seed=2), x[:40]) > 1


def test_random_numbers_are_even_independent_and_go_on():
    whole = SharedRandom(5, 2).random((60000,))
    parts = SharedRandom(5, 2)
    assert gap(np.concatenate([parts.random(1), parts.random((59999,))]), whole) == 0
    counts = np.histogram(whole, 64, (0, 1))[0]
    assert ((counts - 937.5) ** 2 / 937.5).sum() < 115              # chi-squared, 63 degrees: once in 10 000
    others = [SharedRandom(5, 3), SharedRandom(6, 2), SharedRandom(2, 5)]
    for one in [whole[1:], *(other.random(60000) for other in others)]:
        assert abs(np.corrcoef(whole[:len(one)], one)[0, 1]) < 0.015
    normal = SharedRandom(0).standard_normal((200, 200))
    assert abs(normal.mean()) < 0.02 and normal.var() == pytest.approx(1, abs=0.03)
    assert (normal**4).mean() == pytest.approx(3, abs=0.15)
    given = ll.GRU.init(2, 3, seed=np.random.default_rng(3))         # a generator may be given for a seed
    assert gap(given.weight_hh, ll.GRU.init(2, 3, seed=3).weight_hh) == 0
    assert ll.LSTM.init(2, 3, seed=SharedRandom(3)).weight_ih.any()


@pytest.mark.parametrize(("changes", "error", "words"), [
    ({"steps": 1}, ValueError, "steps is 1, expected from 2 to 400"),
    ({"steps": 40.0}, TypeError, "steps is 40.0, expected a whole number"),
    ({"gain": -1}, ValueError, "gain is -1, expected a number from 0 to 4"),
    ({"gain": [1]}, ValueError, r"gain is \[1\]"),
    ({"forget_bias": 6}, ValueError, "forget_bias is 6, expected a number from 0 to 5"),
    ({"activation": "elu"}, ValueError, "activation is 'elu', expected one of 'tanh', 'relu'"),
    ({"scheme": "xavier"}, ValueError, "scheme is 'xavier'"),
    ({"seed": -1}, ValueError, "seed is -1"),
    ({"window": -1}, ValueError, "window is -1"),
    ({"speed": 3}, TypeError, "speed is no setting; there are steps, gain"),
    ({"settings": 40}, TypeError, "settings is a int, expected gradient_flow.Settings"),
])  # fmt: skip
def test_impossible_settings_are_refused(changes, error, words):
    with pytest.raises(error, match=words):
        run(**changes)


def test_what_has_no_answer_is_refused_in_words():
    with pytest.raises(ValueError, match="log is nan"):
        gradient_flow.verdict(np.nan)
    trace = ll.RNN.init(3, 5).forward(np.ones((6, 2, 3)))
    with pytest.raises(ValueError, match="holds 2 sequences"):
        log_norms(trace, np.ones_like(trace.hidden))
    with pytest.raises(ValueError, match="empty dict"):
        ll.clip({}, 1.0)


def test_a_window_is_for_a_loss_at_the_last_step():
    trace = run(steps=5)["rnn"].trace
    with pytest.raises(ValueError, match="window is 2, which is for a loss at the last step only"):
        log_norms(trace, np.ones_like(trace.hidden), window=2)
    assert "vanishes" in repr(run()["rnn"]) and Settings(steps=7).steps == 7


def test_vectors_are_current():
    same(json.loads((VECTORS / make_gradient_flow.NAME).read_text("utf8")), make_gradient_flow.content(), "")


def same(found, expected, where):
    """Equal trees, numbers to 1e-9 of themselves or of 1."""
    if isinstance(expected, dict):
        assert set(found) == set(expected), where
        for key in expected:
            same(found[key], expected[key], f"{where} / {key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), where
        for k, pair in enumerate(zip(found, expected, strict=True)):
            same(*pair, f"{where} / {k}")
    elif isinstance(expected, float) and expected and isinstance(found, (int, float)):
        # 1e-8: what Python's algorithm finds for the zero eigenvalues of a matrix like [[8, 8], [-8, -8]]
        off = abs(found - expected)
        assert off <= 1e-9 * max(1, abs(expected)) or max(abs(found), abs(expected)) < 1e-6, where
    else:
        assert found == expected, where
