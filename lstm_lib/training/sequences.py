"""Networks that read whole sequences, and their training: what all areas of the results have in common.

    from lstm_lib.training import sequences
    module = sequences.build("lstm", 2, 1, 32, seed=1)
    settings = {"loss": "mse", "epochs": 20, "batch": 64, "learning_rate": 0.01, "seed": 1}
    fitted = sequences.fit(module, training, validation, **settings)
    outputs = sequences.predict(fitted.module, test)

The networks are those of `lstm_lib.training.modules`. The batches are those of a seed; all first weights come
from numpy's generators, so that what torch has drawn before changes nothing. Training is
`lstm_lib.training.loop.run`.
"""

from __future__ import annotations

import copy
import itertools
import math
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from lstm_lib import arrays
from lstm_lib.training import loop
from lstm_lib.training.checkpoint import Checkpoint, fingerprint
from lstm_lib.training.modules import build, equal_hidden, parameter_count

__all__ = [
    "Fitted",
    "Sequences",
    "build",
    "equal_hidden",
    "fit",
    "fit_steps",
    "parameter_count",
    "predict",
]


@dataclass(frozen=True)
class Sequences:
    """n sequences. inputs: (n, T, I) numbers or (n, T) tokens, padded after their end; targets: (n,) classes,
    (n, K) numbers, or, for every step, (n, T) or (n, T, V) classes, −1 where nothing is asked; lengths (n,),
    T if None."""

    inputs: np.ndarray
    targets: np.ndarray
    lengths: np.ndarray | None = None

    def __len__(self):
        return len(self.inputs)

    def part(self, rows) -> Sequences:
        """The sequences with these numbers, cut after the longest of them."""
        if self.lengths is None:
            return Sequences(self.inputs[rows], self.targets[rows])
        lengths = self.lengths[rows]
        steps, targets = int(lengths.max()), self.targets[rows]
        if self.per_step:
            targets = targets[:, :steps]
        return Sequences(self.inputs[rows, :steps], targets, lengths)

    @property
    def per_step(self) -> bool:
        return self.targets.ndim > 1 and np.issubdtype(self.targets.dtype, np.integer)


@dataclass
class Fitted:
    """What a training gave: the module with its best weights on the validation data, those after epoch
    `kept` of `epochs`; validation, the score there (higher is better); history, all of them."""

    module: object
    kept: int
    epochs: int
    validation: float
    history: list[float]

    @property
    def record(self) -> dict:
        """What a run of the results keeps of it."""
        parameters = sum(weights.numel() for weights in self.module.parameters())
        return {
            "validation": self.validation, "kept": self.kept, "epochs": self.epochs, "parameters": parameters
        }  # fmt: skip


def fit(
    module,
    training: Sequences,
    validation: Sequences,
    *,
    loss: str = "cross_entropy",
    epochs: int,
    batch: int,
    learning_rate: float,
    schedule: str = "one-cycle",
    clip: float = 1.0,
    seed: int,
    score: Callable | None = None,
    patience: int | None = None,
    checkpoint: Path | str | None = None,
    progress: bool = True,
    name: str = "",
) -> Fitted:
    """Train for `epochs` passes over `training`; the weights that are best on `validation` are kept.

    loss: "cross_entropy" or "mse". score(outputs, sequences) -> number, higher is better; None takes minus
    the loss. patience: stop after so many epochs that brought nothing better; None goes on to the end. The
    order of the batches depends on the seed only. checkpoint: a file; what was killed goes on from it when
    the same call is made again, and ends with the same weights (`lstm_lib.training.checkpoint`).

    Raises ValueError for data that cannot be learned from, TrainingDiverged when a loss or score is no
    number.
    """
    losses = LOSSES[arrays.one_of("loss", loss, tuple(LOSSES))]
    for label, part in (("training", training), ("validation", validation)):
        _check(label, part)
    for label, number in (("epochs", epochs), ("batch", batch), ("patience", patience or 1)):
        arrays.whole_number(label, number, 1, None)
    judge = score or (lambda outputs, of: -float(losses(*_tensors(outputs, of.targets))))
    each = math.ceil(len(training) / batch)
    memory = {"history": [], "kept": 0, "weights": {}}

    def check(step):
        module.eval()
        found = float(judge(predict(module, validation), validation))
        module.train()
        if math.isnan(found):
            raise loop.TrainingDiverged(step, learning_rate, clip)
        history = memory["history"]
        history.append(found)
        if found >= max(history):
            memory.update(kept=len(history), weights=copy.deepcopy(module.state_dict()))
        return patience is not None and len(history) - memory["kept"] >= patience

    def loss_of(rows):
        part = training.part(rows)
        return losses(*_tensors(_outputs(module, part), part.targets))

    settings = {"loss": loss, "epochs": epochs, "batch": batch, "learning_rate": learning_rate,
                "schedule": schedule, "clip": clip, "seed": seed, "patience": patience,
                "data": _fingerprint(training, validation)}  # fmt: skip
    module.train()
    with _own_numbers(seed):
        loop.run(
            [module],
            loss_of,
            _batches(len(training), batch, seed),
            steps=epochs * each,
            learning_rate=learning_rate,
            clip=clip,
            schedule=schedule,
            name=name,
            progress=progress,
            check=check,
            check_every=each,
            checkpoint=checkpoint and Checkpoint(checkpoint, settings, memory),
        )
    module.load_state_dict(memory["weights"])
    module.eval()
    history = memory["history"]
    return Fitted(module, memory["kept"], len(history), max(history), history)


