"""First weights: what each scheme promises, measured on the arrays."""

import numpy as np
import pytest

import lstm_lib as ll

CELLS = (ll.RNN, ll.LSTM, ll.GRU)


@pytest.mark.parametrize("cell", CELLS)
def test_torch_scheme_is_uniform_within_one_over_root_h(cell):
    options = {"forget_bias": None} if cell is ll.LSTM else {}
    network = cell.init(20, 64, seed=3, **options)
    for name, array in network.weights.items():
        assert np.abs(array).max() <= 1 / 8, name
        assert np.abs(array).max() > 0.95 / 8, name
    assert network.weight_hh.std() == pytest.approx(1 / 8 / np.sqrt(3), rel=0.03)   # of a uniform variable


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("scheme", ["torch", "orthogonal"])
def test_a_seed_gives_the_same_network_and_another_seed_another(cell, scheme):
    one, same, other = (cell.init(3, 4, seed=seed, scheme=scheme) for seed in (5, 5, 6))
    assert all(np.array_equal(one.weights[name], same.weights[name]) for name in one.weights)
    assert not np.array_equal(one.weight_hh, other.weight_hh)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("hidden_size", [1, 7])
def test_orthogonal_scheme_gives_each_gate_an_orthogonal_matrix(cell, hidden_size):
    network = cell.init(3, hidden_size, scheme="orthogonal")
    for block in network.blocks:
        U = network.weight_hh[network.rows(block)]
        assert np.abs(U @ U.T - np.eye(hidden_size)).max() < 1e-14
    assert np.abs(network.weight_ih).max() <= np.sqrt(6 / (3 + hidden_size))


def test_identity_scheme_lets_the_rnn_start_by_copying():
    network = ll.RNN.init(3, 5, nonlinearity="relu", scheme="identity")
    assert np.array_equal(network.weight_hh, np.eye(5)) and not (network.bias_ih + network.bias_hh).any()
    h0 = np.array([0.5, 0, 1, 2, 3])
    assert np.array_equal(network.forward(np.zeros((4, 3)), h0=h0).hidden[-1], h0)
    with pytest.raises(ValueError, match="scheme is 'identity'"):
        ll.LSTM.init(3, 5, scheme="identity")


def test_a_linear_orthogonal_network_keeps_the_norm_of_the_gradient():
    network = ll.RNN.init(2, 6, nonlinearity="relu", scheme="orthogonal")
    trace = network.replace(bias_ih=np.full(6, 50.0)).forward(np.zeros((1, 2)))
    assert (trace.hidden > 0).all()                        # all units in the linear half of relu
    d = np.random.default_rng(0).normal(size=(1, 6))
    assert np.linalg.norm(trace.backward(d).h0) == pytest.approx(np.linalg.norm(d), rel=1e-12)


@pytest.mark.parametrize("scheme", ["torch", "orthogonal"])
@pytest.mark.parametrize("forget_bias", [0.0, 1.0, 3.0])
def test_forget_bias_is_the_whole_bias_of_the_forget_gate(scheme, forget_bias):
    network = ll.LSTM.init(3, 5, forget_bias=forget_bias, scheme=scheme)
    rows = network.rows("forget_gate")
    assert rows == slice(5, 10)
    assert (network.bias_ih[rows] + network.bias_hh[rows] == forget_bias).all()
    alone = network.replace(weight_ih=np.zeros((20, 3)), weight_hh=np.zeros((20, 5)))
    assert alone.forward(np.zeros((1, 3))).forget_gate == pytest.approx(1 / (1 + np.exp(-forget_bias)))


def test_the_default_forget_bias_is_one_and_changes_nothing_else():
    default, none = ll.LSTM.init(3, 4), ll.LSTM.init(3, 4, forget_bias=None)
    rows = default.rows("forget_gate")
    assert (default.bias_ih[rows] == 1).all() and (default.bias_hh[rows] == 0).all()
    assert not (none.bias_ih[rows] == 1).any()
    assert np.array_equal(default.weight_ih, none.weight_ih)
    assert np.array_equal(default.weight_hh, none.weight_hh)
    assert np.array_equal(np.delete(default.bias_ih, rows), np.delete(none.bias_ih, rows))


def test_chrono_spreads_the_time_scales_of_an_lstm_up_to_the_lag():
    network = ll.LSTM.init(2, 800, scheme="chrono", max_lag=50)
    bias = network.bias_ih + network.bias_hh
    forget, write = bias[network.rows("forget_gate")], bias[network.rows("input_gate")]
    assert np.array_equal(write, -forget)
    scales = 1 + np.exp(forget)                             # 1 / (1 - f) of a unit with no other input
    assert scales.min() >= 2 and scales.max() <= 50
    assert scales.mean() == pytest.approx(26, abs=2) and scales.max() > 49


def test_chrono_of_the_gru_sets_the_gate_that_keeps():
    network = ll.GRU.init(2, 6, scheme="chrono", max_lag=30)
    bias = (network.bias_ih + network.bias_hh)[network.rows("update_gate")]
    assert (bias >= 0).all() and (bias <= np.log(29)).all() and bias.std() > 0


@pytest.mark.parametrize(("make", "error", "words"), [
    (lambda: ll.LSTM.init(2, 3, scheme="chrono"), TypeError, "max_lag is None.*needs max_lag="),
    (lambda: ll.LSTM.init(2, 3, scheme="chrono", max_lag=2), ValueError, "max_lag is 2, expected at least 3"),
    (lambda: ll.GRU.init(2, 3, scheme="chrono", max_lag=float("nan")), ValueError, "max_lag is nan"),
    (lambda: ll.LSTM.init(2, 3, scheme="xavier"), ValueError, "scheme is 'xavier', expected one of 'torch'"),
    (lambda: ll.RNN.init(2, 3, scheme="chrono"), ValueError, "scheme is 'chrono'"),
    (lambda: ll.RNN.init(2, 3, nonlinearity="elu"), ValueError, "nonlinearity is 'elu', expected one of"),
    (lambda: ll.LSTM.init(0, 3), ValueError, "input_size is 0, expected at least 1"),
    (lambda: ll.LSTM.init(2, 3.0), TypeError, "hidden_size is 3.0, expected a whole number"),
    (lambda: ll.LSTM.init(2, True), TypeError, "hidden_size is True"),
    (lambda: ll.LSTM.init(2, 3, forget_bias="open"), TypeError, "forget_bias holds text"),
    (lambda: ll.LSTM.init(2, 3, forget_bias=[1, 2]), ValueError, r"\(2,\), expected one number or \(3,\)"),
    (lambda: ll.LSTM.init(2, 3, max_lag=50), ValueError, "max_lag is 50, but scheme='torch' has no"),
    (lambda: ll.GRU.init(2, 3, scheme="orthogonal", max_lag=50), ValueError, "scheme='orthogonal'"),
    (lambda: ll.LSTM.init(2, 3, seed="a"), TypeError, "seed is 'a', expected a whole number"),
    (lambda: ll.RNN.init(2, 3, seed=-1), ValueError, "seed is -1, expected at least 0"),
    (lambda: ll.GRU.init(2, 3, seed=1.5), TypeError, "seed is 1.5"),
])
def test_bad_requests_are_refused(make, error, words):
    with pytest.raises(error, match=words):
        make()
