"""A word-by-word language model: embedding, one recurrent layer, softmax over the vocabulary.

    e_t = E[word_t]        h_t = cell(e_t, h_(t-1))        p(next word | words up to t) = softmax(W h_t + b)

The shipped models are loaded with ``load("agreement/lstm")``. One safetensors file holds everything: the
weights by torch's names, and as metadata the vocabulary, the two aligned lists of adjective forms, and how
the file was made.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from lstm_lib import arrays, cells, weights

FORMAT = "lstm_lib.language_model/1"
SHIPPED = Path(__file__).with_name("pretrained")
_OWN_KEYS = ("format", "cell", "name", "vocabulary", "feminine", "masculine")


def tokenize(text: str) -> list[str]:
    """Split a text into words: NFC, lower-case, without punctuation, symbols or invisible characters.

    A word begins with a letter or a digit and goes on with letters, digits and combining marks; a hyphen or
    an apostrophe inside it stays (``despedir-se``). Everything else only parts words. Any text is accepted.
    """
    if not isinstance(text, str):
        raise TypeError(f"tokenize expects a text (str), got {type(text).__name__}.")
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    visible = [
        (character, unicodedata.category(character)[0])
        for character in text
        if unicodedata.category(character) != "Cf"
    ]  # soft hyphens, joiners, marks of direction
    words, word = [], ""
    for position, (character, kind) in enumerate(visible):
        following = visible[position + 1][1] if position + 1 < len(visible) else ""
        if (
            kind in "LN"
            or (kind == "M" and word)
            or (word and character in "-'’" and following in ("L", "N"))
        ):
            word += character
        elif word:
            words.append(word)
            word = ""
    return [*words, word] if word else words


@dataclass
class Reading:
    """What a language model makes of a sentence of T words.

    words (T), unknown: those not in the vocabulary, each once, trace: the run of the network,
    share_feminine (T,): after each word, the probability of all feminine adjective forms divided by that of
    all feminine and masculine ones, probabilities (T, V): of every next word.
    """

    model: LanguageModel
    words: list[str]
    unknown: list[str]
    trace: object
    share_feminine: np.ndarray
    probabilities: np.ndarray

    def __len__(self) -> int:
        return len(self.words)

    def likeliest(self, step: int = -1, n: int = 5) -> list[tuple[str, float]]:
        """The `n` most probable next words after the word at `step`, with their probabilities."""
        arrays.whole_number("step", step, -len(self), len(self))
        row, n = self.probabilities[step], arrays.whole_number("n", n, 0, None)
        return [
            (self.model.vocabulary[index], float(row[index])) for index in np.argsort(-row, kind="stable")[:n]
        ]


@dataclass
class LanguageModel:
    """Weights, vocabulary and provenance of a language model; V words, E numbers per embedding, H units.

    network: LSTM, GRU or RNN of input size E, embedding (V, E), decoder_weight (V, H), decoder_bias (V,).
    feminine and masculine are aligned lists: feminine[k] and masculine[k] are two forms of one adjective.
    """

    name: str
    network: cells.LSTM | cells.GRU | cells.RNN
    embedding: np.ndarray
    vocabulary: list[str]
    decoder_weight: np.ndarray
    decoder_bias: np.ndarray
    feminine: list[str]
    masculine: list[str]
    metadata: dict = field(default_factory=dict)
    path: Path | None = None

    def __post_init__(self):
        self.embedding = arrays.real_array("embedding", self.embedding)
        self.decoder_weight = arrays.real_array("decoder_weight", self.decoder_weight)
        self.decoder_bias = arrays.real_array("decoder_bias", self.decoder_bias)
        for name in ("vocabulary", "feminine", "masculine"):
            words = getattr(self, name)
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                raise TypeError(f"{name} is {str(words)[:40]!r}, expected a list of words.")
        V, E, H = len(self.vocabulary), self.network.input_size, self.network.hidden_size
        for name, array, shape in (
            ("embedding", self.embedding, (V, E)),
            ("decoder_bias", self.decoder_bias, (V,)),
            ("decoder_weight", self.decoder_weight, (V, H)),
        ):
            if array.shape != shape:
                raise ValueError(
                    f"{name} has shape {array.shape}, expected {shape}: {V} words in the vocabulary, "
                    f"a network with {E} inputs and {H} units."
                )
        self.index = {word: number for number, word in enumerate(self.vocabulary)}
        missing = [word for word in [*self.feminine, *self.masculine] if word not in self.index]
        if missing or len(self.feminine) != len(self.masculine) or not self.feminine:
            raise ValueError(
                "feminine and masculine must be two lists of equal length with words of the vocabulary; "
                f"missing from it: {', '.join(missing) or 'none'}."
            )
        self._feminine = np.array([self.index[word] for word in self.feminine])
        self._masculine = np.array([self.index[word] for word in self.masculine])

    def __repr__(self) -> str:
        return (
            f"<LanguageModel {self.name!r}: {self.network!r}, {len(self.vocabulary)} words, "
            f"{self.parameter_count:,} parameters>"
        )

    @property
    def parameter_count(self) -> int:
        """All numbers of the model: network, embedding and decoder."""
        return (
            self.network.parameter_count
            + self.embedding.size
            + self.decoder_weight.size
            + self.decoder_bias.size
        )

    def embed(self, words: Sequence[str]) -> tuple[np.ndarray, list[str]]:
        """Vectors (T, E) of the words, and the unknown ones, each once, in the order of the text.

        An unknown word gets the mean of all embeddings: a word like any other, and like none in particular.
        """
        unknown = list(dict.fromkeys(word for word in words if word not in self.index))
        mean = self.embedding.mean(axis=0)
        vectors = [self.embedding[self.index[word]] if word in self.index else mean for word in words]
        return np.array(vectors).reshape(len(words), self.embedding.shape[1]), unknown

    def logits(self, hidden: np.ndarray) -> np.ndarray:
        """Scores (..., V) of every next word from hidden states (..., H)."""
        return hidden @ self.decoder_weight.T + self.decoder_bias

    def read(self, text: str | Sequence[str], cell_factor=None, forget_bias_shift: float = 0.0) -> Reading:
        """Read a text, or a list of words, and keep everything.

        cell_factor (T, H), see `edit`, and forget_bias_shift change the LSTM on the way. Unknown words are
        listed in the reading and do not stop it. Raises ValueError if there is no word to read, TypeError for
        anything but text.
        """
        words = self._words(text)
        if not words:
            raise ValueError(
                'There is no word to read: give a sentence such as "a menina disse que estava muito".'
            )
        vectors, unknown = self.embed(words)
        trace = self.network.forward(vectors, **self._changes(cell_factor, forget_bias_shift))
        logits = self.logits(trace.hidden)
        return Reading(self, words, unknown, trace, self._share(logits), _softmax(logits))

    def edit(self, T: int, unit: int, action: str = "off", step: int = 0) -> np.ndarray:
        """The cell_factor (T, H) that switches a unit "off", or turns its sign at one step ("flip")."""
        return cells.cell_factor(T, self.network.hidden_size, unit, action, step)

    def save(self, path: str | os.PathLike) -> Path:
        """Write the model as safetensors. The file appears complete or not at all.

        Weights are stored as float16, two bytes each: a page loads them, and they lose three decimal places
        or so. `stored` is the model as it will be read back. Raises ValueError for a weight of 65 520 or
        more, which float16 cannot hold.
        """
        path = Path(path)
        tensors = {name: _as_float16(name, array) for name, array in self._tensors().items()}
        stored = {
            "format": FORMAT,
            "cell": self.network.kind,
            "name": self.name,
            "vocabulary": self.vocabulary,
            "feminine": self.feminine,
            "masculine": self.masculine,
            **self.metadata,
        }
        stored = {
            key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
            for key, value in stored.items()
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".partial")
        try:
            weights.write_safetensors(partial, tensors, stored)
            partial.chmod(0o644)        # safetensors lets only the owner read it
            os.replace(partial, path)
        finally:
            partial.unlink(missing_ok=True)
        self.path = path
        return path

    def stored(self) -> LanguageModel:
        """The model as `save` writes it and `load` reads it back, with every weight rounded to float16."""
        rounded = {name: _as_float16(name, array).astype(float) for name, array in self._tensors().items()}
        network = {name: rounded[f"rnn.{name}_l0"] for name in self.network.weights}
        return replace(
            self,
            network=self.network.replace(**network),
            embedding=rounded["embedding.weight"],
            decoder_weight=rounded["decoder.weight"],
            decoder_bias=rounded["decoder.bias"],
        )

    def _tensors(self) -> dict[str, np.ndarray]:
        """All weights by their names in the file."""
        return {
            "embedding.weight": self.embedding,
            "decoder.weight": self.decoder_weight,
            "decoder.bias": self.decoder_bias,
            **{f"rnn.{name}_l0": array for name, array in self.network.weights.items()},
        }

    def _words(self, text) -> list[str]:
        if isinstance(text, str):
            return tokenize(text)
        if not isinstance(text, Iterable) or isinstance(text, bytes | Mapping | Set):
            raise TypeError(f"read expects a text or a list of words, got {type(text).__name__}.")
        words = list(text)
        wrong = [word for word in words if not isinstance(word, str)]
        if wrong:
            raise TypeError(f"read expects a text or a list of words, but the list holds {wrong[0]!r}.")
        empty = [position for position, word in enumerate(words) if not word.strip()]
        if empty:
            raise ValueError(f"The list of words has none at position {empty[0]}: leave empty ones out.")
        return [unicodedata.normalize("NFC", word.lower()) for word in words]

    def _changes(self, cell_factor, forget_bias_shift) -> dict:
        if isinstance(self.network, cells.LSTM):
            return {"cell_factor": cell_factor, "forget_bias_shift": forget_bias_shift}
        if cell_factor is not None or forget_bias_shift:
            raise ValueError(
                f"cell_factor and forget_bias_shift act on an LSTM; {self.name} is a {self.network.kind}."
            )
        return {}

    def _share(self, logits: np.ndarray) -> np.ndarray:
        forms = logits[..., np.concatenate([self._feminine, self._masculine])]
        return _softmax(forms)[..., : len(self.feminine)].sum(axis=-1)


def _as_float16(name: str, array: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        short = array.astype(np.float16)
    if not np.isfinite(short).all():
        raise ValueError(
            f"{name} has a weight of size {np.abs(array).max():.3g}, and a file holds them up to 65 504: "
            "the training may have diverged."
        )
    return short


def _softmax(logits: np.ndarray) -> np.ndarray:
    weights = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def available() -> list[str]:
    """Names of the shipped language models."""
    files = (SHIPPED / "agreement").rglob("*.safetensors")  # in other folders are networks of other kinds
    return sorted(path.relative_to(SHIPPED).with_suffix("").as_posix() for path in files)


def load(name: str | os.PathLike) -> LanguageModel:
    """Load a shipped model by name ("agreement/lstm", "agreement/gru"), or a file of `LanguageModel.save`.

    Raises ValueError if there is no such model, or if the file is not a language model of this package.
    """
    if not isinstance(name, str | os.PathLike):
        raise TypeError(f"load expects the name of a model or a path, got {type(name).__name__}.")
    path = Path(name)
    if str(name) in available():
        path = SHIPPED / f"{name}.safetensors"
    elif path.suffix != ".safetensors" or not path.is_file():
        raise ValueError(
            f"There is no model {str(name)!r}. Available: {', '.join(available()) or 'none'}; "
            "or give the path of a .safetensors file made by `python -m lstm_lib train`."
        )
    return _from_file(path, str(name))


def _from_file(path: Path, name: str) -> LanguageModel:
    tensors, stored = weights.read_safetensors(path)
    if stored.get("format") != FORMAT:
        raise ValueError(
            f"{path.name} says format={stored.get('format')!r}, expected {FORMAT!r}: it holds no language "
            "model of this package. Weights of a plain nn.LSTM are read by lstm_lib.weights.load_network."
        )
    metadata = {key: _decoded(value) for key, value in stored.items()}
    try:
        return LanguageModel(
            name=stored.get("name", name),
            network=weights.network_from_tensors(tensors, stored["cell"]),
            embedding=tensors["embedding.weight"],
            vocabulary=metadata["vocabulary"],
            decoder_weight=tensors["decoder.weight"],
            decoder_bias=tensors["decoder.bias"],
            feminine=metadata["feminine"],
            masculine=metadata["masculine"],
            metadata={key: value for key, value in metadata.items() if key not in _OWN_KEYS},
            path=path,
        )
    except KeyError as error:
        raise ValueError(f"{path.name} is not complete: it has no {error.args[0]}.") from error
    except TypeError as error:
        raise ValueError(f"{path.name} is damaged: {error}") from error


def _decoded(value: str):
    """Metadata values are text; lists, numbers and tables are JSON in it."""
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
