"""Exercises of the chapter on backpropagation through time. The schema is in :mod:`lstm_lib.checks`.

The texts are in ``bptt.json``. Expected answers, and the answers to which typical mistakes lead, are computed
here: by the chain rule, from the book's untrained networks and from the shipped ones.
"""

import math
from functools import cache

import numpy as np

from lstm_lib.exercises import texts

TEXTS = texts.read("bptt")
SENTENCES = {"n": 40, "seed": 1, "distance": 40, "distractors": 3}      # in which the trained RNN is measured
SHARES = (0.5, 1e-2, 1e-6, 1e-10)           # what the four options of a prediction say of a gradient
COUNTEREXAMPLE = np.array([[8.0, 8.0], [-8.0, -8.0]])       # exercise 3.3: both eigenvalues are 0


def say(key, **values):
    """The text `key` in both languages with its placeholders filled (`texts.fill`)."""
    return texts.fill(TEXTS[key], **values)


# --- predict -------------------------------------------------------------------------------------


@cache
def arrives():
    """log10 of the share of dL/dh_T that reaches h_1 in the book's untrained RNN, and over how many steps."""
    from lstm_lib import gradient_flow

    hidden = gradient_flow.run(gradient_flow.Settings())["rnn"].hidden
    return float(hidden[0] - hidden[-1]), len(hidden) - 1


@cache
def trained():
    """The trained RNN on sentences of 40 words: (share that is right, mean log10 of the share of the gradient
    that arrives at the subject's noun)."""
    from lstm_lib import load
    from lstm_lib.tasks import agreement

    rnn = load("agreement/rnn")
    sentences = agreement.sentences(**SENTENCES)
    logs = []
    for s in sentences:
        trace = rnn.read(s.words).trace
        direct = np.zeros_like(trace.hidden)
        direct[-1] = (rnn.decoder_weight[rnn.index[s.adjective]]
                      - rnn.decoder_weight[rnn.index[s.adjective_wrong]])
        sizes = np.linalg.norm(trace.backward(direct).hidden, axis=1)
        logs.append(np.log10(sizes[s.subject_position] / sizes[-1]))
    return agreement.accuracy(rnn, sentences), float(np.mean(logs))


def option_of(log):
    """Which of the four options is nearest to a gradient that has become 10^log of itself."""
    return int(np.argmin(np.abs(np.log10(SHARES) - log)))


def predict_arrives():
    """Before the first explorable: how much of the error at the last step does the first one hear?"""
    log, steps = arrives()
    return _predicted("predict-arrives", log, steps)


def predict_trained():
    """Before the trained networks: does a gradient arrive where the answer is always right?"""
    right, log = trained()
    numbers = {"right": round(right * SENTENCES["n"]), "n": SENTENCES["n"], "distance": SENTENCES["distance"]}
    return _predicted("predict-trained", log, SENTENCES["distance"] - 1, **numbers)


def _predicted(name, log, steps, **numbers):
    """How much of a gradient arrives that becomes 10^log of itself over so many steps, among four answers."""
    answer = option_of(log)
    numbers |= {"steps": steps, "log": (1, log), "factor": (2, 10 ** (log / steps))}
    mistakes = [{"when": option, "say": say(f"{name}.mistake", needed=(2, share ** (1 / steps)), **numbers)}
                for option, share in enumerate(SHARES) if option != answer]
    return {
        "id": f"bptt/{name}",
        "number": "",
        "minutes": 1,
        "kind": "choice",
        "predict": True,
        "prompt": say(f"{name}.prompt", **numbers),
        "options": [say(f"predict.option.{option}") for option in range(4)],
        "answer": answer,
        "mistakes": mistakes,
        "right": say(f"{name}.right", **numbers),
        "otherwise": say(f"{name}.otherwise"),
    }


# --- by hand ---------------------------------------------------------------------------------------


