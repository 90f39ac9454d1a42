"""Music: the next quarter note of Bach's four-part chorales, all four voices at once.

Four one-hot voices in, four softmaxes out (Boulanger-Lewandowski, Bengio & Vincent, 2012, set the task, with
other pieces of data). The four notes of a frame are drawn apart from each other: the networks know what came
before, not what another voice sings at the same moment. NLL is in nats per note.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from lstm_lib.datasets.bach import CLASSES, REST, VOICES, Chorale, chorales, one_hot, to_midi
from lstm_lib.results.area import Area, Job

HIDDEN, BATCH, EPOCHS = 64, 8, 40
NETWORKS = ("rnn", "gru", "lstm")
RATES = (0.003, 0.01)
ORDERS = (1, 2, 4, 8)  # frames that the regression sees
STRENGTHS = (0.1, 0.3, 1.0, 3.0)  # of the regression: scikit-learn's C
SMOOTHING = (0.01, 0.03, 0.1, 0.3, 1.0)  # added to every count of the bigrams
GIVEN, FRAMES = 16, 48  # of a piece that is shown: quarters given, quarters in all
TEMPERATURE = 0.7  # of the continuations: below 1 the likely notes are drawn more often than they are likely
TEMPO = 80  # quarters a minute; the files give none
SHOWN_SEED = 1

AREA = Area(
    key="music",
    metric="nll",
    better="lower",
    seeds=(1, 2, 3),
    chosen={"rnn": 0.003, "gru": 0.01, "lstm": 0.01},
    networks=NETWORKS,
    baselines=("repeat", "bigram", "logistic"),
    dataset="music21",
    minutes=2,
)


def jobs() -> list[Job]:
    """Every training and baseline of the area."""
    return [*AREA.jobs(RATES), Job("music", "examples", "continuations")]


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them; scores: "nll" in nats per note (none for "repeat", which gives no probabilities), and
    "notes", the share of notes that come as the likeliest. "validation" is minus the NLL."""
    pieces = chorales(progress=progress)
    if job.stage == "examples":
        return {"examples": examples(pieces, progress)}
    if job.stage == "baseline":
        return BASELINES[job.name](pieces)
    rate = job.option("learning_rate", AREA.chosen[job.name])
    _, result = trained(pieces, job.name, job.seed, rate, job.stage == "test", checkpoint, progress)
    return result


def trained(pieces, name: str, seed: int, learning_rate: float, test=True, checkpoint=None, progress=False):
    """(module, result): a network trained on the training pieces, with its best epoch on the validation."""
    from lstm_lib.training import sequences

    wide = len(VOICES) * CLASSES
    size = HIDDEN if name == "lstm" else sequences.equal_hidden(name, ("lstm", HIDDEN), wide, wide)
    module = sequences.build(name, wide, wide, size, seed=seed, read="every")
    parts = [as_sequences(part) for part in (pieces.train, pieces.validation, pieces.test)]
    fitted = sequences.fit(
        module, parts[0], parts[1], loss="cross_entropy", epochs=EPOCHS, batch=BATCH,
        learning_rate=learning_rate, seed=seed, checkpoint=checkpoint, progress=progress, name=name,
    )  # fmt: skip
    scores = {}
    if test:
        scores = judged(log_shares(sequences.predict(fitted.module, parts[2])), parts[2].targets)
    return fitted.module, {"scores": scores, **fitted.record}


def as_sequences(pieces: Sequence[Chorale]):
    """Frames 0 to T − 2 as inputs (n, T, 4 * CLASSES), frames 1 to T − 1 as targets (n, T, 4)."""
    from lstm_lib.training.sequences import Sequences

    lengths = np.array([len(piece.frames) - 1 for piece in pieces])
    inputs = np.zeros((len(pieces), lengths.max(), len(VOICES) * CLASSES), dtype=np.float32)
    targets = np.full((len(pieces), lengths.max(), len(VOICES)), -1, dtype=np.int64)
    for row, piece in enumerate(pieces):
        inputs[row, : lengths[row]] = one_hot(piece.classes[:-1])
        targets[row, : lengths[row]] = piece.classes[1:]
    return Sequences(inputs, targets, lengths)


