"""Exercises of the chapter on results. The schema is described in :mod:`lstm_lib.checks`.

The texts are in ``results.json``. Expected answers, and the answers to which typical mistakes lead, are
computed here: from the recorded runs, the landmarks and the counts of the two streams.
"""

import numpy as np

from lstm_lib.exercises import texts
from lstm_lib.locale import LANGUAGES, percent

TEXTS = texts.read("results")
REAL = ("river", "speech", "images", "music", "accents", "sunspots")
OBSERVED, PREDICTED = (2, 4, 6, 8), (3, 4, 5, 8)  # flows of four days, of which an efficiency is asked
QUOTED = "1956-1979"  # the years of the sunspots that are told


def say(key, **values):
    """The text `key` in both languages with its placeholders filled (`texts.fill`)."""
    return texts.fill(TEXTS[key], **values)


def share(value, digits=0):
    """A share as a percentage in both languages."""
    return {lang: percent(value, lang, digits) for lang in LANGUAGES}


def choice(name, right, number="", minutes=1, options=4, **values):
    """A question with options, a prediction if it has no number; the texts are `name`.prompt, .option.k,
    .mistake.k, .right, .otherwise."""
    asked = {
        "id": f"results/{name}",
        "number": number,
        "minutes": minutes,
        "kind": "choice",
        "prompt": say(f"{name}.prompt", **values),
        "options": [say(f"{name}.option.{option}", **values) for option in range(options)],
        "answer": right,
        "mistakes": [
            {"when": option, "say": say(f"{name}.mistake.{option}", **values)}
            for option in range(options)
            if option != right
        ],
        "right": say(f"{name}.right", **values),
        "otherwise": say(f"{name}.otherwise", **values),
    }
    return asked if number else asked | {"predict": True}


def ask(name, number, minutes, answer, tolerance, typical, unit=None, **values):
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
    return asked | {"unit": unit} if unit else asked


def alone():
    """The real areas in which an LSTM is ahead of everything else, seeds unmixed: a list of keys."""
    from lstm_lib import compared_areas

    found = []
    for area in REAL:
        best = compared_areas.best(area)
        if "lstm" in best.key and not compared_areas.against(area, 0, best)["ties"]:
            found.append(area)
    return found


def predict_alone():
    """Before the real data: in how many of the six areas is the LSTM ahead of everything else?"""
    count = len(alone())
    right = min(range(4), key=lambda option: abs((0, 1, 3, 6)[option] - count))
    return choice("predict-alone", right, count=count, areas=len(REAL))


def predict_direction():
    """Before the accents: how many accented words does the LSTM get right that reads from left to right?"""
    from lstm_lib import results

    found = results.load()
    accented = {name: found.mean("accents", name, "accented") for name in ("lstm", "lstm-backward", "bilstm")}
    right = min(range(4), key=lambda option: abs((0.1, 0.4, 0.7, 0.9)[option] - accented["lstm"]))
    values = {name.replace("-", "_"): share(value) for name, value in accented.items()}
    return choice("predict-direction", right, **values)


def removed():
    """How much of the error did the LSTM with CTC remove on TIMIT?"""
    from lstm_lib import landmarks

    row = landmarks.find("timit-ctc")
    before, after = row.errors
    typical = [
        (before - after, "points"),
        (100 * after / before, "left"),
        (100 * (before - after) / after, "by-the-new"),
        (100 * (before - after) / (100 - before), "of-the-right"),
        (100 - after, "accuracy"),
        (row.error_removed, "share"),
    ]
    return ask("removed", "6.1", 5, 100 * row.error_removed, 0.6, typical, unit="%",
               before=share(before / 100, 1), after=share(after / 100, 1))


def quotation():
    """What is wrong with a sentence that quotes a true figure?"""
    from lstm_lib import landmarks

    row = landmarks.find("wmt-ensemble")
    figures = {"ensemble": row.value, "phrases": row.baseline, "single": row.also["single"]}
    return choice("quotation", 2, "6.2", 5, **{key: (2, float(value)) for key, value in figures.items()})


def seeds():
    """Read off the river: who wins over whom, LSTM and GRU?"""
    from lstm_lib import compared_areas

    found = {name: compared_areas.find("river", 0, name) for name in ("lstm", "gru")}
    lstm, gru = found["lstm"], found["gru"]
    right = 0 if compared_areas.wins("river", lstm, gru) else 1 if compared_areas.wins("river", gru, lstm) else 2
    values = {
        f"{name}_{end}": (2, value)
        for name, entry in found.items()
        for end, value in (("low", min(entry.values)), ("high", max(entry.values)), ("mean", entry.mean))
    }
    return choice("seeds", right, "6.3", 5, **values)


