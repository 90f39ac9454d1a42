"""The three cells, forward: RNN, LSTM and GRU, written as their equations.

The arithmetic is float64 and the layout of the weights is torch's. A network is given a sequence x and
returns a trace, which keeps every gate and state of the run (`lstm_lib.bptt`) and from which the gradients
are computed.

    T steps, B sequences of a batch, I = input_size, H = hidden_size
    x       (T, I), or (T, B, I) for a batch
    states  (T, H), or (T, B, H)

Two things make the loops fast without hiding the equations. The inputs of all steps meet their weights in one
product before the loop, x W^T + b; only what depends on h_(t-1) stays inside. And the arrays of the trace are
made once: each step writes into its own row of them.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from lstm_lib import arrays, initialise
from lstm_lib.bptt import GRUTrace, LSTMTrace, RNNTrace


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """What the three cells share: four weight arrays in torch's layout, checked, float64 and read-only.

    weight_ih (blocks * H, I), weight_hh (blocks * H, H), bias_ih and bias_hh (blocks * H,); a bias left out
    is zero. `blocks` names the gates in the order in which their rows are stacked. A network does not change,
    so that a trace always fits the weights that made it: `net.replace(weight_hh=...)` gives a changed copy.
    """

    weight_ih: np.ndarray
    weight_hh: np.ndarray
    bias_ih: np.ndarray = None
    bias_hh: np.ndarray = None

    blocks: ClassVar[tuple] = ()

    def __post_init__(self):
        weight_ih = arrays.real_array("weight_ih", self.weight_ih)
        weight_hh = arrays.real_array("weight_hh", self.weight_hh)
        n, name = len(self.blocks), type(self).__name__
        if weight_hh.ndim != 2 or 0 in weight_hh.shape or weight_hh.shape[0] != n * weight_hh.shape[1]:
            raise ValueError(f"weight_hh has shape {weight_hh.shape}, expected ({n} * H, H) for {name}: "
                             f"{n} block(s) of H rows, in the order {', '.join(self.blocks)}.")
        rows = len(weight_hh)
        if weight_ih.ndim != 2 or weight_ih.shape[0] != rows or weight_ih.shape[1] == 0:
            raise ValueError(f"weight_ih has shape {weight_ih.shape}, expected ({rows}, input_size): "
                             "as many rows as weight_hh, one column for each input.")
        checked = {"weight_ih": weight_ih, "weight_hh": weight_hh}
        for bias in ("bias_ih", "bias_hh"):
            value = getattr(self, bias)
            checked[bias] = np.zeros(rows) if value is None else arrays.real_array(bias, value)
            if checked[bias].shape != (rows,):
                raise ValueError(f"{bias} has shape {checked[bias].shape}, expected ({rows},): "
                                 "one number for each row of weight_hh.")
        for key, array in checked.items():
            array = np.array(array, order="C")         # a copy of our own, which nobody else can change
            array.flags.writeable = False
            object.__setattr__(self, key, array)

    @property
    def input_size(self):
        """I, how many numbers the network reads at a step."""
        return self.weight_ih.shape[1]

    @property
    def hidden_size(self):
        """H, how many units the network has."""
        return self.weight_hh.shape[1]

    @property
    def weights(self):
        """The four arrays by torch's names: {"weight_ih", "weight_hh", "bias_ih", "bias_hh"}."""
        return {"weight_ih": self.weight_ih, "weight_hh": self.weight_hh,
                "bias_ih": self.bias_ih, "bias_hh": self.bias_hh}

    @property
    def parameter_count(self):
        """How many numbers the four arrays hold: blocks * (H I + H H + 2 H)."""
        return sum(array.size for array in self.weights.values())

    def rows(self, quantity):
        """The rows of the weights that belong to one gate: in an LSTM rows("forget_gate") is slice(H, 2H)."""
        block = self.blocks.index(arrays.one_of("quantity", quantity, self.blocks))
        return slice(block * self.hidden_size, (block + 1) * self.hidden_size)

    def replace(self, **weights):
        """A copy of the network in which the named arrays are others; the network itself stays as it is."""
        unknown = set(weights) - set(self.weights)
        if unknown:
            raise TypeError(f"{', '.join(sorted(unknown))} is not a weight of a network, expected "
                            "weight_ih, weight_hh, bias_ih or bias_hh.")
        return replace(self, **weights)

    def to_torch(self):
        """The same network as a torch module (nn.RNN, nn.LSTM, nn.GRU) of one layer, in float64."""
        from lstm_lib.convert import to_torch
        return to_torch(self)

    def __repr__(self):
        return f"{type(self).__name__}(input_size={self.input_size}, hidden_size={self.hidden_size})"


