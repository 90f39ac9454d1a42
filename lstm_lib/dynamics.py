"""What one recurrent unit, or a layer of two, does with what it has heard: fixed points, regimes, echoes.

A unit is h_t = tanh(w h_(t-1) + u x_t + b). In silence (x_t = 0) it applies the same map h -> tanh(w h + b)
again and again, so that all it can do in the long run is decided by where the curve tanh(w h + b) meets the
diagonal. That a unit with w > 1 can latch one bit for ever is shown by Bengio, Simard & Frasconi (1994).
"""

import math
from dataclasses import dataclass

import numpy as np

from lstm_lib import arrays
from lstm_lib.cells import Network
from lstm_lib.signals import preset, presets, signal

__all__ = ["HOLDING", "REGIMES", "FixedPoint", "course", "echo", "fixed_points", "half_life",
           "largest_singular_value", "preset", "presets", "recurrent_matrix", "regime", "signal",
           "spectral_radius"]  # fmt: skip

REGIMES = ("empty", "fading", "ringing", "flipping", "holding", "latching")

#: So near to 1 the slope at a fixed point holds: half of a small state is still there after 34 steps or more.
HOLDING = 0.02
#: So small a slope keeps nothing: of the state, not a hundredth is left one step later.
EMPTY = 0.005
#: Growth that counts: an echo swells if it comes to more than this many times its first value.
GROWN = 1.25

_EXACT = 1e-9
_FLAT = 1e-5  # so near 0 tanh(h) and h are the same number in float64: the bisection finds anything there


@dataclass(frozen=True)
class FixedPoint:
    """A state that stays where it is in silence: value = tanh(w value + b).

    slope is the derivative of the map there, w (1 - value²): a small distance from the point is multiplied by
    it at every step. stable: states nearby come back to it, slowly when slope is 1 or −1.
    """

    value: float
    slope: float
    stable: bool


def fixed_points(weight, bias=0.0, input=0.0):
    """The fixed points of h = tanh(weight h + bias + input), a list of FixedPoint from low to high.

    `input` is u x while the same x is read at every step. There is one point, or three, or, where the curve
    touches the diagonal, two; the one where it touches has slope 1 and is not stable: states come to it from
    one side and leave on the other. Raises TypeError and ValueError for what is no finite number.
    """
    w = _finite("weight", weight)
    b = _finite("bias", bias) + _finite("input", input)

    def gap(h):
        return math.tanh(w * h + b) - h

    # Between two places where the gap has slope 0 it only rises or only falls: there is at most one root.
    turns = []
    if w > 1:
        turn = math.acosh(math.sqrt(w))  # there the curve is as steep as the diagonal: w / cosh² = 1
        turns = [(-turn - b) / w, (turn - b) / w]
    touching = [h for h in turns if abs(gap(h)) < _EXACT]
    if len(touching) == 2:
        touching = []  # w is so near 1 that the gap is nowhere large: three crossings, or one
    values = list(touching)
    ends = [-1.0, *(h for h in turns if -1 < h < 1), 1.0]
    for low, high in zip(ends, ends[1:], strict=False):
        if any(h in (low, high) for h in touching):
            # next to a touching point the same sign on both ends means no further root
            low, high = (low + 1e-6 if low in touching else low), (high - 1e-6 if high in touching else high)
        if low < high and (gap(low) > 0) != (gap(high) > 0):
            value = _bisect(gap, low, high)
            # one more step of the map comes nearer to a point that attracts: to exactly 1 where tanh rounds
            values.append(min(value, math.tanh(w * value + b), key=lambda h: abs(gap(h))))
        elif gap(high) == 0 and high == 1.0:       # tanh rounds to 1 in float64
            values.append(1.0)
        elif gap(low) == 0 and low == -1.0:
            values.append(-1.0)
    if b == 0:
        values = [0.0 if abs(value) < _FLAT else value for value in values]
    found = []
    for value in sorted(set(values)):
        slope = w * (1 - value * value)
        found.append(FixedPoint(value, slope, value not in touching and abs(slope) <= 1 + _EXACT))
    return found


