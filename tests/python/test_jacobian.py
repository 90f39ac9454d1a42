"""One-step Jacobians, truncation, norm clipping: against finite differences, autograd, torch, each other."""

import numpy as np
import pytest
import torch
from runs import KINDS, gap, make, random_run

import lstm_lib as ll
from lstm_lib.jacobian import slope

# Jacobians


def state_of(trace, t):
    """h_t, and in an LSTM h_t and c_t side by side."""
    return np.concatenate([trace.hidden[t], trace.cell[t]]) if hasattr(trace, "cell") else trace.hidden[t]


def one_step(network, x, state, **options):
    H = network.hidden_size
    states = {"h0": state[:H]} | ({"c0": state[H:]} if len(state) > H else {})
    return state_of(network.forward(x[None], **states, **options), 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_jacobian_is_the_finite_difference_of_one_step(kind):
    network, x, states, rng = random_run(kind, 4, 2, 3, None, seed=3)
    options = {"cell_factor": rng.normal(size=(4, 3)), "forget_bias_shift": 0.3} if kind == "lstm" else {}
    trace = network.forward(x, **states, **options)
    state = np.concatenate(list(states.values()))
    for t in range(4):
        here = options | ({"cell_factor": options["cell_factor"][t:t + 1]} if options else {})
        assert gap(one_step(network, x[t], state, **here), state_of(trace, t)) < 1e-15
        columns = [(one_step(network, x[t], state + 1e-6 * e, **here)
                    - one_step(network, x[t], state - 1e-6 * e, **here)) / 2e-6 for e in np.eye(len(state))]
        assert gap(trace.jacobian(t), np.stack(columns, axis=1)) < 1e-9
        state = state_of(trace, t)


@pytest.mark.parametrize("kind", KINDS)
def test_a_jacobian_is_that_of_autograd(kind):
    network, x, states, _ = random_run(kind, 1, 2, 4, None, seed=4)
    module, H = network.to_torch(), 4

    def step(state):
        given = (state[None, :H], state[None, H:]) if kind == "lstm" else state[None]
        last = module(torch.tensor(x), given)[1]
        return torch.cat([part[0] for part in last]) if kind == "lstm" else last[0]

    state = torch.tensor(np.concatenate(list(states.values())))
    expected = torch.autograd.functional.jacobian(step, state).numpy()
    assert gap(network.forward(x, **states).jacobian(0), expected) < 1e-14


@pytest.mark.parametrize("kind", KINDS)
def test_the_gradient_goes_back_by_the_transposed_jacobians(kind):
    """dL/dh_t of the backward pass is J^T ... J^T dL/dh_T, whatever the batch."""
    network, x, states, rng = random_run(kind, 6, 2, 3, 5, seed=5)
    trace = network.forward(x, **states)
    direct = np.zeros_like(trace.hidden)
    direct[-1] = rng.normal(size=(5, 3))
    gradients = trace.backward(direct)
    arriving = np.concatenate([direct[-1], np.zeros((5, 3))], -1) if kind == "lstm" else direct[-1]
    for t in range(5, 0, -1):
        arriving = np.einsum("bpq,bp->bq", trace.jacobian(t), arriving)
        assert gap(arriving[:, :3], gradients.hidden[t - 1]) < 1e-14
        if kind == "lstm":                     # and the total dL/dc has what goes through h_t besides
            seen = trace.output_gate[t - 1] * (1 - np.tanh(trace.cell[t - 1]) ** 2)
            total = arriving[:, 3:] + seen * arriving[:, :3]
            assert gap(total, gradients.cell[t - 1]) < 1e-14


def test_the_jacobian_of_an_rnn_is_its_slopes_times_its_matrix():
    for kind in ("rnn_tanh", "rnn_relu"):
        network, x, _, _ = random_run(kind, 3, 2, 4, None, seed=6)
        trace = network.forward(x)
        assert gap(trace.jacobian(2), np.diag(slope(trace)[2]) @ network.weight_hh) == 0
    with pytest.raises(ValueError, match="step is 3, expected from 0 to 2"):
        trace.jacobian(3)


# Parts and truncation


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_of_a_run_is_the_run_from_its_state(kind):
    network, x, states, rng = random_run(kind, 7, 2, 3, 2, seed=7)
    options = {"cell_factor": rng.normal(size=(7, 3))} if kind == "lstm" else {}
    trace = network.forward(x, **states, **options)
    part = trace.part(2, 6)
    states = {"h0": trace.hidden[1]} | ({"c0": trace.cell[1]} if kind == "lstm" else {})
    again = network.forward(x[2:6], **states, **{key: value[2:6] for key, value in options.items()})
    d = rng.normal(size=(4, 2, 3))
    assert gap(part.hidden, again.hidden) < 1e-15
    for name, gradient in again.backward(d).weights.items():
        assert gap(part.backward(d).weights[name], gradient) < 1e-13
    assert gap(trace.part(0, 7).backward(trace.hidden).h0, trace.backward(trace.hidden).h0) == 0
    with pytest.raises(ValueError, match="stop is 2, expected from 3 to 7"):
        trace.part(2, 2)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("window", [0, 1, 4])
def test_an_error_goes_back_no_further_than_its_window(kind, window):
    """dL/dh_t hears the direct derivatives of the steps t to t + window, each in full, and no others."""
    network, x, states, rng = random_run(kind, 8, 2, 3, 2, seed=8)
    trace = network.forward(x, **states)
    d = {"d_hidden": rng.normal(size=trace.hidden.shape)}
    if kind == "lstm":
        d["d_cell"] = rng.normal(size=trace.cell.shape)
    gradients = trace.backward(**d, window=window)
    for t in range(8):
        alone = trace.backward(**only(d, t, t + window))
        for name in ("hidden", "inputs") + (("cell",) if kind == "lstm" else ()):
            assert gap(getattr(gradients, name)[t], getattr(alone, name)[t]) < 1e-14
    for of, shares in gradients.paths.items():
        assert gap(sum(shares.values()), getattr(gradients, of)) < 1e-14
    # h_0 hears the steps 1 to window (counted from 1) only
    assert gap(gradients.h0, trace.backward(**only(d, 0, window - 1)).h0) < 1e-14


def only(direct, first, last):
    """Direct derivatives with zeros at all steps but `first` to `last`."""
    steps = np.arange(8)[:, None, None]
    return {key: np.where((steps >= first) & (steps <= last), value, 0) for key, value in direct.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_window_as_long_as_the_run_cuts_nothing(kind):
    network, x, states, rng = random_run(kind, 6, 2, 3, None, seed=9)
    trace = network.forward(x, **states)
    d = rng.normal(size=trace.hidden.shape)
    whole, all_of_it = trace.backward(d), trace.backward(d, window=6)
    assert gap(whole.h0, all_of_it.h0) < 1e-14
    for name, gradient in whole.weights.items():
        assert gap(gradient, all_of_it.weights[name]) < 1e-13
    assert gap(trace.backward(d, window=5).hidden, whole.hidden) < 1e-14
    assert (trace.backward(d, window=5).h0 != whole.h0).any()


def test_a_window_with_a_loss_at_the_end_leaves_zeros_before_it():
    trace = make("gru", 2, 3).forward(np.ones((9, 2)))
    d = np.zeros((9, 3))
    d[-1] = 1
    hidden = trace.backward(d, window=3).hidden
    assert (hidden[:5] == 0).all() and (hidden[5:] != 0).all()
    assert gap(hidden[5:], trace.backward(d).hidden[5:]) == 0
    assert (trace.backward(0 * d, window=3).hidden == 0).all()
    for wrong, error in ((-1, ValueError), (1.5, TypeError), ("all", TypeError)):
        with pytest.raises(error, match="window is"):
            trace.backward(d, window=wrong)


# Clipping


@pytest.mark.parametrize("scale, clipped", [(1e-3, False), (1.0, True), (1e200, True)])
def test_clipping_is_that_of_torch(scale, clipped):
    rng = np.random.default_rng(1)
    arrays = {"a": scale * rng.normal(size=(3, 4)), "b": scale * rng.normal(size=5)}
    found, factor = ll.clip(arrays, 0.5)
    assert (factor < 1) == clipped
    if scale < 1e100:                                     # torch's squares overflow beyond
        parameters = [torch.nn.Parameter(torch.zeros_like(torch.tensor(array))) for array in arrays.values()]
        for parameter, array in zip(parameters, arrays.values(), strict=True):
            parameter.grad = torch.tensor(array)
        torch.nn.utils.clip_grad_norm_(parameters, 0.5)
        for parameter, array in zip(parameters, found.values(), strict=True):
            assert gap(parameter.grad.numpy(), array) < 1e-6       # its 1e-6 beside the norm
    norm = np.linalg.norm(np.concatenate([array.ravel() for array in found.values()]))
    assert norm == pytest.approx(0.5, rel=1e-14) if clipped else norm < 0.5
    for name, array in arrays.items():
        assert gap(factor * array, found[name]) == 0
        assert found[name] is not array


def test_clipping_takes_gradients_dicts_and_arrays():
    trace = make("lstm", 2, 3).forward(np.ones((4, 2)))
    gradients = trace.backward(np.ones((4, 3)))
    clipped, factor = ll.clip(gradients, 0.01)
    assert set(clipped) == set(gradients.weights) and 0 < factor < 1
    vector, same = ll.clip(np.array([3.0, 4.0]), 1)
    assert gap(vector, np.array([0.6, 0.8])) < 1e-15 and same == 0.2
    assert ll.clip(np.zeros(3), 1)[1] == 1 and ll.clip([3, 4], 5)[1] == 1
    for wrong in (0, -1, [1, 2]):
        with pytest.raises(ValueError, match="max_norm is .*, expected one number above 0"):
            ll.clip(vector, wrong)
    with pytest.raises(ValueError, match="gradients has inf at position"):
        ll.clip([1.0, np.inf], 1)
