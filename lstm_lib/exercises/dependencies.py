"""Exercises of the chapter on long dependencies. The schema is described in :mod:`lstm_lib.checks`.

The texts are in ``dependencies.json``. Expected answers, and the answers to which typical mistakes lead, are
computed here: from the rule of the task, from the shipped networks and from the recorded runs.
"""

from functools import cache, partial

import numpy as np

from lstm_lib.exercises import texts
from lstm_lib.exercises.own_network import received
from lstm_lib.locale import LANGUAGES, percent

SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
TWO_COPULAS = (
    "o menino contou que enquanto a atriz ficou calma não quis jantar e quando a maria chegou estava tão"
)
LAG = 25                                     # the minimal time lag of which the chapter tells most
WORDS = 25                                   # over how many words half the state is to be kept
DISTANCE = 30                                # of the sentence in which a difference is followed
COMPOSED = {"words_between": 15, "distractors": 2}
WINDOW, OUTSIDE = range(20, 26), (10, 15, 30, 35)          # of the oscillator, in words
RETRAINED = {"accuracy": 0.95, "distances": (10, 100), "width": 10}
TEXTS = texts.read("dependencies")


def say(key, **values):
    """The text `key` in both languages with its placeholders filled (`texts.fill`)."""
    return texts.fill(TEXTS[key], **values)


def share(value, digits=0):
    """A share as a percentage in both languages."""
    return {lang: percent(value, lang, digits) for lang in LANGUAGES}


# --- predict -------------------------------------------------------------------------------------


@cache
def _ends():
    """The share of the forms in -a after the book's sentence: (LSTM, RNN)."""
    from lstm_lib import load

    readings = [load(f"agreement/{name}").read(SENTENCE) for name in ("lstm", "rnn")]
    return tuple(float(reading.share_feminine[-1]) for reading in readings)


def predict_rnn():
    """Before the first explorable: which of the two networks still expects a feminine adjective?"""
    lstm, rnn = _ends()
    answer = {(True, True): 1, (True, False): 0, (False, True): 2, (False, False): 3}[lstm > 0.5, rnn > 0.5]
    return _predicted("predict-rnn", answer, 1, lstm=share(lstm, 1), rnn=share(rnn, 1))


def predict_lag():
    """Before the horizon: in how many of five trainings on long sentences only does the RNN learn to keep?"""
    from lstm_lib import horizon

    kinds = horizon.results().kinds("rnn", LAG)
    found, runs = kinds.count("learned"), len(kinds)
    answer = 3 if found == 0 else 2 if found <= 2 else 1 if found < runs else 0
    numbers = {"found": found, "chance": kinds.count("guesses"), "runs": runs, "lag": LAG, "end": LAG + 15}
    return _predicted("predict-lag", answer, 3, **numbers)


def _predicted(name, answer, explained, **numbers):
    """A prediction among four; the options have reasons of their own only if the answer is `explained`."""

    def own(option):
        return f".{option}" if answer == explained else ""

    return {
        "id": f"dependencies/{name}",
        "number": "",
        "minutes": 1,
        "kind": "choice",
        "predict": True,
        "prompt": say(f"{name}.prompt", **numbers),
        "options": [say(f"{name}.option.{option}") for option in range(4)],
        "answer": answer,
        "mistakes": [
            {"when": option, "say": say(f"{name}.mistake{own(option)}", **numbers)}
            for option in range(4)
            if option != answer
        ],
        "right": say(f"{name}.right", **numbers),
        "otherwise": say(f"{name}.mistake", **numbers),
    }


# --- the rule, and a sentence of one's own ---------------------------------------------------------


def who_decides():
    """Two copulas and three nouns: which noun decides, by the task's rule?"""
    from lstm_lib.tasks.agreement import governor, lexicon

    words = TWO_COPULAS.split()
    last = max(position for position, word in enumerate(words) if word in lexicon()["copulas"])
    answer = ["menino", "atriz", "maria"].index(words[governor(words, last)])
    return {
        "id": "dependencies/who-decides",
        "number": "2.1",
        "minutes": 3,
        "kind": "choice",
        "prompt": say("who-decides.prompt"),
        "options": [say(f"who-decides.option.{option}") for option in range(4)],
        "answer": answer,
        "mistakes": [{"when": option, "say": say(f"who-decides.mistake.{option}")} for option in (1, 2, 3)],
        "right": say("who-decides.right"),
        "otherwise": say("who-decides.otherwise"),
    }


def compose():
    """A sentence made in the explorable: all nouns on the way are of the other gender, and both networks
    answer right."""
    return {
        "id": "dependencies/compose",
        "number": "2.2",
        "minutes": 5,
        "kind": "code",
        "prompt": say("compose.prompt"),
        "test": _test_compose,
        "right": say("compose.right"),
        "otherwise": say("compose.otherwise"),
    }