@dataclass(frozen=True, eq=False, repr=False)
class RNN(Network):
    """The simple recurrent network (Elman, 1990), as in torch.nn.RNN:

        h_t = phi(W x_t + U h_(t-1) + b)        phi = tanh, or relu

    W = weight_ih (H, I), U = weight_hh (H, H), b = bias_ih + bias_hh.
    """

    nonlinearity: str = "tanh"

    blocks: ClassVar[tuple] = ("hidden",)

    def __post_init__(self):
        arrays.one_of("nonlinearity", self.nonlinearity, ("tanh", "relu"))
        super().__post_init__()

    @classmethod
    def init(cls, input_size, hidden_size, seed=0, nonlinearity="tanh", scheme="torch"):
        """A new network; scheme: "torch", "orthogonal" or "identity" (`lstm_lib.initialise`).

        seed: a whole number, None for other numbers every time, or a generator (`numpy.random.Generator`).
        """
        arrays.one_of("scheme", scheme, ("torch", "orthogonal", "identity"))
        rng = arrays.random_numbers(seed)
        return cls(**_first_weights(rng, scheme, 1, input_size, hidden_size), nonlinearity=nonlinearity)

    @property
    def kind(self):
        """The name of the cell in a model file: "rnn_tanh" or "rnn_relu"."""
        return f"rnn_{self.nonlinearity}"

    def forward(self, x, h0=None):
        """Read x (T, I) or (T, B, I) from the state h0 (H,) or (B, H), zeros if None. Returns an RNNTrace."""
        x = arrays.sequence(x, self.input_size)
        h0 = arrays.state("h0", h0, (*x.shape[1:-1], self.hidden_size))
        U = np.ascontiguousarray(self.weight_hh.T)

        hidden = inputs_to_gates(x, self.weight_ih, self.bias_ih + self.bias_hh)
        h = h0
        for h_t in hidden:                             # the row holds W x_t + b, at the end of the step h_t
            h_t += h @ U
            if self.nonlinearity == "tanh":
                np.tanh(h_t, out=h_t)
            else:
                np.maximum(h_t, 0, out=h_t)
            h = h_t
        return RNNTrace(network=self, inputs=x, hidden=hidden, h0=h0)


