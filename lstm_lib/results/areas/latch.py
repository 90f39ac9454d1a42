"""The latch, experiment 3a of 1997 with N = 1, at T = 20, 50, 100: hold one bit while noise comes in.

Every network may read 64 000 sequences at each length; the LSTM of 1997 needed 58 370 at T = 100. An LSTM
with the usual bias of 1 learns it at T = 20 and at neither of the others.
"""

from lstm_lib.results.area import Area, Job
from lstm_lib.results.tasks1997 import SEEDS, Plan
from lstm_lib.tasks import latch, trial

AREA = Area(
    key="latch",
    metric="sequences",
    better="lower",
    networks=tuple(trial.NETWORKS),
    seeds=SEEDS,
    chosen={
        "lstm-b0": 0.001, "lstm-b1": 0.01, "lstm-b3": 0.01, "lstm-chrono": 0.01,
        "gru": 0.01, "rnn": 0.01, "rnn-orthogonal": 0.001, "irnn": 0.003,
    },
    minutes=5,
)
PLAN = Plan(AREA, latch, steps={20: 2000, 50: 2000, 100: 2000}, choose_at=20)


def jobs() -> list[Job]:
    """Every training of the area."""
    return PLAN.jobs()


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them, see `lstm_lib.results.tasks1997`; "error": share of wrong classes, guessing has 1/2."""
    return PLAN.run(job, checkpoint=checkpoint, progress=progress)