def fit_steps(
    module,
    batch_of: Callable[[int], Sequences],
    *,
    loss: str = "cross_entropy",
    steps: int,
    learning_rate: float,
    goal: Callable[[], bool] | None = None,
    check_every: int = 100,
    schedule: str = "constant",
    clip: float = 1.0,
    seed: int = 0,
    checkpoint: Path | str | None = None,
    progress: bool = True,
    name: str = "",
) -> loop.Ending:
    """Train on data that is drawn afresh: batch_of(step) gives the sequences of step 1, 2, ...

    Every `check_every` steps goal() may say that the criterion is met: return True, and the Ending's reason
    is "check"; otherwise it is "steps". What batch_of and goal give may depend on nothing but the step and
    the module: then a training that was killed goes on from its checkpoint as if nothing had been.
    """
    losses = LOSSES[arrays.one_of("loss", loss, tuple(LOSSES))]

    def loss_of(step):
        part = batch_of(step)
        return losses(*_tensors(_outputs(module, part), part.targets))

    settings = {"loss": loss, "steps": steps, "learning_rate": learning_rate, "schedule": schedule,
                "clip": clip, "seed": seed, "check_every": check_every}  # fmt: skip
    module.train()
    with _own_numbers(seed):
        return loop.run(
            [module],
            loss_of,
            ((step,) for step in itertools.count(1)),
            steps=steps,
            learning_rate=learning_rate,
            clip=clip,
            schedule=schedule,
            name=name,
            progress=progress,
            check=(lambda step: goal()) if goal else None,
            check_every=check_every,
            checkpoint=checkpoint and Checkpoint(checkpoint, settings),
        )


def predict(module, sequences: Sequences, batch: int = 256) -> np.ndarray:
    """What the module says of each sequence: (n, K), or (n, T, K) of the longest."""
    was, found = module.training, []
    module.eval()
    with torch.no_grad():
        for start in range(0, len(sequences), batch):
            found.append(_outputs(module, sequences.part(slice(start, start + batch))).numpy())
    module.train(was)
    if found[0].ndim == 2:
        return np.concatenate(found)
    steps = sequences.inputs.shape[1]
    return np.concatenate([np.pad(part, ((0, 0), (0, steps - part.shape[1]), (0, 0))) for part in found])


def _outputs(module, sequences: Sequences):
    inputs = torch.from_numpy(np.ascontiguousarray(sequences.inputs))
    inputs = inputs.float() if inputs.is_floating_point() else inputs.long()
    lengths = None if sequences.lengths is None else torch.from_numpy(np.asarray(sequences.lengths))
    return module(inputs, lengths)


def _tensors(outputs, targets):
    wanted = torch.from_numpy(np.ascontiguousarray(targets))
    return torch.as_tensor(outputs), wanted.float() if wanted.is_floating_point() else wanted.long()


def _cross_entropy(outputs, targets):
    """Mean over what is asked, nats; several questions a step share the outputs of the step."""
    classes = outputs.numel() // targets.numel()
    return torch.nn.functional.cross_entropy(
        outputs.reshape(-1, classes), targets.reshape(-1), ignore_index=-1
    )


def _mse(outputs, targets):
    return torch.nn.functional.mse_loss(outputs, targets.reshape(outputs.shape))


LOSSES = {"cross_entropy": _cross_entropy, "mse": _mse}


def _batches(n: int, batch: int, seed: int):
    """Endless batches, each a tuple with the numbers of its sequences; every epoch has all of them once."""
    epoch = 0
    while True:
        order = np.random.default_rng([seed, 2, epoch]).permutation(n)
        for start in range(0, n, batch):
            yield (order[start : start + batch],)
        epoch += 1


@contextmanager
def _own_numbers(seed):
    """Dropout draws from torch's generator: here from one of this seed, which is given back afterwards."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield


def _fingerprint(*all_sequences: Sequences) -> str:
    return fingerprint(array for each in all_sequences for array in (each.inputs, each.targets, each.lengths))


def _check(label: str, sequences: Sequences) -> None:
    """ValueError for sequences that no network can learn from."""
    n = len(sequences.inputs)
    if n == 0:
        raise ValueError(f"The {label} data has no sequence: give at least one.")
    for name in ("targets", "lengths"):
        part = getattr(sequences, name)
        if part is not None and len(part) != n:
            raise ValueError(
                f"The {label} data has {n} sequences of inputs but {len(part)} {name}: give one for each."
            )
    for name in ("inputs", "targets"):
        part = getattr(sequences, name)
        if not np.isfinite(part).all():
            row = int(np.argwhere(~np.isfinite(part))[0][0])
            raise ValueError(
                f"The {label} data's {name} are not finite, first in sequence {row}: fill or leave out what "
                "is missing, since one NaN makes all weights NaN."
            )
    if sequences.lengths is not None:
        T = sequences.inputs.shape[1]
        if sequences.lengths.min() < 1 or sequences.lengths.max() > T:
            raise ValueError(
                f"The {label} data's lengths go from {sequences.lengths.min()} to {sequences.lengths.max()}, "
                f"expected 1 to {T}, the number of steps of the inputs."
            )
