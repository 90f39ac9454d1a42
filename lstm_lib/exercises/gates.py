"""Exercises of the chapter on gates. The schema is described in :mod:`lstm_lib.checks`.

The texts are in ``gates.json``. Expected answers, and the answers to which typical mistakes lead, are
computed here, from the shipped network where the question is about it.
"""

from functools import cache, partial

import numpy as np

from lstm_lib.exercises import texts
from lstm_lib.exercises.own_network import received

SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
MIRROR = "o menino disse que não foi se despedir porque quando a maria viajou estava muito"
BY_HAND = "release-at-cue"                   # the puzzle of lstm_lib/puzzles.json that is an exercise
TEXTS = texts.read("gates")


def say(key, **values):
    """The text `key` in both languages with its placeholders filled (`texts.fill`)."""
    return texts.fill(TEXTS[key], **values)


@cache
def unit_shown():
    """The gender unit of the shipped LSTM, which the chapter follows."""
    from lstm_lib import load
    from lstm_lib.tasks.agreement import gender_unit

    return gender_unit(load("agreement/lstm"))


@cache
def _story():
    """The gender unit over the book's sentence: (position of each word, quantities by name)."""
    from lstm_lib import load

    lm, unit = load("agreement/lstm"), unit_shown()
    trace = lm.read(SENTENCE).trace
    quantities = {name: getattr(trace, name)[:, unit] for name in ("cell", "hidden", "forget_gate")}
    quantities["mirrored"] = lm.read(MIRROR).trace.cell[:, unit]
    return {word: step for step, word in enumerate(SENTENCE.split())}, quantities


def predict_hold():
    """Before the first puzzle: which gate must be open while a value is only kept?"""
    return {
        "id": "gates/predict-hold",
        "number": "",
        "minutes": 1,
        "kind": "choice",
        "predict": True,
        "prompt": say("predict-hold.prompt"),
        "options": [say(f"predict-hold.option.{option}") for option in range(4)],
        "answer": 1,
        "mistakes": [{"when": option, "say": say(f"predict-hold.mistake.{option}")} for option in (0, 2, 3)],
        "right": say("predict-hold.right"),
        "otherwise": say("predict-hold.otherwise"),
    }


def predict_joao():
    """Before the trained network: what happens to the gender unit when a noun of the other gender comes?"""
    at, story = _story()
    was, became = story["cell"][at["quando"]], story["cell"][at["joão"]]
    if np.sign(was) != np.sign(became):
        answer = 3
    elif abs(became) < 0.1 * abs(was):
        answer = 0
    else:
        answer = 1 if abs(became - was) > 0.01 * abs(was) else 2
    numbers = {"was": (2, was, "+"), "became": (2, became, "+")}

    def own(option):        # the reasons are those of a cell that moves and keeps its sign
        return f".{option}" if answer == 1 else ""

    return {
        "id": "gates/predict-joao",
        "number": "",
        "minutes": 1,
        "kind": "choice",
        "predict": True,
        "prompt": say("predict-joao.prompt"),
        "options": [say(f"predict-joao.option.{option}") for option in range(4)],
        "answer": answer,
        "mistakes": [{"when": option, "say": say(f"predict-joao.mistake{own(option)}", **numbers)}
                     for option in range(4) if option != answer],
        "right": say("predict-joao.right", **numbers),
        "otherwise": say("predict-joao.right", **numbers),
    }


def decay():
    """How much of the state is left when nothing is written and f is a little under 1."""
    start, forget, steps = -2.0, 0.9, 7
    f = (1, forget)
    mistakes = [
        (-start * forget**steps, say("decay.sign")),
        (start * (1 - (1 - forget) * steps), say("decay.tenth-of-first")),
        (start + (1 - forget) * steps, say("decay.subtracted", f=f)),
        (start * forget, say("decay.one-word")),
        (start * forget * steps, say("decay.product", f=f, steps=steps)),
        (start * forget ** (steps - 1), say("decay.too-few", steps=steps, other=steps - 1)),
        (start * forget ** (steps + 1), say("decay.too-many", steps=steps, other=steps + 1)),
        (forget**steps, say("decay.share")),
    ]
    return {
        "id": "gates/decay",
        "number": "4.2",
        "minutes": 5,
        "kind": "number",
        "prompt": say("decay.prompt", f=f, c=(0, start), steps=steps),
        "label": {"pt": "$c$ =", "en": "$c$ ="},
        "answer": start * forget**steps,
        "tolerance": 0.01,
        "mistakes": [{"when": value, "say": words} for value, words in mistakes],
        "right": say("decay.right", f=f, steps=steps, share=(3, forget**steps)),
        "otherwise": say("decay.otherwise"),
    }


def open_gate():
    """What f = 1 means, with the output gate closed as a distraction."""
    return {
        "id": "gates/open",
        "number": "4.3",
        "minutes": 3,
        "kind": "choice",
        "prompt": say("open.prompt"),
        "options": [say(f"open.option.{option}") for option in range(4)],
        "answer": 1,
        "mistakes": [{"when": option, "say": say(f"open.mistake.{option}")} for option in (0, 2, 3)],
        "right": say("open.right"),
        "otherwise": say("open.otherwise"),
    }


