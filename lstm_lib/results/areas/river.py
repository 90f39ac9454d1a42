"""Hydrology: from the weather of the last days to the water in the river today.

The flow itself is never an input (a simulation, as in Kratzert et al., 2018). The score is the efficiency of
Nash and Sutcliffe: 1 is perfect, 0 is as good as always saying the mean of the test years.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from lstm_lib.datasets import river
from lstm_lib.results.area import Area, Job

HIDDEN, BATCH, EPOCHS, PAST = 20, 64, 15, 90
NETWORKS = ("rnn", "gru", "lstm")
RATES = (0.001, 0.003, 0.01, 0.03)
PASTS, STORY_RATE = (10, 30, 90, 365), 0.01  # days; the same rate for all lengths
SPANS = (1, 2, 3, 5, 7, 10, 14, 20, 30, 45, 60, 90, 120, 180, 365)  # days that the regression takes means of
CHOOSING = (0, 11, 12)  # seeds: with one validation year, one of them would choose by chance
STRENGTHS = (0.1, 1.0, 10.0, 100.0)  # of the regression: scikit-learn's alpha
SHOWN = (1, 2, 3)  # seeds of the story

AREA = Area(
    key="river",
    metric="nse",
    better="higher",
    networks=NETWORKS,
    baselines=("climatology", "ridge", "yesterday"),
    seeds=tuple(range(1, 11)),
    chosen={"rnn": 0.001, "gru": 0.03, "lstm": 0.03},
    dataset="spotpy",
    minutes=2,
)


def jobs() -> list[Job]:
    """Every training and baseline of the area."""
    return [
        *AREA.jobs(RATES, CHOOSING),
        *(Job("river", "story", "rnn", seed, (("past", past),)) for past in PASTS[:3] for seed in SHOWN),
        *(Job("river", "story", "lstm", seed, (("past", past),)) for past in PASTS for seed in SHOWN),
        Job("river", "examples", "flow"),
    ]  # fmt: skip


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them; score: "nse" on the test years."""
    if job.stage == "baseline":
        predicted, detail = BASELINES[job.name]()
        return {"scores": {"nse": efficiency(predicted, "test")}, "detail": detail}
    if job.stage == "examples":
        return {"examples": examples(progress)}
    past = job.option("past", PAST)
    rate = STORY_RATE if job.stage == "story" else job.option("learning_rate", AREA.chosen[job.name])
    predicted, result = trained(job.name, job.seed, rate, past, checkpoint, progress)
    return {**result, "scores": {} if job.stage == "choose" else {"nse": efficiency(predicted, "test")}}


def trained(name: str, seed: int, learning_rate: float, past=PAST, checkpoint=None, progress=False):
    """(flow predicted for the test days, result) of a network that looks back `past` days."""
    from lstm_lib.training import sequences

    parts = {part: as_sequences(part, past) for part in ("train", "validation", "test")}
    size = HIDDEN if name == "lstm" else sequences.equal_hidden(name, ("lstm", HIDDEN), 3, 1)
    module = sequences.build(name, 3, 1, size, seed=seed)
    fitted = sequences.fit(
        module, parts["train"], parts["validation"], loss="mse", epochs=EPOCHS, batch=BATCH, seed=seed,
        learning_rate=learning_rate, checkpoint=checkpoint, progress=progress, name=f"{name}, {past} days",
        score=lambda outputs, of: efficiency(flow_of(outputs), "validation"),
    )  # fmt: skip
    return flow_of(sequences.predict(fitted.module, parts["test"])), fitted.record


def as_sequences(part: str, past: int):
    """The days of a part: weather (n, past, 3) and flow (n, 1), standardised on the training days."""
    from lstm_lib.training.sequences import Sequences

    fulda, scale = _fulda(), _scale()
    days = fulda.part(part)
    weather = (fulda.windows(days, past) - scale["weather"][0]) / scale["weather"][1]
    flow = (fulda.flow[days] - scale["flow"][0]) / scale["flow"][1]
    return Sequences(weather.astype(np.float32), flow[:, None].astype(np.float32))


def flow_of(outputs: np.ndarray) -> np.ndarray:
    """m³/s (n,) from what a network says (n, 1)."""
    mean, sd = _scale()["flow"]
    return outputs[:, 0].astype(float) * sd + mean


def efficiency(predicted: np.ndarray, part: str) -> float:
    """1 − Σ(q − q̂)² / Σ(q − mean q)² over the days of a part (Nash & Sutcliffe, 1970)."""
    observed = _fulda().flow[_fulda().part(part)]
    return float(1 - np.sum((observed - predicted) ** 2) / np.sum((observed - observed.mean()) ** 2))


def examples(progress: bool = False) -> dict:
    """The test years day by day, and what networks of one seed and the regression say of them."""
    fulda = _fulda()
    days = fulda.part("test")
    predicted = {}
    for name, past in (("lstm", 90), ("lstm", 30), ("lstm", 10), ("rnn", 90)):
        predicted[f"{name}-{past}"] = _short(trained(name, SHOWN[0], STORY_RATE, past, None, progress)[0])
    predicted["ridge"] = _short(_ridge()[0])
    return {
        "days": [fulda.days[days[0]].isoformat(), len(days)],
        "seed": SHOWN[0],
        "rain": _short(fulda.weather[days, 2]),
        "temperature": _short(fulda.weather[days, :2].mean(axis=1)),
        "observed": _short(fulda.flow[days]),
        "predicted": predicted,
    }


def _short(values) -> list[float]:
    return [float(f"{value:.3g}") for value in values]


@cache
def _fulda():
    return river()


@cache
def _scale() -> dict:
    days = _fulda().part("train")
    weather, flow = _fulda().weather[days], _fulda().flow[days]
    return {"weather": (weather.mean(axis=0), weather.std(axis=0)), "flow": (flow.mean(), flow.std())}


def _climatology():
    """The mean flow of the training years around the same day of the year (15 days on each side)."""
    fulda = _fulda()
    of_year = np.array([day.timetuple().tm_yday for day in fulda.days])
    train = fulda.part("train")
    apart = np.abs(of_year[fulda.part("test")][:, None] - of_year[train])
    near = np.minimum(apart, 365 - apart) <= 15
    return near @ fulda.flow[train] / near.sum(axis=1), {}


def _yesterday():
    """What flowed yesterday: it is told what the others have to find out."""
    return _fulda().flow[_fulda().part("test") - 1], {}


def _ridge():
    """Ridge regression of log flow on means of rain and temperature over 1 to 365 days."""
    from sklearn.linear_model import Ridge

    fulda = _fulda()

    def columns(part):
        weather = fulda.windows(fulda.part(part), SPANS[-1])
        means = [weather[:, -span:].mean(axis=1) for span in SPANS]
        return np.concatenate(means, axis=1)

    train = columns("train")
    mean, sd = train.mean(axis=0), train.std(axis=0)
    wanted = np.log(fulda.flow[fulda.part("train")])

    def predicted(strength, part):
        model = Ridge(strength).fit((train - mean) / sd, wanted)
        return np.exp(model.predict((columns(part) - mean) / sd))

    tried = {strength: efficiency(predicted(strength, "validation"), "validation") for strength in STRENGTHS}
    best = max(tried, key=tried.get)
    return predicted(best, "test"), {"alpha": best}


BASELINES = {"climatology": _climatology, "ridge": _ridge, "yesterday": _yesterday}
