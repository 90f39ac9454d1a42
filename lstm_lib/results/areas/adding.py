"""The adding problem of 1997 at T = 100, 200, 400: remember two numbers for at least T/2 steps, add them.

Every network may read 75 200 sequences at T = 100, a little more than the 74 000 that the LSTM of 1997 needed
there, and 20 800 at T = 200 and 400, so that all of it takes minutes.
"""

from lstm_lib.results.area import Area, Job
from lstm_lib.results.tasks1997 import SEEDS, Plan
from lstm_lib.tasks import adding, trial

AREA = Area(
    key="adding",
    metric="sequences",
    better="lower",
    networks=tuple(trial.NETWORKS),
    seeds=SEEDS,
    chosen={
        "lstm-b0": 0.001, "lstm-b1": 0.001, "lstm-b3": 0.01, "lstm-chrono": 0.01,
        "gru": 0.01, "rnn": 0.001, "rnn-orthogonal": 0.001, "irnn": 0.003,
    },
    minutes=8,
)
PLAN = Plan(AREA, adding, steps={100: 2350, 200: 650, 400: 650}, choose_at=50, choose_steps=1300)


def jobs() -> list[Job]:
    """Every training of the area."""
    return PLAN.jobs()


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them, see `lstm_lib.results.tasks1997`; "error": mean squared, guessing has 1/24."""
    return PLAN.run(job, checkpoint=checkpoint, progress=progress)
