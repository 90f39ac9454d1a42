"""What a gradient says of a network that has learned, what it does not, and which numbers say the rest.

    lm = ll.load("agreement/rnn")
    found = measure(lm, "a menina disse que ... estava muito", distance=40)    # one sentence, word by word
    means = averages(lm)                       # log10 at lags 5, 10, 20, ...: the mean over 40 held-out pairs
    before = measure(untrained(lm), ...)       # the same network with fresh weights
    shares, margins = push(lm, pair)           # from the state after "menina" to that after "menino"

Before training, the gradient says what can be learned: an error that does not reach the first word cannot
teach it. After training it says something else, how much the answer changes if a state changes *a little*,
and a network that has made up its mind does not change its answer for a little. Three slopes and a
difference, each at every word t of T:

    hidden       ||dL/dh_t||, and cell ||dL/dc_t||: L is the score of the right form minus that of the wrong
                 one. It falls where a state is saturated: h = o tanh(c) hardly moves with a large c.
    jacobian     ||ds_T/ds_t||_2, s = h, or (h, c) in an LSTM: the largest factor by which any small change of
                 the state is stretched. In an RNN that keeps one of two states, small changes die out in
                 either: latching implies vanishing (Bengio, Simard & Frasconi, 1994).
    kept         dc_T[u]/dc_t[u], total: how much of a change in the storing unit's own cell is there at the
                 end. An LSTM keeps it near 1, whatever the norms above do.
    difference   ||h_t(a menina ...) - h_t(o menino ...)||: what the network still knows of its subject.

`push` joins the two kinds: the slope of its curve at 0 is what a gradient sees, its two ends are the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lstm_lib import arrays, language_model
from lstm_lib.cells import LSTM, RNN
from lstm_lib.difference import kept_unit
from lstm_lib.language_model import LanguageModel
from lstm_lib.tasks import agreement
from lstm_lib.tasks.agreement.counterparts import counterparts

#: The forget bias with which the book's LSTMs begin their training (`training.language_model.RECIPES`).
FORGET_BIAS = 5.0
QUANTITIES = ("gradient", "jacobian", "kept", "difference")


@dataclass(frozen=True, eq=False)
class Measures:
    """All that is measured of one network on one pair of sentences of T words.

    pair: the two Sentences; the slopes are those of the first. start: position of the main noun. margins:
    score of the right form minus that of the wrong one, in the first and in the second. hidden, cell: log10
    of ||dL/dh_t|| and ||dL/dc_t|| (T,), cell None without one. jacobian: log10 of ||ds_T/ds_t||_2 (T,), 0 at
    the last word. unit, kept: the unit whose cell keeps the difference, and dc_T[u]/dc_t[u] (T,); None
    without a cell. difference: ||h_t - h'_t|| (T,). theory: for an RNN, {"largest", "radius", "slope"}: log10
    (T,) of sigma^k, rho^k and (rho mean tanh')^k, k = T - 1 - t, with the largest singular value sigma and
    the spectral radius rho of weight_hh; {} for the others. -inf stands for an exact zero.
    """

    model: LanguageModel
    pair: tuple
    start: int
    margins: tuple[float, float]
    hidden: np.ndarray
    cell: np.ndarray | None
    jacobian: np.ndarray
    unit: int | None
    kept: np.ndarray | None
    difference: np.ndarray
    theory: dict[str, np.ndarray]

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def right(self) -> bool:
        """Whether the right form is the likelier one in both sentences."""
        return min(self.margins) > 0

    @property
    def arrived(self) -> dict[str, float]:
        """What is left at the end of the way: log10 of the gradients at the main noun over those at the last
        word ("hidden", "cell"), of the Jacobian ("jacobian"), of |kept| ("kept"), and of the difference at
        the last word over that at the noun ("difference")."""
        at = self.start
        found = {"hidden": self.hidden[at] - self.hidden[-1], "jacobian": self.jacobian[at]}
        if self.cell is not None:
            found |= {"cell": self.cell[at] - self.cell[-1], "kept": _log(abs(self.kept[at]))}
        found["difference"] = _log(self.difference[-1]) - _log(self.difference[at])
        return {key: float(value) for key, value in found.items()}


def measure(lm, sentence, distance: int = 0, unit: int | None = None, loss: str = "margin") -> Measures:
    """Measure a language model on a sentence and its twin with a subject of the other gender.

    sentence: a text or a list of words, of which `counterparts` makes the pair (feminine, masculine), with at
    least `distance` words from subject to adjective; or such a pair of agreement.Sentence. unit: whose cell
    is followed in an LSTM; None for the one that keeps the largest difference. loss: "margin", or
    "cross-entropy" of the right form, whose gradient shrinks further as its probability goes to 1. Raises
    TypeError or ValueError for what cannot be measured.
    """
    pair = _pair(lm, sentence, distance)
    trace, twin = (lm.read(line.words).trace for line in pair)
    direct = np.zeros_like(trace.hidden)
    direct[-1] = _direct(lm, pair[0], trace.hidden[-1], loss)
    gradients = trace.backward(direct)
    cell = kept = None
    if isinstance(lm.network, LSTM):
        size = lm.network.hidden_size
        unit = kept_unit(lm, pair) if unit is None else arrays.whole_number("unit", unit, 0, size)
        cell, kept = _log_norms(gradients.cell), _kept(trace, unit)
    else:
        unit = None
    return Measures(
        model=lm, pair=pair, start=pair[0].subject_position,
        margins=tuple(_margin(lm, line, run.hidden[-1]) for line, run in zip(pair, (trace, twin), strict=True)),
        hidden=_log_norms(gradients.hidden), cell=cell, jacobian=state_jacobian(trace), unit=unit, kept=kept,
        difference=np.linalg.norm(trace.hidden - twin.hidden, axis=1), theory=_theory(trace),
    )  # fmt: skip


def state_jacobian(trace) -> np.ndarray:
    """log10 of ||ds_T/ds_t||_2 (T,) of a run of one sequence: of the product of its one-step Jacobians, its
    largest singular value. 0 at the last step; nothing over- or underflows."""
    found, product, scale = np.zeros(trace.steps), None, 0.0
    for t in range(trace.steps - 1, 0, -1):
        step = trace.jacobian(t)
        product = step if product is None else product @ step
        size = np.linalg.norm(product, 2)
        if size == 0:
            found[:t] = -np.inf
            break
        product, scale = product / size, scale + np.log10(size)
        found[t - 1] = scale
    return found


def untrained(lm: LanguageModel, seed: int | None = None) -> LanguageModel:
    """A network of the same sizes with fresh weights by the recipe of the book's training: the embedding
    standard normal, all else uniform within 1/sqrt(H), the forget gate's bias 5.

    seed: None for that of the recipe of `lm`, if its file says so, else 0. It is not the very start of `lm`,
    whose first weights torch drew from another generator, but one like it; the page has the same numbers. Its
    name is that of `lm`.
    """
    _checked(lm)
    if seed is None:
        seed = lm.metadata.get("seed", 0)
    net, draw = lm.network, _generator(seed)
    bound = 1 / np.sqrt(net.hidden_size)
    embedding = draw.normal(lm.embedding.shape)
    weights = {name: draw.uniform(array.shape, bound) for name, array in net.weights.items()}
    if isinstance(net, LSTM):
        rows = net.rows("forget_gate")
        weights["bias_ih"][rows], weights["bias_hh"][rows] = FORGET_BIAS, 0.0
    return replace(lm, network=net.replace(**weights), embedding=embedding,
                   decoder_weight=draw.uniform(lm.decoder_weight.shape, bound),
                   decoder_bias=draw.uniform(lm.decoder_bias.shape, bound),
                   metadata={}, path=None)  # fmt: skip


def push(lm, pair, points: int = 41) -> tuple[np.ndarray, np.ndarray]:
    """From one subject to the other: (shares, margins), each (points,).

    After the main noun the state is put at (1 - s) times that of the first sentence plus s times that of the
    second, s from 0 to 1, and the words that both have in common are read from there. margins: the score of
    the first sentence's right form minus that of its wrong one, at the end. The slope at s = 0 is what a
    gradient sees; the ends are the two answers. pair: two agreement.Sentence, as `measure(...).pair`.
    """
    pair = _pair(lm, pair, 0)
    shares = np.linspace(0.0, 1.0, arrays.whole_number("points", points, 2, None))
    start, words = pair[0].subject_position, pair[0].words
    traces = [lm.read(line.words).trace for line in pair]
    states = {"h0": "hidden", "c0": "cell"} if isinstance(lm.network, LSTM) else {"h0": "hidden"}
    mixed = {
        key: np.outer(1 - shares, one) + np.outer(shares, other)
        for key, name in states.items()
        for one, other in [[getattr(trace, name)[start] for trace in traces]]
    }
    hidden = mixed["h0"]
    if start + 1 < len(words):
        rest, _ = lm.embed(words[start + 1 :])
        x = np.broadcast_to(rest[:, None], (len(rest), len(shares), rest.shape[1]))
        hidden = lm.network.forward(x, **mixed).hidden[-1]
    return shares, np.array([_margin(lm, pair[0], h) for h in hidden])


def averages(lm, distance: int = 40, n: int = 40, lags: Sequence[int] = (5, 10, 20, 30, 38)) -> dict:
    """Means over `n` held-out minimal pairs of the given distance, by lag: k words before the last one.

    {"lags", "accuracy", "hidden", "cell", "jacobian", "kept", "difference"}: log10 of the two gradients over
    those at the last word and of the Jacobian, dc_T[u]/dc_t[u] of the gender unit (the mean itself), and
    ||h - h'|| k words *after* the noun; each (len(lags),). "cell" and "kept" are None without a cell. Takes
    some seconds.
    """
    pairs = agreement.minimal_pairs(n, distance=distance, seed=agreement.TEST_SEED)
    unit = agreement.gender_unit(lm) if isinstance(lm.network, LSTM) else None
    found = [measure(lm, pair, unit=unit) for pair in pairs]
    back, on = [-1 - lag for lag in lags], [pairs[0][0].subject_position + lag for lag in lags]

    def mean(values):
        return np.mean(values, axis=0)

    return {
        "lags": np.array(lags),
        "accuracy": float(np.mean([[margin > 0 for margin in one.margins] for one in found])),
        "hidden": mean([(one.hidden - one.hidden[-1])[back] for one in found]),
        "cell": None if unit is None else mean([(one.cell - one.cell[-1])[back] for one in found]),
        "jacobian": mean([one.jacobian[back] for one in found]),
        "kept": None if unit is None else mean([one.kept[back] for one in found]),
        "difference": mean([one.difference[on] for one in found]),
    }


class _generator:
    """Random numbers of a seed."""

    def __init__(self, seed):
        self.rng = arrays.random_numbers(seed)

    def uniform(self, shape, bound):
        return self.rng.uniform(-bound, bound, shape)

    def normal(self, shape):
        return self.rng.standard_normal(shape)


def _checked(lm) -> None:
    if not isinstance(lm, LanguageModel):
        raise TypeError(f"lm was of type {type(lm).__name__}, expected a language model such as "
                        'll.load("agreement/lstm").')  # fmt: skip


def _pair(lm, sentence, distance) -> tuple:
    _checked(lm)
    if isinstance(sentence, list | tuple) and len(sentence) == 2 and all(
        isinstance(line, agreement.Sentence) for line in sentence
    ):  # fmt: skip
        if len(sentence[0].words) != len(sentence[1].words):
            raise ValueError("The two sentences are not equally long, and are compared word by word.")
        return tuple(sentence)
    words = language_model.tokenize(sentence) if isinstance(sentence, str) else sentence
    return counterparts(words, distance)


def _direct(lm, line, hidden, loss) -> np.ndarray:
    """dL/dh_T, from the loss itself."""
    arrays.one_of("loss", loss, ("margin", "cross-entropy"))
    right, wrong = (lm.decoder_weight[lm.index[form]] for form in (line.adjective, line.adjective_wrong))
    if loss == "margin":
        return right - wrong
    logits = lm.logits(hidden)
    p = np.exp(logits - logits.max())
    return p / p.sum() @ lm.decoder_weight - right


def _margin(lm, line, hidden) -> float:
    scores = lm.logits(hidden)
    return float(scores[lm.index[line.adjective]] - scores[lm.index[line.adjective_wrong]])


def _kept(trace, unit) -> np.ndarray:
    d_cell = np.zeros_like(trace.cell)
    d_cell[-1, unit] = 1.0
    return trace.backward(np.zeros_like(trace.hidden), d_cell).cell[:, unit]


def _theory(trace) -> dict[str, np.ndarray]:
    net = trace.network
    if not isinstance(net, RNN):
        return {}
    slope = 1 - trace.hidden**2 if net.nonlinearity == "tanh" else (trace.hidden > 0).astype(float)
    radius = np.abs(np.linalg.eigvals(net.weight_hh)).max()
    factors = {"largest": np.linalg.norm(net.weight_hh, 2), "radius": radius, "slope": radius * slope.mean()}
    return {key: _log(factor) * np.arange(trace.steps)[::-1] for key, factor in factors.items()}


def _log_norms(gradient) -> np.ndarray:
    return _log(np.linalg.norm(gradient, axis=-1))


def _log(value):
    with np.errstate(divide="ignore"):
        return np.log10(value)
