"""Exercises of the chapter on long dependencies. The schema is described in :mod:`lstm_lib.checks`.

The texts are in ``dependencies.json``. Expected answers, and the answers to which typical mistakes lead, are
computed here: from the rule of the task, from the shipped networks and from the recorded runs.
"""

from functools import cache

import numpy as np

from lstm_lib.exercises import texts
from lstm_lib.locale import LANGUAGES, percent

SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
TWO_COPULAS = (
    "o menino contou que enquanto a atriz ficou calma não quis jantar e quando a maria chegou estava tão"
)
LAG = 25                                     # the minimal time lag of which the chapter tells most
WORDS = 25                                   # over how many words half the state is to be kept
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
    numbers = {"lstm": share(lstm, 1), "rnn": share(rnn, 1)}

    def own(option):        # the reasons are those of two networks that are both right
        return f".{option}" if answer == 1 else ""

    return {
        "id": "dependencies/predict-rnn",
        "number": "",
        "minutes": 1,
        "kind": "choice",
        "predict": True,
        "prompt": say("predict-rnn.prompt"),
        "options": [say(f"predict-rnn.option.{option}") for option in range(4)],
        "answer": answer,
        "mistakes": [
            {"when": option, "say": say(f"predict-rnn.mistake{own(option)}", **numbers)}
            for option in range(4)
            if option != answer
        ],
        "right": say("predict-rnn.right", **numbers),
        "otherwise": say("predict-rnn.mistake", **numbers),
    }


def predict_lag():
    """Before the horizon: the RNN trained anew with long sentences only."""
    from lstm_lib import horizon

    found = horizon.results().accuracy("rnn", LAG)
    lowest, highest = float(found.min()), float(found.max())
    learned, middling = lowest >= 0.95, highest > 0.65
    answer = 0 if learned else 1 if middling else 2 if lowest >= 0.35 else 3
    numbers = {"low": share(lowest), "high": share(highest), "runs": len(found), "lag": LAG, "end": LAG + 15}

    def own(option):        # the reasons are those of a network that stays at chance
        return f".{option}" if answer == 2 else ""

    return {
        "id": "dependencies/predict-lag",
        "number": "",
        "minutes": 1,
        "kind": "choice",
        "predict": True,
        "prompt": say("predict-lag.prompt", **numbers),
        "options": [say(f"predict-lag.option.{option}") for option in range(4)],
        "answer": answer,
        "mistakes": [
            {"when": option, "say": say(f"predict-lag.mistake{own(option)}", **numbers)}
            for option in range(4)
            if option != answer
        ],
        "right": say("predict-lag.right", **numbers),
        "otherwise": say("predict-lag.mistake", **numbers),
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
    from lstm_lib.tasks.agreement import governor, lexicon

    written = getattr(answer, "sentence", answer)
    if not isinstance(written, str):
        return TEXTS["compose.otherwise"]
    words = tokenize(written)
    networks = {name: load(f"agreement/{name}") for name in ("lstm", "rnn")}
    unknown = [word for word in words if word not in networks["lstm"].index]
    if unknown:
        return say("compose.unknown", words=", ".join(unknown))
    end = words[:-1] if words and words[-1] in lexicon()["intensifiers"] else words
    if not end or end[-1] not in lexicon()["copulas"]:
        return say("compose.no-copula", word=words[-1] if words else "—")
    places = [position for position, word in enumerate(words) if _genders(word)]
    nouns = [(position, words[position], _gender(words, position)) for position in places]
    decides = governor(words, len(end) - 1)
    if decides is None:
        return say("compose.no-noun")
    if decides != nouns[0][0]:
        return say("compose.close", word=words[decides])
    between = len(words) - nouns[0][0] - 1
    lures = [(word, gender) for _, word, gender in nouns[1:]]
    same = [word for word, gender in lures if gender == nouns[0][2]]
    if nouns[0][2] != "m":
        return say("compose.feminine", word=nouns[0][1])
    if between < COMPOSED["words_between"]:
        return say("compose.short", between=between, wanted=COMPOSED["words_between"])
    if len(lures) < COMPOSED["distractors"]:
        return say("compose.few", found=len(lures))
    if same:
        return say("compose.masculine", word=same[0])
    for name, lm in networks.items():
        feminine = float(lm.read(words).share_feminine[-1])
        if feminine >= 0.5:
            return say("compose.wrong", network=name.upper(), share=share(feminine))
    return None


@cache
def _genders(word):
    """The genders a noun or name of the task can have: "f", "m", "fm" or "" for any other word."""
    from lstm_lib.tasks.agreement import subjects

    return "".join(sorted({noun.gender for noun in subjects() if noun.word == word}))


def _gender(words, position):
    """The gender of the noun at a position; the article says that of a noun with two."""
    from lstm_lib.tasks.agreement import lexicon

    articles = {article: gender for gender, article in lexicon()["articles"].items()}
    genders = _genders(words[position])
    return genders if len(genders) == 1 else articles.get(words[position - 1] if position else "", "m")


# --- read off the explorable ------------------------------------------------------------------------


@cache
def _fading():
    """‖h(f) − h(m)‖ from the main noun on, in both RNNs, {name: (words,)}, and where the noun stands."""
    from lstm_lib import load
    from lstm_lib.tasks.agreement import difference

    pair = difference_pair()
    noun = next(step for step, (f, m) in enumerate(zip(*pair, strict=True)) if f != m and _genders(f))
    curves = {name: difference(load(f"agreement/{name}"), pair)[noun:] for name in ("rnn-long", "rnn")}
    return curves, noun


def difference_pair():
    """The two word lists that the third explorable compares when it opens."""
    from lstm_lib.widgets import Difference

    return tuple(list(words) for words in Difference().pair)


def fading():
    """After how many words is the failed RNN's difference below a tenth of what it was at the noun?"""
    curves, noun = _fading()
    failed, kept = curves["rnn-long"], curves["rnn"]

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
        ("opening.gate", wanted, {}),
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
    from lstm_lib import RNN, from_torch

    if hasattr(net, "state_dict"):
        net = from_torch(net)
    if not isinstance(net, RNN):
        return say("oscillator.not-an-rnn", kind=type(net).__name__)
    if (net.input_size, net.hidden_size) != (1, 2):
        return say("oscillator.size", inputs=net.input_size, units=net.hidden_size)
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
    inside = float(run.accuracy((low, high)))
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
