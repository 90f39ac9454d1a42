"""Gradient flow: what is left of the last step's error at every step before it, in networks without training.

The term is that of Hochreiter, Bengio, Frasconi & Schmidhuber (2001). An RNN, a GRU and an LSTM of about
equal size, made by one recipe (`flow_networks`), read the same random inputs; the loss is the sum of the
units of h_T, so that dL/dh_T is a 1 for every unit.

    flows = ll.gradient_flow.run(steps=100, gain=1.5)
    flows["rnn"].hidden         # log10 of ||dL/dh_t||, (100,)
    flows["lstm"].verdicts      # {"hidden": "fades", "cell": "fades"}

The explorable of chapter 3 has the same networks and numbers (frontend/src/core/gradient_flow.ts). Where the
state itself is chaotic, as in an RNN with a large gain, two computers part after a while by the rounding of
their last digit: the numbers then agree in kind only.
"""

from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np

from lstm_lib import arrays
from lstm_lib.bptt import Trace
from lstm_lib.cells import LSTM, RNN, Network
from lstm_lib.dynamics import largest_singular_value, spectral_radius
from lstm_lib.flow_networks import (
    INPUTS,
    LIMITS,
    NETWORKS,
    SCHEMES,
    SHARED,
    Settings,
    hidden_sizes,
    inputs,
    networks,
    settings_of,
)
from lstm_lib.jacobian import slope
from lstm_lib.norms import length

__all__ = ["INPUTS", "LIMITS", "NETWORKS", "SCHEMES", "Flow", "Settings", "exact", "hidden_sizes", "inputs",
           "log_norms", "networks", "run", "theory", "verdict"]  # fmt: skip

#: So many steps are sent back between two changes of scale: no gradient leaves the range of float64 in them.
_PIECE = 8


def run(settings=None, **changes):
    """{"rnn": Flow, "gru": Flow, "lstm": Flow} for a Settings, or for the defaults with some changed."""
    s = settings_of(settings, changes)
    x = inputs(s)
    return {name: Flow(s, net.forward(x)) for name, net in networks(s).items()}


@dataclass(frozen=True, eq=False, repr=False)
class Flow:
    """The error of one network's last step on its way back. All arrays are (T,), step 1 first.

    hidden, cell     log10 of ||dL/dh_t|| and ||dL/dc_t|| (cell: LSTM, else None); -inf where it is exactly
                     zero, as beyond the window
    weight_norm      log10 of ||dL/dθ||, all weights and biases together
    factors          ||dL/dh_(t-1)|| / ||dL/dh_t|| at t; nan at the first step, and where both are zero; 0 at
                     the end of the window
    largest_factors  the largest singular value of the one-step Jacobian (`trace.jacobian`) at t: no error can
                     grow by more in that step
    theory           lines in log10, 0 at the last step (see `theory`)
    verdict          of dL/dh at the first step: "explodes", "arrives", "fades", "vanishes", or "cut" when the
                     window ends before it; verdicts has it for "hidden" and "cell"
    exact            what can be proved beforehand of an RNN (see `exact`); None for GRU and LSTM
    """

    settings: Settings
    trace: Trace

    @property
    def network(self) -> Network:
        return self.trace.network

    @cached_property
    def _sent(self):
        direct = np.zeros_like(self.trace.hidden)
        direct[-1] = 1.0
        return log_norms(self.trace, direct, window=self.settings.window)

    hidden = property(lambda self: self._sent["hidden"])
    cell = property(lambda self: self._sent["cell"])
    weight_norm = property(lambda self: self._sent["weights"])

    @cached_property
    def factors(self):
        found = np.full(len(self.hidden), np.nan)
        heard = np.flatnonzero(np.isfinite(self.hidden[1:])) + 1
        found[heard] = 10.0 ** (self.hidden[heard - 1] - self.hidden[heard])
        return found

    @cached_property
    def largest_factors(self):
        steps = range(self.trace.steps)
        return np.array([np.linalg.norm(self.trace.jacobian(t), 2) for t in steps])

    @cached_property
    def theory(self):
        return theory(self.trace)

    @cached_property
    def exact(self):
        return exact(self.network) if isinstance(self.network, RNN) else None

    @property
    def verdicts(self):
        window, lag = self.settings.window, len(self.hidden) - 1
        lines = {"hidden": self.hidden} | ({} if self.cell is None else {"cell": self.cell})
        if 0 < window < lag:
            return dict.fromkeys(lines, "cut")
        return {of: verdict(log[0] - log[-1]) for of, log in lines.items()}

    @property
    def verdict(self):
        return self.verdicts["hidden"]

    def __repr__(self):
        own, defaults = asdict(self.settings), asdict(Settings())
        changed = [f", {name}={value!r}" for name, value in own.items() if value != defaults[name]]
        return f"Flow({self.network!r}{''.join(changed)}): {self.verdict}"


def verdict(log):
    """The word for a gradient of which 10^log is left: "explodes", "arrives", "fades" or "vanishes".

    -inf, an exact zero, vanishes; nan, of which nothing can be said, raises ValueError.
    """
    if np.isnan(log):
        raise ValueError("log is nan, expected the log10 of the share that is left: where nothing was sent, "
                         "nothing can be left.")
    return next(word for word, bound in SHARED["verdicts"] if not bound or log >= np.log10(bound))