@dataclass(frozen=True, eq=False, repr=False)
class LSTM(Network):
    """The LSTM with a forget gate (Gers, Schmidhuber & Cummins, 2000), as in torch.nn.LSTM:

        i_t = sigmoid(W_i x_t + U_i h_(t-1) + b_i)      input gate
        f_t = sigmoid(W_f x_t + U_f h_(t-1) + b_f)      forget gate
        g_t =    tanh(W_g x_t + U_g h_(t-1) + b_g)      candidate
        o_t = sigmoid(W_o x_t + U_o h_(t-1) + b_o)      output gate
        c_t = f_t c_(t-1) + i_t g_t                     cell state
        h_t = o_t tanh(c_t)                             hidden state

    The products of gates and states are element by element. W = weight_ih (4H, I), U = weight_hh (4H, H) and
    b = bias_ih + bias_hh (4H,) hold the blocks i, f, g, o one under the other.
    """

    blocks: ClassVar[tuple] = ("input_gate", "forget_gate", "candidate", "output_gate")
    kind: ClassVar[str] = "lstm"

    @classmethod
    def init(cls, input_size, hidden_size, seed=0, forget_bias=1.0, scheme="torch", max_lag=None):
        """A new network; scheme: "torch", "orthogonal" or "chrono" with max_lag (`lstm_lib.initialise`).

        forget_bias is the whole bias of the forget gate (Jozefowicz, Zaremba & Sutskever, 2015, recommend 1);
        None leaves the one of the scheme. With "chrono" the biases of forget and input gate come from max_lag
        (b_f = log u, b_i = -b_f, with u from 1 to max_lag - 1) and forget_bias is not used.
        """
        arrays.one_of("scheme", scheme, ("torch", "orthogonal", "chrono"))
        rng = arrays.random_numbers(seed)
        weights = _first_weights(rng, scheme, 4, input_size, hidden_size, max_lag)
        if scheme == "chrono":
            bias = initialise.chrono_bias(rng, hidden_size, max_lag)
            initialise.set_gate_bias(weights, 1, bias)
            initialise.set_gate_bias(weights, 0, -bias)
        elif forget_bias is not None:
            forget_bias = arrays.real_array("forget_bias", forget_bias)
            if forget_bias.shape not in ((), (hidden_size,)):
                raise ValueError(f"forget_bias has shape {forget_bias.shape}, expected one number or "
                                 f"({hidden_size},), one for each unit.")
            initialise.set_gate_bias(weights, 1, forget_bias)
        return cls(**weights)

    def forward(self, x, h0=None, c0=None, cell_factor=None, forget_bias_shift=0.0):
        """Read a sequence and keep everything. Returns an LSTMTrace.

        x (T, I) or (T, B, I); h0 and c0 (H,) or (B, H), zeros if None. cell_factor k, (T, H) or None, acts on
        the memory:  c_t = k_t (f_t c_(t-1) + i_t g_t).  1 leaves a unit as it is, 0 switches it off, -1 turns
        its sign at that step (see the function `cell_factor`). forget_bias_shift is added to the forget
        gate's pre-activation in every unit.
        """
        x = arrays.sequence(x, self.input_size)
        H = self.hidden_size
        h0 = arrays.state("h0", h0, (*x.shape[1:-1], H))
        c0 = arrays.state("c0", c0, h0.shape)
        k = None if cell_factor is None else _checked_factor(cell_factor, x.shape[:-1], H)
        shift = _checked_shift(forget_bias_shift)
        b = self.bias_ih + self.bias_hh
        b[self.rows("forget_gate")] += shift

        # sigmoid(a) = 1/2 + 1/2 tanh(a/2). With the rows of i, f and o halved beforehand (exact in binary),
        # one call of tanh squashes all four blocks, and no exponential can overflow.
        half = np.repeat([0.5, 0.5, 1.0, 0.5], H)
        rest = 1.0 - half
        W, b = half[:, None] * self.weight_ih, half * b
        U = np.multiply(self.weight_hh.T, half, order="C")

        gates = inputs_to_gates(x, W, b)
        cell = np.empty((*x.shape[:-1], H))
        hidden = np.empty_like(cell)
        h, c = h0, c0
        rows = zip(gates, *blocks_of(gates, 4), cell, hidden, strict=True)
        for t, (a, i, f, g, o, c_t, h_t) in enumerate(rows):
            a += h @ U                                 # a is one row of gates; i, f, g, o are its quarters
            np.tanh(a, out=a)
            a *= half
            a += rest
            np.multiply(f, c, out=c_t)                 # c_t = f_t c_(t-1) + i_t g_t
            c_t += i * g
            if k is not None:
                c_t *= k[t]
            np.tanh(c_t, out=h_t)                      # h_t = o_t tanh(c_t)
            h_t *= o
            h, c = h_t, c_t
        return LSTMTrace(network=self, inputs=x, hidden=hidden, h0=h0, gates=gates, cell=cell, c0=c0,
                         cell_factor=k, forget_bias_shift=shift)


