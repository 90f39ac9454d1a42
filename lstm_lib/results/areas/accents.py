"""Language: put the accents back on Portuguese words, with networks of one direction and of two.

The bidirectional RNN, GRU and LSTM have about equally many parameters; "lstm" reads from left to right and
"lstm-backward" from right to left, with as many. Baselines: leave every word bare; a table of what
follows a letter; a logistic regression on the five letters at each side. The story is told by the LSTMs
alone: what one direction sees, what the other sees, and what both see together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import numpy as np

from lstm_lib.datasets import accents
from lstm_lib.results.area import Area, Job

EMBEDDING, BATCH, EPOCHS = 24, 64, 10
ONE_WAY, TWO_WAYS = 76, 48  # units of the LSTM that reads in one direction, and of each of two
NETWORKS = {  # name: (cell, both directions, backwards)
    "birnn": ("rnn", True, False),
    "bigru": ("gru", True, False),
    "bilstm": ("lstm", True, False),
    "lstm": ("lstm", False, False),
    "lstm-backward": ("lstm", False, True),
}
RATES = (0.003, 0.01)
SUFFIXES, LEAST = (3, 4, 5, 6), (1, 2, 3)  # of the table: letters to the right, and how often they must come
WINDOW = 5  # letters at each side in the regression
STRENGTHS = (1.0, 10.0)  # of the regression: scikit-learn's C, chosen on validation
SHOWN_ACCENTED, SHOWN_BARE = 56, 24

AREA = Area(
    key="accents",
    metric="words",
    better="higher",
    seeds=(1, 2, 3),
    chosen={"birnn": 0.01, "bigru": 0.003, "bilstm": 0.01, "lstm": 0.01, "lstm-backward": 0.01},
    networks=tuple(NETWORKS),
    baselines=("bare", "table", "logistic"),
    dataset="pyspellchecker",
    minutes=6,
)


def jobs() -> list[Job]:
    """Every training and baseline of the area."""
    return [*AREA.jobs(RATES), Job("accents", "examples", "words")]


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them; scores are shares of the test words: "words" wholly right, "accented" those of the words
    that bear an accent."""
    if job.stage == "examples":
        return {"examples": examples()}
    if job.stage == "baseline":
        return BASELINES[job.name](accents.accented_words())
    rate = job.option("learning_rate", AREA.chosen[job.name])
    _, result = trained(job.name, job.seed, rate, job.stage == "test", checkpoint, progress)
    return result


def trained(name: str, seed: int, learning_rate: float, test: bool = True, checkpoint=None, progress=False):
    """(module, result): a network trained on the training words, with its best epoch on the validation
    words; `test` measures it on the test words too."""
    from lstm_lib.training import sequences

    words = accents.accented_words()
    cell, both, backwards = NETWORKS[name]
    module = sequences.build(
        cell, len(accents.LETTERS) + 1, len(accents.MARKS), hidden_size(cell, both), seed=seed,
        embedding=EMBEDDING, bidirectional=both, read="every",
    )  # fmt: skip
    parts = [as_sequences(part, backwards) for part in (words.train, words.validation, words.test)]
    fitted = sequences.fit(
        module, parts[0], parts[1], loss="cross_entropy", epochs=EPOCHS, batch=BATCH,
        learning_rate=learning_rate, seed=seed, checkpoint=checkpoint, progress=progress, name=name,
    )  # fmt: skip
    scores = {}
    if test:
        outputs = sequences.predict(fitted.module, parts[2])
        scores = judged(chosen_marks(outputs, parts[2].inputs), parts[2].targets)
    return fitted.module, {"scores": scores, **fitted.record}


def hidden_size(cell: str, both: bool) -> int:
    """Units (of each direction) that give a network about as many parameters as the LSTM."""
    from lstm_lib.training import sequences

    units = TWO_WAYS if both else ONE_WAY
    if cell == "lstm":
        return units
    sizes = (len(accents.LETTERS) + 1, len(accents.MARKS))
    return sequences.equal_hidden(cell, ("lstm", units), *sizes, embedding=EMBEDDING, bidirectional=both)


def as_sequences(words, backwards: bool = False):
    """Words as a network reads them: letters 1 to 26, 0 after the end, marks −1 there."""
    from lstm_lib.training.sequences import Sequences

    letters, chosen, lengths = accents.arrays(words)
    if backwards:
        for row, length in enumerate(lengths):
            letters[row, :length] = letters[row, :length][::-1]
            chosen[row, :length] = chosen[row, :length][::-1]
    return Sequences(letters, chosen, lengths)


def chosen_marks(scores: np.ndarray, letters: np.ndarray) -> np.ndarray:
    """The likeliest mark of each letter (n, T) among those that it can bear; scores (n, T, 6)."""
    allowed = np.vstack([np.ones(len(accents.MARKS), dtype=bool), accents.possible()])
    return np.where(allowed[letters], scores[:, : letters.shape[1]], -np.inf).argmax(axis=-1)


def judged(found: np.ndarray, wanted: np.ndarray) -> dict[str, float]:
    """Shares of words that are wholly right, of all and of those that bear an accent; −1 is not counted."""
    right = ((found == wanted) | (wanted < 0)).all(axis=1)
    return {"words": float(right.mean()), "accented": float(right[(wanted > 0).any(axis=1)].mean())}


