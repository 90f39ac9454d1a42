"""From torch modules to the networks of this package and back; torch is imported on the first call."""

import numpy as np

from lstm_lib import arrays
from lstm_lib.cells import GRU, LSTM, RNN


def from_torch(module, layer=0, direction=0):
    """The network of one layer and direction of an nn.RNN, nn.LSTM or nn.GRU, in float64.

    direction 0 reads forwards, 1 is the backward half of a bidirectional module (give it the sequence
    reversed). A module without biases gets zeros. batch_first and dropout say nothing about the weights and
    are ignored. Raises TypeError for other modules, ValueError for a layer or direction that the module does
    not have and for proj_size, which is a different cell.
    """
    import torch

    if not isinstance(module, (torch.nn.RNN, torch.nn.LSTM, torch.nn.GRU)):
        raise TypeError(f"A {type(module).__name__} was given, expected torch.nn.RNN, nn.LSTM or nn.GRU; if "
                        "the layer is inside a larger model, give that layer, e.g. from_torch(model.rnn).")
    if getattr(module, "proj_size", 0):
        raise ValueError(f"The module has proj_size={module.proj_size}, expected proj_size=0: "
                         "a projected hidden state belongs to a cell that this package does not compute.")
    layer = _chosen("layer", layer, module.num_layers)
    direction = _chosen("direction", direction, 2 if module.bidirectional else 1)
    suffix = f"_l{layer}" + ("_reverse" if direction else "")
    names = ["weight_ih", "weight_hh"] + (["bias_ih", "bias_hh"] if module.bias else [])
    if module.weight_ih_l0.is_meta:
        raise ValueError("The module is on the device 'meta', so it has shapes but no numbers; load its "
                         "weights first, or make it on the device 'cpu'.")
    weights = {name: arrays.real_array(name + suffix, getattr(module, name + suffix)) for name in names}
    if isinstance(module, torch.nn.RNN):
        return RNN(**weights, nonlinearity=module.nonlinearity)
    return (LSTM if isinstance(module, torch.nn.LSTM) else GRU)(**weights)


def to_torch(network):
    """A torch module of one layer with the network's weights, in float64 (use .float() for float32)."""
    import torch

    if not isinstance(network, (RNN, LSTM, GRU)):
        raise TypeError(f"A {type(network).__name__} was given, expected an RNN, LSTM or GRU of lstm_lib.")
    options = {"nonlinearity": network.nonlinearity} if isinstance(network, RNN) else {}
    module = getattr(torch.nn, type(network).__name__)(
        network.input_size, network.hidden_size, dtype=torch.float64, **options)
    with torch.no_grad():
        for name, array in network.weights.items():
            getattr(module, name + "_l0").copy_(torch.from_numpy(np.array(array)))
    return module


def _chosen(name, value, count):
    value = arrays.whole_number(name, value, 0, None)
    if value >= count:
        raise ValueError(f"{name} is {value}, but the module has {count}, numbered from 0; "
                         f"choose {name} from 0 to {count - 1}.")
    return value
