"""The words of a chapter's exercises: ``<chapter>.json`` beside its module, each key in both languages."""

import json
from pathlib import Path

from lstm_lib.locale import LANGUAGES, number


def read(chapter):
    """All texts of a chapter's exercises: {key: {"pt": ..., "en": ...}}."""
    return json.loads(Path(__file__).with_name(f"{chapter}.json").read_text(encoding="utf-8"))


def fill(both, **values):
    """A text in both languages with its placeholders filled.

    A value is written as it is, or, given as digits and number, ``c=(2, -1.5)``, as each language writes
    numbers; a third item "+" asks for the sign. A text in both languages is taken language by language.
    """
    def written(value, lang):
        if isinstance(value, dict):
            return value[lang]
        if not isinstance(value, tuple):
            return str(value)
        return number(value[1], lang, value[0], sign=value[2:] == ("+",))

    filled = dict(both)
    for lang in LANGUAGES:
        for name, value in values.items():
            filled[lang] = filled[lang].replace("{" + name + "}", written(value, lang))
    return filled
