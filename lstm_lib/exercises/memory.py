"""Exercises of the chapter on memory. The schema is described in :mod:`lstm_lib.checks`.

The texts are in ``memory.json``. Expected answers, and the answers to which typical mistakes lead, are
computed here with the book's own RNN.
"""

import math
from functools import partial

import numpy as np

from lstm_lib.exercises import texts
from lstm_lib.exercises.own_network import received

TEXTS = texts.read("memory")
NOISE = 0.2                                  # exercise 1.6: the largest value that is no cue


def say(key, **values):
    """The text `key` in both languages with its placeholders filled (`texts.fill`)."""
    return texts.fill(TEXTS[key], **values)


def choice(name, right, options=4, **more):
    """A question with options; the texts are `name`.prompt, .option.k, .mistake.k, .right, .otherwise."""
    wrong = [option for option in range(options) if option != right]
    return {
        "id": f"memory/{name}",
        "number": "",
        "minutes": 1,
        "kind": "choice",
        "prompt": say(f"{name}.prompt"),
        "options": [say(f"{name}.option.{option}") for option in range(options)],
        "answer": right,
        "mistakes": [{"when": option, "say": say(f"{name}.mistake.{option}")} for option in wrong],
        "right": say(f"{name}.right"),
        "otherwise": say(f"{name}.otherwise"),
        **more,
    }


def unit(weight, input_weight=1.0, bias=0.0):
    """One tanh unit: h_t = tanh(weight h_(t-1) + input_weight x_t + bias)."""
    from lstm_lib import RNN

    return RNN(weight_ih=[[input_weight]], weight_hh=[[weight]], bias_ih=[bias])


def echo(weight, steps=60):
    """The state after an impulse of 1, (steps,): its first number is the state at the impulse."""
    impulse = np.zeros((steps, 1))
    impulse[0] = 1
    return unit(weight).forward(impulse).hidden[:, 0]


def below_half(sizes):
    """Steps after the first until `sizes` is below half of its first number."""
    return int(np.argmax(sizes < sizes[0] / 2))


def resting_state(weight):
    """The positive state at which a latch of this weight rests: h = tanh(weight h)."""
    return float(echo(weight, steps=500)[-1])


def predict_latch():
    """Before the explorable: what becomes of an echo that is multiplied by more than 1 at every step?"""
    after = echo(1.5)
    right = 2 if after[-1] > 0.5 and abs(after[-1] - after[-2]) < 1e-9 else 0
    return choice("predict-latch", right, predict=True)


def predict_back():
    """Before the read-out: how much of what was read can be found in the state?"""
    return choice("predict-back", 2, predict=True)


def half_life():
    """Read the half-life off the trace; the power alone, without tanh, gives a longer one."""
    weight = 0.95
    sizes = np.abs(echo(weight))
    answer = below_half(sizes)
    power = below_half(weight ** np.arange(60))
    typical = [
        (answer + 1, "half-life.counted-from-one"),
        (answer - 1, "half-life.too-early"),
        ([power - 1, power], "half-life.power"),
        (int(np.argmax(sizes < sizes[0] / math.e)), "half-life.third"),
        ([weight / 2 - 0.01, weight / 2 + 0.01], "half-life.height"),
        ([float(sizes[answer]) - 0.01, float(sizes[0]) / 2 + 0.01], "half-life.value"),
    ]
    numbers = {"w": (2, weight), "first": (2, sizes[0]), "half": (2, sizes[0] / 2), "power": str(power),
               "before": (2, sizes[answer - 1]), "at": (2, sizes[answer]), "steps": str(answer)}
    return {
        "id": "memory/half-life",
        "number": "1.1",
        "minutes": 5,
        "kind": "number",
        "prompt": say("half-life.prompt", **numbers),
        "answer": answer,
        "tolerance": 0,
        "mistakes": [{"when": when, "say": say(key, **numbers)} for when, key in typical],
        "right": say("half-life.right", **numbers),
        "otherwise": say("half-life.otherwise", **numbers),
    }


