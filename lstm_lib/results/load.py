"""The runs of the results as they were recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from lstm_lib.results.area import Job

RECORDED = Path(__file__).parent / "areas.json"


@dataclass(frozen=True)
class Run:
    """What a job gave.

    scores: on the test data ({} in stage "choose"); validation: the score on the validation data that chose
    the epoch or the setting, higher is better; parameters: how many weights and biases; kept: the epoch (or
    step) whose weights were tested, of `epochs` (or `steps`); learned: whether a task's criterion was met;
    seconds: CPU time of one core.
    """

    area: str
    stage: str
    name: str
    seed: int
    options: dict
    scores: dict[str, float]
    seconds: float
    validation: float | None = None
    parameters: int | None = None
    epochs: int | None = None
    steps: int | None = None
    kept: int | None = None
    learned: bool | None = None
    detail: dict = field(default_factory=dict)

    @property
    def job(self) -> Job:
        """The job that gives this run again."""
        return Job(self.area, self.stage, self.name, self.seed, tuple(self.options.items()))


@dataclass(frozen=True)
class Results:
    """All recorded runs of a file, and how they were made."""

    runs: list[Run]
    areas: dict[str, dict]
    versions: dict[str, str]

    def select(self, area: str, stage: str | None = None, name: str | None = None, **options) -> list[Run]:
        """The runs of an area, in the order of their seeds; stage, name and options narrow them down."""
        self.area(area)
        return [
            run
            for run in self.runs
            if run.area == area
            and stage in (None, run.stage)
            and name in (None, run.name)
            and all(run.options.get(key) == value for key, value in options.items())
        ]

    def scores(self, area: str, name: str, score: str | None = None, stage: str | None = None, **options):
        """One number for each seed: the score (None: the one that the area is compared by) of a network or
        baseline. stage: "test" and "baseline" if None. ValueError if none was recorded."""
        score = score or self.area(area)["metric"]
        stages = (stage,) if stage else ("test", "baseline")
        found = [run for each in stages for run in self.select(area, each, name, **options)]
        if not found:
            has = sorted({run.name for run in self.select(area)})
            raise ValueError(
                f"No run of {name!r} with {stage or 'test'} {options or ''} was recorded in {area!r}; "
                f"there are {', '.join(has)}."
            )
        missing = [run for run in found if score not in run.scores]
        if missing:
            raise ValueError(
                f"{missing[0].job} has no score {score!r}, but {', '.join(missing[0].scores) or 'none'}."
            )
        return np.array([run.scores[score] for run in found], dtype=float)

    def mean(self, area: str, name: str, score: str | None = None, **more) -> float:
        """The mean over the seeds."""
        return float(self.scores(area, name, score, **more).mean())

    def sd(self, area: str, name: str, score: str | None = None, **more) -> float:
        """The standard deviation over the seeds (n − 1 in the denominator); 0 with one run."""
        found = self.scores(area, name, score, **more)
        return float(found.std(ddof=1)) if len(found) > 1 else 0.0

    def area(self, key: str) -> dict:
        """What is compared in an area, as in `lstm_lib.results.Area`."""
        if key not in self.areas:
            raise ValueError(f"No area {key!r} was recorded; there are {', '.join(self.areas) or 'none'}.")
        return self.areas[key]


def load(path: Path | str | None = None) -> Results:
    """The recorded runs, or those of another file that the command has written.

    OSError if there is no such file, ValueError if it holds something else.
    """
    return _recorded() if path is None else read(path)


@cache
def _recorded() -> Results:
    return read(RECORDED)


def read(path: Path | str) -> Results:
    """The runs of a file, see `load`."""
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
        runs = [Run(**line) for line in found["runs"]]
        _ = [run.job for run in runs]  # so that options that are none are found out here
        return Results(runs, {area["key"]: area for area in found["areas"]}, dict(found["versions"]))
    except (KeyError, TypeError, AttributeError, ValueError, IsADirectoryError) as error:
        raise ValueError(
            f"{path} does not hold runs of the results ({type(error).__name__}: {error}): name a file that "
            "python -m lstm_lib results has written, or for new runs one that does not exist yet."
        ) from None


def examples(area: str) -> dict:
    """What the page shows of an area as it is: drawings, pieces, words. OSError if there is none."""
    path = Path(__file__).parent / "examples" / f"{area}.json"
    return json.loads(path.read_text(encoding="utf-8"))