def log_shares(outputs: np.ndarray) -> np.ndarray:
    """Logarithms of the probabilities (..., 4, CLASSES) from scores (..., 4 * CLASSES)."""
    scores = outputs.reshape(*outputs.shape[:-1], len(VOICES), CLASSES).astype(float)
    scores = scores - scores.max(axis=-1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True))


def judged(logs: np.ndarray, wanted: np.ndarray) -> dict[str, float]:
    """{"nll": nats per note, "notes": share of notes that are the likeliest}; −1 is not counted."""
    counted = wanted >= 0
    logs, wanted = logs[:, : wanted.shape[1]][counted], wanted[counted]
    return {"nll": float(-logs[np.arange(len(wanted)), wanted].mean()),
            "notes": float((logs.argmax(axis=-1) == wanted).mean())}


def _repeat(pieces) -> dict:
    before = np.concatenate([piece.classes[:-1] for piece in pieces.test])
    after = np.concatenate([piece.classes[1:] for piece in pieces.test])
    return {"scores": {"notes": float((before == after).mean())}}


def bigram(pieces: Sequence[Chorale], smoothing: float) -> np.ndarray:
    """(4, CLASSES, CLASSES) logarithms: of each voice, what follows a note, each count and `smoothing`."""
    counts = np.full((len(VOICES), CLASSES, CLASSES), smoothing)
    for piece in pieces:
        for voice in range(len(VOICES)):
            np.add.at(counts[voice], (piece.classes[:-1, voice], piece.classes[1:, voice]), 1)
    return np.log(counts / counts.sum(axis=-1, keepdims=True))


def _measure_bigram(logs, pieces) -> dict[str, float]:
    found = [logs[np.arange(len(VOICES)), piece.classes[:-1]] for piece in pieces]
    wanted = np.concatenate([piece.classes[1:] for piece in pieces])
    return judged(np.concatenate(found)[None], wanted[None])


def chosen_bigram(pieces) -> tuple[np.ndarray, float]:
    """(logarithms, smoothing) with the smoothing that fits the validation pieces best."""
    tried = {
        amount: _measure_bigram(bigram(pieces.train, amount), pieces.validation)["nll"]
        for amount in SMOOTHING
    }
    best = min(tried, key=tried.get)
    return bigram(pieces.train, best), best


def _bigram(pieces) -> dict:
    logs, smoothing = chosen_bigram(pieces)
    validation = _measure_bigram(logs, pieces.validation)["nll"]
    scores = _measure_bigram(logs, pieces.test)
    return {"scores": scores, "validation": -validation, "detail": {"smoothing": smoothing}}


def _logistic(pieces) -> dict:
    """For each voice a regression on the last frames; their number and its strength by validation."""
    from sklearn.linear_model import LogisticRegression

    def fit(order, strength):
        columns, wanted = _windows(pieces.train, order)
        return [
            LogisticRegression(C=strength, max_iter=200).fit(columns, wanted[:, v])
            for v in range(len(VOICES))
        ]

    def measure(models, part, order):
        columns, wanted = _windows(part, order)
        logs = np.full((len(wanted), len(VOICES), CLASSES), np.log(1e-6))  # of notes that no piece had
        for voice, model in enumerate(models):
            logs[:, voice, model.classes_] = model.predict_log_proba(columns)
        return judged(logs[None], wanted[None])

    orders = {order: fit(order, STRENGTHS[1]) for order in ORDERS}
    order = min(orders, key=lambda k: measure(orders[k], pieces.validation, k)["nll"])
    others = [strength for strength in STRENGTHS if strength != STRENGTHS[1]]
    models = {STRENGTHS[1]: orders[order]} | {strength: fit(order, strength) for strength in others}
    tried = {C: measure(models[C], pieces.validation, order)["nll"] for C in STRENGTHS}
    best = min(tried, key=tried.get)
    scores = measure(models[best], pieces.test, order)
    return {"scores": scores, "validation": -tried[best], "detail": {"frames": order, "strength": best}}


