"""Write dynamics.json and signals.json: what lstm_lib.dynamics and lstm_lib.signals give, for both languages.

    python tests/vectors/make_dynamics.py
"""

import json
from pathlib import Path

import numpy as np

import lstm_lib as ll
from lstm_lib import dynamics, signals

HERE = Path(__file__).resolve().parent
SENTENCE = "A menina disse que não foi se despedir porque quando o João viajou estava muito"
WEIGHTS = (-3.0, -1.5, -1.0, -0.9, -0.3, 0.0, 0.004, 0.3, 0.9, 0.97, 0.99, 1.0, 1.01, 1.05, 1.5, 2.0, 5.0,
           40.0)  # fmt: skip
BIASES = (0.0, 0.2, -0.45)
MATRICES = ((0.9, 30, 0), (1, 90, 0), (0.7, 0, 3), (0.7, -20, 3), (0.7, 90, 3), (1.4, 0, 0),
            (0.5, -135, -1.5), (0, 0, 0))  # fmt: skip
TEXTS = ("1 0,5 −1", "[1, 0.5, -1]", "(1,0)", "1,0,0,1", "1, 0, -1", "0,5", "-.5 +2 ,25", "um zero menos um",
         "One, half; minus two", "- 1", "– 2 1", "meio menos meio", SENTENCE, "a jornalista viu o jornalista",
         "jornalista", "menos", "um menos", "1 2 abc", "tenho 2 gatos", "", "   ", "!!!", "100", "-99 99",
         "1 -250 7", "1e3", "🙂", "אבג שלום", "<b>1</b>", "x y z")  # fmt: skip


def all_files():
    """{file name: content} of both files, computed afresh."""
    return {"dynamics.json": _dynamics(), "signals.json": _signals()}


def _dynamics():
    units = [
        {"weight": w, "bias": b, "regime": dynamics.regime(w, b),
         "points": [[p.value, p.slope, p.stable] for p in dynamics.fixed_points(w, b)]}
        for w in WEIGHTS for b in BIASES
    ]  # fmt: skip
    held = [
        {"weight": 1.5, "bias": 0.1, "input": x,
         "points": [p.value for p in dynamics.fixed_points(1.5, 0.1, x)]}
        for x in (-1.0, -0.3, 0.4)
    ]  # fmt: skip
    matrices = []
    for gain, angle, skew in MATRICES:
        matrix = dynamics.recurrent_matrix(gain, angle, skew)
        matrices.append({"gain": gain, "angle": angle, "skew": skew, "matrix": matrix.ravel().tolist(),
                         "spectral_radius": dynamics.spectral_radius(matrix),
                         "largest_singular_value": dynamics.largest_singular_value(matrix)})  # fmt: skip
    return {"units": units, "held": held, "matrices": matrices, "echoes": [_echo(k) for k in range(6)]}


def _echo(k):
    """An echo of a random unit or layer, a fading or a growing one, and what is read from it."""
    rng = np.random.default_rng(k)
    units = 1 + k % 2
    gain = (0.7, 0.7, 1.0, 1.3, 1.6, 1.0)[k]
    net = ll.RNN(rng.normal(size=(units, 1)), gain * np.linalg.qr(rng.normal(size=(units, units)))[0],
                 rng.normal(scale=0.1, size=units))  # fmt: skip
    x, step = rng.normal(size=12).round(2), k % 4
    echo = dynamics.echo(net, x, step)
    return {"weights": {name: array.tolist() for name, array in net.weights.items()}, "inputs": x.tolist(),
            "step": step, "echo": echo.tolist(), "half_life": dynamics.half_life(echo),
            "course": dynamics.course(echo)}  # fmt: skip


def _signals():
    read = []
    for text in TEXTS:
        try:
            read.append({"text": text, "values": signals.signal(text), "words": signals.sentence_words(text)})
        except ValueError as error:
            read.append({"text": text, "error": str(error)})
    made = [{"name": name, "steps": steps, "values": signals.preset(name, steps)}
            for name in signals.presets() for steps in (1, 2, 7, 16)]  # fmt: skip
    return {"texts": read, "presets": made}


def main():
    for name, content in all_files().items():
        parts = ",\n".join(
            f'"{key}": [\n' + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries) + "\n]"
            for key, entries in content.items()
        )
        (HERE / name).write_text(f"{{{parts}}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