def _bare(words) -> dict:
    _, wanted, _ = accents.arrays(words.test)
    return {"scores": judged(np.zeros_like(wanted), wanted)}


def table(words, reach: int, least: int) -> dict[str, int]:
    """What a letter with up to `reach` letters after it most often bears, where that came `least` times; "$"
    marks the end of a word."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for word in words:
        bare, marks = accents.strip(word) + "$", accents.marks(word)
        for place, mark in enumerate(marks):
            for length in range(1, min(reach + 1, len(bare) - place) + 1):
                counts[bare[place : place + length]][mark] += 1
    return {context: found.most_common(1)[0][0] for context, found in counts.items()
            if found.total() >= least}


def look_up(known: dict[str, int], bare: str) -> list[int]:
    """The marks of a word by the longest context that the table knows at each letter."""
    ended, marks = bare + "$", []
    for place in range(len(bare)):
        contexts = (ended[place : place + length] for length in range(max(SUFFIXES) + 1, 0, -1))
        marks.append(next((known[context] for context in contexts if context in known), 0))
    return marks


@cache
def chosen_table() -> tuple[dict[str, int], dict]:
    """(table, {"letters", "least"}): with the reach that does best on the validation words, and then of both
    parts' words."""
    words = accents.accented_words()
    tried = {
        (reach, least): _measure_table(table(words.train, reach, least), words.validation)["words"]
        for reach in SUFFIXES for least in LEAST
    }  # fmt: skip
    best = max(tried, key=tried.get)
    return table(words.train + words.validation, *best), {"letters": best[0], "least": best[1]}


def _measure_table(known: dict[str, int], part) -> dict[str, float]:
    letters, wanted, _ = accents.arrays(part)
    found = np.zeros_like(wanted)
    for row, word in enumerate(part):
        found[row, : len(word)] = look_up(known, accents.strip(word))
    return judged(found, wanted)


def _table(words) -> dict:
    known, setting = chosen_table()
    return {"scores": _measure_table(known, words.test), "detail": {**setting, "contexts": len(known)}}


def _logistic(words) -> dict:
    """One regression for all letters that can bear a mark, on the letters around them."""
    from sklearn.linear_model import LogisticRegression

    def fit(part, strength):
        columns, labels, _ = _windows(part)
        return LogisticRegression(C=strength, max_iter=300).fit(columns, labels)

    def measure(model, part):
        columns, _, places = _windows(part)
        scores = np.zeros((*accents.arrays(part)[1].shape, len(accents.MARKS)))
        scores[..., 0] = 1  # of the letters that can bear no mark
        scores[places] = 0
        scores[places[0][:, None], places[1][:, None], model.classes_] = model.predict_proba(columns)
        letters, wanted, _ = accents.arrays(part)
        return judged(chosen_marks(scores, letters), wanted)

    tried = {strength: measure(fit(words.train, strength), words.validation) for strength in STRENGTHS}
    best = max(tried, key=lambda strength: tried[strength]["words"])
    scores = measure(fit(words.train + words.validation, best), words.test)
    return {"scores": scores, "validation": tried[best]["words"], "detail": {"strength": best}}


def _windows(words):
    """(one-hot columns as a sparse matrix, labels, places): the letters around each that can bear a mark."""
    from scipy import sparse

    letters, marks, _ = accents.arrays(words)
    kinds = len(accents.LETTERS) + 1
    padded = np.pad(letters, ((0, 0), (WINDOW, WINDOW)))
    able = np.concatenate([[False], accents.possible()[:, 1:].any(axis=1)])
    places = np.nonzero(able[letters])
    around = np.stack([padded[places[0], places[1] + k] for k in range(2 * WINDOW + 1)], axis=1)
    columns = around + kinds * np.arange(around.shape[1])
    rows = np.repeat(np.arange(len(columns)), columns.shape[1])
    shape = (len(columns), kinds * columns.shape[1])
    matrix = sparse.csr_matrix((np.ones(columns.size), (rows, columns.ravel())), shape)
    return matrix, marks[places], places


BASELINES = {"bare": _bare, "table": _table, "logistic": _logistic}


def shown_words(words) -> list[str]:
    """What the page offers: the most frequent test words with an accent, and without one, by frequency."""
    accented = [word for word in words.test if any(accents.marks(word))][:SHOWN_ACCENTED]
    bare = [word for word in words.test if not any(accents.marks(word))][:SHOWN_BARE]
    chosen = {*accented, *bare}
    return [word for word in words.test if word in chosen]


def examples() -> dict:
    """What the shipped networks and the table make of some test words."""
    from lstm_lib import accents as shipped

    words = accents.accented_words()
    known, _ = chosen_table()
    rows = []
    for word in shown_words(words):
        bare = accents.strip(word)
        answers = {name: shipped.load(name).read(bare).word for name in shipped.NAMES}
        rows.append({"bare": bare, "right": word, **answers,
                     "table": accents.restore(bare, look_up(known, bare))})  # fmt: skip
    return {"words": rows}

