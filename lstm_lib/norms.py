"""How large the gradient is at every step: what vanishes, explodes or is kept."""

import numpy as np

from lstm_lib import arrays
from lstm_lib.cells import Network
from lstm_lib.convert import from_torch


def gradient_norms(network, x, loss="last", of="hidden"):
    """The Euclidean norm of dL/dh_t over the units, for every step: (T,), or (T, B) for a batch.

    network: an RNN, LSTM or GRU of this package, or a torch module of one layer and one direction. x: (T, I)
    or (T, B, I), also for a torch module with batch_first. loss: "last" is L = the sum of h_T, so that
    dL/dh_T is a 1 for every unit; "all" is the sum of all h_t; an array like trace.hidden gives the direct
    derivatives themselves. of="cell" gives the norm of dL/dc_t (LSTM only).

    In torch, `retain_grad` on the output of nn.LSTM gives only the direct derivative, zero before the last
    step; the total one needs a cell written step by step, or this.
    """
    if not isinstance(network, Network):
        network = _one_layer(network)
    arrays.one_of("of", of, ("hidden", "cell"))
    trace = network.forward(x)
    if isinstance(loss, str):
        arrays.one_of("loss", loss, ("last", "all"))
        direct = np.zeros_like(trace.hidden)
        direct[-1 if loss == "last" else slice(None)] = 1.0
    else:
        direct = arrays.like("loss", loss, trace.hidden, "trace.hidden")
    gradient = getattr(trace.backward(direct), of)
    if gradient is None:
        raise ValueError(f"of='cell' was given for {network!r}, which has no cell state; use of='hidden'.")
    return np.linalg.norm(gradient, axis=-1)


def _one_layer(module):
    network = from_torch(module)
    if module.num_layers != 1 or module.bidirectional:
        raise ValueError(f"The module has num_layers={module.num_layers} and "
                         f"bidirectional={module.bidirectional}, expected one layer in one direction: "
                         "give lstm_lib.from_torch(module, layer=..., direction=...) of the one you mean.")
    return network
