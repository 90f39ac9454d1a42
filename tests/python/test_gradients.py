"""The backward pass: against autograd, against finite differences, and path by path."""

import numpy as np
import pytest
import torch
import torch_reference
from runs import KINDS, SHAPES, gap, random_run

import lstm_lib as ll

TOLERANCE = 1e-12


def assert_equal(found, expected, where=""):
    """Relative to the largest number of each array, since sums over 500 steps grow."""
    if isinstance(expected, dict):
        assert set(found) == set(expected), where
        for name in expected:
            assert_equal(found[name], expected[name], f"{where}.{name}")
    else:
        assert gap(found, expected) <= TOLERANCE * max(1.0, np.abs(expected).max()), where


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("T", "I", "H", "B"), SHAPES)
def test_all_gradients_and_paths_are_those_of_autograd(kind, T, I, H, B):
    network, x, states, rng = random_run(kind, T, I, H, B, seed=6)
    trace = network.forward(x, **states)
    d_hidden = rng.normal(size=trace.hidden.shape)
    losses = {"d_hidden": d_hidden}
    if kind == "lstm":
        losses["d_cell"] = rng.normal(size=trace.cell.shape)
    gradients = trace.backward(**losses)
    _, expected = torch_reference.run(network, x, **losses, **states)
    assert_equal({name: getattr(gradients, name) for name in expected}, expected)


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_are_those_of_the_torch_module(kind):
    network, x, _, rng = random_run(kind, 20, 3, 6, 4, seed=7)
    d_hidden = rng.normal(size=(20, 4, 6))
    gradients = network.forward(x).backward(d_hidden)
    module, inputs = network.to_torch(), torch.tensor(x, requires_grad=True)
    module(inputs)[0].backward(torch.tensor(d_hidden))
    assert_equal(gradients.inputs, inputs.grad.numpy())
    for name, gradient in gradients.weights.items():
        assert_equal(gradient, getattr(module, f"{name}_l0").grad.numpy(), name)


def test_gradients_of_a_run_with_interventions():
    network, x, states, rng = random_run("lstm", 8, 2, 3, 2, seed=8)
    factor = rng.choice([-1.0, 0.0, 1.0, 0.3], size=(8, 3))
    trace = network.forward(x, **states, cell_factor=factor, forget_bias_shift=-0.4)
    d_hidden, d_cell = rng.normal(size=(2, 8, 2, 3))
    gradients = trace.backward(d_hidden, d_cell)
    _, expected = torch_reference.run(network, x, d_hidden, d_cell, **states, cell_factor=factor[:, None, :],
                                      forget_bias_shift=-0.4)
    assert_equal({name: getattr(gradients, name) for name in expected}, expected)


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_against_finite_differences(kind):
    """Central differences of the loss in every weight, input and initial state: no autograd involved."""
    network, x, states, rng = random_run(kind, 5, 2, 3, None, seed=9)
    options = {"cell_factor": rng.normal(size=(5, 3)), "forget_bias_shift": 0.2} if kind == "lstm" else {}
    d_hidden = rng.normal(size=(5, 3))
    d_cell = rng.normal(size=(5, 3)) if kind == "lstm" else None

    def loss(**changed):
        net = network.replace(**{name: changed[name] for name in network.weights if name in changed})
        started = {name: changed.get(name, state) for name, state in states.items()}
        run = net.forward(changed.get("inputs", x), **started, **options)
        return (run.hidden * d_hidden).sum() + (0 if d_cell is None else (run.cell * d_cell).sum())

    gradients = network.forward(x, **states, **options).backward(d_hidden, d_cell)
    named = {**gradients.weights, "inputs": gradients.inputs}
    named |= {name: getattr(gradients, name) for name in states}
    start = {**network.weights, "inputs": x, **states}
    step = 1e-6
    for name, gradient in named.items():
        for place in np.ndindex(gradient.shape):
            up, down = start[name].copy(), start[name].copy()
            up[place] += step
            down[place] -= step
            slope = (loss(**{name: up}) - loss(**{name: down})) / (2 * step)
            assert gradient[place] == pytest.approx(slope, abs=2e-8, rel=2e-8), (name, place)


def test_the_highway_is_the_product_of_the_forget_gates():
    """With the recurrent weights at zero only the highway is left: dc_T/dc_t = f_T ... f_(t+1)."""
    network, x, _, _ = random_run("lstm", 10, 2, 3, None, seed=10)
    network = network.replace(weight_hh=np.zeros((12, 3)))
    trace = network.forward(x)
    d_cell = np.zeros((10, 3))
    d_cell[-1] = 1.0
    gradients = trace.backward(np.zeros((10, 3)), d_cell)
    expected = [np.prod(trace.forget_gate[t + 1:], axis=0) for t in range(10)]
    assert gap(gradients.cell, expected) <= 1e-15
    assert gap(gradients.paths["cell"]["cell"][:-1], gradients.cell[:-1]) == 0


def test_direct_and_total_derivative_are_not_the_same():
    network, x, _, _ = random_run("lstm", 5, 2, 3, None, seed=11)
    d_hidden = np.zeros((5, 3))
    d_hidden[-1] = 1.0
    gradients = network.forward(x).backward(d_hidden)
    assert gap(gradients.paths["hidden"]["direct"], d_hidden) == 0
    assert (gradients.hidden[0] != 0).all()
    for name in ("forget", "input", "candidate", "output"):
        assert (gradients.paths["hidden"][name][-1] == 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_backward_changes_nothing_it_was_given(kind):
    network, x, states, rng = random_run(kind, 4, 2, 3, 2, seed=12)
    trace = network.forward(x, **states)
    d_hidden = rng.normal(size=trace.hidden.shape)
    kept = d_hidden.copy(), trace.hidden.copy()
    first = trace.backward(d_hidden)
    first.paths["hidden"]["direct"][:] = 0
    second = trace.backward(d_hidden)
    assert gap(d_hidden, kept[0]) == 0 and gap(trace.hidden, kept[1]) == 0
    assert gap(first.hidden, second.hidden) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_gradient_norms_are_those_of_a_torch_loop(kind):
    network, x, _, _ = random_run(kind, 12, 2, 5, 3, seed=13)
    norms = ll.gradient_norms(network, x)
    last = np.zeros((12, 3, 5))
    last[-1] = 1.0
    _, expected = torch_reference.run(network, x, last)
    assert gap(norms, np.linalg.norm(expected["hidden"], axis=-1)) <= TOLERANCE
    assert gap(norms[-1], np.full(3, np.sqrt(5))) <= TOLERANCE
    assert ll.gradient_norms(network, x[:, 0]).shape == (12,)
    assert gap(ll.gradient_norms(network, x, loss=last), norms) == 0
    everywhere = np.linalg.norm(network.forward(x).backward(np.ones((12, 3, 5))).hidden, axis=-1)
    assert gap(ll.gradient_norms(network, x, loss="all"), everywhere) == 0


def test_gradient_norms_of_a_torch_module_and_of_the_cell():
    network, x, _, _ = random_run("lstm", 6, 2, 3, None, seed=14)
    for module in (network.to_torch(), torch.nn.LSTM(2, 3, batch_first=True).double()):
        assert gap(ll.gradient_norms(module, x), ll.gradient_norms(ll.from_torch(module), x)) == 0
    cells = ll.gradient_norms(network, x, of="cell")
    direct = np.zeros((6, 3))
    direct[-1] = 1
    assert gap(cells, np.linalg.norm(network.forward(x).backward(direct).cell, axis=-1)) == 0
