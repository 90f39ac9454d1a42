"""What must hold for every network, sequence and loss: hypothesis chooses the shapes and the numbers."""

import numpy as np
import pytest
import torch_reference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from runs import KINDS, random_run

import lstm_lib as ll

sizes = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)
common = settings(max_examples=40, deadline=None, derandomize=True, database=None,
                  suppress_health_check=[HealthCheck.too_slow])


def close(a, b, tolerance=1e-12):
    a, b = np.asarray(a), np.asarray(b)
    return a.shape == b.shape and np.abs(a - b).max() <= tolerance * max(1.0, np.abs(b).max())


def quantities(kind):
    return {"lstm": ("input_gate", "forget_gate", "candidate", "output_gate", "cell", "hidden"),
            "gru": ("reset_gate", "update_gate", "candidate", "hidden")}.get(kind, ("hidden",))


@pytest.mark.parametrize("kind", KINDS)
@settings(common, max_examples=20)
@given(T=st.integers(1, 15), I=sizes, H=sizes, batch=st.none() | st.integers(1, 4), seed=seeds)
def test_values_and_gradients_are_those_of_autograd(kind, T, I, H, batch, seed):
    network, x, states, rng = random_run(kind, T, I, H, batch, seed)
    trace = network.forward(x, **states)
    d_hidden = rng.normal(size=trace.hidden.shape)
    gradients = trace.backward(d_hidden)
    values, expected = torch_reference.run(network, x, d_hidden, **states)
    assert all(close(getattr(trace, name), value) for name, value in values.items())
    assert close(gradients.hidden, expected["hidden"]) and close(gradients.inputs, expected["inputs"])
    assert all(close(gradients.weights[name], value) for name, value in expected["weights"].items())
    for state, paths in expected["paths"].items():
        assert all(close(gradients.paths[state][path], value) for path, value in paths.items())


@pytest.mark.parametrize("kind", KINDS)
@common
@given(T=st.integers(1, 12), I=sizes, H=sizes, batch=st.none() | st.integers(1, 4), seed=seeds)
def test_the_parts_of_the_gradient_add_up(kind, T, I, H, batch, seed):
    network, x, states, rng = random_run(kind, T, I, H, batch, seed)
    trace = network.forward(x, **states)
    losses = [rng.normal(size=trace.hidden.shape) for _ in range(2 if kind == "lstm" else 1)]
    gradients = trace.backward(*losses)
    assert close(sum(gradients.paths["hidden"].values()), gradients.hidden)
    if kind == "lstm":
        assert close(sum(gradients.paths["cell"].values()), gradients.cell)
        assert set(gradients.paths["cell"]) == {"direct", "cell", "forget", "input", "candidate", "output"}


@pytest.mark.parametrize("kind", KINDS)
@common
@given(T=st.integers(1, 8), I=sizes, H=sizes, B=st.integers(1, 4), seed=seeds)
def test_a_batch_is_its_sequences_one_by_one(kind, T, I, H, B, seed):
    network, x, states, rng = random_run(kind, T, I, H, B, seed)
    together = network.forward(x, **states)
    d_hidden = rng.normal(size=together.hidden.shape)
    gradients = together.backward(d_hidden)
    total = {name: np.zeros_like(array) for name, array in network.weights.items()}
    for b in range(B):
        alone = network.forward(x[:, b], **{name: state[b] for name, state in states.items()})
        for name in quantities(kind):
            assert close(getattr(together, name)[:, b], getattr(alone, name)), name
        single = alone.backward(d_hidden[:, b])
        assert close(gradients.inputs[:, b], single.inputs) and close(gradients.h0[b], single.h0)
        for name, gradient in single.weights.items():
            total[name] += gradient
    assert all(close(gradients.weights[name], total[name]) for name in total)


@pytest.mark.parametrize("kind", KINDS)
@common
@given(T=st.integers(2, 12), cut=st.floats(0, 1), I=sizes, H=sizes, seed=seeds)
def test_a_sequence_can_be_read_in_two_halves(kind, T, cut, I, H, seed):
    """Forward with the states handed on; backward with the gradients of the states handed back."""
    network, x, states, rng = random_run(kind, T, I, H, None, seed)
    cut = 1 + int(cut * (T - 2))
    whole, first = network.forward(x, **states), network.forward(x[:cut], **states)
    handed = {"h0": first.hidden[-1]} | ({"c0": first.cell[-1]} if kind == "lstm" else {})
    second = network.forward(x[cut:], **handed)
    for name in quantities(kind):
        halves = np.concatenate([getattr(first, name), getattr(second, name)])
        assert close(halves, getattr(whole, name)), name

    d_hidden = rng.normal(size=(T, H))
    expected, later = whole.backward(d_hidden), second.backward(d_hidden[cut:])
    d_first = d_hidden[:cut].copy()
    d_first[-1] += later.h0
    d_cell = None
    if kind == "lstm":
        d_cell = np.zeros((cut, H))
        d_cell[-1] = later.c0
    earlier = first.backward(d_first, d_cell)
    assert close(np.concatenate([earlier.inputs, later.inputs]), expected.inputs)
    for name, gradient in expected.weights.items():
        assert close(earlier.weights[name] + later.weights[name], gradient), name


