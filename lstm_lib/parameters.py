"""How many parameters a recurrent layer has, array by array, and which sizes make two networks equal.

Each block of a cell (the RNN has one, the GRU three, the LSTM four) owns H rows of four arrays: H x I
weights of the inputs, H x H of the hidden state, and two biases of H numbers, which torch keeps apart.
"""

import math

from lstm_lib import arrays
from lstm_lib.cells import GRU, LSTM, RNN

CELLS = {"rnn": RNN, "gru": GRU, "lstm": LSTM}


def shapes(cell, input_size, hidden_size, biases=2):
    """{"weight_ih": (rows, I), "weight_hh": (rows, H), "bias_ih": (rows,), "bias_hh": (rows,)}, rows =
    blocks H.

    cell: "rnn", "gru" or "lstm"; biases: 2 as in torch, 1 (no bias_hh: in the RNN and the LSTM the two are
    only ever added; a GRU without it is the one of Cho et al., 2014) or 0. Raises ValueError or TypeError for
    anything else and for sizes below 1.
    """
    arrays.one_of("cell", cell, tuple(CELLS))
    columns = arrays.whole_number("input_size", input_size, 1, None)
    H = arrays.whole_number("hidden_size", hidden_size, 1, None)
    biases = arrays.whole_number("biases", biases, 0, 3)
    rows = len(CELLS[cell].blocks) * H
    return {"weight_ih": (rows, columns), "weight_hh": (rows, H),
            **{name: (rows,) for name in ("bias_ih", "bias_hh")[:biases]}}


def count(cell, input_size, hidden_size, biases=2):
    """The number of parameters: blocks (H I + H H + biases H)."""
    return sum(math.prod(shape) for shape in shapes(cell, input_size, hidden_size, biases).values())


def equal_size(cell, input_size, wanted, biases=2):
    """The hidden size H >= 1 whose parameter count is nearest to `wanted`; the smaller of two as near.

    The count grows with H, so that H lies at one side of the root of blocks (H H + (I + biases) H) = wanted.
    """
    wanted = arrays.whole_number("wanted", wanted, 1, None)
    input_size = arrays.whole_number("input_size", input_size, 1, None)
    biases = arrays.whole_number("biases", biases, 0, 3)
    blocks = len(CELLS[arrays.one_of("cell", cell, tuple(CELLS))].blocks)
    linear = input_size + biases
    root = math.isqrt(linear * linear + 4 * wanted // blocks) - linear
    low = max(1, root // 2 - 1)
    return min(range(low, low + 4), key=lambda H: abs(count(cell, input_size, H, biases) - wanted))
