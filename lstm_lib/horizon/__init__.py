"""How far a network learns to look: the accuracy of classifiers against the shortest distance taught.

A classifier (`lstm_lib.training.classifier`) is trained on sentences whose noun and adjective are at least d
words apart and at most d + 15. The *minimal lag* d is the shortest dependency that training offers
(Hochreiter & Schmidhuber, 1997, section 5: "minimal time lags"). Afterwards it is tested at distances inside
and outside that window, always with pairs of words that training never had.

    from lstm_lib import horizon
    horizon.results().accuracy("lstm-b3", lag=25)         # recorded, one number for each seed
    run = horizon.train_point("lstm-b3", lag=25, seed=0)  # one of them again, in seconds
    run.accuracy(200)

All recorded runs are in `results/horizon.json`, made by ``python -m lstm_lib horizon``.
"""

from lstm_lib.horizon.plan import (
    DISTANCES,
    DISTRACTORS,
    DISTRACTORS_AT,
    LAGS,
    MIXTURE,
    NARROW,
    NARROW_DISTANCES,
    NARROW_NETWORKS,
    NETWORKS,
    SEEDS,
    WIDTH,
    Network,
    Point,
    points,
)
from lstm_lib.horizon.recording import record
from lstm_lib.horizon.runs import RECORDED, Results, Run, results
from lstm_lib.horizon.trial import measure, train_point

__all__ = [
    "DISTANCES",
    "DISTRACTORS",
    "DISTRACTORS_AT",
    "LAGS",
    "MIXTURE",
    "NARROW",
    "NARROW_DISTANCES",
    "NARROW_NETWORKS",
    "NETWORKS",
    "RECORDED",
    "SEEDS",
    "WIDTH",
    "Network",
    "Point",
    "Results",
    "Run",
    "measure",
    "points",
    "record",
    "results",
    "train_point",
]
