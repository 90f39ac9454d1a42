"""Recurrent networks as torch modules, with the first weights of a seed, and of equal size:

    h_t = cell(x_t, h_(t-1))        y_t = V h_t + c        from every step, from the last one or from the mean
"""

from __future__ import annotations

import numpy as np
import torch

from lstm_lib import arrays, cells, parameters

CELLS = {"rnn": cells.RNN, "gru": cells.GRU, "lstm": cells.LSTM}
READ = ("last", "every", "mean")


class SequenceNetwork(torch.nn.Module):
    """Embedding (or None), one recurrent layer, dropout, linear read-out; read: "last", "every" or "mean"."""

    def __init__(self, embedding, recurrent, dropout, readout, read):
        super().__init__()
        self.embedding, self.recurrent, self.dropout, self.readout = embedding, recurrent, dropout, readout
        self.read = read

    def forward(self, inputs, lengths=None):
        """inputs (n, T, I) or tokens (n, T), lengths (n,) or None for T: outputs (n, K) or (n, T, K)."""
        x = inputs if self.embedding is None else self.embedding(inputs)
        hidden = self._hidden(x, lengths)
        if self.read == "every":
            return self.readout(self.dropout(hidden))
        if lengths is None:
            lengths = torch.full((len(x),), x.shape[1])
        if self.read == "mean":
            inside = torch.arange(x.shape[1])[None] < lengths[:, None]
            state = (hidden * inside[..., None]).sum(1) / lengths[:, None]
        else:
            state = hidden[torch.arange(len(x)), lengths - 1]
            if self.recurrent.bidirectional:  # the way back ends at the first step
                half = self.recurrent.hidden_size
                state = torch.cat([state[:, :half], hidden[:, 0, half:]], dim=1)
        return self.readout(self.dropout(state))

    def _hidden(self, x, lengths):
        if lengths is None or not self.recurrent.bidirectional:
            return self.recurrent(x)[0]  # what follows the end changes nothing before it
        rnn = torch.nn.utils.rnn
        packed = rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        hidden, _ = rnn.pad_packed_sequence(
            self.recurrent(packed)[0], batch_first=True, total_length=x.shape[1]
        )
        return hidden


def build(
    cell: str,
    input_size: int,
    output_size: int,
    hidden_size: int,
    *,
    seed: int,
    embedding: int | None = None,
    bidirectional: bool = False,
    read: str = "last",
    dropout: float = 0.0,
    forget_bias: float | None = 1.0,
    scheme: str = "torch",
    max_lag: int | None = None,
):
    """A torch module: an embedding if its size is given, one recurrent layer, dropout, a linear read-out.

    cell: "rnn" (tanh; relu with scheme "identity"), "gru", "lstm"; scheme as in `lstm_lib.cells`. read:
    "last" reads the state after the last step (of both directions: each after its own last step), "mean" the
    mean of all states, "every" gives outputs for each step. It is called with (inputs, lengths) and gives
    (n, K) or (n, T, K).
    """
    arrays.one_of("cell", cell, tuple(CELLS))
    arrays.one_of("read", read, READ)
    rng = np.random.default_rng([seed, 1])
    wide = embedding or input_size
    directions = [
        _first(cell, wide, hidden_size, rng, forget_bias, scheme, max_lag) for _ in range(1 + bidirectional)
    ]
    kind = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell]
    with torch.random.fork_rng(devices=[]):  # the modules draw numbers when they are made: give them back
        relu = {"nonlinearity": "relu"} if scheme == "identity" else {}  # Le, Jaitly & Hinton (2015)
        recurrent = kind(wide, hidden_size, batch_first=True, bidirectional=bidirectional, **relu)
        table = torch.nn.Embedding(input_size, embedding) if embedding else None
        readout = torch.nn.Linear(hidden_size * len(directions), output_size)
    with torch.no_grad():
        for number, network in enumerate(directions):
            end = "_reverse" if number else ""
            for name, value in network.weights.items():
                getattr(recurrent, f"{name}_l0{end}").copy_(torch.tensor(value))
        if table is not None:
            table.weight.copy_(torch.from_numpy(rng.standard_normal((input_size, embedding))))
        bound = (hidden_size * len(directions)) ** -0.5
        for weight in (readout.weight, readout.bias):
            weight.copy_(torch.from_numpy(rng.uniform(-bound, bound, tuple(weight.shape))))
    return SequenceNetwork(table, recurrent, torch.nn.Dropout(dropout), readout, read)


def equal_hidden(cell: str, like: tuple[str, int], input_size: int, output_size: int, **options) -> int:
    """The hidden size with which `cell` has most nearly as many parameters, read-out and embedding included,
    as the network `like` = (cell, hidden size). options as in `build`: embedding, bidirectional."""
    wanted = parameter_count(*like, input_size, output_size, **options)
    sizes = range(1, 8 * like[1] + 8)
    return min(
        sizes, key=lambda H: abs(parameter_count(cell, H, input_size, output_size, **options) - wanted)
    )


def parameter_count(
    cell, hidden_size, input_size, output_size, *, embedding=None, bidirectional=False
) -> int:
    """How many weights and biases `build` makes."""
    directions = 1 + bidirectional
    core = directions * parameters.count(cell, embedding or input_size, hidden_size)
    return core + (embedding or 0) * input_size + (directions * hidden_size + 1) * output_size


def _first(cell, input_size, hidden_size, rng, forget_bias, scheme, max_lag):
    options = {} if scheme == "torch" else {"scheme": scheme}
    if max_lag is not None:
        options["max_lag"] = max_lag
    if cell == "lstm":
        options["forget_bias"] = forget_bias
    return CELLS[cell].init(input_size, hidden_size, seed=rng, **options)
