"""The exercises on backpropagation through time: computed answers, a sentence of its own for each fault."""

import re

import numpy as np
import pytest
import torch

from lstm_lib import checks
from lstm_lib.exercises import bptt


def source(id, answer):
    return checks.check(id, answer).source


def without_numbers(verdict):
    return re.sub(r"[+−]?\d+(,\d+)?", "", verdict)


# --- predict -------------------------------------------------------------------------------------


def test_next_to_nothing_arrives_at_the_first_step_of_an_untrained_rnn():
    log, steps = bptt.arrives()
    assert steps == 39 and log < -8
    assert source("bptt/predict-arrives", "d") == "right"
    assert source("bptt/predict-arrives", "a") == ("mistake", 0)


def test_the_trained_rnn_is_right_without_a_gradient():
    right, log = bptt.trained()
    assert right > 0.95 and log < -7.5
    assert source("bptt/predict-trained", "d") == "right"


# --- numbers -------------------------------------------------------------------------------------


def test_the_total_derivative_is_autograd_s():
    """The same unit in torch: two losses, one for each state, with the immediate derivatives of the text."""
    h_1 = torch.tensor(0.8, dtype=torch.float64, requires_grad=True)
    rest = np.arctanh(0.6) - 2 * 0.8
    loss = 0.2 * h_1 - 1.0 * torch.tanh(2 * h_1 + rest)
    loss.backward()
    assert source("bptt/two-derivatives", h_1.grad.item()) == "right"
    assert source("bptt/two-derivatives", "0,2") == ("mistake", 0)


def test_the_bound_is_below_a_thousandth_when_it_is_said_to_be():
    steps = checks.exercise("bptt/surely-small")["answer"]
    assert (3.2 / 4) ** steps < 1e-3 <= (3.2 / 4) ** (steps - 1)


def test_norm_clipping_is_torch_s():
    weight = torch.zeros(2, requires_grad=True)
    weight.grad = torch.tensor([3.0, -4.0])
    torch.nn.utils.clip_grad_norm_([weight], 1.0)
    assert source("bptt/clipped", weight.grad[1].item()) == "right"
    torch.nn.utils.clip_grad_value_([weight], 0.5)
    assert source("bptt/clipped", -1) == ("mistake", 1)


def test_a_latched_network_is_the_answer():
    assert source("bptt/latched", "b") == "right"


# --- the counterexample --------------------------------------------------------------------------


def rest(h):
    """The bias that makes h a resting state, and h."""
    h = np.array(h, dtype=float)
    return np.arctanh(h) - bptt.COUNTEREXAMPLE @ h, h


def test_the_gradient_explodes_at_the_solution_though_both_eigenvalues_are_zero():
    assert np.allclose(np.linalg.eigvals(bptt.COUNTEREXAMPLE), 0, atol=1e-6)
    b, h = rest([0.0, 0.5])
    J = bptt.jacobian(bptt.COUNTEREXAMPLE, b, h)
    assert np.linalg.norm(np.linalg.matrix_power(J, 20)) > 2**20
    assert checks.check("bptt/eigenvalue", (b, h)).right
    assert checks.check("bptt/eigenvalue", (b.tolist(), h.tolist())).right


def test_each_fault_of_a_counterexample_has_its_own_sentence():
    b, h = rest([0.0, 0.5])
    wrong = [None, (b,), (b, [0.5]), (b, h + 0.1), rest([0.3, 0.3]), rest([0.0, 0.2])]
    said = [checks.check("bptt/eigenvalue", answer) for answer in wrong]
    assert [verdict.verdict for verdict in said] == ["wrong"] * len(wrong)
    assert len({without_numbers(verdict) for verdict in said}) == 4


# --- the way back --------------------------------------------------------------------------------


def back(U, h, direct):
    total = direct.copy()
    for t in range(len(h) - 2, -1, -1):
        total[t] += U.T @ (h[t + 1] * (1 - h[t + 1]) * total[t + 1])
    return total


def test_the_way_back_is_autograd_s():
    U, _, direct = bptt.back_case()
    rng = np.random.default_rng(0)
    rng.normal(size=U.shape)
    inputs = torch.as_tensor(rng.normal(size=direct.shape))
    states, h = [], torch.zeros(len(U), dtype=torch.float64, requires_grad=True)
    for x in inputs:
        h = torch.sigmoid(x + torch.as_tensor(U) @ h)
        h.retain_grad()
        states.append(h)
    (torch.stack(states) * torch.as_tensor(direct)).sum().backward()
    _, h, _ = bptt.back_case()
    np.testing.assert_allclose(back(U, h, direct), [state.grad for state in states], rtol=0, atol=1e-12)
    assert checks.check("bptt/back", back).right


def spoiled(U, h, direct):
    direct[0] = 0
    return direct


WRONG = [
    None,
    spoiled,
    lambda U, h, direct: back(U, h, direct)[:-1],
    lambda U, h, direct: direct,
    *(lambda U, h, direct, k=k: list(bptt._wrong_ways(U, h, direct))[k][1] for k in range(1, 6)),
    lambda U, h, direct: np.vstack([back(U, h, direct)[:1] + 1, back(U, h, direct)[1:]]),
]


@pytest.mark.parametrize("lang", ["pt", "en"])
def test_each_fault_of_a_way_back_has_its_own_sentence(lang):
    said = [checks.check("bptt/back", answer, lang) for answer in WRONG]
    assert [verdict.verdict for verdict in said] == ["wrong"] * len(WRONG)
    assert len({without_numbers(verdict) for verdict in said}) == len(WRONG)
    assert not any("{" in verdict for verdict in said)