def weight():
    """Turn it round: which weight gives a small echo a half-life of ten steps?"""
    steps = 10
    answer = 0.5 ** (1 / steps)
    typical = [
        (-answer, "weight.sign"),
        (1 - 0.5 / steps, "weight.line"),
        (0.5 / steps, "weight.share"),
        (0.5**steps, "weight.power"),
        (math.exp(-1 / steps), "weight.third"),
        (0.5, "weight.half"),
        (2 ** (1 / steps), "weight.growing"),
    ]
    return {
        "id": "memory/weight",
        "number": "1.2",
        "minutes": 5,
        "kind": "number",
        "prompt": say("weight.prompt", steps=steps),
        "label": {"pt": "$w$ =", "en": "$w$ ="},
        "answer": answer,
        "tolerance": 0.002,
        "mistakes": [{"when": value, "say": say(key, steps=steps)} for value, key in typical],
        "right": say("weight.right", steps=steps, w=(3, answer)),
        "otherwise": say("weight.otherwise", steps=steps),
    }


def unfolded():
    """How many weights does the drawing of fifty copies have?"""
    inputs, units, steps = 2, 5, 50
    from_input, recurrent, biases = units * inputs, units * units, units
    answer = from_input + recurrent + biases
    typical = [
        (answer * steps, "unfolded.copies"),
        (answer + biases, "unfolded.two-biases"),
        (from_input + biases, "unfolded.no-link"),
        (from_input + recurrent, "unfolded.no-bias"),
        (from_input + recurrent + 1, "unfolded.one-bias"),
        (recurrent, "unfolded.only-link"),
        (from_input + units + biases, "unfolded.own-only"),
    ]
    shapes = {"inputs": inputs, "units": units, "steps": steps, "from_input": from_input,
              "recurrent": recurrent, "biases": biases, "all": answer}
    return {
        "id": "memory/unfolded",
        "number": "1.3",
        "minutes": 5,
        "kind": "number",
        "prompt": say("unfolded.prompt", **shapes),
        "answer": answer,
        "tolerance": 0,
        "mistakes": [{"when": value, "say": say(key, **shapes)} for value, key in typical],
        "right": say("unfolded.right", **shapes),
        "otherwise": say("unfolded.otherwise", **shapes),
    }


def price():
    """By what a small change is multiplied where a latch rests: w (1 - h²)."""
    weight = 1.5
    rests = resting_state(weight)
    answer = weight * (1 - rests**2)
    typical = [
        (weight, "price.at-zero"),
        (1 - rests**2, "price.without-w"),
        (weight * (1 - rests), "price.not-squared"),
        (rests, "price.state"),
        (weight * rests, "price.product"),
        (rests**2, "price.square"),
        (0, "price.nothing"),
    ]
    numbers = {"w": (1, weight), "h": (3, rests), "parts": round(answer**-20 / 1e6)}
    return {
        "id": "memory/price",
        "number": "1.4",
        "minutes": 10,
        "kind": "number",
        "prompt": say("price.prompt", **numbers),
        "answer": answer,
        "tolerance": 0.002,
        "mistakes": [{"when": when, "say": say(key, **numbers)} for when, key in typical],
        "right": say("price.right", **numbers),
        "otherwise": say("price.otherwise", **numbers),
    }


