"""Bad input: each mistake gets a sentence with what was given, what is expected and how to mend it."""

import numpy as np
import pytest

import lstm_lib as ll

LSTM, GRU, RNN = ll.LSTM.init(3, 4), ll.GRU.init(3, 4), ll.RNN.init(3, 4)
X, BATCH = np.zeros((5, 3)), np.zeros((5, 2, 3))
NAN = np.array([[0, 0, 0], [0, np.nan, 0]])
FORWARD = [
    ((np.zeros(5),), {}, ValueError, r"x has shape \(5,\), expected \(T, 3\).*x\[:, None\]"),
    ((np.zeros((5, 2)),), {}, ValueError, "2 numbers a step, but this network takes input_size = 3"),
    ((np.zeros((1, 5, 2, 3)),), {}, ValueError, r"expected \(T, 3\) for one sequence or \(T, B, 3\)"),
    ((np.zeros((0, 3)),), {}, ValueError, r"\(0, 3\), which is empty"),
    ((np.zeros((5, 0, 3)),), {}, ValueError, "which is empty"),
    (([],), {}, ValueError, "x has shape"),
    ((NAN,), {}, ValueError, r"x has nan at position \(1, 1\).*replace missing"),
    ((X + np.inf,), {}, ValueError, "x has inf at position"),
    ((X.astype(complex),), {}, TypeError, "x holds complex numbers, expected real numbers"),
    (("a menina",), {}, TypeError, "x holds text"),
    (([["a", "b", "c"]],), {}, TypeError, "x holds text"),
    ((None,), {}, TypeError, "x holds a NoneType"),
    (([[1, 2, 3], [1, 2]],), {}, ValueError, "rows do not all have the same length"),
    ((np.array([[1, None, 2]]),), {}, TypeError, "x holds values of type object"),
    ((X,), {"h0": np.zeros(3)}, ValueError, r"h0 has shape \(3,\), expected \(4,\)"),
    ((X,), {"h0": np.zeros((1, 4))}, ValueError, r"h0\[0\] drops torch's axis of layers"),
    ((BATCH,), {"h0": np.zeros((1, 2, 4))}, ValueError, r"\(1, 2, 4\), expected \(2, 4\); h0\[0\]"),
    ((BATCH,), {"h0": np.zeros((3, 4))}, ValueError, r"h0 has shape \(3, 4\), expected \(2, 4\)"),
    ((X,), {"h0": [np.nan] * 4}, ValueError, "h0 has nan"),
]
LSTM_ONLY = [
    ((X,), {"c0": np.zeros(3)}, ValueError, r"c0 has shape \(3,\)"),
    ((X,), {"cell_factor": np.ones((4, 5))}, ValueError,
     r"cell_factor has shape \(4, 5\), expected \(T, H\) = \(5, 4\)"),
    ((X,), {"cell_factor": [[np.inf] * 4] * 5}, ValueError, "cell_factor has inf"),
    ((X,), {"forget_bias_shift": np.nan}, ValueError, "forget_bias_shift is nan, expected finite"),
    ((X,), {"forget_bias_shift": [1.0] * 4}, ValueError, "forget_bias_shift has shape.*expected one number"),
    ((X,), {"forget_bias_shift": "open"}, TypeError, "forget_bias_shift holds text"),
]


@pytest.mark.parametrize("network", [LSTM, GRU, RNN], ids=lambda network: network.kind)
@pytest.mark.parametrize(("given", "options", "error", "words"), FORWARD)
def test_forward_refuses(network, given, options, error, words):
    with pytest.raises(error, match=words):
        network.forward(*given, **options)


@pytest.mark.parametrize(("given", "options", "error", "words"), LSTM_ONLY)
def test_forward_of_the_lstm_refuses(given, options, error, words):
    with pytest.raises(error, match=words):
        LSTM.forward(*given, **options)


@pytest.mark.parametrize("network", [LSTM, GRU, RNN], ids=lambda network: network.kind)
@pytest.mark.parametrize(("d_hidden", "error", "words"), [
    (np.zeros((5, 3)), ValueError, r"d_hidden has shape \(5, 3\), expected \(5, 4\), the shape of trace"),
    (np.zeros((4, 4)), ValueError, "d_hidden has shape"),
    (np.zeros(4), ValueError, "d_hidden has shape"),
    (np.full((5, 4), np.nan), ValueError, "d_hidden has nan"),
    ("last", TypeError, "d_hidden holds text"),
    (None, TypeError, "d_hidden holds a NoneType"),
])
def test_backward_refuses(network, d_hidden, error, words):
    with pytest.raises(error, match=words):
        network.forward(X).backward(d_hidden)


