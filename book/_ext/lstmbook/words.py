"""The words that the site adds to a page, in the page's language: lstm_lib/locale/<language>/site.json."""

from __future__ import annotations

from lstm_lib.locale import part


def language(config) -> str:
    """ "pt" or "en", from Sphinx's language setting."""
    return "en" if (config.language or "").startswith("en") else "pt"


def site_words(lang: str) -> dict[str, str]:
    """{"search": "Buscar", ...}: templates say {{ words.search }}."""
    return part("site", lang)
