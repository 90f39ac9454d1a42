"""Turning what the reader passes into float64 arrays, or into a sentence that says what is wrong with it."""

import numpy as np


def real_array(name, value):
    """Return `value` as a float64 array with finite entries.

    Lists, numpy arrays of whole or real numbers and torch tensors are accepted.
    Raises TypeError for anything that is not numbers, ValueError for NaN, infinity and ragged lists.
    """
    if hasattr(value, "detach"):                       # a torch tensor, recognised without importing torch
        value = value.detach().cpu().double().numpy()
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name}: the rows do not all have the same length; "
                         "give a rectangular array of numbers.") from error
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} holds {_described(value, array)}, expected real numbers: "
                        "give a numpy array, nested lists of numbers or a torch tensor.")
    array = array.astype(np.float64, copy=False)
    if not np.isfinite(array).all():
        where = tuple(int(index) for index in np.argwhere(~np.isfinite(array))[0])
        place = f"has {array[where]} at position {where}" if where else f"is {array}"
        raise ValueError(f"{name} {place}, expected finite numbers: replace missing or infinite ones first.")
    return array


def _described(value, array):
    if array.dtype.kind in "US":
        return "text"
    if array.dtype.kind == "c":
        return "complex numbers"
    return f"a {type(value).__name__}" if array.ndim == 0 else f"values of type {array.dtype}"


def sequence(x, input_size):
    """Check an input sequence: (T, I), or (T, B, I) for B sequences of equal length; T and B at least 1."""
    x = real_array("x", x)
    if x.ndim not in (2, 3):
        raise ValueError(f"x has shape {x.shape}, expected (T, {input_size}) for one sequence or "
                         f"(T, B, {input_size}) for a batch; x[:, None] makes a column of a list of numbers.")
    if x.shape[-1] != input_size:
        raise ValueError(f"x has shape {x.shape}, so {x.shape[-1]} numbers a step, but this network takes "
                         f"input_size = {input_size}; the last axis must be {input_size}.")
    if 0 in x.shape:
        raise ValueError(f"x has shape {x.shape}, which is empty; give at least one step and one sequence.")
    return x.copy()                                    # the trace keeps it; theirs may change


def one_sequence(name, x, input_size):
    """Check one sequence (T, I), T at least 1; for a network with one input a list of T numbers will do."""
    x = real_array(name, x)
    rows = sequence(x[:, None] if x.ndim == 1 and input_size == 1 else x, input_size)
    if rows.ndim != 2:
        raise ValueError(f"{name} has shape {rows.shape}, expected one sequence (T, {input_size}).")
    return rows


def state(name, value, shape):
    """Check an initial state against `shape`, (H,) or (B, H). None is zeros; (H,) serves a whole batch."""
    if value is None:
        return np.zeros(shape)
    value = real_array(name, value)
    if value.shape not in (shape, shape[-1:]):
        hint = f"{name}[0] drops torch's axis of layers." if value.ndim > len(shape) else \
            "the last axis is hidden_size."
        raise ValueError(f"{name} has shape {value.shape}, expected {shape}; {hint}")
    return np.array(np.broadcast_to(value, shape))


def like(name, value, reference, what):
    """Check that `value` has the shape of the array `reference`, which the message calls `what`."""
    value = real_array(name, value)
    if value.shape != reference.shape:
        raise ValueError(f"{name} has shape {value.shape}, expected {reference.shape}, the shape of {what}.")
    return value


def whole_number(name, value, low, high):
    """Check a whole number with low <= value < high (no upper limit when `high` is None)."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} is {value!r}, expected a whole number.")
    if value < low or (high is not None and value >= high):
        allowed = f"at least {low}" if high is None else f"from {low} to {high - 1}"
        raise ValueError(f"{name} is {value}, expected {allowed}.")
    return int(value)


def random_numbers(seed):
    """A numpy generator from a seed: a whole number from 0, or None for other numbers every time.

    A generator, numpy's or a SharedRandom, is returned as it is.
    """
    if hasattr(seed, "standard_normal"):
        return seed
    return np.random.default_rng(None if seed is None else whole_number("seed", seed, 0, None))


def one_of(name, value, choices):
    """Check that `value` is one of `choices`."""
    if value not in choices:
        raise ValueError(f"{name} is {value!r}, expected one of {', '.join(map(repr, choices))}.")
    return value
