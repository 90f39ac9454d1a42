"""The embedded Reber grammar, experiment 1 of 1997. It does not tell the networks apart:
all of them learn it.

Its strings are short, 95 of 100 have at most 18 steps, so that chrono is told a lag of 20.
"""

from lstm_lib.results.area import Area, Job
from lstm_lib.results.tasks1997 import SEEDS, Plan
from lstm_lib.tasks import reber, trial

AREA = Area(
    key="reber",
    metric="sequences",
    better="lower",
    networks=tuple(trial.NETWORKS),
    seeds=SEEDS,
    chosen={
        "lstm-b0": 0.01, "lstm-b1": 0.01, "lstm-b3": 0.01, "lstm-chrono": 0.01,
        "gru": 0.01, "rnn": 0.01, "rnn-orthogonal": 0.01, "irnn": 0.01,
    },
    minutes=1,
)
PLAN = Plan(AREA, reber, steps={0: 2000}, choose_at=0, longest=20)


def jobs() -> list[Job]:
    """Every training of the area."""
    return PLAN.jobs()


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them, see `lstm_lib.results.tasks1997`; "error": share of wrong predictions."""
    return PLAN.run(job, checkpoint=checkpoint, progress=progress)