@common
@given(T=st.integers(1, 8), H=sizes, batch=st.none() | st.integers(1, 3), seed=seeds)
def test_factors_of_one_and_a_shift_of_zero_change_nothing(T, H, batch, seed):
    network, x, states, rng = random_run("lstm", T, 2, H, batch, seed)
    plain = network.forward(x, **states)
    ones = network.forward(x, **states, cell_factor=np.ones((T, H)), forget_bias_shift=0.0)
    d_hidden = rng.normal(size=plain.hidden.shape)
    for name in quantities("lstm"):
        assert np.array_equal(getattr(plain, name), getattr(ones, name)), name
    assert np.array_equal(plain.backward(d_hidden).cell, ones.backward(d_hidden).cell)


@common
@given(T=st.integers(1, 8), H=sizes, shift=st.floats(-5, 5), seed=seeds)
def test_the_shift_is_a_change_of_the_forget_bias(T, H, shift, seed):
    network, x, states, _ = random_run("lstm", T, 2, H, None, seed)
    bias = network.bias_ih.copy()
    bias[network.rows("forget_gate")] += shift
    shifted = network.forward(x, **states, forget_bias_shift=shift)
    replaced = network.replace(bias_ih=bias).forward(x, **states)
    assert all(close(getattr(shifted, name), getattr(replaced, name)) for name in quantities("lstm"))


@common
@given(T=st.integers(1, 8), H=sizes, unit=st.integers(0, 5), seed=seeds)
def test_a_unit_that_is_off_is_zero_and_earns_no_gradient(T, H, unit, seed):
    unit %= H
    network, x, states, rng = random_run("lstm", T, 2, H, None, seed)
    trace = network.forward(x, **states, cell_factor=ll.cell_factor(T, H, unit, "off"))
    assert not trace.cell[:, unit].any() and not trace.hidden[:, unit].any()
    gradients = trace.backward(rng.normal(size=(T, H)))
    for block in ("input_gate", "forget_gate", "candidate"):
        assert not gradients.weights["weight_ih"][network.rows(block)][unit].any()
    assert gradients.c0[unit] == 0


@pytest.mark.parametrize("kind", KINDS)
@common
@given(T=st.integers(1, 8), I=sizes, H=sizes, seed=seeds, factor=st.floats(-4, 4))
def test_the_gradient_is_linear_in_the_loss(kind, T, I, H, seed, factor):
    network, x, states, rng = random_run(kind, T, I, H, None, seed)
    trace = network.forward(x, **states)
    a, b = rng.normal(size=(2, T, H))
    mixed, of_a, of_b = trace.backward(a + factor * b), trace.backward(a), trace.backward(b)
    assert close(mixed.hidden, of_a.hidden + factor * of_b.hidden, 1e-11)
    for name in network.weights:
        assert close(mixed.weights[name], of_a.weights[name] + factor * of_b.weights[name], 1e-11), name


@pytest.mark.parametrize("kind", KINDS)
@common
@given(T=st.integers(2, 10), I=sizes, H=sizes, seed=seeds, step=st.integers(0, 9))
def test_the_past_does_not_depend_on_the_future(kind, T, I, H, seed, step):
    step %= T - 1
    network, x, states, _ = random_run(kind, T, I, H, None, seed)
    changed = x.copy()
    changed[step + 1:] += 1.0
    before, after = network.forward(x, **states), network.forward(changed, **states)
    assert np.array_equal(before.hidden[:step + 1], after.hidden[:step + 1])
    d_hidden = np.zeros((T, H))
    d_hidden[step] = 1.0
    assert not before.backward(d_hidden).inputs[step + 1:].any()


@common
@given(T=st.integers(1, 12), H=sizes, seed=seeds, low=st.floats(0.01, 1), high=st.floats(0.01, 1))
def test_the_horizon_is_the_count_of_products_and_shrinks_with_the_threshold(T, H, seed, low, high):
    low, high = sorted((low, high))
    network, x, _, _ = random_run("lstm", T, 2, H, None, seed)
    trace = network.forward(x, forget_bias_shift=2.0)
    for unit in range(H):
        n, product = 0, 1.0
        while n < T and product * trace.forget_gate[T - 1 - n, unit] >= low:
            product *= trace.forget_gate[T - 1 - n, unit]
            n += 1
        assert trace.horizon(unit, T - 1, low) == n
        assert 0 <= trace.horizon(unit, T - 1, high) <= n <= T


@pytest.mark.parametrize("kind", KINDS)
@common
@given(T=st.integers(1, 6), I=sizes, H=sizes, seed=seeds, scale=st.floats(0, 1e4))
def test_gates_and_states_stay_in_their_ranges(kind, T, I, H, seed, scale):
    network, x, _, _ = random_run(kind, T, I, H, None, seed)
    trace = network.forward(scale * x)
    for name in quantities(kind):
        values = getattr(trace, name)
        if name.endswith("gate"):
            assert values.min() >= 0 and values.max() <= 1
        elif name == "hidden" and kind == "rnn_relu":
            assert values.min() >= 0
        elif name != "cell":
            assert np.abs(values).max() <= 1
        else:
            assert (np.abs(values).max(axis=1) <= np.arange(1, T + 1)).all()   # a step adds at most 1
