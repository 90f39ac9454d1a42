"""Exercises of the chapter on results. The schema is described in :mod:`lstm_lib.checks`.

The texts are in ``results.json``. Expected answers, and the answers to which typical mistakes lead, are
computed here: from the published landmarks, the recorded runs and the yearly sunspots.
"""

import math

import numpy as np

from lstm_lib.exercises import texts
from lstm_lib.locale import LANGUAGES, percent

TEXTS = texts.read("results")
AREAS = ("river", "speech", "images", "music", "accents", "sunspots")
PUBLISHED = "iam-online"                       # the landmark whose error is to be compared
OBSERVED, PREDICTED = (10.0, 20.0, 60.0, 30.0), (15.0, 25.0, 45.0, 30.0)     # flow of four days, m³/s
SHORT, LONG = 10, 90                           # days of past that the river's networks read
WORD, LETTER = "sabao", "a"                    # the accent that is asked for, and on which letter
YEARS, PAST = "1956-1979", 24                  # of the sunspots


def say(key, **values):
    """The text `key` in both languages with its placeholders filled (`texts.fill`)."""
    return texts.fill(TEXTS[key], **values)


def share(value, digits=1):
    """A share as a percentage in both languages."""
    return {lang: percent(value, lang, digits) for lang in LANGUAGES}


def choose(name, right, options, minutes=1, number="", predict=False, **values):
    """A choice; texts: `name`.prompt, .option.k, .mistake.k (of the wrong ones), .right, .otherwise."""
    wrong = [option for option in range(options) if option != right]
    asked = {
        "id": f"results/{name}",
        "number": number,
        "minutes": minutes,
        "kind": "choice",
        "prompt": say(f"{name}.prompt", **values),
        "options": [say(f"{name}.option.{option}", **values) for option in range(options)],
        "answer": right,
        "mistakes": [{"when": option, "say": say(f"{name}.mistake.{option}", **values)} for option in wrong],
        "right": say(f"{name}.right", **values),
        "otherwise": say(f"{name}.otherwise", **values),
    }
    return asked | {"predict": True} if predict else asked


