"""The runs as they were recorded: what each gave, and the file that holds them all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from lstm_lib import arrays, recorded
from lstm_lib.horizon import plan
from lstm_lib.horizon.plan import DISTRACTORS, DISTRACTORS_AT, MIXTURE, PATIENCE, WIDTH, Point, window_of
from lstm_lib.training.classifier import Classifier, Settings, data

RECORDED = Path(__file__).parents[1] / "results" / "horizon.json"


@dataclass
class Run:
    """What a training gave.

    right {distance: count} and right_by_distractors {number: count}, the latter at distance 60, count right
    answers out of `sentences`, window_right those in the training window.

    learned: accuracy in the window reached 99 % twice in a row, which ended the training after `steps` steps;
    kept: the weights are those after this step, the best in the window. model: the Classifier, if it was
    trained here; checks: (step, accuracy) on the way.
    """

    experiment: str
    network: str
    window: tuple[int, int]
    seed: int
    steps: int
    kept: int
    learned: bool
    window_right: int
    right: dict[int, int]
    right_by_distractors: dict[int, int]
    seconds: float
    sentences: int = Settings.test_sentences
    model: Classifier | None = field(default=None, repr=False, compare=False)
    checks: list[tuple[int, float]] = field(default_factory=list, repr=False, compare=False)

    def accuracy(self, distance: int | None = None, distractors: int | None = None) -> float:
        """The share of right answers on held-out sentences; None means the distances it was trained with.

        With `distractors`, that many other nouns stand in between. Any distance can be asked of a run that
        has its model, of a recorded one those that were measured; ValueError otherwise.
        """
        if distance is None and distractors is None:
            return self.window_right / self.sentences
        if self.model is not None:
            lines = data(self.sentences, Settings.test_seed, distance or self.window, distractors)
            return self.model.right(lines) / self.sentences
        if distractors is None and distance in self.right:
            return self.right[distance] / self.sentences
        if distance == DISTRACTORS_AT and distractors in self.right_by_distractors:
            return self.right_by_distractors[distractors] / self.sentences
        raise ValueError(
            f"distance={distance}, distractors={distractors} was not recorded. Recorded are the distances "
            f"{', '.join(map(str, self.right))}; {DISTRACTORS_AT} with 0 to {DISTRACTORS[-1]} distractors. "
            "train_point gives a run that can be asked for any."
        )

    @property
    def kind(self) -> str:
        """What became of it, in one word; the limits, 90 % and 60 %, are in learning_horizon.json.

        "learned": right in its window and at every distance that was tested; "window": right in its window,
        but not at every other distance, as a network is whose state swings and that is asked at the right
        moment; "half": above chance; "guesses": at chance.
        """
        limits, own = _limits(), self.accuracy()
        if own >= limits["right"]:
            return "learned" if min(self.right.values()) >= limits["right"] * self.sentences else "window"
        return "half" if own > limits["guessing"] else "guesses"

    @property
    def point(self) -> Point:
        return Point(self.experiment, self.network, self.window, self.seed)


@dataclass(frozen=True)
class Results:
    """All recorded runs, and how they were made. Each method gives an array with one number for each seed."""

    runs: list[Run]
    networks: list[dict]
    settings: dict
    versions: dict[str, str]

    def accuracy(
        self, network: str, lag: int, distance: int | None = None, distractors: int | None = None
    ) -> np.ndarray:
        """Accuracy after training with minimal lag `lag`, at `distance` (None: the training window)."""
        return np.array([run.accuracy(distance, distractors) for run in self.select(network, lag)])

    def mixture(self, network: str, distance: int | None = None, distractors: int | None = None):
        """Accuracy after training with short and long distances mixed, 5 to 40."""
        found = self._of("mixture", network, MIXTURE)
        return np.array([run.accuracy(distance, distractors) for run in found])

    def narrow(self, network: str, window: tuple[int, int], distance: int | None = None) -> np.ndarray:
        """Accuracy after training in a window of 6 distances."""
        return np.array([run.accuracy(distance) for run in self._of("narrow", network, window_of(window))])

    def patience(self, network: str, distance: int | None = None) -> np.ndarray:
        """Accuracy at minimal lag 25 after up to 8000 steps, four times those of the horizon."""
        return np.array([run.accuracy(distance) for run in self._of("patience", network, PATIENCE[0])])

    def steps(self, network: str, lag: int) -> np.ndarray:
        """How many steps the training took; 2000 are the most."""
        return np.array([run.steps for run in self.select(network, lag)])

    def learned(self, network: str, lag: int) -> np.ndarray:
        """Whether it reached 99 % in its window, twice in a row, within those steps."""
        return np.array([run.learned for run in self.select(network, lag)])

    def kinds(self, network: str, lag: int) -> list[str]:
        """What became of each seed: "learned", "window", "half" or "guesses", see `Run.kind`."""
        return [run.kind for run in self.select(network, lag)]

    def select(self, network: str, lag: int) -> list[Run]:
        """The runs of the horizon with this minimal lag, in the order of their seeds."""
        lag = arrays.whole_number("lag", lag, 0, None)
        return self._of("horizon", network, (lag, lag + WIDTH))

    def run(self, network: str, lag: int, seed: int) -> Run:
        """One run of the horizon."""
        found = [run for run in self.select(network, lag) if run.seed == seed]
        if not found:
            raise ValueError(f"No run of {network} at lag {lag} with seed {seed} was recorded.")
        return found[0]

    def _of(self, experiment, network, window) -> list[Run]:
        arrays.one_of("network", network, [network["key"] for network in self.networks])
        found = [
            run
            for run in self.runs
            if (run.experiment, run.network, run.window) == (experiment, network, window)
        ]
        if not found:
            same = [run for run in self.runs if (run.experiment, run.network) == (experiment, network)]
            there = sorted({run.window for run in same})
            raise ValueError(
                f"{experiment!r} has no run of {network} with distances {window[0]} to {window[1]}. "
                f"Recorded: {', '.join(f'{low} to {high}' for low, high in there) or 'none'}."
            )
        return sorted(found, key=lambda run: run.seed)


def results(path: Path | str | None = None) -> Results:
    """The recorded runs, or those of another file that the command has written."""
    return _recorded() if path is None else read(path)


@cache
def _limits() -> dict[str, float]:
    shared = Path(__file__).parents[1] / "learning_horizon.json"
    return json.loads(shared.read_text(encoding="utf-8"))["thresholds"]


@cache
def _recorded() -> Results:
    return read(RECORDED)


def read(path: Path | str) -> Results:
    """The runs of a file; OSError if there is none, ValueError if it is no such file."""
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
        runs = [_from_json(line, found["settings"]["test_sentences"]) for line in found["runs"]]
        return Results(runs, found["networks"], found["settings"], found["versions"])
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(
            f"{path} does not hold runs of the horizon ({error!r}): give one that python -m lstm_lib horizon "
            "has written."
        ) from None


def write(path: Path | str, runs: Iterable[Run], head: dict) -> None:
    """Write the runs, one a line and in the order of the plan. The file appears complete or not at all."""
    rest = {key: value for key, value in head.items() if key != "networks"}
    lines = [_as_json(run) for run in sorted(runs, key=_order)]
    recorded.write(path, rest, networks=head["networks"], runs=lines)


def _order(run: Run):
    return (
        list(plan.EXPERIMENTS).index(run.experiment),
        list(plan.NETWORKS).index(run.network),
        run.window,
        run.seed,
    )


def _as_json(run: Run) -> dict:
    return {
        "experiment": run.experiment,
        "network": run.network,
        "window": list(run.window),
        "seed": run.seed,
        "steps": run.steps,
        "kept": run.kept,
        "learned": run.learned,
        "window_right": run.window_right,
        "right": {str(distance): count for distance, count in run.right.items()},
        "right_by_distractors": {str(number): count for number, count in run.right_by_distractors.items()},
        "seconds": run.seconds,
    }


def _from_json(line: dict, sentences: int) -> Run:
    counts = {
        key: {int(number): count for number, count in line[key].items()}
        for key in ("right", "right_by_distractors")
    }
    return Run(**{**line, **counts, "window": tuple(line["window"]), "sentences": sentences})