def room():
    """From how many words on are there more sentences than states?"""
    units, bits, words = 8, 16, 256
    answer = units * bits // int(math.log2(words)) + 1
    numbers = {"units": units, "bits": bits, "words": words, "all": units * bits,
               "each": int(math.log2(words)), "fits": answer - 1, "answer": answer}
    typical = [
        (answer - 1, "room.equal"),
        (units, "room.units"),
        (units + 1, "room.units"),
        (units * bits, "room.bits"),
        (units * bits + 1, "room.bits"),
        (words, "room.vocabulary"),
        (bits // 8 + 1, "room.one-unit"),
    ]
    return {
        "id": "memory/room",
        "number": "1.5",
        "minutes": 8,
        "kind": "number",
        "prompt": say("room.prompt", **numbers),
        "answer": answer,
        "tolerance": 0,
        "mistakes": merged([{"when": value, "say": say(key, **numbers)} for value, key in typical]),
        "right": say("room.right", **numbers),
        "otherwise": say("room.otherwise", **numbers),
    }


def merged(mistakes):
    """Two neighbouring answers with the same words become one mistake with a range."""
    found = []
    for mistake in mistakes:
        if found and found[-1]["say"] == mistake["say"]:
            found[-1]["when"] = [found[-1]["when"], mistake["when"]]
        else:
            found.append(mistake)
    return found


def build():
    """A latch with weights chosen by hand: it keeps the sign of the last cue and lets noise go by."""
    return {
        "id": "memory/build",
        "number": "1.6",
        "minutes": 10,
        "kind": "code",
        "prompt": say("build.prompt"),
        "test": _test_build,
        "right": say("build.right"),
        "otherwise": say("build.otherwise"),
    }


def build_sequences(n=8, seed=5):
    """Inputs (steps, n, 1), cues of +1 or -1 among noise, and the wanted sign (steps, n).

    Cues come at steps 0, 12, 20 and 40, the second equal to the first and the others of the other sign by
    turns; then none for a hundred steps. The noise is drawn from -0.2 to 0.2, and for twenty steps after
    the last cue it pulls against it as hard as it may.
    """
    rng = np.random.default_rng(seed)
    steps, first = 141, np.tile([1.0, -1.0], n // 2)
    x = rng.uniform(-NOISE, NOISE, size=(steps, n))
    wanted = np.empty((steps, n))
    for start, sign in ((0, 1), (12, 1), (20, -1), (40, 1)):
        x[start] = sign * first
        wanted[start:] = x[start]
    x[61:81] = -NOISE * wanted[61:81]
    return x[..., None], wanted


def _test_build(net):
    net, refusal = received(
        net, ("rnn_tanh",), (1, 1), partial(say, "build.not-an-rnn"), partial(say, "build.size")
    )
    if refusal:
        return refusal
    x, wanted = build_sequences()
    hidden = net.forward(x).hidden[..., 0]
    if (hidden * wanted).min() > 0.05:             # the sign is right, and can be seen
        return None
    return _build_fault(net, x[..., 0], wanted, hidden)


def _build_fault(net, x, wanted, hidden):
    """The first thing that keeps a unit from being this latch, in words."""
    w, u = float(net.weight_hh[0, 0]), float(net.weight_ih[0, 0])
    b = float((net.bias_ih + net.bias_hh)[0])
    kept = np.abs(x) <= NOISE
    right = np.sign(hidden) == wanted
    step = int(np.argmax(~right.all(axis=1))) + 1
    numbers = {"w": (2, w, "+"), "u": (2, u, "+"), "b": (2, b, "+"), "step": step}
    quiet = unit(w, u, b).forward(np.zeros((200, 2, 1)), h0=np.array([[1.0], [-1.0]])).hidden[-1, :, 0]
    if u <= 0:
        return say("build.input-sign", **numbers)
    if w < 0:
        return say("build.rings", **numbers)
    if w <= 1:
        return say("build.fades", **numbers)
    if quiet[0] * quiet[1] >= 0:
        return say("build.bias", **numbers)
    if not right[~kept].all():
        return say("build.deaf", **numbers)
    if not right[kept].all():
        return say("build.noise", **numbers)
    return TEXTS["build.otherwise"]


EXERCISES = {
    "memory/predict-latch": predict_latch,
    "memory/predict-back": predict_back,
    "memory/half-life": half_life,
    "memory/weight": weight,
    "memory/unfolded": unfolded,
    "memory/price": price,
    "memory/room": room,
    "memory/build": build,
}