def ask(name, number, answer, tolerance, typical, unit=None, label=None, minutes=5, **values):
    """A question for a number; `typical`: (answer to which a mistake leads, key of what is said to it)."""
    asked = {
        "id": f"results/{name}",
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
    if unit:
        asked["unit"] = unit
    if label:
        asked["label"] = {lang: label for lang in LANGUAGES}
    return asked


# --- predict -------------------------------------------------------------------------------------------


def predict_fair():
    """Before the landmarks: for how many of them can it be said how much of the error was removed?"""
    from lstm_lib import landmarks

    rows = landmarks.load()
    fair = sum(row.fair for row in rows)
    right = min(range(4), key=lambda option: abs((1, 0.75, 0.5, 0.2)[option] - fair / len(rows)))
    return choose("predict-fair", right, 4, predict=True, rows=len(rows), fair=fair)


def best_of(found, area):
    """Who has the best mean of an area: a network or a baseline."""
    about = found.area(area)
    sign = 1 if about["better"] == "higher" else -1
    scored = {run.name for run in found.select(area) if about["metric"] in run.scores}
    names = [name for name in (*about["networks"], *about["baselines"]) if name in scored]
    return max(names, key=lambda name: sign * found.mean(area, name))


def predict_areas():
    """Before the areas: in how many of the six is the LSTM first?"""
    from lstm_lib import results

    found = results.load()
    first = sum(best_of(found, area) in ("lstm", "bilstm") for area in AREAS)
    right = 3 if first <= 1 else 2 if first <= 3 else 1 if first <= 5 else 0
    return choose("predict-areas", right, 4, predict=True, areas=len(AREAS), first=first)


def predict_directions():
    """Before the accents: how many words does an LSTM get right that reads from left to right?"""
    from lstm_lib import results

    found = results.load()
    bare, read = (found.mean("accents", name) for name in ("bare", "lstm"))
    typical = (bare + 0.015, 0.88, 0.93, 0.98)
    right = min(range(4), key=lambda option: abs(typical[option] - read))
    return choose("predict-directions", right, 4, predict=True, bare=share(bare), read=share(read),
                  accented=share(found.mean("accents", "lstm", "accented"), 0))


# --- published results -------------------------------------------------------------------------------


def removed():
    """The share of the error that a published system removed, from two accuracies."""
    from lstm_lib import landmarks

    row = landmarks.find(PUBLISHED)
    before, after = row.errors
    printed = {name: {lang: landmarks.written(value, lang) for lang in LANGUAGES}
               for name, value in (("accuracy", row.value), ("other", row.baseline))}
    points = before - after
    typical = [
        (points, "points"),
        (100 * points / (100 - before), "accuracy"),
        (100 * points / after, "after"),
        (100 * after / before, "left"),
        (row.error_removed, "share"),
    ]
    return ask("removed", "6.1", 100 * row.error_removed, 0.6, typical, unit="%", **printed,
               before=(1, before), after=(1, after), points=(1, points))


def claim():
    """Which of four sentences about the translations of 2014 follows from the figures?"""
    from lstm_lib import landmarks

    many, one = landmarks.find("wmt-ensemble"), landmarks.find("wmt-single")
    values = {"many": many.value, "one": one.value, "phrases": many.baseline}
    written = {name: {lang: landmarks.written(value, lang) for lang in LANGUAGES}
               for name, value in values.items()}
    assert float(one.value) < float(many.baseline) < float(many.value)
    return choose("claim", 2, 4, minutes=3, number="6.2", **written, networks=many.also["networks"])


# --- measuring -----------------------------------------------------------------------------------------


def efficiency():
    """The efficiency of Nash and Sutcliffe of four days."""
    observed, predicted = np.array(OBSERVED), np.array(PREDICTED)
    missed, spread = np.sum((observed - predicted) ** 2), np.sum((observed - observed.mean()) ** 2)
    typical = [
        (missed / spread, "ratio"),
        (1 - np.abs(observed - predicted).sum() / np.abs(observed - observed.mean()).sum(), "absolute"),
        (1 - missed / np.sum(observed**2), "zero"),
        (np.corrcoef(observed, predicted)[0, 1] ** 2, "correlation"),
        (missed / len(observed), "mean"),
    ]
    days = {f"{name}{day}": (0, value) for name, of in (("o", observed), ("p", predicted))
            for day, value in enumerate(of)}
    return ask("efficiency", "6.3", 1 - missed / spread, 0.006, typical, **days, missed=(0, missed),
               spread=(0, spread))


def memory():
    """How much of what the river's LSTM lacks with ten days of past goes when it has ninety?"""
    from lstm_lib import results

    found = results.load()
    short, long = (found.mean("river", "lstm", stage="story", past=past) for past in (SHORT, LONG))
    answer = 100 * (long - short) / (1 - short)
    typical = [
        (100 * (long - short), "points"),
        (100 * (long - short) / short, "relative"),
        (100 * (1 - long) / (1 - short), "left"),
        (100 * long, "efficiency"),
        (answer / 100, "share"),
    ]
    return ask("memory", "6.4", answer, 1.5, typical, unit="%", short=(2, short), long=(2, long),
               days_short=SHORT, days_long=LONG)


def protocol():
    """Put the steps of an honest measurement in order."""
    return {
        "id": "results/protocol",
        "number": "6.5",
        "minutes": 5,
        "kind": "order",
        "prompt": say("protocol.prompt"),
        "options": [say(f"protocol.option.{option}") for option in range(5)],
        "answer": [2, 4, 0, 3, 1],
        "mistakes": [
            {"when": {"before": [1, 0]}, "say": say("protocol.test-first")},
            {"when": {"before": [4, 2]}, "say": say("protocol.split-late")},
            {"when": {"before": [3, 0]}, "say": say("protocol.seeds-first")},
            {"when": {"before": [1, 3]}, "say": say("protocol.same-seed")},
            {"when": {"before": [0, 4]}, "say": say("protocol.nothing-tried")},
        ],
        "right": say("protocol.right"),
        "otherwise": say("protocol.otherwise"),
    }


def side():
    """What each of the two networks has read when it has to put the tilde on its letter."""
    from lstm_lib import accents

    right, place = "sabão", WORD.index(LETTER, 2)
    readings = {name: accents.load(name).read(WORD) for name in accents.NAMES}
    assert readings["bilstm"].word == right != readings["lstm"].word
    sure = math.floor(100 * readings["bilstm"].probabilities[place].max()) / 100
    return choose("side", 1, 4, minutes=3, number="6.6", word=WORD, letter=LETTER, seen=WORD[: place + 1],
                  after=WORD[place + 1 :], written=right, lstm=readings["lstm"].word, sure=share(sure, 0))


# --- without a network -----------------------------------------------------------------------------------


def beat():
    """A forecast of next year's sunspots that does better than the recorded LSTMs."""
    return {
        "id": "results/beat",
        "number": "6.7",
        "minutes": 12,
        "kind": "code",
        "prompt": say("beat.prompt"),
        "test": _test_beat,
        "right": say("beat.right"),
        "otherwise": say("beat.otherwise"),
    }


def error_of(forecast):
    """The normalised squared error of `forecast` (24 years → the next) in the test years."""
    from lstm_lib.datasets import sunspots
    from lstm_lib.results.areas.sunspots import error

    series = sunspots()
    years = series.part(YEARS)
    said = [forecast(window.copy()) for window in series.windows(years, PAST)]
    if any(one is None or np.ndim(one) or not np.isfinite(float(one)) for one in said):
        return None
    return error(series, np.array(said, dtype=float), YEARS)


def _test_beat(answer):
    from lstm_lib import results

    if not callable(answer):
        return say("beat.not-a-function")
    found = results.load()
    missed, lstm = error_of(answer), found.mean("sunspots", "lstm", YEARS)
    if missed is None:
        return say("beat.not-a-number")
    said = {"missed": (3, missed), "lstm": (3, lstm)}
    if missed < 1e-6:
        return say("beat.looked-up")
    if abs(missed - found.mean("sunspots", "persistence", YEARS)) < 1e-6:
        return say("beat.persistence", **said)
    if missed >= lstm:
        return say("beat.worse", **said)
    return None


EXERCISES = {
    "results/predict-fair": predict_fair,
    "results/predict-areas": predict_areas,
    "results/predict-directions": predict_directions,
    "results/removed": removed,
    "results/claim": claim,
    "results/efficiency": efficiency,
    "results/memory": memory,
    "results/protocol": protocol,
    "results/side": side,
    "results/beat": beat,
}
