"""The error of one unit as a landscape over its two weights, with a cliff in it, and walks down there.

    h_t = tanh(w h_(t-1) + b),  t = 1 ... T,      E(w, b) = (h_T - target)^2

Where the first state h_0 is a fixed point, b = artanh(h_0) - w h_0 (`edge`), the unit stays at h_0. If there
m = w (1 - h_0^2) > 1, the point is unstable, and the least change of the weights sends the unit up or down: E
has a cliff there, the steeper the more steps. On the edge the gradient is a geometric sum of the slopes m,

    dE/db = 2 (h_0 - target) (1 - h_0^2) (m^T - 1) / (m - 1),      dE/dw = h_0 dE/db.

That one unit suffices for such walls, and what norm clipping does in front of them: Pascanu, Mikolov & Bengio
(2013). All numbers here have no units. frontend/src/core/error_surface.ts is the same in TypeScript.
"""

import math
from dataclasses import dataclass

import numpy as np

from lstm_lib import arrays, norms

STEPS, INITIAL, TARGET = 10, 0.3, -0.5
#: A walk has come down when the error is below this.
DOWN = 0.005
#: A step longer than this throws the walk: it is longer than the whole picture is wide.
THROWN = 3.0
#: A gradient shorter than this moves nothing that could be seen.
FLAT = 1e-4


def surface(weight, bias, steps=STEPS, initial=INITIAL, target=TARGET):
    """E(w, b), of the shape to which `weight` and `bias` broadcast. Raises as `gradient`."""
    return gradient(weight, bias, steps, initial, target)[0]


def gradient(weight, bias, steps=STEPS, initial=INITIAL, target=TARGET):
    """(E, dE/dw, dE/db), each of the shape to which `weight` and `bias` broadcast.

    The derivatives of the state are carried along: dh_t/dw = (1 - h_t^2) (h_(t-1) + w dh_(t-1)/dw), and with
    1 in the place of h_(t-1), dh_t/db. Raises ValueError or TypeError for steps that are no whole number from
    1 to 1000, for an initial state outside ]-1, 1[ and for numbers that are not finite.
    """
    w, b = np.broadcast_arrays(arrays.real_array("weight", weight), arrays.real_array("bias", bias))
    h = np.full(w.shape, _state("initial", initial))
    target = _number("target", target)
    by_weight, by_bias = np.zeros(w.shape), np.zeros(w.shape)
    for _ in range(arrays.whole_number("steps", steps, 1, 1001)):
        before, h = h, np.tanh(w * h + b)
        slope = 1 - h * h
        by_weight, by_bias = slope * (before + w * by_weight), slope * (1 + w * by_bias)
    wrong = h - target
    return wrong * wrong, 2 * wrong * by_weight, 2 * wrong * by_bias


def edge(weight, initial=INITIAL):
    """The bias with which the unit stays at its first state: if w (1 - initial^2) > 1, the cliff's edge."""
    initial = _state("initial", initial)
    return math.atanh(initial) - arrays.real_array("weight", weight) * initial


@dataclass(frozen=True)
class Walk:
    """Gradient descent from one point.

    places (N + 1, 2): w and b; errors and norms (N + 1,): E and the length of its gradient there; lengths
    (N,): of the steps; factors (N,): by which clipping shortened the gradients, 1 where it did nothing.
    """

    places: np.ndarray
    errors: np.ndarray
    norms: np.ndarray
    lengths: np.ndarray
    factors: np.ndarray

    def outcome(self, move=None):
        """After `move` steps (None: all): "down", "thrown" by a step above THROWN, "flat" or "walking"."""
        last = len(self.lengths) if move is None else move
        if self.errors[last] < DOWN:
            return "down"
        if np.any(self.lengths[:last] > THROWN):
            return "thrown"
        return "flat" if self.norms[last] < FLAT else "walking"


def walk(start, moves=40, learning_rate=0.3, max_norm=None, steps=STEPS, initial=INITIAL, target=TARGET):
    """A Walk of `moves` steps w, b <- (w, b) - learning_rate · gradient from start = (w, b).

    max_norm: `norms.clip` shortens longer gradients to it; None does not clip.
    """
    place = arrays.real_array("start", start)
    if place.shape != (2,):
        raise ValueError(f"start has shape {place.shape}, expected two numbers, w and b.")
    rate = _number("learning_rate", learning_rate)
    if rate <= 0:
        raise ValueError(f"learning_rate is {learning_rate}, expected a number above 0.")
    count = arrays.whole_number("moves", moves, 0, 10001)
    places, errors, sizes, factors = [], [], [], []
    for move in range(count + 1):
        error, *slopes = gradient(*place, steps, initial, target)
        slopes = np.array(slopes)
        places.append(place)
        errors.append(float(error))
        sizes.append(norms.length(slopes))
        if move < count:
            shorter, factor = (slopes, 1.0) if max_norm is None else norms.clip(slopes, max_norm)
            factors.append(factor)
            place = place - rate * shorter
    sizes, factors = np.array(sizes), np.array(factors)
    return Walk(np.array(places), np.array(errors), sizes, rate * factors * sizes[:-1], factors)


def _number(name, value):
    value = arrays.real_array(name, value)
    if value.ndim:
        raise ValueError(f"{name} has shape {value.shape}, expected one number.")
    return float(value)


def _state(name, value):
    value = _number(name, value)
    if not -1 < value < 1:
        raise ValueError(f"{name} is {value}, expected a state of a tanh unit, between -1 and 1.")
    return value
