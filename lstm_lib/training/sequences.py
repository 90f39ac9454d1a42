"""Networks that read whole sequences, and their training: what all areas of the results have in common.

    h_t = cell(x_t, h_(t-1))        y_t = V h_t + c        from every step, from the last one or from the mean

The batches are those of a seed; all first weights come from numpy's generators, so that what torch has drawn
before changes nothing. Training is `lstm_lib.training.loop.run`.
"""

from __future__ import annotations

import copy
import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lstm_lib import arrays, cells, parallel, parameters
from lstm_lib.training import loop
from lstm_lib.training.checkpoint import Checkpoint

CELLS = {"rnn": cells.RNN, "gru": cells.GRU, "lstm": cells.LSTM}
READ = ("last", "every", "mean")


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


def build(
    cell: str,
    input_size: int,
    output_size: int,
    hidden_size: int,
    *,
    seed: int,
    embedding: int | None = None,
    bidirectional: bool = False,
    read: str = "last",
    dropout: float = 0.0,
    forget_bias: float | None = 1.0,
    scheme: str = "torch",
    max_lag: int | None = None,
):
    """A torch module: an embedding if its size is given, one recurrent layer, dropout, a linear read-out.

    cell: "rnn" (tanh; relu with scheme "identity"), "gru", "lstm"; scheme as in `lstm_lib.cells`. read:
    "last" reads the state after the last step (of both directions: each after its own last step), "mean" the
    mean of all states, "every" gives outputs for each step. It is called with (inputs, lengths) and gives
    (n, K) or (n, T, K).
    """
    import torch

    arrays.one_of("cell", cell, tuple(CELLS))
    arrays.one_of("read", read, READ)
    rng = np.random.default_rng([seed, 1])
    wide = embedding or input_size
    directions = [
        _first(cell, wide, hidden_size, rng, forget_bias, scheme, max_lag) for _ in range(1 + bidirectional)
    ]
    kind = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell]
    with torch.random.fork_rng(devices=[]):  # the modules draw numbers when they are made: give them back
        relu = {"nonlinearity": "relu"} if scheme == "identity" else {}  # Le, Jaitly & Hinton (2015)
        recurrent = kind(wide, hidden_size, batch_first=True, bidirectional=bidirectional, **relu)
        table = torch.nn.Embedding(input_size, embedding) if embedding else None
        readout = torch.nn.Linear(hidden_size * len(directions), output_size)
    with torch.no_grad():
        for number, network in enumerate(directions):
            end = "_reverse" if number else ""
            for name, value in network.weights.items():
                getattr(recurrent, f"{name}_l0{end}").copy_(torch.tensor(value))
        if table is not None:
            table.weight.copy_(torch.from_numpy(rng.standard_normal((input_size, embedding))))
        bound = (hidden_size * len(directions)) ** -0.5
        for weight in (readout.weight, readout.bias):
            weight.copy_(torch.from_numpy(rng.uniform(-bound, bound, tuple(weight.shape))))
    from lstm_lib.training.network import SequenceNetwork

    return SequenceNetwork(table, recurrent, torch.nn.Dropout(dropout), readout, read)


def equal_hidden(cell: str, like: tuple[str, int], input_size: int, output_size: int, **options) -> int:
    """The hidden size with which `cell` has most nearly as many parameters, read-out and embedding included,
    as the network `like` = (cell, hidden size). options as in `build`: embedding, bidirectional."""
    wanted = parameter_count(*like, input_size, output_size, **options)
    sizes = range(1, 8 * like[1] + 8)
    return min(
        sizes, key=lambda H: abs(parameter_count(cell, H, input_size, output_size, **options) - wanted)
    )


