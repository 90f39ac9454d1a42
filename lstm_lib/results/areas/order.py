"""Temporal order, experiment 6a of 1997, at T = 50 and 100: in which order came two symbols, X or Y?

Every network may read 96 000 sequences at T = 50 and 48 000 at T = 100, where the LSTM of 1997 needed 31 390.
"""

from lstm_lib.results.area import Area, Job
from lstm_lib.results.tasks1997 import SEEDS, Plan
from lstm_lib.tasks import temporal_order, trial

AREA = Area(
    key="order",
    metric="sequences",
    better="lower",
    networks=tuple(trial.NETWORKS),
    seeds=SEEDS,
    chosen={
        "lstm-b0": 0.001, "lstm-b1": 0.003, "lstm-b3": 0.003, "lstm-chrono": 0.003,
        "gru": 0.01, "rnn": 0.001, "rnn-orthogonal": 0.001, "irnn": 0.001,
    },
    minutes=4,
)
PLAN = Plan(AREA, temporal_order, steps={50: 3000, 100: 1500}, choose_at=50)


def jobs() -> list[Job]:
    """Every training of the area."""
    return PLAN.jobs()


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them, see `lstm_lib.results.tasks1997`; "error": share of wrong classes, guessing has 3/4."""
    return PLAN.run(job, checkpoint=checkpoint, progress=progress)