def _test_compose(answer):
    """`answer`: the explorable, or the sentence as text."""
    from lstm_lib import load
    from lstm_lib.language_model import tokenize
    from lstm_lib.tasks.agreement import place

    written = getattr(answer, "sentence", answer)
    if not isinstance(written, str):
        return TEXTS["compose.otherwise"]
    words = tokenize(written)
    networks = {name: load(f"agreement/{name}") for name in ("lstm", "rnn")}
    unknown = [word for word in words if word not in networks["lstm"].index]
    if unknown:
        return say("compose.unknown", words=", ".join(unknown))
    where = place(words)
    if where.last is None or where.last != len(words) - 1:
        return say("compose.no-copula", word=words[-1] if words else "—")
    if where.subject is None:
        return say("compose.no-noun")
    main, *others = where.nouns
    if where.subject != main:
        return say("compose.close", word=words[where.subject])
    between = len(words) - main - 1
    same = [words[noun] for noun in others if _gender(words, noun) != "f"]
    if where.gender != "m":
        return say("compose.feminine", word=words[main])
    if between < COMPOSED["words_between"]:
        return say("compose.short", between=between, wanted=COMPOSED["words_between"])
    if len(others) < COMPOSED["distractors"]:
        return say("compose.few", found=len(others))
    if same:
        return say("compose.masculine", word=same[0])
    for name, lm in networks.items():
        feminine = float(lm.read(words).share_feminine[-1])
        if feminine >= 0.5:
            return say("compose.wrong", network=name.upper(), share=share(feminine))
    return None


def _gender(words, position):
    """The gender of the noun at a position, as if the sentence went no further."""
    from lstm_lib.tasks.agreement import place

    return place([*words[max(0, position - 1): position + 1], "estava"]).gender


# --- read off the explorable ------------------------------------------------------------------------


@cache
def _fading():
    """The differences from the main noun on, {name: (words,)}, and where the noun stands."""
    from lstm_lib.widgets import Difference

    shown = Difference(distance=DISTANCE)
    noun = shown.pair[0].subject_position
    return {name: values[noun:] for name, values in shown.differences.items()}, noun


def fading():
    """After how many words is the failed RNN's difference below a tenth of what it was at the noun?"""
    curves, noun = _fading()
    failed, kept = curves["agreement/rnn-long"], curves["agreement/rnn"]

    def first_below(curve, part):
        below = np.flatnonzero(curve < part * curve[0])
        return int(below[0]) if len(below) else None

    answer = first_below(failed, 0.1)
    typical = {
        "fading.position": answer + noun,
        "fading.position-one": answer + noun + 1,
        "fading.half": first_below(failed, 0.5),
        "fading.hundredth": first_below(failed, 0.01),
        "fading.absolute": int(np.flatnonzero(failed < 0.1)[0]) if (failed < 0.1).any() else None,
        "fading.at-noun": answer + 1,
        "fading.before": answer - 1,
        "fading.end": len(failed) - 1,
    }
    mistakes, taken = [], {answer, None}
    for key, value in typical.items():
        if value not in taken:
            mistakes.append({"when": value, "say": say(key)})
            taken.add(value)
    return {
        "id": "dependencies/fading",
        "number": "2.3",
        "minutes": 5,
        "kind": "number",
        "prompt": say("fading.prompt"),
        "label": {"pt": "palavras:", "en": "words:"},
        "answer": answer,
        "tolerance": 0,
        "mistakes": mistakes,
        "right": say(
            "fading.right", left=share(failed[answer] / failed[0]), kept=share(kept[answer] / kept[0])
        ),
        "otherwise": say("fading.otherwise"),
    }


# --- derive ------------------------------------------------------------------------------------------


def opening():
    """Which bias keeps half the state over so many words, if the gate stays at sigmoid(b)?"""
    wanted = 0.5 ** (1 / WORDS)

    def bias(opening):
        return float(np.log(opening / (1 - opening)))

    def left(b):
        return float((1 / (1 + np.exp(-b))) ** WORDS)

    answer, tolerance = bias(wanted), 0.05
    typical = [
        ("opening.gate", [0.95, 0.98], {}),      # narrower than the tolerance: 1 is another mistake
        ("opening.sign", -answer, {}),
        ("opening.linear", bias(1 - 0.5 / WORDS), {"left": share(left(bias(1 - 0.5 / WORDS)))}),
        ("opening.chrono", float(np.log(WORDS)), {"left": share(left(np.log(WORDS)))}),
        ("opening.decimal", float(np.log10(wanted / (1 - wanted))), {}),
        ("opening.once", 0.0, {"left": share(0.5)}),
        ("opening.default", 1.0, {"left": share(left(1), 2)}),
        ("opening.three", 3.0, {"left": share(left(3))}),
    ]
    return {
        "id": "dependencies/opening",
        "number": "2.4",
        "minutes": 7,
        "kind": "number",
        "prompt": say("opening.prompt", words=WORDS),
        "label": {"pt": "$b$ =", "en": "$b$ ="},
        "answer": answer,
        "tolerance": tolerance,
        "mistakes": [{"when": value, "say": say(key, words=WORDS, **more)} for key, value, more in typical],
        "right": say(
            "opening.right", words=WORDS, f=(3, wanted), three=share(left(3)), zero=(1, np.log10(left(0)))
        ),
        "otherwise": say("opening.otherwise", words=WORDS),
    }


