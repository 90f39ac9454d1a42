"""The book's short texts in both languages, and how a number is written in each.

The texts live in ``locale/<language>/<part>.json``, flat files of ``"part.name": "text with
{placeholders}"``. Python and TypeScript read the same files, so a caption, a message and a button say the
same in a notebook, on the site and in a picture. Portuguese is the language of record.
"""

import json
import re
import string
from functools import cache
from pathlib import Path

LANGUAGES = ("pt", "en")
FOLDER = Path(__file__).parent / "locale"

MINUS = "\N{MINUS SIGN}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def check_language(lang):
    """Return ``lang`` if the book has it; ValueError otherwise."""
    if lang not in LANGUAGES:
        raise ValueError(f"The language was {lang!r}; the book has {' and '.join(map(repr, LANGUAGES))}.")
    return lang


@cache
def texts(lang):
    """All texts of one language as a dict; ValueError if two files define the same key."""
    check_language(lang)
    merged = {}
    for path in sorted((FOLDER / lang).glob("*.json")):
        part = json.loads(path.read_text(encoding="utf-8"))
        twice = sorted(set(merged) & set(part))
        if twice:
            raise ValueError(
                f"{path.name} ({lang}) defines again what another file defines: {', '.join(twice)}."
            )
        merged |= part
    return merged


@cache
def part(name, lang):
    """The texts of one file by the rest of their keys: part("site", "en")["search"] is "Search"."""
    start = f"{name}."
    return {key.removeprefix(start): words for key, words in texts(lang).items() if key.startswith(start)}


def placeholders(template):
    """The names in braces in a text, as a set."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def text(key, lang, **values):
    """The text ``key`` in ``lang`` with its placeholders filled.

    Numbers among ``values`` are written as the language writes them (:func:`number`, integers ungrouped);
    give a string to choose the digits yourself. A key that no file has raises KeyError, a placeholder
    without a value ValueError.
    """
    try:
        template = texts(lang)[key]
    except KeyError:
        raise KeyError(f"No text {key!r} in {lang!r}; add it to a file in lstm_lib/locale/{lang}/.") from None
    missing = placeholders(template) - set(values)
    if missing:
        raise ValueError(f"The text {key!r} needs values for {', '.join(sorted(missing))}: {template!r}.")
    return template.format(**{name: _written(value, lang) for name, value in values.items()})


def number(value, lang, digits=2, sign=False):
    """``value`` with ``digits`` decimals: decimal comma in Portuguese, U+2212 as minus, ``+`` only where
    ``sign`` is set.

    A value that rounds to zero carries no sign, so that the same picture never shows both +0 and −0.
    """
    check_language(lang)
    written = f"{abs(float(value)):.{digits}f}"
    if lang == "pt":
        written = written.replace(".", ",")
    if not any(digit in "123456789" for digit in written):
        return written
    if value < 0:
        return MINUS + written
    return "+" + written if sign else written


def percent(share, lang, digits=0):
    """A share between 0 and 1 as a percentage: ``71 %`` with a no-break space in Portuguese, ``71%`` in
    English."""
    return number(100 * share, lang, digits) + (NO_BREAK_SPACE if lang == "pt" else "") + "%"


def integer(value, lang):
    """A whole number with its thousands apart: ``17 278`` with a no-break space in Portuguese, ``17,278``
    in English."""
    check_language(lang)
    grouped = f"{abs(int(value)):,}".replace(",", NO_BREAK_SPACE if lang == "pt" else ",")
    return (MINUS if value < 0 else "") + grouped


def _written(value, lang):
    if isinstance(value, (bool, str)):
        return value
    try:
        whole = int(value) == value
    except (TypeError, ValueError, OverflowError):
        return value
    return number(value, lang, 0 if whole else 2)


def plain(sentence: str) -> str:
    """A sentence without its marks of emphasis."""
    return re.sub(r"\*+", "", sentence)