def two_derivatives():
    """The total derivative at step 1 of two, for one unit: the immediate one and what comes back."""
    w, h_1, h_2, d_1, d_2 = 2.0, 0.8, 0.6, 0.2, -1.0
    slope = 1 - h_2**2
    answer = d_1 + w * slope * d_2
    typical = [
        (d_1, "two.immediate"),
        (w * slope * d_2, "two.through"),
        (d_1 + w * d_2, "two.slope"),
        (d_1 + slope * d_2, "two.weight"),
        (d_1 + w * (1 - h_1**2) * d_2, "two.other-slope"),
        (d_1 + w * (1 - h_2) * d_2, "two.square"),
        (d_1 * w * slope * d_2, "two.product"),
        (d_1 + d_2, "two.sum"),
        (d_1 - w * slope * d_2, "two.sign"),
    ]
    numbers = {"w": (0, w), "h_1": (1, h_1), "h_2": (1, h_2), "d_1": (1, d_1, "+"), "d_2": (1, d_2, "+"),
               "slope": (2, slope), "factor": (2, w * slope), "answer": (2, answer, "+")}
    return _number("two-derivatives", "3.1", 5, answer, 0.005, typical, numbers, "two",
                   label={"pt": "d$L$/d$h_1$ =", "en": "d$L$/d$h_1$ ="})


def surely_small():
    """After how many steps is it certain that a layer of logistic units has lost all but a thousandth?"""
    largest, slope, left = 3.2, 0.25, 1e-3
    factor = largest * slope

    def steps(share):
        return math.ceil(math.log(share) / math.log(factor))

    answer = steps(left)
    typical = [
        (0, "sure.slope"),
        (answer - 1, "sure.one-less"),
        (answer + 1, "sure.one-more"),
        (round((1 - left) / (1 - factor)), "sure.line"),
        (math.ceil(math.log10(left) / math.log(factor)), "sure.logarithms"),
        (math.ceil(math.log(left) / math.log10(factor)), "sure.logarithms-too"),
        (steps(0.5), "sure.half"),
        (steps(0.1), "sure.tenth"),
    ]
    numbers = {"largest": (1, largest), "factor": (1, factor), "steps": answer, "before": answer - 1}
    return _number("surely-small", "3.2", 5, answer, 0, typical, numbers, "sure")


def clipped():
    """What norm clipping makes of one component: all are scaled by the same factor."""
    gradient, most = np.array([3.0, -4.0]), 1.0
    norm = float(np.linalg.norm(gradient))
    answer = float(gradient[1] * most / norm)
    typical = [
        (gradient[1], "clipped.unchanged"),
        (-most, "clipped.value"),
        (-answer, "clipped.sign"),
        (gradient[0] * most / norm, "clipped.first"),
        (gradient[1] * most / np.abs(gradient).sum(), "clipped.sum"),
        (gradient[1] * most / norm**2, "clipped.squared"),
        (gradient[1] + norm - most, "clipped.subtracted"),
        (norm, "clipped.norm"),
    ]
    numbers = {"first": (0, gradient[0], "+"), "second": (0, gradient[1], "+"), "most": (0, most),
               "norm": (0, norm), "answer": (1, answer, "+")}
    return _number("clipped", "3.4", 3, answer, 0.005, typical, numbers, "clipped")


def _number(name, number, minutes, answer, tolerance, typical, numbers, texts_of, **more):
    return {
        "id": f"bptt/{name}",
        "number": number,
        "minutes": minutes,
        "kind": "number",
        "prompt": say(f"{texts_of}.prompt", **numbers),
        "answer": answer,
        "tolerance": tolerance,
        "mistakes": [{"when": float(value), "say": say(key, **numbers)} for value, key in typical],
        "right": say(f"{texts_of}.right", **numbers),
        "otherwise": say(f"{texts_of}.otherwise", **numbers),
        **more,
    }


def latched():
    """What a vanishing gradient says about a trained network that is always right."""
    return {
        "id": "bptt/latched",
        "number": "3.6",
        "minutes": 3,
        "kind": "choice",
        "prompt": say("latched.prompt"),
        "options": [say(f"latched.option.{option}") for option in range(4)],
        "answer": 1,
        "mistakes": [{"when": option, "say": say(f"latched.mistake.{option}")} for option in (0, 2, 3)],
        "right": say("latched.right"),
        "otherwise": say("latched.otherwise"),
    }


# --- in code ---------------------------------------------------------------------------------------