def read_trace():
    """Read one cell state off the explorable: the gender unit after the distractor."""
    at, story = _story()
    step, tolerance = at["joão"], 0.02
    cell = story["cell"]
    answer = float(cell[step])
    typical = {
        "read.sign": -answer,
        "read.hidden": story["hidden"][step],
        "read.tanh": np.tanh(answer),
        "read.forget": story["forget_gate"][step],
        "read.before": cell[step - 1],
        "read.after": cell[step + 1],
        "read.menina": cell[at["menina"]],
        "read.mirrored": story["mirrored"][step],
    }
    mistakes, taken = [], [answer]
    for key, value in typical.items():      # too near another value, it would get that one's words
        if min(abs(value - other) for other in taken) > 2 * tolerance:
            mistakes.append({"when": float(value), "say": say(key)})
            taken.append(float(value))
    return {
        "id": "gates/read",
        "number": "4.4",
        "minutes": 5,
        "kind": "number",
        "prompt": say("read.prompt", unit=unit_shown()),
        "label": {"pt": "$c$ =", "en": "$c$ ="},
        "answer": answer,
        "tolerance": tolerance,
        "mistakes": mistakes,
        "right": say("read.right"),
        "otherwise": say("read.otherwise", unit=unit_shown()),
    }


def by_hand():
    """A puzzle of the explorable, solved there: keep in secret, show at the cue."""
    return {
        "id": "gates/by-hand",
        "number": "4.1",
        "minutes": 5,
        "kind": "code",
        "prompt": say("by-hand.prompt"),
        "test": _test_by_hand,
        "right": say("by-hand.right"),
        "otherwise": say("by-hand.otherwise"),
    }


def _test_by_hand(answer):
    """`answer`: the explorable, or a dict of the three gates' openings."""
    from lstm_lib.widgets.gates_by_hand import GATES, problems, puzzles, run

    puzzle = puzzles()[BY_HAND]
    if getattr(answer, "puzzle", BY_HAND) != BY_HAND:
        return say("by-hand.other-puzzle")
    if hasattr(answer, "trace"):
        trace = answer.trace
    else:
        steps = len(puzzle["cases"][0]["inputs"])
        gates = [answer.get(gate) if isinstance(answer, dict) else None for gate in GATES]
        if any(gate is None or len(gate) != steps for gate in gates):
            return say("by-hand.missing", steps=steps)
        trace = run(puzzle, *gates)
    found = problems(puzzle, trace)
    if not found:
        return None
    first = found[0]
    kept, shown = trace.cell[first.step, first.case], trace.hidden[first.step, first.case]
    if first.quantity == "hidden" and first.low <= 0 <= first.high:
        key = "by-hand.leak"
    elif first.quantity == "hidden" and first.low <= np.tanh(kept) <= first.high:
        key = "by-hand.silent"
    else:
        key = "by-hand.lost"
    return say(key, step=first.step + 1, kept=(2, kept, "+"), shown=(2, shown, "+"))


def build():
    """A one-unit LSTM with weights chosen by hand: replace at the cue, keep otherwise."""
    return {
        "id": "gates/build",
        "number": "4.5",
        "minutes": 10,
        "kind": "code",
        "prompt": say("build.prompt"),
        "test": _test_build,
        "right": say("build.right"),
        "otherwise": say("build.otherwise"),
    }


def build_sequences(n=8, steps=140, seed=3):
    """Inputs (steps, n, 2), a value of +1 or -1 and a cue, and the wanted sign (steps, n).

    Cues come at steps 0, 3, 6 and 20; then nothing is to be written for over a hundred steps. The first two
    bring the same value and the third the other one: a cell that adds instead of replacing is found out.
    """
    values = np.random.default_rng(seed).choice([-1.0, 1.0], size=(steps, n))
    values[3], values[6], values[20] = values[0], -values[0], values[0]
    cue = np.zeros((steps, n))
    cue[[0, 3, 6, 20]] = 1
    wanted = np.empty_like(values)
    wanted[:6], wanted[6:20], wanted[20:] = values[0], values[6], values[20]
    return np.stack([values, cue], axis=-1), wanted


def _test_build(net):
    net, refusal = received(
        net, ("lstm",), (2, 1), partial(say, "build.not-an-lstm"), partial(say, "build.size")
    )
    if refusal:
        return refusal
    x, wanted = build_sequences()
    trace = net.forward(x)
    if (trace.hidden[..., 0] * wanted).min() > 0.05:      # the sign is right, and can be seen
        return None
    cue = x[..., 1] == 1
    forget, write, read = trace.forget_gate[..., 0], trace.input_gate[..., 0], trace.output_gate[..., 0]
    copied = trace.candidate[..., 0] * x[..., 0]
    faults = [                                              # the first that applies is said
        ("build.not-written", write[cue].min(), write[cue].min() < 0.8),
        ("build.always-written", write[~cue].max(), write[~cue].max() > 0.02),
        ("build.not-copied", copied[cue].min(), copied[cue].min() < 0.2),
        ("build.fades", forget[~cue].min(), forget[~cue].min() < 0.98),
        ("build.added", forget[cue].max(), forget[cue].max() > 0.2),
        ("build.not-shown", read.min(), read.min() < 0.2),
    ]
    for key, value, applies in faults:
        if applies:
            return say(key, value=(2, value))
    return TEXTS["build.otherwise"]


EXERCISES = {
    "gates/predict-hold": predict_hold,
    "gates/predict-joao": predict_joao,
    "gates/by-hand": by_hand,
    "gates/decay": decay,
    "gates/open": open_gate,
    "gates/read": read_trace,
    "gates/build": build,
}