def parameter_count(
    cell, hidden_size, input_size, output_size, *, embedding=None, bidirectional=False
) -> int:
    """How many weights and biases `build` makes."""
    directions = 1 + bidirectional
    core = directions * parameters.count(cell, embedding or input_size, hidden_size)
    return core + (embedding or 0) * input_size + (directions * hidden_size + 1) * output_size


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
    the loss. The order of the batches depends on the seed only. With `patience` the training ends early, when
    that many epochs have brought nothing better. checkpoint: a file; a training that was killed goes on from
    it, and ends exactly as it would have.

    Raises TrainingDiverged when the loss is no number, TrainingInterrupted on Ctrl-C.
    """
    losses = LOSSES[arrays.one_of("loss", loss, tuple(LOSSES))]
    judge = score or (lambda outputs, of: -float(losses(*_tensors(outputs, of.targets))))
    each = math.ceil(len(training) / batch)
    memory = {"history": [], "kept": 0}

    def check(step):
        module.eval()
        memory["history"].append(float(judge(predict(module, validation), validation)))
        module.train()
        if memory["history"][-1] >= max(memory["history"]):
            memory.update(kept=len(memory["history"]), weights=copy.deepcopy(module.state_dict()))
        return patience is not None and len(memory["history"]) - memory["kept"] >= patience

    def loss_of(rows):
        part = training.part(rows)
        return losses(*_tensors(_outputs(module, part), part.targets))

    settings = [loss, epochs, batch, learning_rate, schedule, clip, seed, patience, len(training), name]
    kept = _checkpoint(checkpoint, module, settings, memory)
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
            checkpoint=kept,
        )
    if kept:
        kept.done()
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
    clip: float = 1.0,
    seed: int = 0,
    checkpoint: Path | str | None = None,
    progress: bool = True,
    name: str = "",
) -> loop.Ending:
    """Train on data that is drawn afresh: batch_of(step) gives the sequences of step 1, 2, ...

    Every `check_every` steps goal() may say that the criterion is met: return True, and the Ending's reason
    is "check"; otherwise it is "steps". The learning rate is constant.
    """
    losses = LOSSES[arrays.one_of("loss", loss, tuple(LOSSES))]

    def loss_of(part):
        return losses(*_tensors(_outputs(module, part), part.targets))

    kept = _checkpoint(checkpoint, module, [loss, steps, learning_rate, clip, seed, check_every, name], None)
    module.train()
    with _own_numbers(seed):
        ending = loop.run(
            [module],
            loss_of,
            ((batch_of(step),) for step in itertools.count(1)),
            steps=steps,
            learning_rate=learning_rate,
            clip=clip,
            name=name,
            progress=progress,
            check=(lambda step: goal()) if goal else None,
            check_every=check_every,
            checkpoint=kept,
        )
    if kept:
        kept.done()
    return ending


def _checkpoint(path, module, settings: list, memory: dict | None) -> Checkpoint | None:
    """A checkpoint of this training and no other: the same module, settings and versions."""
    if path is None:
        return None
    shapes = {name: list(value.shape) for name, value in module.state_dict().items()}
    return Checkpoint(path, {"module": shapes, "settings": settings, **parallel.versions()}, memory)


def predict(module, sequences: Sequences, batch: int = 256) -> np.ndarray:
    """What the module says of each sequence: (n, K), or (n, T, K) of the longest."""
    import torch

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
    import torch

    inputs = torch.from_numpy(np.ascontiguousarray(sequences.inputs))
    inputs = inputs.float() if inputs.is_floating_point() else inputs.long()
    lengths = None if sequences.lengths is None else torch.from_numpy(np.asarray(sequences.lengths))
    return module(inputs, lengths)


def _tensors(outputs, targets):
    import torch

    wanted = torch.from_numpy(np.ascontiguousarray(targets))
    return torch.as_tensor(outputs), wanted.float() if wanted.is_floating_point() else wanted.long()


def _cross_entropy(outputs, targets):
    """Mean over what is asked, nats; several questions a step share the outputs of the step."""
    import torch

    classes = outputs.numel() // targets.numel()
    return torch.nn.functional.cross_entropy(
        outputs.reshape(-1, classes), targets.reshape(-1), ignore_index=-1
    )


def _mse(outputs, targets):
    import torch

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


def _first(cell, input_size, hidden_size, rng, forget_bias, scheme, max_lag):
    options = {} if scheme == "torch" else {"scheme": scheme}
    if max_lag is not None:
        options["max_lag"] = max_lag
    if cell == "lstm":
        options["forget_bias"] = forget_bias
    return CELLS[cell].init(input_size, hidden_size, seed=rng, **options)


def _own_numbers(seed):
    """Dropout draws from torch's generator: here from one of this seed, which is given back afterwards."""
    import contextlib

    import torch

    @contextlib.contextmanager
    def own():
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            yield

    return own()
