"""Write the vectors of the core, lstm.json, rnn.json and gru.json, for the Python and TypeScript tests.

    python tests/vectors/make.py            writes them
    python tests/vectors/make.py --check    only compares; ends with 1 if they are not current

Each file is {"cases": [...]}. A case has: name, cell ("lstm", "rnn_tanh", "rnn_relu", "gru"), weights
(torch's layout), inputs (T, I), h0 (H), d_hidden (T, H), and for the LSTM also c0, d_cell, cell_factor ((T,
H) or null) and forget_bias_shift; what must come out, `trace` and `gradients` (names as in lstm_lib);
`terms`, the pre-activation sums of some gates; and for the LSTM `horizons`. lstm.json also has
`cell_factors`: what the function of that name returns. Arrays are nested lists. Nothing is written that
differs from torch by more than 1e-12.
"""

import json
import sys
from pathlib import Path

import numpy as np

import lstm_lib as ll

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "python"))

import torch_reference  # noqa: E402  (it lives beside the Python tests)

TOLERANCE = 1e-12
QUANTITIES = {"lstm": ("input_gate", "forget_gate", "candidate", "output_gate", "cell", "hidden"),
              "gru": ("reset_gate", "update_gate", "candidate", "hidden"),
              "rnn_tanh": ("hidden",), "rnn_relu": ("hidden",)}


def all_files():
    """{file name: content} of all vectors, computed afresh."""
    flip = ll.cell_factor(5, 3, unit=1, action="flip", step=2)
    mixed = np.array([[1, 0.5, -1], [0, 1, 1], [1, -1, 0.25], [1, 1, 0]])
    return {
        "lstm.json": {
            "cases": [
                lstm_case("plain", seed=1, T=5, I=2, H=3),
                lstm_case("initial states, loss on the cell, forget bias shifted", seed=2, T=4, I=3, H=2,
                          states=True, cell_loss=True, forget_bias_shift=1.5),
                lstm_case("one unit flipped at one step", seed=3, T=5, I=1, H=3, cell_factor=flip),
                lstm_case("any factors", seed=4, T=4, I=2, H=3, states=True, cell_factor=mixed,
                          cell_loss=True, forget_bias_shift=-0.75),
                lstm_case("one unit, one input, one step", seed=5, T=1, I=1, H=1, states=True),
                lstm_case("gates full on and off", seed=6, T=6, I=1, H=2, scale=60),
            ],
            "cell_factors": [
                {"T": 3, "H": 2, "unit": unit, "action": action, "step": step,
                 "factor": ll.cell_factor(3, 2, unit, action, step).tolist()}
                for unit, action, step in ((0, "off", 0), (1, "off", 2), (1, "flip", 2), (1, "none", 1))
            ],
        },
        "rnn.json": {"cases": [
            case("tanh", ll.RNN, seed=11, T=5, I=2, H=3, states=True),
            case("relu", ll.RNN, seed=12, T=5, I=2, H=3, nonlinearity="relu"),
            case("one unit, one input, one step", ll.RNN, seed=13, T=1, I=1, H=1, states=True),
        ]},
        "gru.json": {"cases": [
            case("plain", ll.GRU, seed=21, T=5, I=2, H=3),
            case("initial state", ll.GRU, seed=22, T=4, I=3, H=2, states=True),
            case("one unit, one input, one step", ll.GRU, seed=23, T=1, I=1, H=1, states=True),
        ]},
    }


def lstm_case(name, seed, T, I, H, cell_factor=None, forget_bias_shift=0.0, cell_loss=False, **options):
    d_cell = short(np.random.default_rng(seed + 1000), T, H) if cell_loss else None
    options |= {"cell_factor": cell_factor, "forget_bias_shift": forget_bias_shift, "d_cell": d_cell}
    return case(name, ll.LSTM, seed, T, I, H, **options)


def case(name, cell, seed, T, I, H, states=False, scale=1, d_cell=None, nonlinearity=None, **interventions):
    rng = np.random.default_rng(seed)
    blocks = len(cell.blocks)
    options = {"nonlinearity": nonlinearity} if nonlinearity else {}
    network = cell(scale * short(rng, blocks * H, I), scale * short(rng, blocks * H, H),
                   short(rng, blocks * H), short(rng, blocks * H), **options)
    x, d_hidden = short(rng, T, I), short(rng, T, H)
    start = {"h0": short(rng, H) if states else np.zeros(H)}
    if cell is ll.LSTM:
        start["c0"] = short(rng, H) if states else np.zeros(H)

    trace = network.forward(x, **start, **interventions)
    gradients = trace.backward(d_hidden, d_cell) if cell is ll.LSTM else trace.backward(d_hidden)
    result = {
        "trace": {quantity: getattr(trace, quantity) for quantity in QUANTITIES[network.kind]},
        "gradients": {key: value for key, value in vars(gradients).items() if value is not None},
    }
    values, expected = torch_reference.run(network, x, d_hidden, d_cell, **start, **interventions)
    assert_equal(result, {"trace": values, "gradients": expected}, name)

    steps, units = sorted({0, T // 2, T - 1}), sorted({0, H - 1})
    result["terms"] = [{"quantity": quantity, "step": step, "unit": units[-1],
                        "terms": trace.preactivation(quantity, step, units[-1])}
                       for quantity in network.blocks for step in steps[-2:]]
    given = {"name": name, "cell": network.kind, "weights": network.weights, "inputs": x, **start,
             "d_hidden": d_hidden}
    if cell is ll.LSTM:
        given |= {"d_cell": np.zeros((T, H)) if d_cell is None else d_cell, **interventions}
        result["horizons"] = [{"unit": unit, "step": step, "threshold": threshold,
                               "steps": trace.horizon(unit, step, threshold)}
                              for unit in range(H) for step in steps for threshold in (0.5, 0.05)]
    return plain({**given, **result})


def short(rng, *shape):
    """Random numbers with few digits, so that the files stay small."""
    return np.round(rng.normal(size=shape), 2) + 0.0    # no -0.0


def plain(tree):
    """Arrays to nested lists."""
    if isinstance(tree, dict):
        return {key: plain(part) for key, part in tree.items()}
    return tree.tolist() if isinstance(tree, np.ndarray) else tree


def assert_equal(found, expected, where):
    """Fail if two trees have other keys, other shapes, or numbers further apart than the tolerance."""
    if isinstance(expected, dict):
        assert isinstance(found, dict), f"{where}: expected an object"
        assert set(found) == set(expected), f"{where}: {sorted(found)} against {sorted(expected)}"
        for key in expected:
            assert_equal(found[key], expected[key], f"{where} / {key}")
    elif isinstance(expected, list) and expected and isinstance(expected[0], dict):
        assert len(found) == len(expected), f"{where}: {len(found)} entries against {len(expected)}"
        for index, pair in enumerate(zip(found, expected, strict=True)):
            assert_equal(*pair, f"{where} / {index}")
    elif expected is None or isinstance(expected, str):
        assert found == expected, f"{where}: {found!r} against {expected!r}"
    else:
        found, expected = np.asarray(found, float), np.asarray(expected, float)
        assert found.shape == expected.shape, f"{where}: shape {found.shape} against {expected.shape}"
        gap = np.abs(found - expected).max(initial=0.0)
        assert gap <= TOLERANCE, f"{where}: differs by {gap:.1e}"


def main(check):
    for name, content in all_files().items():
        path = HERE / name
        if check:
            assert_equal(json.loads(path.read_text(encoding="utf-8")), content, name)
        else:
            text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
            path.write_text(text + "\n", encoding="utf-8")
            print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main("--check" in sys.argv[1:])
