"""Truncated backpropagation through time: the error of a step goes back at most `window` steps.

Of the variants in use this is the exact one: *each* step's error crosses the recurrent link at most `window`
times, whatever else the sequence holds, so that dL/dh_t hears the direct derivatives of steps t to t + window
and no others. (What is usual in training, cutting the sequence into pieces and stopping at every cut, lets
the errors of one piece go back between 0 and its length. For a loss that is read at one step only, the last
of a piece of window + 1 steps, both are the same.)
"""

import numpy as np

from lstm_lib import arrays


def truncated(trace, d_hidden, d_cell, window):
    """The Gradients of `trace.backward`, each step's error sent back by itself and no further than `window`.

    Everything a Gradients holds is linear in the direct derivatives, so that the gradients of the steps'
    errors, one by one, add up; the paths too. Takes time in proportion to T times the window.
    """
    window = arrays.whole_number("window", window, 0, None)
    total = None
    direct = [d_hidden] if d_cell is None else [d_hidden, d_cell]
    for t in range(trace.steps):
        if total is not None and not any(d[t].any() for d in direct):
            continue
        start = max(0, t - window)
        here = [_only_last(d[start:t + 1]) for d in direct]
        part = trace.part(start, t + 1).backward(*here)
        if total is None:
            total = _zeros(part, trace)
        _add(total, part, start, t + 1, reaches_start=t < window)
    return total


def _only_last(direct):
    alone = np.zeros_like(direct)
    alone[-1] = direct[-1]
    return alone


def _zeros(part, trace):
    """Gradients of the whole run's shapes, all zero."""
    def long(array):
        return None if array is None else np.zeros((trace.steps, *array.shape[1:]))

    return type(part)(
        hidden=long(part.hidden), cell=long(part.cell), inputs=long(part.inputs),
        weights={name: np.zeros_like(array) for name, array in part.weights.items()},
        h0=np.zeros_like(part.h0), c0=None if part.c0 is None else np.zeros_like(part.c0),
        paths={of: {path: long(share) for path, share in shares.items()}
               for of, shares in part.paths.items()})


def _add(total, part, start, stop, reaches_start):
    steps = slice(start, stop)
    for name in ("hidden", "cell", "inputs"):
        if getattr(part, name) is not None:
            getattr(total, name)[steps] += getattr(part, name)
    for of, shares in part.paths.items():
        for path, share in shares.items():
            total.paths[of][path][steps] += share
    for name, array in part.weights.items():
        total.weights[name][...] += array
    if reaches_start:                                  # else h0 is beyond the window
        total.h0[...] += part.h0
        if part.c0 is not None:
            total.c0[...] += part.c0
