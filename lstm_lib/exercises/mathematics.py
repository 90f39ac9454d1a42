"""Exercises of the chapter on the mathematics of the cell. The schema is described in :mod:`lstm_lib.checks`.

The texts are in ``mathematics.json``. Expected answers, and the answers to which typical mistakes lead, are
computed here: with the book's networks, and with finite differences where a derivative is asked for.
"""

import math
from functools import cache

import numpy as np

from lstm_lib.exercises import texts

TEXTS = texts.read("mathematics")
SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"


def say(key, **values):
    """The text `key` in both languages with its placeholders filled (`texts.fill`)."""
    return texts.fill(TEXTS[key], **values)


def choice(name, right, options=4, **values):
    """A prediction with options; the texts are `name`.prompt, .option.k, .mistake.k, .right, .otherwise."""
    wrong = [option for option in range(options) if option != right]
    return {
        "id": f"mathematics/{name}",
        "number": "",
        "minutes": 1,
        "kind": "choice",
        "predict": True,
        "prompt": say(f"{name}.prompt", **values),
        "options": [say(f"{name}.option.{option}", **values) for option in range(options)],
        "answer": right,
        "mistakes": [{"when": option, "say": say(f"{name}.mistake.{option}", **values)} for option in wrong],
        "right": say(f"{name}.right", **values),
        "otherwise": say(f"{name}.otherwise", **values),
    }


def ask(name, number, minutes, answer, tolerance, typical, label=None, unit=None, **values):
    """A question for a number; `typical`: (answer to which a mistake leads, key of what is said to it)."""
    asked = {
        "id": f"mathematics/{name}",
        "number": number,
        "minutes": minutes,
        "kind": "number",
        "prompt": say(f"{name}.prompt", **values),
        "answer": float(answer),
        "tolerance": tolerance,
        "mistakes": [{"when": float(when), "say": say(f"{name}.{key}", **values)} for when, key in typical],
        "right": say(f"{name}.right", **values),
        "otherwise": say(f"{name}.otherwise", **values),
    }
    if label:
        asked["label"] = {"pt": label, "en": label}
    if unit:
        asked["unit"] = unit
    return asked


@cache
def _way_back():
    """The error of the margin on its way back through the shipped LSTM, at the gender unit.

    Returns (position of each word, total dL/dc_t (T,), its shares by path, forget gates (T,)).
    """
    from lstm_lib import load
    from lstm_lib.losses import loss_of
    from lstm_lib.tasks.agreement import gender_unit

    lm = load("agreement/lstm")
    reading = lm.read(SENTENCE)
    unit, trace = gender_unit(lm), reading.trace
    gradients = trace.backward(loss_of(reading).direct)
    shares = {path: share[:, unit] for path, share in gradients.paths["cell"].items()}
    at = {word: step for step, word in enumerate(SENTENCE.split())}
    return at, gradients.cell[:, unit], shares, trace.forget_gate[:, unit]


def predict_larger():
    """Before the explorable: does the error that reaches the subject shrink on its way?"""
    at, total, _, forget = _way_back()
    ratio = total[at["menina"]] / total[-1]
    right = 2 if ratio > 1.1 else 1 if ratio > 0.9 else 0
    return choice("predict-larger", right, ratio=(2, ratio), kept=(4, np.prod(forget[at["menina"] + 1 :])),
                  words=len(total) - 1 - at["menina"])


def predict_double():
    """Before the explorable of the parameters: by how much does twice the number of units multiply them?"""
    inputs, units = 16, 32
    small, large = (parameters(4, inputs, H) for H in (units, 2 * units))
    ratio = large / small
    right = min(range(4), key=lambda option: abs((2, 3.3, 4, 8)[option] - ratio))
    return choice("predict-double", right, inputs=inputs, units=units, twice=2 * units,
                  ratio=(2, ratio))


def parameters(blocks, inputs, units, biases=2):
    """Parameters of a layer: `blocks` times the two matrices and the biases."""
    return blocks * (units * inputs + units * units + biases * units)


def count():
    """Count the parameters of a layer of torch.nn.LSTM."""
    inputs, units = 10, 20
    answer = parameters(4, inputs, units)
    typical = [
        (parameters(4, inputs, units, biases=1), "one-bias"),
        (parameters(4, inputs, units, biases=0), "no-bias"),
        (parameters(1, inputs, units), "one-block"),
        (parameters(3, inputs, units), "gates-only"),
        (parameters(4, units, inputs), "swapped"),
        (4 * (units * inputs + units + 2 * units), "own-only"),
    ]
    return ask("count", "5.1", 5, answer, 0, typical, inputs=inputs, units=units,
               from_input=units * inputs, recurrent=units * units, biases=2 * units)


def order():
    """Put the lines of one step back in an order in which each has what it needs."""
    return {
        "id": "mathematics/order",
        "number": "5.2",
        "minutes": 5,
        "kind": "order",
        "prompt": say("order.prompt"),
        "options": [say(f"order.option.{option}") for option in range(4)],
        "answer": [1, 3, 0, 2],
        "mistakes": [{"when": {"before": [3, 1]}, "say": say("order.cell-first")},
                     {"when": {"before": [0, 3]}, "say": say("order.gate-first")},
                     {"when": {"before": [2, 0]}, "say": say("order.weights-first")}],
        "right": say("order.right"),
        "otherwise": say("order.otherwise"),
    }


