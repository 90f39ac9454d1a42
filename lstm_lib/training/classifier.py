"""A classifier of the gender: the smallest network that can be asked whether it bridges a distance.

    e_t = E[word_t]    h_t = cell(e_t, h_(t-1))    p(feminine | words before the adjective) = sigma(w h_T + b)

It reads the sentence up to the word before the adjective and is told one thing, the gender the adjective must
have. Unlike a language model it learns nothing else on the way, so that whether it learns depends on the
distances it is trained with, and on the network. The sentences are those of `lstm_lib.tasks.agreement`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from lstm_lib import arrays, cells, convert, initialise
from lstm_lib.language_model import tokenize
from lstm_lib.tasks import agreement
from lstm_lib.training import loop

CELLS = ("rnn_tanh", "gru", "lstm")


@dataclass(frozen=True)
class Settings:
    """What all networks of an experiment share: the same data, the same optimiser, the same tests."""

    embedding_size: int = 8
    batch: int = 32
    clip: float = 1.0
    steps: int = 2000
    check_every: int = 100
    stop_at: float = 0.99  # accuracy on the training window, on sentences kept apart, twice in a row
    sentences: int = 6000
    distractors: tuple[int, int] = (0, 6)
    test_sentences: int = 500
    test_seed: int = agreement.TEST_SEED
    check_seed: int = agreement.TEST_SEED + 1  # what decides when to stop is not what is reported


@dataclass(frozen=True)
class Network:
    """One kind of network: its cell, its size and how it starts.

    cell: "rnn_tanh", "gru" or "lstm". scheme: "torch" (torch's first weights) or "chrono", which is told the
    longest distance. forget_bias: the whole bias of the forget gate of an LSTM, or of the update gate of
    a GRU, whose value is what is kept; None leaves the scheme's.
    """

    key: str
    cell: str
    hidden_size: int
    forget_bias: float | None = None
    scheme: str = "torch"
    learning_rate: float = 3e-3

    def __post_init__(self):
        arrays.one_of("cell", self.cell, CELLS)
        arrays.one_of("scheme", self.scheme, ("torch", "chrono"))
        arrays.whole_number("hidden_size", self.hidden_size, 1, None)
        if self.cell == "rnn_tanh" and (self.forget_bias is not None or self.scheme == "chrono"):
            raise ValueError(
                f"{self.key}: an RNN has no gate, so forget_bias and scheme='chrono' mean nothing for it; "
                "leave them out, or choose cell='lstm' or 'gru'."
            )

    def core_parameters(self, embedding_size: int = Settings.embedding_size) -> int:
        """How many weights and biases the recurrent layer has: embedding and read-out are not counted."""
        blocks = {"rnn_tanh": 1, "gru": 3, "lstm": 4}[self.cell]
        return blocks * self.hidden_size * (embedding_size + self.hidden_size + 2)

    def first(self, embedding_size: int, seed, longest: int):
        """A recurrent layer of lstm_lib with its first weights."""
        lag = {"max_lag": longest} if self.scheme == "chrono" else {}
        sizes = {"input_size": embedding_size, "hidden_size": self.hidden_size, "seed": seed}
        if self.cell == "lstm":
            return cells.LSTM.init(**sizes, forget_bias=self.forget_bias, scheme=self.scheme, **lag)
        if self.cell == "rnn_tanh":
            return cells.RNN.init(**sizes)
        network = cells.GRU.init(**sizes, scheme=self.scheme, **lag)
        if self.forget_bias is None or self.scheme == "chrono":
            return network
        weights = {name: array.copy() for name, array in network.weights.items()}
        initialise.set_gate_bias(weights, 1, self.forget_bias)
        return network.replace(**weights)


@dataclass(frozen=True)
class Ending:
    """How a training ended: after `steps` steps, by "check" (learned), "stop" or "steps" (all of them done).

    The weights are those after step `kept`.
    """

    steps: int
    reason: str
    kept: int


@dataclass
class Classifier:
    """A trained classifier, in float64. embedding (V, E), readout_weight (H,), readout_bias a number."""

    network: cells.LSTM | cells.GRU | cells.RNN
    embedding: np.ndarray
    readout_weight: np.ndarray
    readout_bias: float
    vocabulary: Sequence[str] = field(default_factory=agreement.vocabulary, repr=False)

    def __post_init__(self):
        self.index = {word: number for number, word in enumerate(self.vocabulary)}

    def read(self, text: str | Sequence[str]):
        """Read a text: (trace, p), the network's trace and p(feminine) after each word (T,).

        A word that is not in the vocabulary gets the mean of all embeddings. Raises ValueError without words.
        """
        words = tokenize(text) if isinstance(text, str) else list(text)
        if not words:
            raise ValueError('There is no word to read: give a sentence such as "a menina disse que estava".')
        mean = self.embedding.mean(axis=0)
        vectors = [self.embedding[self.index[word]] if word in self.index else mean for word in words]
        trace = self.network.forward(np.array(vectors))
        return trace, 1 / (1 + np.exp(-self.scores(trace.hidden)))

    def scores(self, hidden: np.ndarray) -> np.ndarray:
        """log-odds of feminine (...) from hidden states (..., H)."""
        return hidden @ self.readout_weight + self.readout_bias

    def right(self, lines: Data) -> int:
        """How many of the sentences it gets right."""
        hidden = self.network.forward(self.embedding[lines.words]).hidden
        last = hidden[lines.lengths - 1, np.arange(len(lines.lengths))]
        return int(np.sum((self.scores(last) > 0) == lines.feminine))


@dataclass(frozen=True)
class Data:
    """n sentences as numbers: words (T, n), padded after their end, lengths (n,), feminine (n,) of bool."""

    words: np.ndarray
    lengths: np.ndarray
    feminine: np.ndarray


@lru_cache(maxsize=256)
def data(n: int, seed: int, distance, distractors=None, held_out: bool = True) -> Data:
    """`n` sentences of the agreement task as numbers; what the networks of an experiment have in common."""
    lines = agreement.sentences(n, seed, distance, distractors, held_out)
    numbers = {word: number for number, word in enumerate(agreement.vocabulary())}
    lengths = np.array([len(line.words) for line in lines])
    words = np.zeros((lengths.max(), n), dtype=np.int16)
    for column, line in enumerate(lines):
        words[: lengths[column], column] = [numbers[word] for word in line.words]
    return Data(words, lengths, np.array([line.gender == "f" for line in lines]))


def train_classifier(
    network: Network,
    window: tuple[int, int],
    seed: int = 0,
    settings: Settings = Settings(),
    *,
    progress: bool = True,
    on_step: Callable[[int, float], None] | None = None,
    on_check: Callable[[int, float], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[Classifier, Ending]:
    """Train a classifier on sentences whose distances lie in `window` = (shortest, longest).

    Every settings.check_every steps it is measured in the window, on held-out sentences. It stops early when
    its accuracy there is settings.stop_at twice in a row, and what is returned is the network as it was at
    its best check: some networks learn the task and lose it again.
    on_step(step, loss), on_check(step, accuracy) and stop() look on and may end it, see `training.loop.run`.
    The sentences depend on window and seed only, so they are the same for every network.

    Raises TrainingDiverged when the loss is no number, TrainingInterrupted on Ctrl-C.
    """
    import torch

    pool = data(settings.sentences, seed, window, settings.distractors, held_out=False)
    kept_apart = data(settings.test_sentences, settings.check_seed, window, settings.distractors)
    parts = _modules(network, settings, seed, longest=window[1])
    embedding, rnn, readout = parts
    accuracies = [0.0]
    best, kept = None, 0

    def loss_of(words, last, feminine):
        hidden, _ = rnn(embedding(words))
        scores = readout(hidden[last, torch.arange(len(last))])[:, 0]
        return torch.nn.functional.binary_cross_entropy_with_logits(scores, feminine)

    def check(step):
        nonlocal best, kept
        found = _classifier(parts)
        accuracies.append(found.right(kept_apart) / settings.test_sentences)
        if accuracies[-1] >= max(accuracies):
            best, kept = found, step
        if on_check:
            on_check(step, accuracies[-1])
        return min(accuracies[-2:]) >= settings.stop_at

    ending = loop.run(
        parts,
        loss_of,
        _batches(pool, settings.batch, seed),
        steps=settings.steps,
        learning_rate=network.learning_rate,
        clip=settings.clip,
        name=f"{network.key} {window[0]}-{window[1]}",
        progress=progress,
        on_step=on_step,
        stop=stop,
        check=check,
        check_every=settings.check_every,
    )
    if best is None:  # stopped by hand before the first check
        best, kept = _classifier(parts), ending.steps
    return best, Ending(ending.steps, ending.reason, kept)


def _batches(pool: Data, batch: int, seed: int):
    """Endless batches: words (T, B), position of the last word (B,), 1.0 for feminine (B,)."""
    import torch

    rng = np.random.default_rng([seed, 2])
    order = np.empty(0, dtype=int)
    while True:
        while len(order) < batch:
            order = np.append(order, rng.permutation(len(pool.lengths)))
        chosen, order = order[:batch], order[batch:]
        lengths = pool.lengths[chosen]
        words = pool.words[: lengths.max(), chosen].astype(np.int64)
        feminine = pool.feminine[chosen].astype(np.float32)
        yield torch.from_numpy(words), torch.from_numpy(lengths - 1), torch.from_numpy(feminine)


def _modules(network: Network, settings: Settings, seed: int, longest: int):
    """Embedding (normal, as torch's), recurrent layer and read-out with their first weights, in float32.

    All numbers come from numpy's generators of this training: what torch has drawn before changes nothing.
    """
    import torch

    first = network.first(settings.embedding_size, seed, longest)
    with torch.random.fork_rng(devices=[]):  # the modules draw numbers when they are made: give them back
        rnn = convert.to_torch(first).float()
        embedding = torch.nn.Embedding(len(agreement.vocabulary()), settings.embedding_size)
        readout = torch.nn.Linear(network.hidden_size, 1)
    rng = np.random.default_rng([seed, 1])
    bound = network.hidden_size**-0.5
    with torch.no_grad():
        embedding.weight.copy_(torch.from_numpy(rng.standard_normal(tuple(embedding.weight.shape))))
        readout.weight.copy_(torch.from_numpy(rng.uniform(-bound, bound, (1, network.hidden_size))))
        readout.bias.copy_(torch.from_numpy(rng.uniform(-bound, bound, 1)))
    return embedding, rnn, readout


def _classifier(parts) -> Classifier:
    """A copy of what the torch modules hold now."""
    embedding, rnn, readout = parts
    return Classifier(
        network=convert.from_torch(rnn),
        embedding=embedding.weight.detach().numpy().astype(np.float64),
        readout_weight=readout.weight.detach().numpy()[0].astype(np.float64),
        readout_bias=float(readout.bias.detach()[0]),
    )