# --- build ---------------------------------------------------------------------------------------------


def oscillator():
    """Two units that answer right inside a narrow window and wrong on both sides of it."""
    return {
        "id": "dependencies/oscillator",
        "number": "2.5",
        "minutes": 10,
        "kind": "code",
        "prompt": say("oscillator.prompt"),
        "test": _test_oscillator,
        "right": say("oscillator.right"),
        "otherwise": say("oscillator.otherwise"),
    }


def answers_after(net, distance):
    """What the first unit shows before an adjective so many words after the noun, for a noun of +1; (H,)[0].

    The noun is the first input, every other word brings 0, and the word before the adjective is the last.
    """
    x = np.zeros((distance, 2, 1))
    x[0] = [[1.0], [-1.0]]
    hidden = net.forward(x).hidden[-1, :, 0]
    return float(min(hidden[0], -hidden[1], key=abs) if hidden[0] * -hidden[1] > 0 else 0.0)


def _test_oscillator(net):
    net, refusal = received(
        net,
        ("rnn_tanh", "rnn_relu"),
        (1, 2),
        partial(say, "oscillator.not-an-rnn"),
        partial(say, "oscillator.size"),
    )
    if refusal:
        return refusal
    inside = {distance: answers_after(net, distance) for distance in WINDOW}
    outside = {distance: answers_after(net, distance) for distance in OUTSIDE}
    if max(map(abs, inside.values())) < 0.05:
        return say("oscillator.fades", size=(3, max(map(abs, inside.values()))))
    wrong_inside = [distance for distance, value in inside.items() if value < 0.01]
    right_outside = [distance for distance, value in outside.items() if value > -0.01]
    if not wrong_inside and len(right_outside) == len(outside):
        return say("oscillator.holds")
    if wrong_inside:
        return say("oscillator.inside", distance=wrong_inside[0], shown=(2, inside[wrong_inside[0]], "+"))
    if right_outside:
        return say("oscillator.outside", distance=right_outside[0], shown=(2, outside[right_outside[0]], "+"))
    return None


# --- train ------------------------------------------------------------------------------------------------


def retrain():
    """A new point of the horizon, with a seed that is not in the figure."""
    return {
        "id": "dependencies/retrain",
        "number": "2.6",
        "minutes": 10,
        "kind": "code",
        "prompt": say("retrain.prompt", lag=LAG),
        "test": _test_retrain,
        "right": say("retrain.right"),
        "otherwise": say("retrain.otherwise"),
    }


def _test_retrain(run):
    from lstm_lib import horizon

    run = getattr(run, "run", run)          # the panel holds its run
    if run is None:
        return say("retrain.not-yet")
    if not all(hasattr(run, name) for name in ("network", "window", "seed", "steps", "accuracy")):
        return say("retrain.not-a-run", kind=type(run).__name__)
    low, high = run.window
    if low < LAG:
        return say("retrain.short", lag=low, wanted=LAG)
    if high - low < RETRAINED["width"]:
        return say("retrain.narrow", low=low, high=high)
    recorded = {(r.network, tuple(r.window), r.seed) for r in horizon.results().runs}
    if (run.network, (low, high), run.seed) in recorded:
        return say("retrain.recorded", seed=run.seed)
    least = RETRAINED["accuracy"]
    inside = float(run.accuracy())
    if inside < least:
        key = "retrain.chance" if inside < 0.65 else "retrain.not-learned"
        return say(key, network=run.network, steps=run.steps, accuracy=share(inside))
    for distance in RETRAINED["distances"]:
        found = float(run.accuracy(distance))
        if found < least:
            return say("retrain.outside", distance=distance, accuracy=share(found), inside=share(inside))
    return None


EXERCISES = {
    "dependencies/predict-rnn": predict_rnn,
    "dependencies/predict-lag": predict_lag,
    "dependencies/who-decides": who_decides,
    "dependencies/compose": compose,
    "dependencies/fading": fading,
    "dependencies/opening": opening,
    "dependencies/oscillator": oscillator,
    "dependencies/retrain": retrain,
}
