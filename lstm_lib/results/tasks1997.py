"""What the areas of generated tasks have in common: their jobs, and a trial as a recorded run.

Stage "choose": every network with every learning rate, seed 0, at one length; "test": with the rate chosen
there, seeds 1, 2, 3, at every length of the task. A test whose loss becomes no number starts again with the
next smaller rate: what was chosen at a short length may be too much for a long one. Scores of a test run:
"sequences" until the criterion, or all that are allowed where it was not met ("learned" is false then);
"right": the share of 2560 sequences that are right as the paper counts it; "error" as the task defines it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from lstm_lib.results.area import Area, Job
from lstm_lib.tasks import trial

SEEDS = (1, 2, 3)
RATES = (0.001, 0.003, 0.01)


@dataclass(frozen=True)
class Plan:
    """steps: {length T: the most steps of a training}, the same for all networks (T = 0: the grammar
    decides); choose_at: the length at which learning rates are compared; choose_steps: the most steps of
    such a training, those of the shortest length if None; longest: the lag that chrono is told, T if None."""

    area: Area
    task: ModuleType
    steps: Mapping[int, int]
    choose_at: int
    choose_steps: int | None = None
    longest: int | None = None

    def jobs(self) -> list[Job]:
        """All trainings: every network chooses first, then every length has every network."""
        key, networks = self.area.key, self.area.networks
        length = (("T", self.choose_at),) if self.choose_at else ()
        choose = [
            Job(key, "choose", name, 0, (*length, ("learning_rate", rate)))
            for name in networks
            for rate in RATES
        ]
        test = [
            Job(key, "test", name, seed, (("T", T),) if T else ())
            for T in self.steps
            for name in networks
            for seed in self.area.seeds
        ]
        return [*choose, *test]

    def run(self, job: Job, *, checkpoint=None, progress: bool = False) -> dict:
        """One training. "validation" of stage "choose" is minus the sequences that it needed; where the
        criterion was not met, minus those allowed times 1 + error, so that less error is better."""
        T = job.option("T", 0)
        allowed = self.steps.get(T, self.steps[min(self.steps)])
        if job.stage == "choose":
            allowed = self.choose_steps or allowed
        for rate in self._rates(job):
            found = trial.trial(
                self.task,
                job.name,
                T or None,
                longest=self.longest or T,
                seed=job.seed,
                steps=allowed,
                learning_rate=rate,
                test=job.stage == "test",
                checkpoint=checkpoint,
                progress=progress,
                name=job.key,
            )
            if found.ending != "diverged":
                break
        worse = 0 if found.learned else 1 + (found.check_error if found.check_error is not None else 1)
        kept = {
            "parameters": found.parameters,
            "steps": found.steps,
            "kept": found.steps,
            "learned": found.learned,
            "detail": {"ending": found.ending, "checked": round(found.checked, 4)},
        }
        if job.stage == "test" and rate != self.area.chosen[job.name]:
            kept["detail"]["learning_rate"] = rate
        if job.stage == "choose":
            value = allowed * trial.BATCH * (1 + worse) if worse else found.sequences
            return {"scores": {}, "validation": -round(value, 1), **kept}
        needed = found.sequences if found.learned else allowed * trial.BATCH
        scores = {"sequences": needed, "right": round((found.right or 0) / trial.TESTED, 5)}
        if found.error is not None:
            scores["error"] = float(f"{found.error:.4g}")
        return {"scores": scores, **kept}

    def _rates(self, job: Job) -> list[float]:
        """The learning rate to try, and the smaller ones of a test, should it diverge."""
        if job.stage == "choose":
            return [job.option("learning_rate")]
        chosen = self.area.chosen[job.name]
        return [rate for rate in sorted(RATES, reverse=True) if rate <= chosen]
