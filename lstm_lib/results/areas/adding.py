"""The adding problem of 1997 at T = 100, 200, 400: remember two numbers for at least T/2 steps, add them.

At each length every network may read as many sequences: 76 800 at T = 100, a little more than the 74 000 that
the LSTM of 1997 needed there; fewer at the longer ones, so that all of it takes minutes.
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
    chosen={},
    minutes=8,
)
PLAN = Plan(AREA, adding, steps={100: 2400, 200: 1200, 400: 700}, choose_at=50)


def jobs() -> list[Job]:
    """Every training of the area."""
    return PLAN.jobs()


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them, see `lstm_lib.results.tasks1997`; "error": mean squared, guessing has 1/24."""
    return PLAN.run(job, checkpoint=checkpoint, progress=progress)