@dataclass(frozen=True, eq=False, repr=False)
class GRU(Network):
    """The gated recurrent unit (Cho et al., 2014) in torch's variant, as in torch.nn.GRU:

        r_t = sigmoid(W_r x_t + b_r + U_r h_(t-1) + b'_r)           reset gate
        z_t = sigmoid(W_z x_t + b_z + U_z h_(t-1) + b'_z)           update gate
        n_t =    tanh(W_n x_t + b_n + r_t (U_n h_(t-1) + b'_n))     candidate
        h_t = (1 - z_t) n_t + z_t h_(t-1)                           hidden state

    W = weight_ih (3H, I), U = weight_hh (3H, H), b = bias_ih and b' = bias_hh (3H,) hold the blocks r, z, n.
    The reset gate acts after the recurrent matrix (in the paper: on h, before it), which is why b'_n cannot
    be merged with b_n.
    """

    blocks: ClassVar[tuple] = ("reset_gate", "update_gate", "candidate")
    kind: ClassVar[str] = "gru"

    @classmethod
    def init(cls, input_size, hidden_size, seed=0, scheme="torch", max_lag=None):
        """A new network; scheme: "torch", "orthogonal" or "chrono" with max_lag (`lstm_lib.initialise`).

        Here z_t is what is kept, so "chrono" sets the update gate's bias: log u, u from 1 to max_lag - 1.
        """
        arrays.one_of("scheme", scheme, ("torch", "orthogonal", "chrono"))
        rng = arrays.random_numbers(seed)
        weights = _first_weights(rng, scheme, 3, input_size, hidden_size, max_lag)
        if scheme == "chrono":
            initialise.set_gate_bias(weights, 1, initialise.chrono_bias(rng, hidden_size, max_lag))
        return cls(**weights)

    def forward(self, x, h0=None):
        """Read x (T, I) or (T, B, I) from the state h0 (H,) or (B, H), zeros if None. Returns a GRUTrace."""
        x = arrays.sequence(x, self.input_size)
        H = self.hidden_size
        h0 = arrays.state("h0", h0, (*x.shape[1:-1], H))
        half = np.repeat([0.5, 0.5, 1.0], H)           # sigmoid(a) = 1/2 + 1/2 tanh(a/2), as in the LSTM
        W, U = half[:, None] * self.weight_ih, np.multiply(self.weight_hh.T, half, order="C")
        b, b_h = half * self.bias_ih, half * self.bias_hh

        gates = inputs_to_gates(x, W, b)
        hidden = np.empty((*x.shape[:-1], H))
        recurrent = np.empty_like(hidden)              # U_n h_(t-1) + b'_n, what the reset gate multiplies
        h = h0
        rows = zip(gates[..., :2 * H], *blocks_of(gates, 3), recurrent, hidden, strict=True)
        for rz, r, z, n, m, h_t in rows:               # rz is r and z side by side, squashed in one call
            a = h @ U + b_h
            rz += a[..., :2 * H]
            np.tanh(rz, out=rz)
            rz *= 0.5
            rz += 0.5
            m[...] = a[..., 2 * H:]
            n += r * m                                 # n_t = tanh(W_n x_t + b_n + r_t m_t)
            np.tanh(n, out=n)
            np.subtract(h, n, out=h_t)                 # h_t = n_t + z_t (h_(t-1) - n_t), the same as above
            h_t *= z
            h_t += n
            h = h_t
        return GRUTrace(network=self, inputs=x, hidden=hidden, h0=h0, gates=gates, recurrent=recurrent)


def inputs_to_gates(x, W, b):
    """W x_t + b for every step at once: x (T, [B,] I), W (rows, I), b (rows,) -> (T, [B,] rows)."""
    gates = x.reshape(-1, x.shape[-1]) @ W.T
    gates += b
    return gates.reshape(*x.shape[:-1], len(b))


def blocks_of(gates, n):
    """Views of the n equal blocks of the last axis, without copying."""
    H = gates.shape[-1] // n
    return [gates[..., block * H:(block + 1) * H] for block in range(n)]


def cell_factor(T, H, unit, action="none", step=0):
    """The factor (T, H) by which `LSTM.forward` multiplies the cell states, for one intervention on one unit.

    action "off": the unit's cell is 0 at every step; "flip": its sign is turned once, at `step`; "none": all
    ones.
    """
    T, H = arrays.whole_number("T", T, 1, None), arrays.whole_number("H", H, 1, None)
    unit, step = arrays.whole_number("unit", unit, 0, H), arrays.whole_number("step", step, 0, T)
    arrays.one_of("action", action, ("off", "flip", "none"))
    factor = np.ones((T, H))
    if action == "off":
        factor[:, unit] = 0.0
    elif action == "flip":
        factor[step, unit] = -1.0
    return factor


def _first_weights(rng, scheme, blocks, input_size, hidden_size, max_lag=None):
    if max_lag is not None and scheme != "chrono":
        raise ValueError(f"max_lag is {max_lag!r}, but scheme={scheme!r} has no use for it; expected "
                         "scheme='chrono' with it, or none.")
    input_size = arrays.whole_number("input_size", input_size, 1, None)
    hidden_size = arrays.whole_number("hidden_size", hidden_size, 1, None)
    starts = {"orthogonal": initialise.orthogonal, "identity": initialise.identity}
    start = starts.get(scheme, initialise.uniform)
    return start(rng, blocks, input_size, hidden_size)


def _checked_factor(factor, steps_and_batch, H):
    """cell_factor as (T, H), or as (T, 1, H) for a whole batch; (T, B, H) gives each sequence its own."""
    factor = arrays.real_array("cell_factor", factor)
    T = steps_and_batch[0]
    if factor.shape == (*steps_and_batch, H):
        return factor.copy()
    if factor.shape == (T, H):
        return factor[:, None, :].copy()
    raise ValueError(f"cell_factor has shape {factor.shape}, expected (T, H) = {(T, H)}: one factor for "
                     "each step and unit, 1 where nothing is changed; lstm_lib.cell_factor makes one.")


def _checked_shift(shift):
    shift = arrays.real_array("forget_bias_shift", shift)
    if shift.ndim:
        raise ValueError(f"forget_bias_shift has shape {shift.shape}, expected one number.")
    return float(shift)
