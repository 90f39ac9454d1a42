"""Several language models in one explorable: from what the caller gives to what travels, and back.

On the site a shipped network is fetched by its name; in a notebook its bytes travel with the state, as do
those of the caller's own networks everywhere.
"""

import dataclasses
import tempfile
from functools import cache
from pathlib import Path

from lstm_lib import language_model
from lstm_lib.language_model import LanguageModel
from lstm_lib.widgets.source import same_numbers


def names_and_bytes(models, most, held=None):
    """(names, {name: bytes} of the caller's own models) of a list of names and LanguageModels.

    held: bytes by name that are there already, so that the names alone are enough.
    Raises TypeError for anything else, ValueError for a name that is not shipped, for a name that comes twice
    and for none or more than `most` models.
    """
    if isinstance(models, str | LanguageModel):
        models = [models]
    if not isinstance(models, list | tuple):
        raise TypeError(f"models was {models!r}, expected a list of names and LanguageModels.")
    names, own = [], {}
    for given in models:
        if not isinstance(given, str | LanguageModel):
            raise TypeError(
                f"A {type(given).__name__} was given, expected a LanguageModel or the name of a shipped one, "
                f"one of {', '.join(language_model.available())}."
            )
        if isinstance(given, str) and given in (held or {}):
            names.append(given)
            continue
        model = language_model.load(given) if isinstance(given, str) else given
        names.append(model.name)
        if not _is_shipped(model):
            own[model.name] = _bytes_of(model)
    if not 1 <= len(names) <= most:
        raise ValueError(f"{len(names)} models were given, expected 1 to {most}.")
    if len(set(names)) < len(names):
        raise ValueError(f"models has {', '.join(names)}: each name may come once; name copies apart.")
    return names, own


@cache
def shipped_bytes():
    """{name: bytes} of every shipped network, for a front end that has no site around it."""
    return {name: _path_of(name).read_bytes() for name in language_model.available()}


def read(name, data=None):
    """The LanguageModel of a state: from its bytes if there are some, else the shipped one of that name."""
    if not data:
        return language_model.load(name)
    return _read_bytes(name, bytes(data))


def read_all(names, weights):
    """{name: LanguageModel} of a state: its names, and the bytes that it holds for some of them."""
    shipped = shipped_bytes()
    held = {name: None if weights.get(name) == shipped.get(name) else weights.get(name) for name in names}
    return {name: read(name, data) for name, data in held.items()}


def not_shipped(weights):
    """The part of a state's weights that a page of the site needs: shipped ones are beside its script."""
    shipped = shipped_bytes()
    return {name: data for name, data in weights.items() if data != shipped.get(name)}


@cache
def _read_bytes(name, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.safetensors"
        path.write_bytes(data)
        try:
            return language_model.load(path)
        except ValueError as error:
            raise ValueError(str(error).replace(str(path), f"the weights of {name}")) from None


def _path_of(name):
    return language_model.SHIPPED / f"{name}.safetensors"


def _is_shipped(model):
    """True if the model is the file in the library, unchanged: a changed one keeps its name and path."""
    if model.name not in language_model.available():
        return False
    kept = language_model.load(model.name)
    return model.path == kept.path and same_numbers(model, kept)


def _bytes_of(model):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.safetensors"
        dataclasses.replace(model).save(path)
        return path.read_bytes()
