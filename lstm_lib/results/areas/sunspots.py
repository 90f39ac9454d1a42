"""A plain time series: next year's sunspots. Here an autoregression, a line through nine numbers, wins.

Squared error divided by 1535, the variance of the series, as Weigend, Huberman & Rumelhart (1990) did.
"""

from __future__ import annotations

import numpy as np

from lstm_lib.datasets import sunspots
from lstm_lib.datasets.yearly import VARIANCE
from lstm_lib.results.area import Area, Job

HIDDEN, BATCH, EPOCHS = 8, 16, 100
NETWORKS = ("rnn", "gru", "lstm")
RATES = (0.003, 0.01, 0.03)
CHOOSING = (0, 11, 12)  # seeds: with thirty years of validation, one of them would choose by chance
ORDERS = range(1, 13)  # years that an autoregression may see (Yule, 1927, took 2)
TESTS = ("1921-1955", "1956-1979", "1980-2008")
SCALE = 100.0  # networks read and say hundreds of spots

AREA = Area(
    key="sunspots",
    metric="1956-1979",
    better="lower",
    networks=NETWORKS,
    baselines=("persistence", "ar9"),
    chosen={"rnn": 0.01, "gru": 0.003, "lstm": 0.01},
    dataset="statsmodels",
    minutes=1,
)


def jobs() -> list[Job]:
    """Every training and baseline of the area."""
    return AREA.jobs(RATES, CHOOSING)


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them; scores: the normalised squared error in three spans of years."""
    series = sunspots()
    if job.stage == "baseline":
        return {"scores": {part: error(series, BASELINES[job.name](series, part), part) for part in TESTS}}
    from lstm_lib.training import sequences

    def part(name):
        years = series.part(name)
        return sequences.Sequences(
            (series.windows(years)[..., None] / SCALE).astype(np.float32),
            (series.spots[years][:, None] / SCALE).astype(np.float32),
        )

    size = HIDDEN if job.name == "lstm" else sequences.equal_hidden(job.name, ("lstm", HIDDEN), 1, 1)
    fitted = sequences.fit(
        sequences.build(job.name, 1, 1, size, seed=job.seed), part("train"), part("validation"), loss="mse",
        epochs=EPOCHS, batch=BATCH, learning_rate=job.option("learning_rate", AREA.chosen[job.name]),
        seed=job.seed, checkpoint=checkpoint, progress=progress, name=job.name,
        score=lambda outputs, of: -error(series, outputs[:, 0] * SCALE, "validation"),
    )  # fmt: skip
    scores = {
        name: error(series, sequences.predict(fitted.module, part(name))[:, 0] * SCALE, name)
        for name in TESTS
    }
    return {"scores": {} if job.stage == "choose" else scores, **fitted.record}


def error(series, predicted: np.ndarray, part: str) -> float:
    """Mean squared error of a part over the variance of the series."""
    return float(np.mean((series.spots[series.part(part)] - predicted) ** 2) / VARIANCE)


def _persistence(series, part):
    return series.spots[series.part(part) - 1]


def _autoregression(series, part):
    """Least squares on the years to 1920: spots = a + b_1 (last year) + ... + b_p (p years ago).

    The order p is the one that Akaike's criterion chooses among ORDERS on those years: 9.
    """
    known = np.flatnonzero(series.years <= 1920)[ORDERS[-1] :]

    def columns(years, order):
        return np.hstack([np.ones((len(years), 1)), series.windows(years, order)])

    def fitted(order):
        weights, *_ = np.linalg.lstsq(columns(known, order), series.spots[known], rcond=None)
        residuals = series.spots[known] - columns(known, order) @ weights
        return weights, len(known) * np.log(np.mean(residuals**2)) + 2 * (order + 1)

    order = min(ORDERS, key=lambda order: fitted(order)[1])
    assert order == 9, f"the criterion chooses order {order}, and the name of the baseline says 9"
    return columns(series.part(part), order) @ fitted(order)[0]


BASELINES = {"persistence": _persistence, "ar9": _autoregression}