def log_norms(trace, d_hidden, d_cell=None, window=0):
    """log10 of the norms of the total derivatives, for any length: nothing over- or underflows on the way.

    d_hidden and d_cell are the direct derivatives as for `trace.backward`, of one sequence. Returns a dict:
    "hidden" (T,), "cell" (T,) or None, "weights" a number, the norm of all four arrays together. window as in
    `truncation`, where 0 is all the way; it may only be used with a loss at the last step. Raises ValueError
    for a batch.
    """
    T = trace.steps
    if trace.hidden.ndim == 3:
        raise ValueError(f"The trace holds {trace.hidden.shape[1]} sequences, expected the run of one: "
                         "inputs (T, I), not (T, B, I).")
    d_hidden = arrays.like("d_hidden", d_hidden, trace.hidden, "trace.hidden")
    direct = [d_hidden]
    if d_cell is not None or hasattr(trace, "cell"):
        direct.append(np.zeros_like(trace.cell) if d_cell is None else
                      arrays.like("d_cell", d_cell, trace.cell, "trace.cell"))
    if window and any(d[:-1].any() for d in direct):
        raise ValueError(f"window is {window}, which is for a loss at the last step only; "
                         "trace.backward(..., window=) takes others.")
    first = max(0, T - 1 - window) if window else 0

    logs = {"hidden": np.full(T, -np.inf), "cell": np.full(T, -np.inf) if hasattr(trace, "cell") else None}
    weights, weights_scale, scale, arriving = None, 0, 0, None
    for stop in range(T, first, -_PIECE):
        start = max(first, stop - _PIECE)
        # The direct derivatives in the scale of what arrives from the next piece; a power of 2 is exact.
        sent = [np.ldexp(d[start:stop], -scale) for d in direct]
        if arriving is not None:
            for d, more in zip(sent, arriving, strict=True):
                d[-1] += more
        gradients = trace.part(start, stop).backward(*sent)
        for name in ("hidden", "cell"):
            if logs[name] is not None:
                rows = getattr(gradients, name)
                logs[name][start:stop] = [log10(row) + scale * np.log10(2) for row in rows]
        flat = np.concatenate([array.ravel() for array in gradients.weights.values()])
        if weights is None:
            weights, weights_scale = flat, scale
        else:
            higher = max(scale, weights_scale)
            weights = np.ldexp(weights, weights_scale - higher) + np.ldexp(flat, scale - higher)
            weights_scale = higher
        arriving = [gradients.h0] if len(direct) == 1 else [gradients.h0, gradients.c0]
        change = int(np.frexp(max(np.abs(part).max() for part in arriving))[1])
        arriving = [np.ldexp(part, -change) for part in arriving]
        scale += change
    return logs | {"weights": log10(weights) + weights_scale * np.log10(2)}


def log10(vector):
    """log10 of a vector's norm; -inf if it is exactly zero."""
    norm = length(vector)
    return float(np.log10(norm)) if norm else -np.inf


def theory(trace):
    """What simple theory says of the gradient's norm, as lines (T,) in log10 relative to the last step.

    RNN    "radius"       (ρ · mean φ')^lag with ρ the spectral radius of U, the mean over all units and steps
                          that the error crosses: the typical case
           "radius_bare"  ρ^lag
           "largest"      (σ · max φ')^lag with σ the largest singular value of U: a bound, never passed
    LSTM   "gates"        of dL/dc_T only what the cell's own highway carries: times the product of the forget
                          gates, unit by unit
    GRU    "carry"        the same of dL/dh_T and the update gates

    lag = T − t. The two lines of gates leave out all that goes through h and the gates.
    """
    T, net = trace.steps, trace.network
    lag = np.arange(T - 1, -1, -1)
    with np.errstate(divide="ignore"):
        if isinstance(net, RNN):
            rho, sigma = spectral_radius(net.weight_hh), largest_singular_value(net.weight_hh)
            typical = rho * slope(trace)[1:].mean() if T > 1 else rho
            return {name: _powers(factor, lag) for name, factor in
                    (("radius", typical), ("radius_bare", rho), ("largest", sigma))}
        last = np.ones(net.hidden_size)
        if isinstance(net, LSTM):
            name, gate = "gates", trace.forget_gate
            last = trace.output_gate[-1] * (1 - np.tanh(trace.cell[-1]) ** 2)
        else:
            name, gate = "carry", trace.update_gate
        logs = np.log10(last) + np.concatenate([np.cumsum(np.log10(gate[:0:-1]), axis=0)[::-1], 0 * gate[:1]])
    top = logs.max(axis=1, keepdims=True)
    line = top[:, 0] + np.log10(np.sqrt((100.0 ** (logs - top)).sum(axis=1)))
    return {name: line - line[-1]}


def _powers(factor, lag):
    """log10 of factor^lag, 0 at lag 0 even where factor is 0."""
    line = np.zeros(len(lag))
    line[lag > 0] = lag[lag > 0] * np.log10(factor)
    return line


def exact(network):
    """What is proved of an RNN's gradient for every input (Pascanu, Mikolov & Bengio, 2013), as a dict.

    largest_singular_value σ of U, gamma = max φ' = 1, product = σ gamma and what follows, "says":
        "must_vanish"   product below 1: every step shrinks every error, at least by that factor
        "cannot_grow"   product 1: no step can stretch an error
        "leaves_open"   product above 1: it may explode (it is necessary for that), vanish, or neither
    """
    sigma, gamma = largest_singular_value(network.weight_hh), 1.0
    product = sigma * gamma
    says = "cannot_grow" if abs(product - 1) < 1e-9 else "must_vanish" if product < 1 else "leaves_open"
    return {"largest_singular_value": sigma, "gamma": gamma, "product": product, "says": says}
