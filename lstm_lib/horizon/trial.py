"""One point of the horizon: train a classifier, then test it at every distance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from lstm_lib import arrays
from lstm_lib.horizon.plan import (
    DISTANCES,
    DISTRACTORS,
    DISTRACTORS_AT,
    EXPERIMENTS,
    NARROW_DISTANCES,
    WIDTH,
    Point,
    network_of,
    window_of,
)
from lstm_lib.horizon.runs import Run
from lstm_lib.tasks.agreement import SHORTEST
from lstm_lib.training.classifier import Network, data, train_classifier


def train_point(
    network: str | Network = "lstm-b3",
    lag: int = 25,
    seed: int = 0,
    window: tuple[int, int] | None = None,
    steps: int | None = None,
    *,
    progress: bool = True,
    on_step: Callable[[int, float], None] | None = None,
    on_check: Callable[[int, float], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Run:
    """Train one point of the horizon again, as it was recorded, and test it; some seconds.

    network: a key of NETWORKS, or a Network of your own. window = (shortest, longest) is used in place of
    (lag, lag + 15).
    on_step(step, loss) and on_check(step, accuracy in the window) are called on the way; stop() is asked at
    every step and ends the training when it says True, and then what has been learned so far is tested.

    Raises ValueError for a network or window that can't be, TrainingDiverged when the loss is no number,
    TrainingInterrupted on Ctrl-C.
    """
    chosen = network if isinstance(network, Network) else network_of(network)
    if window is None:
        lag = arrays.whole_number("lag", lag, SHORTEST, None)
        window = (lag, lag + WIDTH)
    window = window_of(window)
    settings = EXPERIMENTS["horizon"]
    if steps is not None:
        settings = replace(settings, steps=arrays.whole_number("steps", steps, 1, None))
    arrays.whole_number("seed", seed, 0, None)
    looking_on = {"progress": progress, "on_step": on_step, "on_check": on_check, "stop": stop}
    return _measured("horizon", chosen, window, seed, settings, DISTANCES, DISTRACTORS, **looking_on)


def measure(point: Point, steps: int | None = None) -> Run:
    """Train and test one point of an experiment; `steps` replaces its number of steps."""
    settings = EXPERIMENTS[point.experiment]
    if steps is not None:
        settings = replace(settings, steps=steps)
    narrow = point.experiment == "narrow"
    distances, distractors = (NARROW_DISTANCES, ()) if narrow else (DISTANCES, DISTRACTORS)
    return _measured(
        point.experiment,
        network_of(point.network),
        point.window,
        point.seed,
        settings,
        distances,
        distractors,
        progress=False,
    )


def _measured(experiment, network, window, seed, settings, distances, distractors, **looking_on) -> Run:
    start = perf_counter()
    checks: list[tuple[int, float]] = []
    seen = looking_on.pop("on_check", None)

    def on_check(step, accuracy):
        checks.append((step, accuracy))
        if seen:
            seen(step, accuracy)

    model, ending = train_classifier(network, window, seed, settings, on_check=on_check, **looking_on)
    seconds = perf_counter() - start
    n = settings.test_sentences

    def right(distance, others=None):
        return model.right(data(n, settings.test_seed, distance, others))

    return Run(
        experiment,
        network.key,
        window,
        seed,
        ending.steps,
        ending.kept,
        ending.reason == "check",
        right(window, settings.distractors),
        {distance: right(distance) for distance in distances},
        {others: right(DISTRACTORS_AT, others) for others in distractors},
        round(seconds, 1),
        n,
        model,
        checks,
    )
