"""All the points of the horizon, in parallel, kept in a file that grows run by run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from lstm_lib import parallel, recorded
from lstm_lib.horizon import plan, runs
from lstm_lib.horizon.plan import Point
from lstm_lib.horizon.runs import RECORDED, Run
from lstm_lib.horizon.trial import measure

COMMAND = "python -m lstm_lib horizon"
ABOUT = (
    "Classifiers of grammatical gender, trained on sentences whose noun and adjective are window[0] to "
    "window[1] words apart, tested on pairs of words that training never had. window_right, right (by "
    "distance) and right_by_distractors (at distance 60) count right answers out of settings.test_sentences. "
    "steps: how long it was trained, kept: the step whose weights were tested, learned: accuracy in the "
    "window reached settings.stop_at twice in a row. Written by the command, not by hand."
)


def record(
    points: Sequence[Point],
    path: Path | str = RECORDED,
    *,
    jobs: int = 1,
    dask: str | None = None,
    steps: int | None = None,
    progress: bool = True,
) -> list[Run]:
    """Train and test the points that the file does not have yet; returns the new runs.

    The file is written again after every run, so that an interruption loses only what is under way: the same
    call goes on from there. jobs and dask say where it is computed (`lstm_lib.parallel.each`); the numbers do
    not depend on it. steps, if given, replaces every experiment's number of steps; such runs need a file of
    their own.

    Raises ValueError if the file was made with other settings or versions, ArithmeticError at the end if
    some points diverged, KeyboardInterrupt on Ctrl-C with what is done and what is left.
    """
    head = _head(steps)
    known = {run.point for run in _done(Path(path), head)}
    missing = [point for point in dict.fromkeys(points) if point not in known]

    def keep(run):
        together = {each.point: each for each in [*_done(Path(path), head), run]}
        runs.write(path, together.values(), head)  # another command may have added to the file

    return recorded.grow(
        partial(_attempt, steps=steps),
        missing,
        keep,
        path=path,
        jobs=jobs,
        dask=dask,
        progress=progress,
        show=lambda run: f"{run.point}: {run.accuracy():.1%} after {run.steps} steps",
    )


def _attempt(point: Point, steps: int | None) -> Run | recorded.Failure:
    """The run without its weights, or what went wrong: one point that fails must not end the others."""
    try:
        run = measure(point, steps)
    except ArithmeticError as error:
        return recorded.Failure(point, str(error))
    run.model = None
    return run


def _head(steps: int | None) -> dict:
    shared = {key: value for key, value in asdict(plan.EXPERIMENTS["horizon"]).items() if key != "steps"}
    budgets = {key: steps or settings.steps for key, settings in plan.EXPERIMENTS.items()}
    return {
        "about": ABOUT,
        "command": COMMAND,
        "versions": parallel.versions(),
        "settings": {
            **shared,
            "distractors": list(shared["distractors"]),
            "steps": budgets,
            "width": plan.WIDTH,
            "distractors_at": plan.DISTRACTORS_AT,
        },
        "networks": [
            {**asdict(network), "core_parameters": network.core_parameters()}
            for network in plan.NETWORKS.values()
        ],
    }


def _done(path: Path, head: dict) -> list[Run]:
    """The runs that the file has, if it is one that may grow."""
    if not path.exists():
        return []
    found = runs.read(path)
    there = {"settings": found.settings, "networks": found.networks, "versions": found.versions}
    recorded.same(path, there, head, there)
    return found.runs
