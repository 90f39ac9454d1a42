"""Recurrent networks with every gate and every gradient kept.

The data goes one way: sequence -> network -> Trace -> Gradients -> figure, widget or check.

    import lstm_lib as ll
    net = ll.LSTM.init(input_size=3, hidden_size=8, seed=0)
    trace = net.forward(x)                  # x (T, 3)
    trace.forget_gate, trace.cell           # (T, 8)
    grads = trace.backward(d_hidden)        # d_hidden = direct dL/dh_t, like trace.hidden
    grads.paths["cell"]["cell"]             # what arrives along the cell's highway

Importing it needs numpy only; whatever needs torch, matplotlib or a notebook is imported when it is first
used.
"""

from importlib import import_module

from lstm_lib.bptt import Gradients, Trace
from lstm_lib.cells import GRU, LSTM, RNN, cell_factor
from lstm_lib.convert import from_torch, to_torch
from lstm_lib.norms import clip, gradient_norms
from lstm_lib.weights import load_network, save_network

__version__ = "0.1.0"

_FROM_MODULE = {"load": "language_model", "tokenize": "language_model",
                "LanguageModel": "language_model", "Reading": "language_model"}
_MODULES = ("after_training", "checks", "difference", "dynamics", "equations", "error_surface", "exercises",
            "figures", "gradient_flow", "horizon", "language_model", "locale", "losses", "site", "tasks",
            "training", "widgets")

__all__ = ["GRU", "LSTM", "RNN", "Gradients", "Trace", "cell_factor", "clip", "from_torch",
           "gradient_norms", "load_network", "save_network", "to_torch"]


def __getattr__(name):
    if name in _FROM_MODULE:
        return getattr(import_module(f"lstm_lib.{_FROM_MODULE[name]}"), name)
    if name in _MODULES:
        return import_module(f"lstm_lib.{name}")
    raise AttributeError(f"module 'lstm_lib' has no attribute {name!r}")


def __dir__():
    return sorted({*globals(), *_FROM_MODULE, *_MODULES})
