"""From torch and back: same numbers, every layer and direction, and a clear word where it cannot be."""

import numpy as np
import pytest
import torch
from runs import KINDS, gap, random_run

import lstm_lib as ll


def torch_module(kind, *sizes, **options):
    if kind.startswith("rnn"):
        return torch.nn.RNN(*sizes, nonlinearity=kind.removeprefix("rnn_"), **options)
    return {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](*sizes, **options)


def output(module, x):
    with torch.no_grad():
        return module(torch.as_tensor(x, dtype=module.weight_ih_l0.dtype))[0].numpy()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("bias", [True, False])
def test_from_torch_gives_the_same_states(kind, bias):
    torch.manual_seed(0)
    module = torch_module(kind, 3, 5, bias=bias).double()
    x = np.random.default_rng(0).normal(size=(8, 2, 3))
    network = ll.from_torch(module)
    assert network.kind == kind
    assert gap(network.forward(x).hidden, output(module, x)) <= 1e-12
    if not bias:
        assert not network.bias_ih.any() and not network.bias_hh.any()


@pytest.mark.parametrize("kind", KINDS)
def test_float32_weights_are_taken_over_exactly(kind):
    module = torch_module(kind, 2, 3)
    network = ll.from_torch(module)
    for name, array in network.weights.items():
        assert array.dtype == np.float64
        assert np.array_equal(array.astype(np.float32), getattr(module, f"{name}_l0").detach().numpy())


@pytest.mark.parametrize("kind", KINDS)
def test_layers_and_directions_put_together_give_the_whole_module(kind):
    torch.manual_seed(1)
    module = torch_module(kind, 2, 3, num_layers=2, bidirectional=True, dropout=0.5).double().eval()
    x = np.random.default_rng(1).normal(size=(6, 4, 2))
    layer_input = x
    for layer in range(2):
        forwards = ll.from_torch(module, layer, 0).forward(layer_input).hidden
        backwards = ll.from_torch(module, layer, direction=1).forward(layer_input[::-1]).hidden[::-1]
        layer_input = np.concatenate([forwards, backwards], axis=-1)
    assert gap(layer_input, output(module, x)) <= 1e-12


def test_batch_first_says_nothing_about_the_weights():
    module = torch.nn.LSTM(2, 3, batch_first=True).double()
    x = np.random.default_rng(2).normal(size=(5, 4, 2))
    expected = output(module, x.swapaxes(0, 1)).swapaxes(0, 1)
    assert gap(ll.from_torch(module).forward(x).hidden, expected) <= 1e-12


@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back(kind):
    network, x, _, _ = random_run(kind, 5, 2, 3, 2)
    module = network.to_torch()
    assert module.weight_ih_l0.dtype == torch.float64
    back = ll.from_torch(module)
    assert type(back) is type(network) and back.kind == network.kind
    assert all(np.array_equal(back.weights[name], network.weights[name]) for name in network.weights)
    with torch.no_grad():
        module.weight_ih_l0.zero_()
    assert network.weight_ih.any() and back.weight_ih.any()      # copies on both sides


def test_later_training_does_not_change_the_network():
    module = torch.nn.GRU(2, 3)
    network = ll.from_torch(module)
    kept = network.weight_hh.copy()
    with torch.no_grad():
        module.weight_hh_l0.add_(1)
    assert np.array_equal(network.weight_hh, kept)


def test_tensors_are_accepted_as_sequences():
    network, x, _, _ = random_run("lstm", 5, 2, 3, None)
    assert gap(network.forward(torch.tensor(x, requires_grad=True)).hidden, network.forward(x).hidden) == 0


@pytest.mark.parametrize(("module", "error", "words"), [
    (lambda: torch.nn.LSTM(2, 4, proj_size=3), ValueError, "proj_size=3.*expected proj_size=0"),
    (lambda: torch.nn.Linear(2, 3), TypeError, "Linear was given.*expected torch.nn.RNN, nn.LSTM or nn.GRU"),
    (lambda: torch.nn.LSTMCell(2, 3), TypeError, "LSTMCell was given"),
    (lambda: torch.nn.LSTM(2, 4, device="meta"), ValueError, "device .meta., so it has shapes"),
    (lambda: None, TypeError, "NoneType was given"),
])
def test_other_modules_are_refused(module, error, words):
    with pytest.raises(error, match=words):
        ll.from_torch(module())


@pytest.mark.parametrize(("options", "error", "words"), [
    ({"layer": 2}, ValueError, "layer is 2, but the module has 2.*from 0 to 1"),
    ({"layer": -1}, ValueError, "layer is -1"),
    ({"direction": 1}, ValueError, "direction is 1, but the module has 1"),
    ({"layer": 0.0}, TypeError, "layer is 0.0, expected a whole number"),
])
def test_layers_that_are_not_there_are_refused(options, error, words):
    with pytest.raises(error, match=words):
        ll.from_torch(torch.nn.LSTM(2, 3, num_layers=2), **options)


def test_to_torch_takes_networks_only():
    with pytest.raises(TypeError, match="dict was given, expected an RNN, LSTM or GRU"):
        ll.to_torch({})


def test_norms_of_a_deep_module_ask_which_layer():
    with pytest.raises(ValueError, match="num_layers=2.*from_torch"):
        ll.gradient_norms(torch.nn.LSTM(2, 3, num_layers=2), np.zeros((4, 2)))
