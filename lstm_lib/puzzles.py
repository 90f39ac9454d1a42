"""Memory puzzles for one cell whose gates are set by hand (puzzles.json): the run, and what is still
wrong."""

import dataclasses
import json
from functools import cache
from pathlib import Path

import numpy as np

GATES = ("forget_gate", "input_gate", "output_gate")
_SLACK = 1e-9  # 0.8 * 0.8 * 0.8 must not miss its own band by rounding; the same in the front end


@cache
def puzzles():
    """All puzzles by id, in their order; what a puzzle is stands in the file itself."""
    path = Path(__file__).with_name("puzzles.json")
    return {puzzle["id"]: puzzle for puzzle in json.loads(path.read_text(encoding="utf-8"))["puzzles"]}


@dataclasses.dataclass(frozen=True, eq=False)
class HandTrace:
    """A run of one unit with gates set by hand, for every case of a puzzle side by side.

    inputs, cell and hidden are (T, cases), the gates (T,). The candidate is the input; c_0 = 0.
    """

    inputs: np.ndarray
    forget_gate: np.ndarray
    input_gate: np.ndarray
    output_gate: np.ndarray
    cell: np.ndarray
    hidden: np.ndarray


@dataclasses.dataclass(frozen=True)
class Problem:
    """A value outside its band: case and step (both from 0), "cell" or "hidden", and the band [low, high]."""

    case: int
    step: int
    quantity: str
    value: float
    low: float
    high: float


def run(puzzle, forget_gate, input_gate, output_gate):
    """c_t = f_t c_(t-1) + i_t x_t,  h_t = o_t tanh(c_t), for every case of a puzzle (a dict). Returns a
    HandTrace."""
    x = np.array([case["inputs"] for case in puzzle["cases"]], dtype=float).T
    f, i, o = (np.array(gate, dtype=float) for gate in (forget_gate, input_gate, output_gate))
    cell, c = np.empty_like(x), np.zeros(x.shape[1])
    for t in range(len(x)):
        cell[t] = c = f[t] * c + i[t] * x[t]
    return HandTrace(x, f, i, o, cell, o[:, None] * np.tanh(cell))


def problems(puzzle, trace):
    """What is still wrong, as a list of Problem; empty when the puzzle is solved."""
    found = []
    for number, case in enumerate(puzzle["cases"]):
        for target in case["targets"]:
            step, quantity = target["step"] - 1, target["quantity"]
            value, low, high = float(getattr(trace, quantity)[step, number]), target["low"], target["high"]
            if not low - _SLACK <= value <= high + _SLACK:
                found.append(Problem(number, step, quantity, value, low, high))
    return sorted(found, key=lambda problem: (problem.case, problem.step))