def eigenvalue():
    """A matrix whose eigenvalues are all 0, and a resting state at which the gradient explodes."""
    return _code("eigenvalue", "3.3", 10, _test_eigenvalue)


def jacobian(U, b, h):
    """One step's Jacobian at a state h: d tanh(U h + b) / dh, (H, H)."""
    return (1 - np.tanh(U @ h + b) ** 2)[:, None] * U


def _test_eigenvalue(answer):
    try:
        b, h = (np.asarray(part, dtype=float) for part in answer)
    except (TypeError, ValueError):
        return say("eigenvalue.not-two")
    if b.shape != (2,) or h.shape != (2,) or not (np.isfinite(b).all() and np.isfinite(h).all()):
        return say("eigenvalue.not-two")
    moved = float(np.abs(np.tanh(COUNTEREXAMPLE @ h + b) - h).max())
    if moved > 1e-3:
        return say("eigenvalue.moves", moved=(3, moved))
    radius = float(np.abs(np.linalg.eigvals(jacobian(COUNTEREXAMPLE, b, h))).max())
    if radius < 1e-6:
        return say("eigenvalue.equal")
    return None if radius > 1 else say("eigenvalue.small", radius=(2, radius))


def back():
    """The way back through a layer of logistic units, written by the reader."""
    return _code("back", "3.5", 10, _test_back)


def back_case(steps=6, units=3, seed=0):
    """Recurrent weights, states and direct derivatives of a layer of logistic units: U, h, direct."""
    rng = np.random.default_rng(seed)
    U = 2 * rng.normal(size=(units, units))
    states, h = [], np.zeros(units)
    for x in rng.normal(size=(steps, units)):
        h = 1 / (1 + np.exp(-(x + U @ h)))
        states.append(h)
    return U, np.array(states), rng.normal(size=(steps, units))


def totals(U, h, direct, slope=lambda h: h * (1 - h), turned=True, shared=0):
    """Total derivatives (T, H) from the direct ones; what follows `direct` is for typical mistakes."""
    total = np.array(direct, dtype=float)
    for t in range(len(h) - 2, -1, -1):
        da = slope(h[t + 1 - shared]) * total[t + 1]
        total[t] += da @ U if turned else U @ da
    return total


def _test_back(function):
    if not callable(function):
        return say("back.not-a-function")
    U, h, direct = back_case()
    given = U.copy(), h.copy(), direct.copy()
    found = function(*given)
    if not all(np.array_equal(now, was) for now, was in zip(given, (U, h, direct), strict=True)):
        return say("back.changed")
    if np.shape(found) != h.shape:
        return say("back.shape", shape=np.shape(found), wanted=h.shape)
    for key, wrong in _wrong_ways(U, h, direct):
        if np.allclose(found, wrong, atol=1e-9):
            return say(key)
    right = np.isclose(found, totals(U, h, direct), rtol=0, atol=1e-9).all(axis=1)
    return None if right.all() else say("back.step", step=int(np.flatnonzero(~right)[-1]) + 1)


def _wrong_ways(U, h, direct):
    """What typical mistakes give: (text, array)."""
    yield "back.direct", direct
    yield "back.tanh", totals(U, h, direct, slope=lambda h: 1 - h * h)
    yield "back.no-slope", totals(U, h, direct, slope=np.ones_like)
    yield "back.turned", totals(U, h, direct, turned=False)
    yield "back.slope-of-before", totals(U, h, direct, shared=1)
    last = np.zeros_like(direct)
    last[-1] = direct[-1]
    yield "back.last-only", totals(U, h, last)


def _code(name, number, minutes, test):
    return {
        "id": f"bptt/{name}",
        "number": number,
        "minutes": minutes,
        "kind": "code",
        "prompt": say(f"{name}.prompt"),
        "test": test,
        "right": say(f"{name}.right"),
        "otherwise": say(f"{name}.otherwise"),
    }


EXERCISES = {
    "bptt/predict-arrives": predict_arrives,
    "bptt/predict-trained": predict_trained,
    "bptt/two-derivatives": two_derivatives,
    "bptt/surely-small": surely_small,
    "bptt/eigenvalue": eigenvalue,
    "bptt/clipped": clipped,
    "bptt/back": back,
    "bptt/latched": latched,
}