def efficiency(observed, predicted):
    """Nash and Sutcliffe's: 1 - sum (q - q^)^2 / sum (q - mean q)^2."""
    observed, predicted = np.asarray(observed, float), np.asarray(predicted, float)
    return float(1 - np.sum((observed - predicted) ** 2) / np.sum((observed - observed.mean()) ** 2))


def nse():
    """An efficiency by hand."""
    wrong = np.subtract(OBSERVED, PREDICTED)
    spread = np.subtract(OBSERVED, np.mean(OBSERVED))
    answer = efficiency(OBSERVED, PREDICTED)
    typical = [
        (1 - answer, "not-subtracted"),
        (np.mean(wrong**2), "mean-square"),
        (1 - np.abs(wrong).sum() / np.abs(spread).sum(), "no-squares"),
        (1 - np.sum(wrong**2) / np.sum(np.square(OBSERVED)), "no-mean"),
        (np.corrcoef(OBSERVED, PREDICTED)[0, 1], "correlation"),
    ]
    return ask("nse", "6.4", 7, answer, 0.004, typical, mean=(0, np.mean(OBSERVED)),
               observed=", ".join(map(str, OBSERVED)), predicted=", ".join(map(str, PREDICTED)),
               above=(0, np.sum(wrong**2)), below=(0, np.sum(spread**2)))


def stream():
    """From which symbol on does attention cost twice what the LSTM costs?"""
    from lstm_lib import streaming

    lstm, attention = streaming.LstmStream(), streaming.AttentionStream(longest=1)
    each = attention.multiplications(1) - attention.multiplications(0)
    fixed = attention.multiplications(0)
    wanted = 2 * lstm.multiplications(1)
    answer = (wanted - fixed) / each
    typical = [
        ((lstm.multiplications(1) - fixed) / each, "once"),
        (wanted / each, "no-fixed"),
        (2 * fixed / each, "attention-twice"),
        ((wanted - fixed) / streaming.WIDTH, "keys-only"),
    ]
    return ask("stream", "6.5", 5, answer, 1, typical, lstm=lstm.multiplications(1), fixed=fixed, each=each)


def honest():
    """Put the steps of an honest comparison in order."""
    return {
        "id": "results/honest",
        "number": "6.6",
        "minutes": 5,
        "kind": "order",
        "prompt": say("honest.prompt"),
        "options": [say(f"honest.option.{option}") for option in range(4)],
        "answer": [2, 0, 3, 1],
        "mistakes": [{"when": {"before": [3, 0]}, "say": say("honest.test-first")},
                     {"when": {"before": [0, 2]}, "say": say("honest.rate-first")},
                     {"when": {"before": [1, 3]}, "say": say("honest.report-first")}],
        "right": say("honest.right"),
        "otherwise": say("honest.otherwise"),
    }


def sunspots():
    """Forecast next year's sunspots with less error than the mean LSTM, without a network."""
    goal, told = sunspot_goal(), {}
    told["goal"] = (2, goal)
    return {
        "id": "results/sunspots",
        "number": "6.7",
        "minutes": 13,
        "kind": "code",
        "prompt": say("sunspots.prompt", **told),
        "test": _test_sunspots,
        "right": say("sunspots.right", **told),
        "otherwise": say("sunspots.otherwise", **told),
    }


def sunspot_goal():
    """The mean error of the recorded LSTMs in the years that are told."""
    from lstm_lib import results

    return results.load().mean("sunspots", "lstm", QUOTED)


def _test_sunspots(forecast):
    if not callable(forecast):
        return say("sunspots.not-a-function")
    from lstm_lib.datasets import sunspots as data
    from lstm_lib.results.areas.sunspots import error

    series = data()
    years = series.part(QUOTED)
    past = series.windows(years)
    found = forecast(past.copy())
    if found is None:
        return say("sunspots.nothing")
    found = np.asarray(found, dtype=float)
    if found.shape != years.shape:
        return say("sunspots.shape", shape=str(found.shape), wanted=str(years.shape))
    if not np.isfinite(found).all():
        return say("sunspots.not-finite")
    seen = error(series, found, QUOTED)
    if np.allclose(found, past[:, -1]):
        return say("sunspots.repeats", error=(2, seen), goal=(2, sunspot_goal()))
    if seen >= sunspot_goal():
        return say("sunspots.worse", error=(2, seen), goal=(2, sunspot_goal()))
    return None


EXERCISES = {
    "results/predict-alone": predict_alone,
    "results/predict-direction": predict_direction,
    "results/removed": removed,
    "results/quotation": quotation,
    "results/seeds": seeds,
    "results/nse": nse,
    "results/stream": stream,
    "results/honest": honest,
    "results/sunspots": sunspots,
}
