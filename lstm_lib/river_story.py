"""The river of the results day by day: what flowed, what each network said of it, and from how much past.

The record is `results/examples/river.json` (the test years; results/areas/river.py makes it) and the runs of
stage "story" in `results/areas.json`. The explorable reads the same files and says the same.
"""

import datetime
from functools import cache

import numpy as np

from lstm_lib import results
from lstm_lib.locale import check_language, integer, number, percent, text
from lstm_lib.results.load import examples

#: What predicts, by its key in the record: a network and the days of weather that it reads, or a regression.
MODELS = ("lstm-90", "lstm-30", "lstm-10", "rnn-90", "ridge")
MARKS = {"lstm": "lstm-b1", "rnn": "rnn", "ridge": None}
PASTS = {"lstm": (10, 30, 90, 365), "rnn": (10, 30, 90)}
RIDGE_PAST = 365  # days that the regression takes its means of


@cache
def record():
    """The test years: {"days": [first, count], "rain": mm, "temperature": °C, "observed": m³/s,
    "predicted": {model: m³/s}}, lists with one number a day."""
    return examples("river")


def count():
    """How many days there are."""
    return record()["days"][1]


def date(day):
    """The date of a day of the record."""
    return datetime.date.fromisoformat(record()["days"][0]) + datetime.timedelta(days=day)


def flood():
    """The day of the largest flow."""
    return int(np.argmax(record()["observed"]))


def past_of(model):
    """(network, days of weather that it reads)."""
    if model not in MODELS:
        raise ValueError(f"The model was {model!r}; there are {', '.join(MODELS)}.")
    network, _, past = model.partition("-")
    return network, int(past) if past else RIDGE_PAST


@cache
def efficiencies(network):
    """{days of past: a tuple with the efficiency of every seed} of "lstm" or "rnn"; else ValueError."""
    if network not in PASTS:
        raise ValueError(f"The network was {network!r}; there are lstm and rnn.")
    return {
        past: tuple(results.load().scores("river", network, stage="story", past=past).tolist())
        for past in PASTS[network]
    }


def name(model, lang):
    """ "LSTM, 90 dias"."""
    network, past = past_of(model)
    if network == "ridge":
        return text("river.name.ridge", lang)
    return text("river.name", lang, network=network.upper(), past=str(past))


def dated(day, lang):
    """The date in words."""
    at = date(day)
    month = text(f"river.month.{at.month}", lang)
    return text("river.date", lang, day=str(at.day), month=month, year=str(at.year))


def flow(value, lang):
    """ "274 m³/s", with one decimal below 100."""
    written = integer(round(value), lang) if value >= 100 else number(value, lang, 1)
    return text("river.flow", lang, value=written)


def see(day, model, lang):
    """What the page says of a day, with its marks: what flowed, what was said, from which past."""
    check_language(lang)
    found, (network, past) = record(), past_of(model)
    seen, said = found["observed"][day], found["predicted"][model][day]
    off = said / seen - 1
    how = text(f"river.see.{'less' if off < 0 else 'more'}", lang, share=percent(abs(off), lang))
    lead = text("river.see.day", lang, date=dated(day, lang), observed=f"**{flow(seen, lang)}**",
                name=text(f"river.the.{network}", lang, past=str(past)),
                predicted=f"**{flow(said, lang)}**", how=how)  # fmt: skip
    parts = [lead]
    if day + 1 >= past:
        span = slice(day + 1 - past, day + 1)
        cold = sum(value < 0 for value in found["temperature"][span])
        parts.append(text("river.see.past", lang, past=str(past), cold=str(cold),
                          rain=integer(round(sum(found["rain"][span])), lang)))  # fmt: skip
    parts += [_reach(which, lang) for which in PASTS]
    return " ".join(parts)


def _reach(network, lang):
    listed = [
        text("river.see.at", lang, value=f"**{number(np.mean(values), lang, 2)}**", past=str(past))
        for past, values in efficiencies(network).items()
    ]
    return text("river.see.reach", lang, network=network.upper(), listed=", ".join(listed))
