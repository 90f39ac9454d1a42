"""Networks and sequences of any shape for the tests of the core."""

import numpy as np

import lstm_lib as ll

KINDS = ("lstm", "gru", "rnn_tanh", "rnn_relu")
SHAPES = [(1, 1, 1, None), (1, 1, 1, 2), (7, 3, 5, None), (7, 3, 5, 4), (12, 1, 6, 3), (9, 4, 1, 2),
          (500, 3, 8, None), (500, 2, 5, 2)]                    # T, I, H and B, None without an axis for it


def make(kind, input_size, hidden_size, seed=0):
    if kind.startswith("rnn"):
        return ll.RNN.init(input_size, hidden_size, seed=seed, nonlinearity=kind.removeprefix("rnn_"))
    return {"lstm": ll.LSTM, "gru": ll.GRU}[kind].init(input_size, hidden_size, seed=seed)


def random_run(kind, T, I, H, B, seed=0):
    """A network, an input and initial states."""
    rng = np.random.default_rng(seed)
    network = make(kind, I, H, seed)
    batch = () if B is None else (B,)
    states = {"h0": rng.normal(size=(*batch, H))}
    if kind == "lstm":
        states["c0"] = rng.normal(size=(*batch, H))
    return network, rng.normal(size=(T, *batch, I)), states, rng


def gap(a, b):
    a, b = np.asarray(a), np.asarray(b)
    assert a.shape == b.shape
    return np.abs(a - b).max()