def forget():
    """One number of the way back: from the cell to the sum inside the forget gate."""
    f, c_before, dc = 0.8, -1.5, 2.0
    slope = f * (1 - f)
    answer = dc * c_before * slope
    typical = [
        (dc * c_before, "no-slope"),
        (dc * c_before * f, "gate-for-slope"),
        (dc * c_before * (1 - f), "half-slope"),
        (dc * c_before * (1 - f * f), "tanh-slope"),
        (-answer, "sign"),
        (dc * slope, "no-cell"),
        (dc * f, "highway"),
    ]
    return ask("forget", "5.3", 5, answer, 0.005, typical, f=(1, f), c=(1, c_before, "+"), dc=(1, dc, "+"),
               slope=(2, slope))


def read():
    """Read the shares of the paths off the explorable: what part comes through the output gate?"""
    at, total, shares, _ = _way_back()
    step = at["joão"]
    part = {path: 100 * share[step] / total[step] for path, share in shares.items()}
    typical, taken = [], [part["output"]]
    for key, value in (("highway", part["cell"]), ("share", part["output"] / 100),
                       ("value", shares["output"][step]),
                       ("later", 100 * shares["output"][at["estava"]] / total[at["estava"]]),
                       ("next", 100 * shares["output"][step + 1] / total[step + 1]),
                       ("forget-path", part["forget"])):
        if min(abs(value - other) for other in taken) > 0.4:        # too near another, it would get its words
            typical.append((value, key))
            taken.append(value)
    return ask("read", "5.4", 5, part["output"], 0.2, typical, unit="%", total=(4, total[step], "+"),
               output=(4, shares["output"][step], "+"))


def two_biases():
    """What the forget gate is when both of torch's biases are set to 1."""
    def sigmoid(a):
        return 1 / (1 + math.exp(-a))

    typical = [(sigmoid(1), "one"), (1, "open"), (2, "sum"), (0.5, "none"), (2 * sigmoid(1), "twice")]
    return ask("two-biases", "5.5", 3, sigmoid(2), 0.01, typical, label="$f$ =")


def chrono():
    """The bias that gives the forget gate a duration of fifty steps."""
    steps = 50
    answer, half = math.log(steps - 1), 0.5 ** (1 / steps)
    typical = [
        (math.log(steps), "no-one"),
        (-answer, "sign"),
        (steps - 1, "no-log"),
        (1 - 1 / steps, "gate"),
        (1 / steps, "closed"),
        (math.log(half / (1 - half)), "half"),
    ]
    return ask("chrono", "5.6", 5, answer, 0.008, typical, label="$b$ =", steps=steps, before=steps - 1)


def coupled():
    """The way back through a cell whose input gate is tied to the forget gate."""
    return {
        "id": "mathematics/coupled",
        "number": "5.7",
        "minutes": 12,
        "kind": "code",
        "prompt": say("coupled.prompt"),
        "test": _test_coupled,
        "right": say("coupled.right"),
        "otherwise": say("coupled.otherwise"),
    }


def coupled_case(seed=0, units=5):
    """Random dc, c_before, f, g of one step of the coupled cell, each (units,)."""
    rng = np.random.default_rng(seed)
    dc, c_before = rng.normal(size=(2, units))
    return dc, c_before, rng.uniform(0.1, 0.9, units), rng.uniform(-0.9, 0.9, units)


def coupled_by_differences(dc, c_before, f, g, eps=1e-5):
    """dL/da_f of the coupled cell c = f c_before + (1 - f) g, unit by unit, without any derivative."""
    a = np.log(f / (1 - f))
    up, down = (1 / (1 + np.exp(-(a + change))) for change in (eps, -eps))
    return dc * ((up * c_before + (1 - up) * g) - (down * c_before + (1 - down) * g)) / (2 * eps)


def _test_coupled(answer):
    if not callable(answer):
        return say("coupled.not-a-function")
    dc, c_before, f, g = coupled_case()
    given = answer(dc.copy(), c_before.copy(), f.copy(), g.copy())
    if given is None:
        return say("coupled.nothing")
    given = np.asarray(given, dtype=float)
    if given.shape != dc.shape:
        return say("coupled.shape", shape=str(given.shape), wanted=str(dc.shape))
    slope = f * (1 - f)
    typical = {
        "coupled.kept-only": dc * c_before * slope,
        "coupled.plus": dc * (c_before + g) * slope,
        "coupled.sign": dc * (g - c_before) * slope,
        "coupled.no-slope": dc * (c_before - g),
        "coupled.half-slope": dc * (c_before - g) * f,
        "coupled.no-error": (c_before - g) * slope,
    }
    if np.abs(given - coupled_by_differences(dc, c_before, f, g)).max() < 1e-8:
        return None
    for key, wrong in typical.items():
        if np.allclose(given, wrong, rtol=0, atol=1e-8):
            return say(key)
    return TEXTS["coupled.otherwise"]


EXERCISES = {
    "mathematics/predict-larger": predict_larger,
    "mathematics/predict-double": predict_double,
    "mathematics/count": count,
    "mathematics/order": order,
    "mathematics/forget": forget,
    "mathematics/read": read,
    "mathematics/two-biases": two_biases,
    "mathematics/chrono": chrono,
    "mathematics/coupled": coupled,
}