def test_d_cell_needs_a_cell_of_the_right_shape():
    with pytest.raises(ValueError, match=r"d_cell has shape \(4,\), expected \(5, 4\), the shape of trace"):
        LSTM.forward(X).backward(np.zeros((5, 4)), np.zeros(4))
    for network in (GRU, RNN):
        with pytest.raises(ValueError, match="has no cell state; leave it out"):
            network.forward(X).backward(np.zeros((5, 4)), np.zeros((5, 4)))


@pytest.mark.parametrize(("place", "error", "words"), [
    (("cell", 0, 0), ValueError, "quantity is 'cell', expected one of 'input_gate', 'forget_gate'"),
    (("forget_gate", 5, 0), ValueError, "step is 5, expected from 0 to 4"),
    (("forget_gate", -1, 0), ValueError, "step is -1"),
    (("forget_gate", 0, 4), ValueError, "unit is 4, expected from 0 to 3"),
    (("forget_gate", 0, 0, 1), ValueError, "sequence is 1, expected from 0 to 0"),
    (("forget_gate", 1.0, 0), TypeError, "step is 1.0, expected a whole number"),
])
def test_preactivation_refuses(place, error, words):
    with pytest.raises(error, match=words):
        LSTM.forward(X).preactivation(*place)


@pytest.mark.parametrize(("place", "words"), [
    ((4, 0), "unit is 4"),
    ((0, 9), "step is 9"),
    ((0, 0, 0.0), "threshold is 0.0, expected a number above 0"),
    ((0, 0, 1.5), "threshold is 1.5"),
    ((0, 0, np.nan), "threshold is nan"),
    ((0, 0, 0.5, 2), "sequence is 2"),
])
def test_horizon_refuses(place, words):
    with pytest.raises(ValueError, match=words):
        LSTM.forward(X).horizon(*place)


@pytest.mark.parametrize(("place", "error", "words"), [
    ((0, 3, 0), ValueError, "T is 0, expected at least 1"),
    ((3, 0, 0), ValueError, "H is 0"),
    ((3, 2, 2), ValueError, "unit is 2, expected from 0 to 1"),
    ((3, 2, 0, "flip", 3), ValueError, "step is 3"),
    ((3, 2, 0, "on"), ValueError, "action is 'on', expected one of 'off', 'flip', 'none'"),
    ((3, 2, "0"), TypeError, "unit is '0', expected a whole number"),
])
def test_cell_factor_refuses(place, error, words):
    with pytest.raises(error, match=words):
        ll.cell_factor(*place)


@pytest.mark.parametrize(("arrays", "error", "words"), [
    ((np.zeros((16, 3)), np.zeros((15, 4))), ValueError,
     r"weight_hh has shape \(15, 4\), expected \(4 \* H, H\) for LSTM"),
    ((np.zeros((16, 3)), np.zeros(16)), ValueError, "weight_hh has shape"),
    ((np.zeros((12, 3)), np.zeros((16, 4))), ValueError,
     r"weight_ih has shape \(12, 3\), expected \(16, input_size\)"),
    ((np.zeros((16, 0)), np.zeros((16, 4))), ValueError, "weight_ih has shape"),
    ((np.zeros((16, 3)), np.zeros((16, 4)), np.zeros(4)), ValueError,
     r"bias_ih has shape \(4,\), expected \(16,\)"),
    ((np.zeros((16, 3)), np.full((16, 4), np.inf)), ValueError, "weight_hh has inf"),
    ((None, np.zeros((16, 4))), TypeError, "weight_ih holds a NoneType"),
])
def test_networks_refuse_weights_that_do_not_fit(arrays, error, words):
    with pytest.raises(error, match=words):
        ll.LSTM(*arrays)


def test_replace_refuses_other_names_and_shapes_and_changes_nothing():
    kept = LSTM.weight_hh.copy()
    with pytest.raises(TypeError, match="weight is not a weight of a network, expected weight_ih"):
        LSTM.replace(weight=kept)
    with pytest.raises(ValueError, match="weight_hh has shape"):
        LSTM.replace(weight_hh=np.zeros((4, 4)))
    assert np.array_equal(LSTM.weight_hh, kept)


@pytest.mark.parametrize(("options", "error", "words"), [
    ({"loss": "first"}, ValueError, "loss is 'first', expected one of 'last', 'all'"),
    ({"loss": np.zeros((5, 3))}, ValueError, r"loss has shape \(5, 3\), expected \(5, 4\)"),
    ({"of": "gates"}, ValueError, "of is 'gates', expected one of 'hidden', 'cell'"),
])
def test_gradient_norms_refuse(options, error, words):
    with pytest.raises(error, match=words):
        ll.gradient_norms(LSTM, X, **options)


def test_gradient_norms_of_a_cell_that_is_not_there():
    with pytest.raises(ValueError, match="GRU.*has no cell state; use of='hidden'"):
        ll.gradient_norms(GRU, X, of="cell")
    with pytest.raises(TypeError, match="str was given, expected torch.nn.RNN"):
        ll.gradient_norms("lstm", X)
