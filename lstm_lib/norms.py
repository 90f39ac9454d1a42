"""How large the gradient is at every step: what vanishes, explodes or is kept."""

import numpy as np

from lstm_lib import arrays
from lstm_lib.bptt import Gradients
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


def clip(gradients, max_norm):
    """Norm clipping: gradients longer than max_norm are scaled to that length, all by one factor.

        g <- g max_norm / ||g||   if ||g|| > max_norm        ||g||: over all arrays together

    gradients: a Gradients (its `weights` are clipped), a dict of arrays, or one array. Returns (clipped,
    factor): the same names with new arrays (for a Gradients a dict), and what they were multiplied by, 1 if
    nothing was done. The direction never changes, and what vanished stays vanished. torch's clip_grad_norm_
    is the same but for 1e-6 that it adds to the norm. Source: Pascanu, Mikolov & Bengio (2013), algorithm 1.

    Raises ValueError for a max_norm that is not above 0, an empty dict and entries that are not finite.
    """
    limit = arrays.real_array("max_norm", max_norm)
    if limit.ndim or limit <= 0:
        raise ValueError(f"max_norm is {max_norm}, expected one number above 0.")
    given = gradients.weights if isinstance(gradients, Gradients) else gradients
    named = given if isinstance(given, dict) else {"gradients": given}
    if not named:
        raise ValueError("gradients is an empty dict, expected at least one array to clip.")
    named = {name: arrays.real_array(name, array) for name, array in named.items()}
    norm = length(np.concatenate([array.ravel() for array in named.values()]))
    factor = float(limit / norm) if norm > limit else 1.0
    clipped = {name: factor * array for name, array in named.items()}
    return (clipped if isinstance(given, dict) else clipped["gradients"]), factor


def length(array):
    """The Euclidean norm of all entries together, also where their squares would over- or underflow."""
    largest = np.abs(array).max(initial=0.0)
    return float(largest * np.linalg.norm(array / largest)) if largest else 0.0


def _one_layer(module):
    network = from_torch(module)
    if module.num_layers != 1 or module.bidirectional:
        raise ValueError(f"The module has num_layers={module.num_layers} and "
                         f"bidirectional={module.bidirectional}, expected one layer in one direction: "
                         "give lstm_lib.from_torch(module, layer=..., direction=...) of the one you mean.")
    return network
