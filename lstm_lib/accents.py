"""Small networks that put the accents back on a Portuguese word, letter by letter.

    e_t = E[letter_t]    forwards: h_t = LSTM(e_t, h_(t-1))    backwards: k_t = LSTM(e_t, k_(t+1))
    p(mark of letter t) = softmax(W [h_t, k_t] + b) over the marks that the letter can bear

The network of one direction has no k: at each letter it has seen the beginning of the word, up to that
letter. The bidirectional one (Schuster & Paliwal, 1997; with LSTMs, Graves & Schmidhuber, 2005) has seen all
of it. `load("lstm")` and `load("bilstm")` read the shipped ones. Their weights are stored as 8-bit whole
numbers with one scale for each row, so that a page can carry them: a weight is number * scale.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from lstm_lib import arrays, cells, weights
from lstm_lib.datasets.accents import LETTERS, MARKED, MARKS, is_word, marks, possible, restore, strip

FORMAT = "lstm_lib.accents/1"
SHIPPED = Path(__file__).with_name("pretrained") / "accents"
NAMES = ("lstm", "bilstm")
MOST_LETTERS = 24  # of a word that is read; the longest of the training had 16
_SUFFIXES = ("", "_reverse")
_SCRIPT = ("format", "name", "letters", "marks", "forms")  # what every file says alike, for the page


@dataclass(frozen=True)
class Reading:
    """What a network makes of a word of T letters.

    bare: the letters; probabilities (T, 6): of each of MARKS, 0 for a mark that the letter cannot bear;
    chosen (T,): the likeliest; word: the letters with the chosen marks.
    """

    bare: str
    probabilities: np.ndarray
    chosen: np.ndarray
    word: str


@dataclass
class AccentNetwork:
    """embedding (26, E), one LSTM for each direction (1 or 2, both of I = E), decoder (6, directions * H)."""

    name: str
    embedding: np.ndarray
    layers: tuple[cells.LSTM, ...]
    decoder_weight: np.ndarray
    decoder_bias: np.ndarray
    metadata: dict = field(default_factory=dict)

    @property
    def parameter_count(self) -> int:
        """All numbers, with two bias vectors for each layer, as torch has them while it is trained."""
        return (self.embedding.size + self.decoder_weight.size + self.decoder_bias.size
                + sum(layer.parameter_count for layer in self.layers))

    def probabilities(self, letters: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """(n, T, 6) for n words at once: letters (n, T) from 0 to 25, what comes after a word's end is
        passed over and means nothing in the result."""
        n, T = letters.shape
        inputs = self.embedding[letters].transpose(1, 0, 2)
        hidden = [self.layers[0].forward(inputs).hidden]
        if len(self.layers) > 1:
            turned = np.abs(lengths - 1 - np.arange(T)[:, None])  # position k of a word read backwards
            turned = np.where(np.arange(T)[:, None] < lengths, turned, np.arange(T)[:, None])
            column = np.arange(n)
            backwards = self.layers[1].forward(inputs[turned, column]).hidden
            hidden.append(backwards[turned, column])
        scores = np.concatenate(hidden, axis=-1) @ self.decoder_weight.T + self.decoder_bias
        scores = np.where(possible()[letters.T], scores, -np.inf)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return (shares / shares.sum(axis=-1, keepdims=True)).transpose(1, 0, 2)

    def read(self, word: str) -> Reading:
        """Read one word; accents on it are taken off first. ValueError for what is no word, see `bare`."""
        bare = bare_letters(word)
        letters = np.array([[LETTERS.index(letter) for letter in bare]])
        found = self.probabilities(letters, np.array([len(bare)]))[0]
        chosen = found.argmax(axis=-1)
        return Reading(bare, found, chosen, restore(bare, chosen))

    def right(self, words: Sequence[str]) -> tuple[float, float]:
        """Shares of `words`, written with their accents, that it gets wholly right: (of all, of those with
        an accent)."""
        lengths = np.array([len(word) for word in words])
        letters, wanted = np.zeros((2, len(words), int(lengths.max())), dtype=np.int64)
        for row, word in enumerate(words):
            letters[row, : len(word)] = [LETTERS.index(letter) for letter in strip(word)]
            wanted[row, : len(word)] = marks(word)
        chosen = self.probabilities(letters, lengths).argmax(axis=-1)
        inside = np.arange(letters.shape[1]) < lengths[:, None]
        fits = ((chosen == wanted) | ~inside).all(axis=1)
        return float(fits.mean()), float(fits[wanted.any(axis=1)].mean())

    def save(self, path: str | os.PathLike) -> Path:
        """Write the network, rounded to 8 bits, complete or not at all."""
        path, tensors = Path(path), {}
        for name, array in self._tensors().items():
            if array.ndim == 1:
                tensors[name] = array.astype(np.float16)
                continue
            scale = (np.abs(array).max(axis=1) / 127).astype(np.float16)
            scale[scale == 0] = 1
            tensors[f"{name}.scale"] = scale
            rounded = np.rint(array / scale.astype(float)[:, None])
            tensors[name] = np.clip(rounded, -127, 127).astype(np.int8)
        stored = {"format": FORMAT, "name": self.name, "letters": LETTERS, "marks": list(MARKS),
                  "forms": MARKED, **self.metadata}
        stored = {key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                  for key, value in stored.items()}
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".partial")
        try:
            weights.write_safetensors(partial, tensors, stored)
            partial.chmod(0o644)
            os.replace(partial, path)
        finally:
            partial.unlink(missing_ok=True)
        return path

    def _tensors(self) -> dict[str, np.ndarray]:
        """All weights by their names in the file; the two bias vectors of a layer are only ever added."""
        tensors = {"embedding.weight": self.embedding, "decoder.weight": self.decoder_weight,
                   "decoder.bias": self.decoder_bias}
        for layer, suffix in zip(self.layers, _SUFFIXES, strict=False):
            found = layer.weights
            tensors[f"rnn.weight_ih_l0{suffix}"] = found["weight_ih"]
            tensors[f"rnn.weight_hh_l0{suffix}"] = found["weight_hh"]
            tensors[f"rnn.bias_l0{suffix}"] = sum(found[name] for name in found if name.startswith("bias"))
        return tensors


def bare_letters(word: str) -> str:
    """The bare letters of a word as a reader may write it. Raises TypeError for what is no text, ValueError
    for none, for too many, and for what no Portuguese word is written with."""
    if not isinstance(word, str):
        raise TypeError(f"word was {word!r}, expected a text such as 'coracao'.")
    small = unicodedata.normalize("NFC", word.strip().lower())
    if not small or not is_word(small):
        raise ValueError(
            f"word was {word!r}, expected one Portuguese word, letters only, such as 'coracao' or 'coração'."
        )
    if len(small) > MOST_LETTERS:
        raise ValueError(f"word has {len(small)} letters, expected at most {MOST_LETTERS}.")
    return strip(small)


@cache
def load(name: str) -> AccentNetwork:
    """A shipped network: "lstm" reads from left to right, "bilstm" in both directions."""
    return read_file(SHIPPED / f"{arrays.one_of('name', name, NAMES)}.safetensors")


def read_file(path: str | os.PathLike) -> AccentNetwork:
    """The network of a file that `AccentNetwork.save` wrote. ValueError if it is another kind of file."""
    tensors, stored = weights.read_safetensors(path)
    if stored.get("format") != FORMAT:
        raise ValueError(f"{Path(path).name} says format={stored.get('format')!r}, expected {FORMAT!r}.")
    full = {
        name: array.astype(float) * tensors[f"{name}.scale"].astype(float)[:, None]
        if f"{name}.scale" in tensors else array.astype(float)
        for name, array in tensors.items() if not name.endswith(".scale")
    }  # fmt: skip
    layers = tuple(
        cells.LSTM(full[f"rnn.weight_ih_l0{suffix}"], full[f"rnn.weight_hh_l0{suffix}"],
                   full[f"rnn.bias_l0{suffix}"])
        for suffix in _SUFFIXES if f"rnn.bias_l0{suffix}" in full
    )  # fmt: skip
    metadata = {key: _decoded(value) for key, value in stored.items()
                if key not in _SCRIPT}
    return AccentNetwork(stored["name"], full["embedding.weight"], layers, full["decoder.weight"],
                         full["decoder.bias"], metadata)


def _decoded(value: str):
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
