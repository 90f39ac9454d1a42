"""Several language models in one explorable: from what the caller gives to what travels, and back.

On the site a shipped network is fetched by its name; in a notebook its bytes travel with the state, as do
those of the caller's own networks everywhere.
"""

from functools import cache, lru_cache

from lstm_lib import language_model
from lstm_lib.language_model import LanguageModel
from lstm_lib.widgets.source import as_file, bytes_of_model, is_shipped


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
        if not is_shipped(model):
            own[model.name] = bytes_of_model(model)
    if not 1 <= len(names) <= most:
        raise ValueError(f"{len(names)} models were given, expected 1 to {most}.")
    if len(set(names)) < len(names):
        raise ValueError(f"models has {', '.join(names)}: each name may come once; name copies apart.")
    return names, own


@cache
def shipped_bytes():
    """{name: bytes} of every shipped network, for a front end that has no site around it."""
    return {name: _path_of(name).read_bytes() for name in language_model.available()}


def read_all(names, weights):
    """{name: LanguageModel} of a state: from the bytes that it holds for some names, else the shipped ones.

    Raises TypeError for weights that are no bytes, ValueError for a name that is not shipped and for bytes
    that hold no language model.
    """
    own = not_shipped(weights)
    return {name: _read_bytes(name, own[name]) if own.get(name) else language_model.load(name)
            for name in names}  # fmt: skip


def not_shipped(weights):
    """The part of a state's weights that a page of the site needs: shipped ones are beside its script."""
    shipped = shipped_bytes()
    return {name: data for name, data in weights.items() if data != shipped.get(name)}


def _read_bytes(name, data):
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"The weights of {name} are of type {type(data).__name__}, expected the bytes of a "
                        "safetensors file; a LanguageModel can be given in models.")  # fmt: skip
    return _from_bytes(name, bytes(data))


@lru_cache(maxsize=16)
def _from_bytes(name, data):
    with as_file(data, f"The file of {name}") as path:
        return language_model.load(path)


def _path_of(name):
    return language_model.SHIPPED / f"{name}.safetensors"
