"""What a gradient says of a network that has learned, what it does not, and which numbers say the rest.

    lm = ll.load("agreement/rnn")
    found = measure(lm, "a menina disse que ... estava muito", distance=40)    # one sentence, word by word
    means = averages(lm)                       # log10 at lags 5, 10, 20, ...: the mean over 40 held-out pairs
    before = measure(untrained(lm), ...)       # the same network with fresh weights
    shares, margins = push(lm, pair)           # from the state after "menina" to that after "menino"

Before training, the gradient says what a sentence can teach: an error that does not reach its first word
teaches nothing about it (in a sentence of five words it does, even in an RNN: the minimal time lag of
chapter 2). After training it says something else, how much the answer changes if a state changes *a little*,
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

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lstm_lib import arrays, difference, gradient_flow, language_model
from lstm_lib.cells import LSTM, RNN
from lstm_lib.language_model import LanguageModel
from lstm_lib.shared_random import SharedRandom
from lstm_lib.tasks import agreement
from lstm_lib.tasks.agreement.counterparts import counterparts

SHARED = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
QUANTITIES = ("gradient", "jacobian", "kept", "difference")


@dataclass(frozen=True, eq=False)
class Measures:
    """All that is measured of one network on one pair of sentences of T words.

    pair: the two Sentences; the slopes are those of the first. start: position of the main noun. margins:
    score of the right form minus that of the wrong one, in the first and in the second. slope: that of `push`
    at 0. hidden, cell: log10 of ||dL/dh_t|| and ||dL/dc_t|| (T,), cell None without one. jacobian: log10 of
    ||ds_T/ds_t||_2 (T,), 0 at the last word. unit, kept: the unit that stores the gender, and
    dc_T[u]/dc_t[u] (T,); None without a cell. difference: ||h_t - h'_t|| (T,). theory: the lines of
    `gradient_flow.theory` (T,), which are meant for a network without training. -inf is an exact zero.
    """

    model: LanguageModel
    pair: tuple
    start: int
    margins: tuple[float, float]
    slope: float
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
    def left(self) -> dict[str, float]:
        """What is left at the end of the way, as log10: {quantity: float} of the quantities that it has. Of
        the gradient: at the main noun, over that at the last word; of the difference: at the last word, over
        that at the noun."""
        each = {quantity: line(self, quantity) for quantity in QUANTITIES}
        return {quantity: float(one.left) for quantity, one in each.items() if one is not None}


@dataclass(frozen=True, eq=False)
class Line:
    """One line of a chart: log10 at every word, (T,).

    kind: one of QUANTITIES; of: "hidden" or "cell"; unit: of "kept", whose cell. left: log10 of what is left
    at the end of its way. For the gradient the values are relative to the one at the last word.
    """

    name: str
    kind: str
    of: str
    logs: np.ndarray
    left: float
    unit: int | None = None

    @property
    def key(self) -> str:
        """The network's name, with ", cell" for a line of its cell."""
        return f"{self.name}, cell" if self.of == "cell" else self.name

    @property
    def verdict(self) -> str:
        """What became of it: of a gradient or a Jacobian a word of `gradient_flow`, of what is kept and of a
        difference one of `difference`."""
        if self.kind in ("gradient", "jacobian"):
            return gradient_flow.verdict(self.left)
        return "none" if np.isnan(self.left) else difference.verdict(10.0**self.left)


def lines(measures: dict[str, Measures], quantity: str) -> list[Line]:
    """The lines of a chart of one quantity, hidden states in the order of the networks, then cells."""
    arrays.one_of("quantity", quantity, QUANTITIES)
    found = [line(one, quantity) for one in measures.values()]
    if quantity == "gradient":
        found += [line(one, quantity, "cell") for one in measures.values()]
    return [one for one in found if one is not None]


def line(found: Measures, quantity: str, of: str = "hidden") -> Line | None:
    """The line of one quantity; None where a network has none."""
    arrays.one_of("quantity", quantity, QUANTITIES)
    start = found.start
    if quantity == "gradient":
        logs = getattr(found, of)
        if logs is None:
            return None
        return Line(found.name, quantity, of, logs - logs[-1], logs[start] - logs[-1])
    if quantity == "jacobian":
        return Line(found.name, quantity, "hidden", found.jacobian, found.jacobian[start])
    if quantity == "kept":
        if found.kept is None:
            return None
        logs = _log(np.abs(found.kept))
        return Line(found.name, quantity, "cell", logs, logs[start], found.unit)
    logs = _log(found.difference)
    with np.errstate(invalid="ignore"):
        left = logs[-1] - logs[start] if np.isfinite(logs[start]) else np.nan
    return Line(found.name, quantity, "hidden", logs, left)


