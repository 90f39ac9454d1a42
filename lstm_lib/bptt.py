"""What a run leaves behind, and backpropagation through time over it.

A Trace keeps the inputs, gates and states of a run; `trace.backward` turns the loss's direct derivatives into
Gradients: total derivatives at every step, the weights' gradients, and the split by path.

Two derivatives must not be confused. The *direct* one, d_hidden[t], is what the loss itself says about h_t
with everything else held still. The *total* one, written dL/dh_t, adds what reaches h_t from all later steps.
In the code a name such as `da_f` is the total derivative dL/da_f of the loss with respect to the
pre-activation a_f.

Source: Werbos (1990) for the method; Hochreiter & Schmidhuber (1997), appendix, for the cell. Nothing is
truncated unless a window is asked for (`lstm_lib.truncation`).
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lstm_lib import arrays
from lstm_lib.jacobian import gru_jacobian, lstm_jacobian, rnn_jacobian
from lstm_lib.truncation import truncated


@dataclass(frozen=True, eq=False)
class Gradients:
    """Total derivatives of the loss, each with the shape of the thing it belongs to.

    hidden   dL/dh_t, (T, H) or (T, B, H)
    cell     dL/dc_t, the same shape; None for RNN and GRU
    inputs   dL/dx_t, (T, I) or (T, B, I)
    weights  dict of dL/dweight_ih, weight_hh, bias_ih, bias_hh, summed over steps and sequences
    h0, c0   for the initial states; c0 is None for RNN and GRU
    paths    {"hidden": {path: array}, "cell": {path: array}}: the share of hidden[t] (or cell[t]) that
             arrives by each path. "direct" comes from the loss at step t, the others through step t + 1, so
             that they are zero at the last step. The shares of a step add up to the total.
    """

    hidden: np.ndarray
    inputs: np.ndarray
    weights: dict
    h0: np.ndarray
    paths: dict
    cell: np.ndarray | None = None
    c0: np.ndarray | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Trace:
    """One run of a network: everything that was computed, step by step.

    network the network; inputs (T, I) or (T, B, I); hidden (T, H) or (T, B, H); h0 the state before the first
    step.
    """

    network: Any
    inputs: np.ndarray
    hidden: np.ndarray
    h0: np.ndarray

    @property
    def steps(self):
        """T, the number of steps."""
        return len(self.hidden)

    @property
    def hidden_before(self):
        """h_(t-1) for every step: the states shifted by one, h0 first."""
        return before(self.hidden, self.h0)

    def part(self, start, stop):
        """Steps `start` to `stop` − 1 of the run as a trace of their own: the same states, nothing computed.

        Its h0 (and c0) is the state before `start`.
        """
        start = arrays.whole_number("start", start, 0, self.steps)
        stop = arrays.whole_number("stop", stop, start + 1, self.steps + 1)
        return replace(self, **self._part(start, stop))

    def _part(self, start, stop):
        return {"inputs": self.inputs[start:stop], "hidden": self.hidden[start:stop],
                "h0": self.hidden[start - 1] if start else self.h0}

    def preactivation(self, quantity, step, unit, sequence=0):
        """The sum inside one gate of one unit at one step, term by term.

        quantity: a gate's name as in the trace ("forget_gate", ...; "hidden" for the RNN). `sequence` chooses
        one of a batch. Returns a list of dicts {kind, index, weight, value, product}: kind "input"
        (x_t[index]), "hidden" (h_(t-1)[index]) or "bias" (value 1; index 0 is bias_ih + bias_hh, index 1 a
        forget_bias_shift other than 0). product = weight * value, and the products add up to the
        pre-activation, whose sigmoid or tanh the gate is. In the GRU's candidate the reset gate is part of
        the recurrent weights: weight = r * U.
        """
        step, unit, sequence = self._checked_place(step, unit, sequence)
        row = self.network.rows(quantity).start + unit
        x, h = self._of(self.inputs, sequence)[step], self._of(self.hidden_before, sequence)[step]
        recurrent, biases = self._recurrent_terms(quantity, row, step, unit, sequence)
        terms = [("input", j, self.network.weight_ih[row, j], value) for j, value in enumerate(x)]
        terms += [("hidden", j, recurrent[j], value) for j, value in enumerate(h)]
        terms += [("bias", j, bias, 1.0) for j, bias in enumerate(biases)]
        return [{"kind": kind, "index": j, "weight": float(weight), "value": float(value),
                 "product": float(weight * value)} for kind, j, weight, value in terms]

    def _recurrent_terms(self, quantity, row, step, unit, sequence):
        """Weights of h_(t-1) and the biases in one pre-activation."""
        net = self.network
        return net.weight_hh[row], [net.bias_ih[row] + net.bias_hh[row]]

    def _of(self, array, sequence):
        """One sequence of an array (T, [B,] n), as (T, n)."""
        return array[:, sequence] if array.ndim == 3 else array

    def _checked_place(self, step, unit, sequence):
        sequences = self.hidden.shape[1] if self.hidden.ndim == 3 else 1
        return (arrays.whole_number("step", step, 0, self.steps),
                arrays.whole_number("unit", unit, 0, self.network.hidden_size),
                arrays.whole_number("sequence", sequence, 0, sequences))

    def _weight_gradients(self, da, da_hidden=None):
        """Sum over steps and sequences of dL/da times what the weight multiplied, x_t or h_(t-1)."""
        da = da.reshape(-1, da.shape[-1])
        da_hidden = da if da_hidden is None else da_hidden.reshape(da.shape)
        x = self.inputs.reshape(len(da), -1)
        h = self.hidden_before.reshape(len(da), -1)
        return {"weight_ih": da.T @ x, "weight_hh": da_hidden.T @ h,
                "bias_ih": da.sum(axis=0), "bias_hh": da_hidden.sum(axis=0)}

    def __repr__(self):
        return f"{type(self).__name__}({self.network!r}, inputs {self.inputs.shape})"


@dataclass(frozen=True, eq=False, repr=False)
class RNNTrace(Trace):
    """The run of an RNN: `hidden` is all there is."""

    def jacobian(self, step):
        """∂h_t/∂h_(t-1) at one step, (H, H) or (B, H, H) (`lstm_lib.jacobian`)."""
        return rnn_jacobian(self, arrays.whole_number("step", step, 0, self.steps))

    def backward(self, d_hidden, d_cell=None, window=None):
        """Backpropagation through time from the direct dL/dh_t: d_hidden, an array like `hidden`.

            a_t = W x_t + U h_(t-1) + b        h_t = phi(a_t)
            dL/da_t = phi'(a_t) dL/dh_t        dL/dh_(t-1) = direct + U^T dL/da_t

        Returns Gradients; paths["hidden"] has "direct" and "recurrent". window: how many steps back an error
        goes at most (`lstm_lib.truncation`); None is all the way.
        """
        _no_cell(self, d_cell)
        d_hidden = arrays.like("d_hidden", d_hidden, self.hidden, "trace.hidden")
        if window is not None:
            return truncated(self, d_hidden, d_cell, window)
        W, U, h = self.network.weight_ih, self.network.weight_hh, self.hidden
        slope = 1 - h * h if self.network.nonlinearity == "tanh" else (h > 0).astype(float)

        dh, da = d_hidden.copy(), np.empty_like(h)
        for t in reversed(range(self.steps)):
            np.multiply(slope[t], dh[t], out=da[t])
            if t > 0:
                dh[t - 1] += da[t] @ U
        return Gradients(hidden=dh, inputs=da @ W, weights=self._weight_gradients(da), h0=da[0] @ U,
                         paths={"hidden": {"direct": d_hidden.copy(), "recurrent": through(U, da)}})


@dataclass(frozen=True, eq=False, repr=False)
class LSTMTrace(Trace):
    """The run of an LSTM: gates and states (T, H) or (T, B, H).

    gates holds i, f, g, o side by side, (T, 4H) or (T, B, 4H); cell_factor and forget_bias_shift are what the
    run was given.
    """

    gates: np.ndarray
    cell: np.ndarray
    c0: np.ndarray
    cell_factor: np.ndarray | None = None
    forget_bias_shift: float = 0.0

    @property
    def input_gate(self):
        """i_t, from 0 to 1: how much of the candidate is written."""
        return self._gate(0)

    @property
    def forget_gate(self):
        """f_t, from 0 to 1: how much of c_(t-1) is kept."""
        return self._gate(1)

    @property
    def candidate(self):
        """g_t, from -1 to 1: what may be written."""
        return self._gate(2)

    @property
    def output_gate(self):
        """o_t, from 0 to 1: how much of the cell is shown."""
        return self._gate(3)

    @property
    def cell_before(self):
        """c_(t-1) for every step, c0 first."""
        return before(self.cell, self.c0)

    def backward(self, d_hidden, d_cell=None, window=None):
        """Backpropagation through time from the direct derivatives. Returns Gradients.

        d_hidden, and d_cell if the loss also reads the cells, are arrays like `hidden`. One step back, with
        k = 1 unless the run had a cell_factor (' is the derivative, U_f the block of f in U, and so on):

            dL/dc_t     = dL/dh_t o_t tanh'(c_t)  +  k_(t+1) f_(t+1) dL/dc_(t+1)  +  direct
            dL/da_f     = dL/dc_t k_t c_(t-1) sigmoid'(a_f)
            dL/da_i     = dL/dc_t k_t g_t sigmoid'(a_i)
            dL/da_g     = dL/dc_t k_t i_t tanh'(a_g)
            dL/da_o     = dL/dh_t tanh(c_t) sigmoid'(a_o)
            dL/dh_(t-1) = U_f^T dL/da_f + U_i^T dL/da_i + U_g^T dL/da_g + U_o^T dL/da_o  +  direct

        paths["hidden"][t]: "direct" is d_hidden[t]; "forget", "input", "candidate" and "output" arrive
        through those gates of step t + 1. paths["cell"][t]: "cell" is the highway k f_(t+1) dL/dc_(t+1);
        "direct" is d_cell[t] and d_hidden[t] through h_t; the other four pass through h_t and then the gate
        of step t + 1.
        window: how many steps back an error goes at most (`lstm_lib.truncation`); None is all the way.
        """
        d_hidden = arrays.like("d_hidden", d_hidden, self.hidden, "trace.hidden")
        if d_cell is None:
            d_cell = np.zeros_like(self.cell)
        d_cell = arrays.like("d_cell", d_cell, self.cell, "trace.cell")
        if window is not None:
            return truncated(self, d_hidden, d_cell, window)

        T, H = self.steps, self.network.hidden_size
        W, U = self.network.weight_ih, self.network.weight_hh
        i, f, g, o = (self._gate(block).copy() for block in range(4))      # copies are contiguous: faster
        tanh_c = np.tanh(self.cell)
        k = 1.0 if self.cell_factor is None else self.cell_factor

        # By how much c_t answers to each pre-activation and to c_(t-1), and h_t to c_t and to a_o. None of
        # this depends on the loss, so it is worked out for all steps before the loop.
        c_by_i = k * g * i * (1 - i)
        c_by_f = k * self.cell_before * f * (1 - f)
        c_by_g = k * i * (1 - g * g)
        c_by_c = k * f
        h_by_c = o * (1 - tanh_c * tanh_c)
        h_by_o = tanh_c * o * (1 - o)

        dh, dc, da = d_hidden.copy(), d_cell.copy(), np.empty_like(self.gates)
        for t in reversed(range(T)):
            dc[t] += dh[t] * h_by_c[t]
            np.multiply(dc[t], c_by_i[t], out=da[t, ..., :H])
            np.multiply(dc[t], c_by_f[t], out=da[t, ..., H:2 * H])
            np.multiply(dc[t], c_by_g[t], out=da[t, ..., 2 * H:3 * H])
            np.multiply(dh[t], h_by_o[t], out=da[t, ..., 3 * H:])
            if t > 0:
                dh[t - 1] += da[t] @ U
                dc[t - 1] += dc[t] * c_by_c[t]

        through_h = {"direct": d_hidden.copy()}
        for block, path in enumerate(("input", "forget", "candidate", "output")):
            rows = slice(block * H, (block + 1) * H)
            through_h[path] = through(U[rows], da[..., rows])
        through_c = {path: share * h_by_c for path, share in through_h.items()}
        through_c["direct"] += d_cell
        through_c["cell"] = after(dc * c_by_c)
        return Gradients(hidden=dh, cell=dc, inputs=da @ W, weights=self._weight_gradients(da),
                         h0=da[0] @ U, c0=dc[0] * c_by_c[0], paths={"hidden": through_h, "cell": through_c})

    def jacobian(self, step):
        """∂(h_t, c_t)/∂(h_(t-1), c_(t-1)) at one step, (2H, 2H) or (B, 2H, 2H) (`lstm_lib.jacobian`)."""
        return lstm_jacobian(self, arrays.whole_number("step", step, 0, self.steps))

    def horizon(self, unit, step, threshold=0.5, sequence=0):
        """How many steps back from `step` one unit's cell remembers: the gradient's horizon on the highway.

        The number n of factors f_t, f_(t-1), ..., f_(t-n+1) whose product is still at least `threshold`. It
        is dc_t/dc_(t-n) along the highway; n = step + 1 means that the memory reaches back to c0. A
        cell_factor counts with its size (a unit switched off has horizon 0).
        """
        step, unit, sequence = self._checked_place(step, unit, sequence)
        threshold = float(arrays.real_array("threshold", threshold))
        if not 0 < threshold <= 1:
            raise ValueError(f"threshold is {threshold}, expected a number above 0 and at most 1.")
        k = 1.0 if self.cell_factor is None else np.abs(self.cell_factor)
        keep = self._of(np.broadcast_to(k * self.forget_gate, self.cell.shape), sequence)[:, unit]
        lost = np.cumprod(keep[step::-1]) < threshold
        return int(np.argmax(lost)) if lost.any() else step + 1

    def _gate(self, block):
        H = self.network.hidden_size
        return self.gates[..., block * H:(block + 1) * H]

    def _part(self, start, stop):
        factor = None if self.cell_factor is None else self.cell_factor[start:stop]
        return super()._part(start, stop) | {
            "gates": self.gates[start:stop], "cell": self.cell[start:stop], "cell_factor": factor,
            "c0": self.cell[start - 1] if start else self.c0}

    def _recurrent_terms(self, quantity, row, step, unit, sequence):
        weights, biases = super()._recurrent_terms(quantity, row, step, unit, sequence)
        if quantity == "forget_gate" and self.forget_bias_shift != 0:
            biases.append(self.forget_bias_shift)
        return weights, biases


@dataclass(frozen=True, eq=False, repr=False)
class GRUTrace(Trace):
    """The run of a GRU: gates and states (T, H) or (T, B, H).

    gates holds r, z, n side by side, (T, 3H) or (T, B, 3H); recurrent is U_n h_(t-1) + b'_n, which the reset
    gate multiplies.
    """

    gates: np.ndarray
    recurrent: np.ndarray

    @property
    def reset_gate(self):
        """r_t, from 0 to 1: how much of the past enters the candidate."""
        return self.gates[..., :self.network.hidden_size]

    @property
    def update_gate(self):
        """z_t, from 0 to 1: how much of h_(t-1) is kept."""
        H = self.network.hidden_size
        return self.gates[..., H:2 * H]

    @property
    def candidate(self):
        """n_t, from -1 to 1: what may be written."""
        return self.gates[..., 2 * self.network.hidden_size:]

    def backward(self, d_hidden, d_cell=None, window=None):
        """Backpropagation through time from the direct dL/dh_t: d_hidden, an array like `hidden`.

            dL/da_n     = dL/dh_t (1 - z_t) tanh'(a_n)
            dL/da_z     = dL/dh_t (h_(t-1) - n_t) sigmoid'(a_z)
            dL/da_r     = dL/da_n (U_n h_(t-1) + b'_n) sigmoid'(a_r)
            dL/dh_(t-1) = z_t dL/dh_t + U_r^T dL/da_r + U_z^T dL/da_z + U_n^T (r_t dL/da_n)  +  direct

        Returns Gradients; paths["hidden"] has "direct", "carry" (z_(t+1) itself), "reset", "update" and
        "candidate" (through those gates of step t + 1). window: how many steps back an error goes at most
        (`lstm_lib.truncation`); None is all the way.
        """
        _no_cell(self, d_cell)
        d_hidden = arrays.like("d_hidden", d_hidden, self.hidden, "trace.hidden")
        if window is not None:
            return truncated(self, d_hidden, d_cell, window)
        H, W, U = self.network.hidden_size, self.network.weight_ih, self.network.weight_hh
        r, z, n = self.reset_gate, self.update_gate, self.candidate

        h_by_n = (1 - z) * (1 - n * n)
        h_by_z = (self.hidden_before - n) * z * (1 - z)
        n_by_r = self.recurrent * r * (1 - r)

        # Two arrays of pre-activation derivatives: the reset gate stands between h_(t-1) and the candidate,
        # so that the recurrent part of block n gets r_t times what the input part gets.
        dh, da_input, da_hidden = d_hidden.copy(), np.empty_like(self.gates), np.empty_like(self.gates)
        for t in reversed(range(self.steps)):
            da_n = dh[t] * h_by_n[t]
            da_input[t, ..., 2 * H:] = da_n
            np.multiply(da_n, n_by_r[t], out=da_input[t, ..., :H])
            np.multiply(dh[t], h_by_z[t], out=da_input[t, ..., H:2 * H])
            da_hidden[t, ..., :2 * H] = da_input[t, ..., :2 * H]
            np.multiply(da_n, r[t], out=da_hidden[t, ..., 2 * H:])
            if t > 0:
                dh[t - 1] += da_hidden[t] @ U + dh[t] * z[t]

        paths = {"direct": d_hidden.copy(), "carry": after(dh * z)}
        for block, path in enumerate(("reset", "update", "candidate")):
            rows = slice(block * H, (block + 1) * H)
            paths[path] = through(U[rows], da_hidden[..., rows])
        return Gradients(hidden=dh, inputs=da_input @ W, weights=self._weight_gradients(da_input, da_hidden),
                         h0=da_hidden[0] @ U + dh[0] * z[0], paths={"hidden": paths})

    def jacobian(self, step):
        """∂h_t/∂h_(t-1) at one step, (H, H) or (B, H, H) (`lstm_lib.jacobian`)."""
        return gru_jacobian(self, arrays.whole_number("step", step, 0, self.steps))

    def _part(self, start, stop):
        return super()._part(start, stop) | {"gates": self.gates[start:stop],
                                             "recurrent": self.recurrent[start:stop]}

    def _recurrent_terms(self, quantity, row, step, unit, sequence):
        weights, biases = super()._recurrent_terms(quantity, row, step, unit, sequence)
        if quantity == "candidate":
            r = self._of(self.reset_gate, sequence)[step, unit]
            weights = r * weights
            biases = [self.network.bias_ih[row] + r * self.network.bias_hh[row]]
        return weights, biases


def before(states, initial):
    """States shifted by one step: [initial, states[0], ..., states[T-2]]."""
    return np.concatenate([initial[None], states[:-1]])


def after(shares):
    """What step t + 1 sends to step t, for every t: the last step receives nothing."""
    shifted = np.zeros_like(shares)
    shifted[:-1] = shares[1:]
    return shifted


def through(U, da):
    """What arrives at h_t through pre-activations of step t + 1: U^T dL/da_(t+1), and 0 at the last step."""
    shares = np.zeros((*da.shape[:-1], U.shape[1]))
    np.matmul(da[1:], U, out=shares[:-1])
    return shares


def _no_cell(trace, d_cell):
    if d_cell is not None:
        raise ValueError(f"d_cell was given, but {trace.network!r} has no cell state; leave it out.")
