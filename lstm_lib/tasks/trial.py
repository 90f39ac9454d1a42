"""One network on one of the tasks of 1997: how many sequences it needs until it does the task.

Eight networks with equally many parameters in their recurrent layer read sequences that are drawn afresh at
every step, 32 of them, and are moved by Adam with its gradient's norm cut at 1. Every 50 steps they are asked
256 sequences kept apart. When 99 % of these are right, by the rule that the paper gives for the task, the
task counts as learned and training ends; otherwise it ends at a number of sequences that is the same for all
networks. What they are worth is measured on 2560 other sequences, as many as in the paper.

This is easier to meet than the paper's own criterion (for most tasks 2000 sequences in a row), and training
is another: in 1997 one sequence a step, gradients cut off at the gates, cells without a forget gate.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType

import numpy as np

from lstm_lib import arrays, parameters
from lstm_lib.tasks.episodes import Episodes

HIDDEN = 32  # of the LSTM; the others have the size that makes their core as large
BATCH = 32
CHECKED, CHECK_EVERY, GOAL = 256, 50, 0.99
TESTED = 2560
CHECK_SEED, TEST_SEED = 10_000, 10_001  # no training has these


@dataclass(frozen=True)
class Network:
    """cell: "rnn", "gru" or "lstm"; forget_bias: the LSTM's; scheme as in `lstm_lib.cells`."""

    cell: str
    forget_bias: float | None = None
    scheme: str = "torch"

    def hidden_size(self, inputs: int) -> int:
        """The hidden size whose core has most nearly as many parameters as that of the LSTM."""
        return parameters.equal_size(self.cell, inputs, parameters.count("lstm", inputs, HIDDEN))


NETWORKS = {
    "lstm-b0": Network("lstm", forget_bias=0.0),
    "lstm-b1": Network("lstm", forget_bias=1.0),
    "lstm-b3": Network("lstm", forget_bias=3.0),
    "lstm-chrono": Network("lstm", scheme="chrono"),
    "gru": Network("gru"),
    "rnn": Network("rnn"),
    "rnn-orthogonal": Network("rnn", scheme="orthogonal"),
    "irnn": Network("rnn", scheme="identity"),
}


@dataclass(frozen=True)
class Trial:
    """What a training gave. learned: the criterion was met, after `steps` steps of 32 sequences; ending:
    "check" (learned), "steps" (all done), "diverged". checked: share of the 256 that were right at the end;
    right and error: of the 2560, see the task (of None if it diverged)."""

    learned: bool
    steps: int
    ending: str
    checked: float
    check_error: float | None
    right: int | None
    error: float | None
    parameters: int

    @property
    def sequences(self) -> int:
        """How many sequences it was trained with."""
        return self.steps * BATCH


def draw(task: ModuleType, n: int, length: int | None, seed) -> Episodes:
    """`n` sequences of a task; length None for one whose grammar decides."""
    return task.sequences(n, seed) if length is None else task.sequences(n, length, seed)


def module(task: ModuleType, network: str, longest: int, seed: int):
    """A torch module for the task with its first weights. longest: what chrono is told of the lags."""
    from lstm_lib.training import sequences

    of = NETWORKS[arrays.one_of("network", network, tuple(NETWORKS))]
    return sequences.build(
        of.cell,
        task.INPUTS,
        task.OUTPUTS,
        of.hidden_size(task.INPUTS),
        seed=seed,
        read="last" if task.LENGTHS else "every",
        forget_bias=of.forget_bias,
        scheme=of.scheme,
        max_lag=longest if of.scheme == "chrono" else None,
    )


def trial(
    task: ModuleType,
    network: str,
    length: int | None,
    *,
    longest: int,
    seed: int,
    steps: int,
    learning_rate: float,
    test: bool = True,
    checkpoint=None,
    progress: bool = True,
    name: str = "",
) -> Trial:
    """Train a network of NETWORKS on `task`, a module of `lstm_lib.tasks`, for at most `steps` steps.

    length: T of the sequences, None for the Reber grammar; longest: the lag that chrono is told; test:
    measure it afterwards on TESTED sequences. All numbers come from seed, but for the sequences of check and
    test, which are the same for all. A training whose loss is no number any more has not learned; nothing is
    raised then.
    """
    from lstm_lib.training import loop, sequences

    net = module(task, network, longest, seed)
    kept_apart = draw(task, CHECKED, length, CHECK_SEED)
    last = {"checked": 0.0, "check_error": None}

    def goal():
        outputs = sequences.predict(net, _asked(kept_apart), batch=CHECKED)
        if not np.isfinite(outputs).all():
            return False
        last.update(checked=float(task.right(outputs, kept_apart).mean()))
        last.update(check_error=task.error(outputs, kept_apart))
        return last["checked"] >= GOAL

    with _without_denormals():
        try:
            ending = sequences.fit_steps(
                net,
                lambda step: _asked(draw(task, BATCH, length, np.random.default_rng([seed, 3, step]))),
                loss=task.LOSS,
                steps=steps,
                learning_rate=learning_rate,
                goal=goal,
                check_every=CHECK_EVERY,
                seed=seed,
                checkpoint=checkpoint,
                progress=progress,
                name=name,
            )
            done, reason = ending.steps, ending.reason
        except loop.TrainingDiverged as stopped:
            done, reason = stopped.step, "diverged"
        right, error = _tested(task, net, length) if test and reason != "diverged" else (None, None)
    size = parameters.count(NETWORKS[network].cell, task.INPUTS, NETWORKS[network].hidden_size(task.INPUTS))
    return Trial(reason == "check", done, reason, right=right, error=error, parameters=size, **last)


def _tested(task, net, length):
    from lstm_lib.training import sequences

    asked = draw(task, TESTED, length, TEST_SEED)
    outputs = sequences.predict(net, _asked(asked))
    return int(task.right(outputs, asked).sum()), task.error(outputs, asked)


def _asked(episodes: Episodes):
    from lstm_lib.training.sequences import Sequences

    targets = episodes.targets
    if targets.dtype == np.float64:
        targets = targets.astype(np.float32)
    return Sequences(episodes.inputs, targets, episodes.lengths)


@contextmanager
def _without_denormals():
    """Take numbers below 10^-38 as 0. Over hundreds of steps the gradients of the networks that fail vanish
    through that range, where a processor computes ten times more slowly."""
    import torch

    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)