def _windows(pieces, order):
    """(columns as a sparse matrix, wanted (n, 4)): the last `order` frames before each; nothing is known
    before the beginning."""
    from scipy import sparse

    wide = len(VOICES) * CLASSES
    blocks, wanted = [], []
    for piece in pieces:
        frames = np.vstack([np.zeros((order - 1, wide), np.float32), one_hot(piece.classes[:-1])])
        many = len(piece.frames) - 1
        blocks.append(sparse.csr_matrix(np.hstack([frames[k : k + many] for k in range(order)])))
        wanted.append(piece.classes[1:])
    return sparse.vstack(blocks).tocsr(), np.concatenate(wanted)


BASELINES = {"repeat": _repeat, "bigram": _bigram, "logistic": _logistic}


def shown_pieces(pieces: Sequence[Chorale]) -> list[Chorale]:
    """The first two pieces in major and the first two in minor, by BWV number, that have a title and at
    least FRAMES quarters, the first of them without a rest."""
    found = []
    for mode in ("major", "minor"):
        fit = [
            piece for piece in pieces
            if piece.key.endswith(mode) and piece.title and len(piece.frames) >= FRAMES
            and (piece.frames[:FRAMES] != REST).all()
        ]  # fmt: skip
        found += fit[:2]
    return sorted(found, key=lambda piece: (piece.number, piece.name))


def examples(pieces, progress: bool = False) -> dict:
    """Openings of test pieces, how the networks and the bigrams go on, and how surprised the networks are by
    what Bach wrote."""
    modules = {
        name: trained(pieces, name, SHOWN_SEED, AREA.chosen[name], False, None, progress)[0]
        for name in ("lstm", "rnn")
    }
    logs, _ = chosen_bigram(pieces)
    shown = []
    for number, piece in enumerate(shown_pieces(pieces.test)):
        real = piece.classes[:FRAMES]
        known = piece.classes[:GIVEN]
        ways = {name: _next_of(module) for name, module in modules.items()}
        ways["bigram"] = lambda classes: logs[np.arange(len(VOICES)), classes]
        continued = {
            name: continue_piece(known, way, FRAMES - GIVEN, np.random.default_rng([SHOWN_SEED, number]))
            for name, way in ways.items()
        }
        surprise = {name: _surprise(ways[name](real[:-1]), real[1:]) for name in modules}
        shown.append({
            "title": piece.title, "bwv": piece.name.removeprefix("bwv"), "key": piece.key,
            "quarters_a_minute": TEMPO, "given": GIVEN, "frames": _written(real, piece.shift),
            "continuations": {name: _written(frames, piece.shift) for name, frames in continued.items()},
            "surprise": surprise,
        })  # fmt: skip
    return {"temperature": TEMPERATURE, "pieces": shown}


def continue_piece(known: np.ndarray, way, many: int, rng: np.random.Generator) -> np.ndarray:
    """`many` further frames (many, 4) drawn one after the other; way(classes (t, 4)) gives the logarithms
    (t, 4, CLASSES) of what follows each frame."""
    frames = known
    for _ in range(many):
        scores = way(frames)[-1] / TEMPERATURE
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        ladder = np.cumsum(shares / shares.sum(axis=-1, keepdims=True), axis=-1)
        drawn = (ladder < rng.random(len(VOICES))[:, None]).sum(axis=-1)
        frames = np.vstack([frames, np.minimum(drawn, CLASSES - 1)])
    return frames[len(known) :]


@cache
def _next_of(module):
    """What a network expects after each frame."""
    from lstm_lib.training.sequences import Sequences, predict

    def way(classes):
        nothing = np.full((1, len(classes), len(VOICES)), -1)
        inputs = Sequences(one_hot(classes)[None], nothing, np.array([len(classes)]))
        return log_shares(predict(module, inputs))[0, : len(classes)]

    return way


def _surprise(logs: np.ndarray, wanted: np.ndarray) -> list[float | None]:
    """NLL in nats of each frame, its four notes together; none of the first, which nothing comes before."""
    each = -logs[np.arange(len(wanted))[:, None], np.arange(len(VOICES)), wanted].sum(axis=-1)
    return [None, *(round(float(value), 2) for value in each)]


def _written(classes: np.ndarray, shift: int) -> list[list[int | None]]:
    """MIDI numbers in the original key, rests as null."""
    midi = to_midi(classes, shift)
    return [[None if note == REST else int(note) for note in frame] for frame in midi]
