"""The forward pass: against torch's own modules, and every gate against a cell written by hand in torch."""

import subprocess
import sys

import numpy as np
import pytest
import torch
import torch_reference
from runs import KINDS, SHAPES, gap, random_run

import lstm_lib as ll

torch.set_num_threads(1)
TOLERANCE = 1e-12


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("T", "I", "H", "B"), SHAPES)
def test_states_are_those_of_the_torch_module(kind, T, I, H, B):
    network, x, states, _ = random_run(kind, T, I, H, B)
    trace = network.forward(x, **states)
    start = tuple(torch.tensor(state)[None] for state in states.values())
    with torch.no_grad():
        hidden, last = network.to_torch()(torch.tensor(x), start if kind == "lstm" else start[0])
    assert gap(trace.hidden, hidden) <= TOLERANCE
    if kind == "lstm":
        assert gap(trace.cell[-1], last[1][0]) <= TOLERANCE


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("T", "I", "H", "B"), SHAPES)
def test_every_gate_is_that_of_a_torch_cell_written_by_hand(kind, T, I, H, B):
    network, x, states, _ = random_run(kind, T, I, H, B, seed=1)
    trace = network.forward(x, **states)
    values, _ = torch_reference.run(network, x, np.zeros_like(trace.hidden), **states)
    for name, value in values.items():
        assert gap(getattr(trace, name), value) <= TOLERANCE, name


def test_interventions_on_the_cell_against_torch():
    network, x, states, rng = random_run("lstm", 9, 3, 4, 2, seed=2)
    factor = rng.choice([-1.0, 0.0, 1.0, 0.5], size=(9, 4))
    trace = network.forward(x, **states, cell_factor=factor, forget_bias_shift=0.7)
    values, _ = torch_reference.run(network, x, np.zeros_like(trace.hidden), **states,
                                    cell_factor=factor[:, None, :], forget_bias_shift=0.7)
    for name, value in values.items():
        assert gap(getattr(trace, name), value) <= TOLERANCE, name


def test_a_factor_for_each_sequence_of_a_batch():
    network, x, _, rng = random_run("lstm", 5, 2, 3, 4, seed=3)
    factors = rng.normal(size=(5, 4, 3))
    together = network.forward(x, cell_factor=factors)
    for b in range(4):
        assert gap(together.cell[:, b], network.forward(x[:, b], cell_factor=factors[:, b]).cell) <= TOLERANCE


def test_one_step_of_the_lstm_by_hand():
    """One unit, one input: the six equations in plain arithmetic."""
    network = ll.LSTM([[0.5], [1.0], [2.0], [-1.0]], [[1.0], [0.0], [1.0], [2.0]], [0.0, 1.0, 0.0, 0.5])
    x, h, c = 0.3, 0.2, -0.4
    trace = network.forward([[x]], h0=[h], c0=[c])
    i = 1 / (1 + np.exp(-(0.5 * x + h)))
    f = 1 / (1 + np.exp(-(x + 1.0)))
    g = np.tanh(2 * x + h)
    o = 1 / (1 + np.exp(-(-x + 2 * h + 0.5)))
    new_c = f * c + i * g
    expected = {"input_gate": i, "forget_gate": f, "candidate": g, "output_gate": o, "cell": new_c,
                "hidden": o * np.tanh(new_c)}
    for name, value in expected.items():
        assert getattr(trace, name).item() == pytest.approx(value, abs=1e-15), name


def test_the_gru_resets_after_the_recurrent_matrix():
    """With the reset gate shut, b'_n still does not reach the candidate, and W_n x does."""
    network = ll.GRU([[0.0], [0.0], [1.0]], [[0.0], [0.0], [5.0]], [-800.0, 0.0, 0.25], [0.0, 0.0, 3.0])
    trace = network.forward([[0.5]], h0=[0.9])
    assert trace.reset_gate.item() == 0.0
    assert trace.candidate.item() == pytest.approx(np.tanh(0.75), abs=1e-15)


def test_extreme_inputs_saturate_without_a_warning(recwarn):
    network = ll.LSTM.init(1, 4, seed=0)
    trace = network.forward([[1e6], [-1e6], [1e300]])
    assert np.isfinite(trace.hidden).all()
    assert trace.input_gate.min() >= 0 and trace.input_gate.max() <= 1
    assert not [w for w in recwarn if issubclass(w.category, RuntimeWarning)]


def test_the_trace_keeps_its_inputs_and_states():
    network, x, states, _ = random_run("lstm", 4, 2, 3, None)
    trace = network.forward(x, **states)
    kept = trace.inputs.copy(), trace.h0.copy(), trace.c0.copy()
    x[:] = 0
    states["h0"][:] = states["c0"][:] = 0
    for now, then in zip((trace.inputs, trace.h0, trace.c0), kept, strict=True):
        assert np.array_equal(now, then) and now.any()
    assert trace.network is network and trace.steps == 4
    assert gap(trace.hidden_before[1:], trace.hidden[:-1]) == 0 and gap(trace.cell_before[0], trace.c0) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_one_initial_state_serves_a_batch(kind):
    network, x, _, rng = random_run(kind, 4, 2, 3, 5)
    h0 = rng.normal(size=3)
    assert gap(network.forward(x, h0=h0).hidden, network.forward(x, h0=np.tile(h0, (5, 1))).hidden) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_terms_add_up_to_the_preactivation(kind):
    network, x, states, _ = random_run(kind, 6, 3, 4, 2, seed=5)
    shift = {"forget_bias_shift": 0.6} if kind == "lstm" else {}
    trace = network.forward(x, **states, **shift)
    squash = {"candidate": np.tanh, "hidden": (lambda a: max(a, 0.0)) if kind == "rnn_relu" else np.tanh}
    for quantity in network.blocks:
        for step, unit, sequence in ((0, 0, 0), (3, 2, 1), (5, 3, 0)):
            terms = trace.preactivation(quantity, step, unit, sequence)
            kinds = [term["kind"] for term in terms]
            assert kinds[:7] == ["input"] * 3 + ["hidden"] * 4 and set(kinds[7:]) == {"bias"}
            assert [term["index"] for term in terms[:7]] == [0, 1, 2, 0, 1, 2, 3]
            assert [term["value"] for term in terms[:3]] == list(x[step, sequence])
            assert all(term["product"] == term["weight"] * term["value"] for term in terms)
            total = sum(term["product"] for term in terms)
            gate = squash.get(quantity, lambda a: 1 / (1 + np.exp(-a)))(total)
            assert getattr(trace, quantity)[step, sequence, unit] == pytest.approx(gate, abs=TOLERANCE)


