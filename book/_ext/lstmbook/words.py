"""The words that the site adds to a page, in the page's language: lstm_lib/locale/<language>/site.json."""

from __future__ import annotations

from functools import cache

from lstm_lib.locale import text, texts

PART = "site."


def language(config) -> str:
    """ "pt" or "en", from Sphinx's language setting."""
    return "en" if (config.language or "").startswith("en") else "pt"


@cache
def site_words(lang: str) -> dict[str, str]:
    """{"search": "Buscar", ...}: the part's keys without its name; templates say {{ words.search }}."""
    return {key.removeprefix(PART): text(key, lang) for key in texts(lang) if key.startswith(PART)}
