"""Write gradient_flow.json: what lstm_lib.gradient_flow gives, and Jacobians, for tests in both languages.

    python tests/vectors/make_gradient_flow.py

cases: settings that differ from the defaults, and by network its sizes, a few weights, the lines at the steps
`at`, and what is said. -inf and nan are null. jacobians: of small runs of all three cells. matrices:
spectral radius and largest singular value. random: the first numbers of some seeds and streams.
"""

import json
from pathlib import Path

import numpy as np

import lstm_lib as ll
from lstm_lib import dynamics, gradient_flow
from lstm_lib.shared_random import SharedRandom

HERE = Path(__file__).resolve().parent
NAME = "gradient_flow.json"
# With a tanh RNN of large gain the state is chaotic: the last digit's rounding decides after some 40 steps.
CASES = (
    {}, {"steps": 2}, {"steps": 400}, {"steps": 400, "gain": 0.1, "seed": 3}, {"gain": 0},
    {"gain": 1.7, "steps": 60}, {"gain": 4, "steps": 16}, {"forget_bias": 0, "seed": 1},
    {"forget_bias": 3, "steps": 120}, {"scheme": "orthogonal", "seed": 2},
    {"scheme": "identity", "activation": "relu", "gain": 4, "steps": 400},
    {"scheme": "identity", "activation": "relu", "steps": 400}, {"scheme": "identity", "steps": 90},
    {"scheme": "chrono", "steps": 150, "seed": 4}, {"window": 10}, {"window": 39}, {"window": 7, "gain": 0},
    {"hidden_size": 1, "seed": 4294967295}, {"hidden_size": 5, "steps": 20, "activation": "relu"},
    {"hidden_size": 64, "steps": 12},
)  # fmt: skip
MATRICES = (
    [[8, 8], [-8, -8]], [[0, 0], [0, 0]], [[2]], [[0, 3], [-3, 0]], [[1, 0], [0, -1]], [[1, 5], [0, 1]],
    [[1e-150, 0], [3e-150, 2e-150]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]], [[3, 0, 0], [0, 3, 0], [0, 0, 2]],
)  # fmt: skip


def content():
    """All of the file, computed afresh."""
    rng = np.random.default_rng(0)
    matrices = [*map(np.array, MATRICES), *(rng.normal(size=(n, n)).round(3) for n in (3, 9, 30))]
    return {
        "random": [_random(seed, stream) for seed, stream in ((0, 0), (0, 1), (7, 3), (4294967295, 2))],
        "cases": [_case(changes) for changes in CASES],
        "jacobians": [_jacobian(kind, seed) for seed, kind in enumerate(("rnn", "rnn_relu", "gru", "lstm"))],
        "matrices": [{"matrix": matrix.tolist(), "spectral_radius": dynamics.spectral_radius(matrix),
                      "largest_singular_value": dynamics.largest_singular_value(matrix)}
                     for matrix in matrices],
    }  # fmt: skip


def _random(seed, stream):
    numbers = SharedRandom(seed, stream)
    return {"seed": seed, "stream": stream, "uniform": numbers.uniform(-2, 3, 4).tolist(),
            "normal": numbers.standard_normal(3).tolist(), "after": numbers.random(1).tolist()}  # fmt: skip


def _case(changes):
    flows = gradient_flow.run(**changes)
    T = flows["rnn"].settings.steps
    at = list(range(T)) if T <= 40 else sorted({0, T - 1, *range(0, T, T // 12)})
    networks = {name: _flow(flow, at) for name, flow in flows.items()}
    return {"settings": changes, "at": at, "networks": networks}


def _flow(flow, at):
    H, last, weights = flow.network.hidden_size, flow.trace.steps - 1, flow.network.weights.values()
    return {
        "hidden_size": H,
        "weights": [_short(array.ravel()[k]) for array in weights for k in (0, H - 1, -1)],
        "hidden": _finite(flow.hidden[at]),
        "cell": None if flow.cell is None else _finite(flow.cell[at]),
        "factors": _finite(flow.factors[at]),
        "theory": {key: _finite(line[at]) for key, line in flow.theory.items()},
        "verdicts": flow.verdicts, "exact": flow.exact, "weight_norm": _finite([flow.weight_norm])[0],
        "largest_factors": {str(t): _short(flow.largest_factors[t]) for t in (1, last)},
    }  # fmt: skip


def _jacobian(kind, seed):
    rng = np.random.default_rng(seed)
    cell = {"gru": ll.GRU, "lstm": ll.LSTM}.get(kind, ll.RNN)
    options = {"nonlinearity": "relu"} if kind == "rnn_relu" else {}
    rows = 3 * len(cell.blocks)
    net = cell(*(rng.normal(size=shape).round(2) for shape in ((rows, 2), (rows, 3), rows, rows)), **options)
    x = rng.normal(size=(3, 2)).round(2)
    trace = net.forward(x)
    return {"kind": kind, "weights": {name: array.tolist() for name, array in net.weights.items()},
            "inputs": x.tolist(), "jacobians": [trace.jacobian(t).tolist() for t in range(3)]}  # fmt: skip


def _finite(values):
    return [_short(value) if np.isfinite(value) else None for value in values]


def _short(value):
    return float(f"{value:.12g}")


def main():
    parts = ",\n".join(
        f'"{key}": [\n' + ",\n".join(json.dumps(entry) for entry in entries) + "\n]"
        for key, entries in content().items()
    )
    (HERE / NAME).write_text(f"{{{parts}}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