def test_the_shift_is_a_term_of_the_forget_gate_only():
    network, x, _, _ = random_run("lstm", 3, 2, 2, None)
    trace = network.forward(x, forget_bias_shift=1.25)
    term = trace.preactivation("forget_gate", 1, 0)[-1]
    assert term == {"kind": "bias", "index": 1, "weight": 1.25, "value": 1.0, "product": 1.25}
    plain = network.forward(x)
    for quantity in network.blocks:
        assert len(plain.preactivation(quantity, 1, 0)) == 5
    assert len(trace.preactivation("input_gate", 1, 0)) == 5


def forget_gates_of(values):
    """The trace of a one-unit LSTM whose forget gate takes the given values, whatever it reads."""
    network = ll.LSTM([[0.0], [1.0], [0.0], [0.0]], np.zeros((4, 1)))
    values = np.asarray(values)
    return network.forward(np.log(values / (1 - values))[:, None])


def test_horizon_counts_the_steps_that_keep_at_least_half():
    trace = forget_gates_of([0.9, 0.8, 0.9, 0.95, 0.1, 0.9])
    assert [trace.horizon(0, step) for step in range(6)] == [1, 2, 3, 4, 0, 1]
    assert trace.horizon(0, 3, threshold=0.7) == 2          # 0.95 * 0.9 = 0.855, times 0.8 = 0.684
    assert trace.horizon(0, 3, threshold=1.0) == 0


def test_horizon_of_a_unit_switched_off_or_turned():
    network, x, _, _ = random_run("lstm", 6, 2, 3, 2, seed=4)
    off = network.forward(x, cell_factor=ll.cell_factor(6, 3, 1, "off"))
    assert off.horizon(1, 5, threshold=1e-9) == 0 and off.horizon(0, 5, threshold=1e-9, sequence=1) == 6
    flipped = network.forward(x, cell_factor=ll.cell_factor(6, 3, 1, "flip", 5))
    assert flipped.horizon(1, 5, threshold=1e-9) == 6


def test_cell_factor_is_one_except_where_it_acts():
    assert (ll.cell_factor(4, 3, 2) == 1).all()
    off = ll.cell_factor(4, 3, 2, "off")
    assert (off[:, 2] == 0).all() and (off[:, :2] == 1).all()
    flip = ll.cell_factor(4, 3, 0, "flip", 3)
    assert flip[3, 0] == -1 and flip.sum() == 4 * 3 - 2


def test_a_flip_turns_the_cell_once():
    network, x, _, _ = random_run("lstm", 6, 2, 3, None)
    plain = network.forward(x)
    flipped = network.forward(x, cell_factor=ll.cell_factor(6, 3, 1, "flip", 2))
    assert gap(flipped.cell[:2], plain.cell[:2]) == 0
    assert flipped.cell[2, 1] == -plain.cell[2, 1] != 0
    assert flipped.cell[2, 0] == plain.cell[2, 0]


def test_sizes_and_parameters():
    network = ll.LSTM.init(16, 32)
    assert (network.input_size, network.hidden_size) == (16, 32)
    assert network.parameter_count == 4 * 32 * (16 + 32 + 2)
    assert ll.GRU.init(2, 3).parameter_count == 3 * 3 * (2 + 3 + 2)
    assert ll.RNN.init(2, 3).parameter_count == 3 * (2 + 3 + 2)
    assert {name: array.shape for name, array in network.weights.items()} == {
        "weight_ih": (128, 16), "weight_hh": (128, 32), "bias_ih": (128,), "bias_hh": (128,)}
    assert all(array.dtype == np.float64 for array in network.weights.values())
    assert repr(network) == "LSTM(input_size=16, hidden_size=32)"


def test_a_network_does_not_change_but_can_be_replaced():
    given = np.ones((4, 1))
    network = ll.LSTM(given, np.ones((4, 1)))
    given[:] = 7
    assert (network.weight_ih == 1).all()
    with pytest.raises(ValueError, match="read-only"):
        network.weight_ih[0] = 2
    with pytest.raises(AttributeError):
        network.weight_ih = given
    other = network.replace(weight_ih=given)
    assert (other.weight_ih == 7).all() and (network.weight_ih == 1).all()


def test_importing_needs_numpy_only():
    later = {"torch", "matplotlib", "ipywidgets", "anywidget", "tqdm", "safetensors"}
    code = f"import sys, lstm_lib; print(sorted({later} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_unknown_names_of_the_package_are_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        ll.no_such_name  # noqa: B018
    assert {"LSTM", "load", "tasks"} <= set(dir(ll))
