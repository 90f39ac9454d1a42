"""The cell in lines that mirror the equations is the cell of the library, and torch's."""

import inspect
import re
from types import SimpleNamespace

import numpy as np
import pytest
import torch

import lstm_lib as ll
from lstm_lib import equations

BLOCKS = "ifgo"


@pytest.fixture(scope="module")
def runs():
    """One run, forward and backward, by the equations and by the library; both losses at every step."""
    rng = np.random.default_rng(3)
    net = ll.LSTM.init(3, 5, seed=1).replace(bias_hh=rng.normal(size=20))
    x, d_hidden, d_cell = rng.normal(size=(7, 3)), rng.normal(size=(7, 5)), rng.normal(size=(7, 5))
    h0, c0 = rng.normal(size=5), rng.normal(size=5)
    w = equations.blocks(net)
    steps = equations.forward(w, x, h0, c0)
    back, weights = equations.backward(w, steps, d_hidden, d_cell)
    trace = net.forward(x, h0, c0)
    return SimpleNamespace(net=net, x=x, h0=h0, c0=c0, d_hidden=d_hidden, d_cell=d_cell, steps=steps,
                           back=back, weights=weights, trace=trace, grads=trace.backward(d_hidden, d_cell))


def stacked(items, *names):
    return np.stack([np.concatenate([getattr(item, name) for name in names]) for item in items])


def close(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12)


def test_forward_is_the_library_s(runs):
    for letter, name in {"i": "input_gate", "f": "forget_gate", "g": "candidate", "o": "output_gate",
                         "c": "cell", "h": "hidden"}.items():
        close(stacked(runs.steps, letter), getattr(runs.trace, name))


def test_backward_is_the_library_s(runs):
    close(stacked(runs.back, "dh"), runs.grads.hidden)
    close(stacked(runs.back, "dc"), runs.grads.cell)
    close(stacked(runs.back, "dx"), runs.grads.inputs)
    close(runs.back[0].dh_before, runs.grads.h0)
    close(runs.back[0].dc_before, runs.grads.c0)
    for kind, name in {"W": "weight_ih", "U": "weight_hh", "b": "bias_ih"}.items():
        ours = np.concatenate([getattr(runs.weights, f"d{kind}_{block}") for block in BLOCKS])
        close(ours, runs.grads.weights[name])


def test_gradients_are_torch_s(runs):
    module = runs.net.to_torch()
    h0, c0 = (torch.tensor(state[None], requires_grad=True) for state in (runs.h0, runs.c0))
    hidden, (_, last_cell) = module(torch.tensor(runs.x), (h0, c0))
    ((hidden * torch.tensor(runs.d_hidden)).sum() + last_cell.sum()).backward()
    w = equations.blocks(runs.net)
    d_cell = np.zeros_like(runs.d_cell)
    d_cell[-1] = 1.0
    back, weights = equations.backward(w, runs.steps, runs.d_hidden, d_cell)
    close(back[0].dh_before, h0.grad[0].numpy())
    close(back[0].dc_before, c0.grad[0].numpy())
    for kind, name in {"W": "weight_ih_l0", "U": "weight_hh_l0", "b": "bias_hh_l0"}.items():
        ours = np.concatenate([getattr(weights, f"d{kind}_{block}") for block in BLOCKS])
        close(ours, getattr(module, name).grad.numpy())


def test_shares_of_every_path_add_up_in_a_shipped_network():
    lm = ll.load("agreement/lstm")
    trace = lm.read("a menina disse que não foi se despedir porque quando o joão viajou estava muito").trace
    direct = np.zeros_like(trace.hidden)
    direct[-1] = 1.0
    grads = trace.backward(direct)
    for of in ("hidden", "cell"):
        np.testing.assert_allclose(sum(grads.paths[of].values()), getattr(grads, of), rtol=0, atol=1e-12)


def test_a_large_sum_does_not_overflow():
    with np.errstate(all="raise"):
        np.testing.assert_array_equal(equations.sigmoid(np.array([-1e4, 0.0, 1e4])), [0.0, 0.5, 1.0])


@pytest.mark.parametrize("function", [equations.step, equations.step_back])
def test_every_name_has_one_line_of_its_own(function):
    """The explorable finds the line of a symbol by what stands left of the equals sign."""
    named = re.findall(r"^    (\w+) = ", inspect.getsource(function), flags=re.MULTILINE)
    assert len(named) == len(set(named)) and len(named) >= 10