def regime(weight, bias=0.0):
    """The name of what a unit does with its past in silence, computed from its fixed points.

    "latching"  two stable fixed points: it stays with the one it was pushed to, so it holds one bit for ever
    "holding"   a fixed point with slope within 0.02 of 1: it fades, but ever more slowly
    "fading"    one stable fixed point, slope from 0.005 to 0.98: every step keeps that share of the distance
    "empty"     slope under 0.005: nothing is left after one step
    "ringing"   slope from −1 to −0.005: the same with the sign turned at every step
    "flipping"  slope under −1: the point is not stable, the unit goes to and fro between two values for ever

    For weight > 1, with two points that are barely apart (the middle one's slope under 1.02), the unit is
    "holding" and not "latching".
    """
    points = fixed_points(weight, bias)
    slopes = [point.slope for point in points]
    if len(points) > 1:
        return "latching" if max(slopes) > 1 + HOLDING else "holding"
    (slope,) = slopes
    if slope < -1 - _EXACT:
        return "flipping"
    if slope <= -EMPTY:
        return "ringing"
    if slope < EMPTY:
        return "empty"
    return "fading" if slope < 1 - HOLDING else "holding"


def echo(net, x, step):
    """How much of what was read at `step` is still in the state: ‖h_t − h'_t‖ for every step, (T,).

    h' is the run in which x_step is zero and all else is the same. net: an RNN, LSTM or GRU; x (T, I), or
    (T,) for a network with one input. Zero before `step`. Raises ValueError for a step that x does not have.
    """
    if not isinstance(net, Network):
        raise TypeError(f"net was a {type(net).__name__}, expected a network of lstm_lib; "
                        "ll.from_torch makes one of a torch module.")
    x = arrays.one_sequence("x", x, net.input_size)
    step = arrays.whole_number("step", step, 0, len(x))
    without = x.copy()
    without[step] = 0
    return np.linalg.norm(net.forward(x).hidden - net.forward(without).hidden, axis=-1)


def half_life(echo):
    """Steps from an echo's first value until it falls below half of that value and stays below.

    None if it never does within the sequence, and if there is no echo at all (all zeros).
    """
    values, heard = _heard(echo)
    if not len(heard):
        return None
    first = int(heard[0])
    above = np.flatnonzero(values[first:] >= values[first] / 2)
    steps = int(above[-1]) + 1
    return steps if first + steps < len(values) else None


def course(echo):
    """What becomes of an echo: "silent", "fades", "swells" (first grows, then fades), "stays" or "grows".

    It fades if it has a half-life within the sequence (`half_life`), and grows if it comes to more than 1.25
    times its first value.
    """
    values, heard = _heard(echo)
    if not len(heard):
        return "silent"
    grown = values.max() > GROWN * values[heard[0]]
    if half_life(values) is None:
        return "grows" if grown else "stays"
    return "swells" if grown else "fades"


def _heard(echo):
    """The values of an echo without their signs, and the steps at which it is not zero."""
    values = np.abs(arrays.real_array("echo", echo))
    if values.ndim != 1:
        raise ValueError(f"echo has shape {values.shape}, expected (T,): one number for each step.")
    return values, np.flatnonzero(values)


def recurrent_matrix(gain=1.0, angle=0.0, skew=0.0):
    """gain · R(angle) · [[1, skew], [0, 1]], (2, 2): slides the plane, turns it by `angle` degrees, scales.

    The largest singular value depends on gain and skew only; turning changes the eigenvalues.
    """
    gain, angle, skew = _finite("gain", gain), math.radians(_finite("angle", angle)), _finite("skew", skew)
    cosine, sine = math.cos(angle), math.sin(angle)
    return gain * np.array([[cosine, cosine * skew - sine], [sine, sine * skew + cosine]])


def spectral_radius(matrix):
    """The largest |eigenvalue| of a square matrix: the long-run factor of ‖h‖ for one step, near h = 0."""
    return float(np.abs(np.linalg.eigvals(_square(matrix))).max())


def largest_singular_value(matrix):
    """The largest factor by which a square matrix stretches any vector: a bound for one step."""
    return float(np.linalg.norm(_square(matrix), 2))


def _square(matrix):
    matrix = arrays.real_array("matrix", matrix)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size:
        raise ValueError(f"matrix has shape {matrix.shape}, expected (H, H).")
    return matrix


def _finite(name, value):
    value = arrays.real_array(name, value)
    if value.ndim:
        raise ValueError(f"{name} has shape {value.shape}, expected one number.")
    return float(value)


def _bisect(function, low, high):
    """The root of a function whose sign differs at the two ends, to 15 decimals; exactly 0 where it is."""
    rising = function(high) > 0
    while high - low > 1e-15:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if (function(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    root = (low + high) / 2
    return 0.0 if abs(root) < 1e-14 else root
