"""The network behind "gates of a trained network": from what the caller gives to what travels, and back."""

import contextlib
import dataclasses
import tempfile
from pathlib import Path

import numpy as np

from lstm_lib import convert, language_model, weights
from lstm_lib.cells import LSTM

RANDOM_STEPS = 20


@dataclasses.dataclass(frozen=True, eq=False)
class Source:
    """A language model, or a bare LSTM (then `language_model` is None), and how it travels to the page.

    model: name of a shipped network, or "". weights: bytes of a safetensors file.
    """

    network: LSTM
    language_model: language_model.LanguageModel | None
    model: str
    weights: bytes


def source_of(given, layer=0, direction=0):
    """The Source of an ll.LSTM, a LanguageModel, the name of a shipped one, or a torch nn.LSTM.

    layer, direction: which part of an nn.LSTM with several layers or two directions. Raises TypeError for
    anything else.
    """
    if not isinstance(given, LSTM | language_model.LanguageModel | str):
        if hasattr(given, "named_parameters"):  # a torch module, recognised without importing torch
            given = convert.from_torch(given, layer, direction)
            layer = direction = 0
        if not isinstance(given, LSTM):
            kind = type(given).__name__
            raise TypeError(
                f"A {kind} was given, expected an LSTM (lstm_lib's or torch's), a LanguageModel, or the name "
                'of a shipped one such as "agreement/lstm"; these maps are those of an LSTM.'
            )
    if layer or direction:
        raise ValueError("layer and direction choose a part of a torch nn.LSTM; this network has only one.")
    if isinstance(given, LSTM):
        return Source(given, None, "", _bytes_of(lambda path: weights.save_network(given, path)))
    if isinstance(given, str):
        given = language_model.load(given)
    if not isinstance(given.network, LSTM):
        raise TypeError(
            f"{given.name} is a {type(given.network).__name__}, expected a language model with an LSTM."
        )
    if is_shipped(given):
        return Source(given.network, given, given.name, given.path.read_bytes())
    return Source(given.network, given, "", bytes_of_model(given))


def source_from_page(model, data):
    """The Source of the page's state: a safetensors file if there is one, else the shipped network called
    `model`."""
    if not data:
        return source_of(model) if model else None
    # A JSON file begins with its brace, a safetensors file with the length of its header.
    own = data.lstrip()[:1] == b"{"
    with as_file(data, "weights", "json" if own else "safetensors") as path:
        if not own and weights.read_safetensors(path)[1].get("format") == language_model.FORMAT:
            return dataclasses.replace(source_of(language_model.load(path)), model=model, weights=data)
        network = weights.load_network(path)
    if not isinstance(network, LSTM):
        raise TypeError(f"The file holds a {type(network).__name__}, expected an LSTM.")
    return Source(network, None, model, data)


def lower_layers(module, inputs, layer):
    """What layer `layer` of a torch nn.LSTM reads, (T, I'): the inputs, passed through the layers below it.

    For a bidirectional module the two halves stand side by side, as in torch.
    """
    x = np.asarray(inputs, dtype=np.float64)
    for below in range(layer):
        halves = [convert.from_torch(module, below).forward(x).hidden]
        if module.bidirectional:
            halves.append(convert.from_torch(module, below, 1).forward(x[::-1]).hidden[::-1])
        x = np.concatenate(halves, axis=-1)
    return x


def random_inputs(input_size, seed=0):
    """Numbers for a network that was given none, (20, I): standard normal, always the same ones."""
    return np.random.default_rng(seed).standard_normal((RANDOM_STEPS, input_size)).round(3)


@contextlib.contextmanager
def as_file(data, called, suffix="safetensors"):
    """The path of a file that holds the bytes; a ValueError about it speaks of what it is `called`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"network.{suffix}"
        path.write_bytes(data)
        try:
            yield path
        except ValueError as error:
            raise ValueError(str(error).replace(str(path), called).replace(path.name, called)) from None


def bytes_of_model(model):
    """The safetensors file of a language model, which itself stays as it is: its path too."""
    return _bytes_of(dataclasses.replace(model).save)


def is_shipped(model):
    """True if the model is the file in the library, unchanged: a changed one keeps its name and path."""
    if model.name not in language_model.available():
        return False
    kept = language_model.load(model.name)
    if model.path != kept.path or model.vocabulary != kept.vocabulary:
        return False
    arrays = [
        (*each.network.weights.values(), each.embedding, each.decoder_weight, each.decoder_bias)
        for each in (model, kept)
    ]
    return all(map(np.array_equal, *arrays))


def _bytes_of(save):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.safetensors"
        save(path)
        return path.read_bytes()
