"""What is trained and tested: the networks, the windows of distances, the seeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lstm_lib import arrays
from lstm_lib.tasks.agreement import SHORTEST
from lstm_lib.training.classifier import Network, Settings

LAGS = (5, 10, 15, 20, 25, 45, 60, 90)
WIDTH = 15
SEEDS = (0, 1, 2, 3, 4)
MIXTURE = (5, 40)
NARROW = ((10, 15), (20, 25), (30, 35))
NARROW_NETWORKS = ("rnn", "lstm-b1", "lstm-b3")
DISTANCES = (5, 10, 15, 20, 25, 30, 40, 60, 100, 200)
NARROW_DISTANCES = tuple(range(5, 61))
DISTRACTORS, DISTRACTORS_AT = tuple(range(7)), 60
PATIENCE = ((25, 40),)
PATIENCE_NETWORKS = ("rnn", "rnn-slow")
EXPERIMENTS = {
    "horizon": Settings(),
    "mixture": Settings(steps=8000),
    "narrow": Settings(),
    "patience": Settings(steps=8000),  # what did not learn in 2000 steps, with four times as many
}

NETWORKS = {
    network.key: network
    for network in (
        Network("rnn", "rnn_tanh", 36),
        Network("rnn-slow", "rnn_tanh", 36, learning_rate=1e-3),
        Network("gru", "gru", 19),
        Network("gru-b3", "gru", 19, forget_bias=3.0),
        Network("lstm-b0", "lstm", 16, forget_bias=0.0),
        Network("lstm-b1", "lstm", 16, forget_bias=1.0),
        Network("lstm-b3", "lstm", 16, forget_bias=3.0),
        Network("lstm-chrono", "lstm", 16, scheme="chrono"),
    )
}


@dataclass(frozen=True)
class Point:
    """One training of an experiment: a key of EXPERIMENTS; `network` is a key of NETWORKS."""

    experiment: str
    network: str
    window: tuple[int, int]
    seed: int

    def __str__(self):
        return f"{self.network} on distances {self.window[0]} to {self.window[1]}, seed {self.seed}"


def points(
    experiments: Iterable[str] = tuple(EXPERIMENTS),
    networks: Iterable[str] = tuple(NETWORKS),
    lags: Iterable[int] = LAGS,
    seeds: Iterable[int] = SEEDS,
) -> list[Point]:
    """The points of the experiments, those that share their sentences one after the other.

    experiments: keys of EXPERIMENTS, networks: keys of NETWORKS, lags: minimal lags of the "horizon" (the
    others have windows of their own). Raises TypeError and ValueError for what is none.
    """
    experiments, networks = _listed("experiments", experiments), _listed("networks", networks)
    lags, seeds = _listed("lags", lags), _listed("seeds", seeds)
    networks = [network_of(key).key for key in networks]
    for experiment in experiments:
        arrays.one_of("experiment", experiment, list(EXPERIMENTS))
    windows = {
        "horizon": [(arrays.whole_number("lag", lag, SHORTEST, None), lag + WIDTH) for lag in lags],
        "mixture": [MIXTURE],
        "narrow": list(NARROW),
        "patience": list(PATIENCE),
    }
    only = {"narrow": NARROW_NETWORKS, "patience": PATIENCE_NETWORKS}
    return [
        Point(experiment, network, window, arrays.whole_number("seed", seed, 0, None))
        for experiment in experiments
        for window in windows[experiment]
        for seed in seeds
        for network in networks
        if network in only.get(experiment, networks)
    ]


def _listed(name: str, values) -> list:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(f"{name} is {values!r}, expected a list of them, such as [{values!r}].")
    return list(values)


def window_of(window) -> tuple[int, int]:
    """The window (shortest, longest) of distances, checked."""
    if not isinstance(window, list | tuple) or len(window) != 2:
        raise TypeError(f"window is {window!r}, expected (shortest, longest), two whole numbers.")
    ends = tuple(arrays.whole_number("an end of window", end, SHORTEST, None) for end in window)
    if ends[0] > ends[1]:
        raise ValueError(f"window is {ends}, expected (shortest, longest) distance, the shortest first.")
    return ends


def network_of(key: str) -> Network:
    """The network of a key; ValueError for one that there is not."""
    if not isinstance(key, str) or key not in NETWORKS:
        raise ValueError(f"There is no network {key!r}. Available: {', '.join(NETWORKS)}.")
    return NETWORKS[key]