def verdicts(found: Measures) -> dict[str, str | None]:
    """{quantity: what became of it}; None where a network has no such line."""
    each = {quantity: line(found, quantity) for quantity in QUANTITIES}
    return {quantity: one and one.verdict for quantity, one in each.items()}


def measure(lm, sentence, distance: int = 0, unit: int | None = None, loss: str = "margin") -> Measures:
    """Measure a language model on a sentence and its twin with a subject of the other gender.

    sentence: a text or a list of words, of which `counterparts` makes the pair (feminine, masculine), with at
    least `distance` words from subject to adjective; or such a pair of agreement.Sentence. unit: whose cell
    is followed in an LSTM; None for its `storing_unit`. loss: "margin", or
    "cross-entropy" of the right form, whose gradient shrinks further as its probability goes to 1. Raises
    TypeError or ValueError for what cannot be measured.
    """
    pair = _pair(lm, sentence, distance)
    trace, twin = (lm.read(line.words).trace for line in pair)
    direct, start = np.zeros_like(trace.hidden), pair[0].subject_position
    direct[-1] = _direct(lm, pair[0], trace.hidden[-1], loss)
    gradients = trace.backward(direct)
    slope = gradients.hidden[start] @ (twin.hidden - trace.hidden)[start]
    kept = None
    logs = gradient_flow.log_norms(trace, direct)
    if isinstance(lm.network, LSTM):
        size = lm.network.hidden_size
        unit = storing_unit(lm, pair) if unit is None else arrays.whole_number("unit", unit, 0, size)
        kept = _kept(trace, unit)
        # c and h are pushed apart from each other here: what goes through h is in the line above already
        slope += gradients.paths["cell"]["cell"][start] @ (twin.cell - trace.cell)[start]
    else:
        unit = None
    ends = zip(pair, (trace.hidden[-1], twin.hidden[-1]), strict=True)
    return Measures(
        model=lm, pair=pair, start=start, margins=tuple(_margin(lm, line, h) for line, h in ends),
        slope=float(slope),
        hidden=logs["hidden"], cell=logs["cell"], jacobian=state_jacobian(trace), unit=unit, kept=kept,
        difference=np.linalg.norm(trace.hidden - twin.hidden, axis=1), theory=gradient_flow.theory(trace),
    )  # fmt: skip


def storing_unit(lm, pair) -> int:
    """The unit of an LSTM that stores the subject's gender: the one that `agreement.gender_unit` found when
    the model was made, if its file says so; else that whose cells differ most in the pair, as in
    `difference.kept_unit`."""
    scores = lm.metadata.get("scores")
    found = scores.get("gender_unit") if isinstance(scores, dict) else None
    if found:
        return int(next(iter(found.values()))["unit"])
    return difference.kept_unit(lm, pair)


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
    net, rng = lm.network, SharedRandom(seed, SHARED["stream"])
    bound = 1 / np.sqrt(net.hidden_size)
    embedding = rng.standard_normal(lm.embedding.shape)
    recipe = {"forget_bias": float(SHARED["forget_bias"])} if isinstance(net, LSTM) else {}
    if isinstance(net, RNN):
        recipe = {"nonlinearity": net.nonlinearity}
    fresh = type(net).init(net.input_size, net.hidden_size, rng, **recipe)
    return replace(
        lm,
        network=fresh,
        embedding=embedding,
        decoder_weight=rng.uniform(-bound, bound, lm.decoder_weight.shape),
        decoder_bias=rng.uniform(-bound, bound, lm.decoder_bias.shape),
        metadata={},
        path=None,
    )


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
    unit = None
    if isinstance(lm.network, LSTM):
        unit = storing_unit(lm, pairs[0]) if "scores" in lm.metadata else agreement.gender_unit(lm)
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


def _log(value):
    with np.errstate(divide="ignore"):
        return np.log10(value)
