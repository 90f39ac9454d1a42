"""Paths and keys before a build, sweeping after it."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from .words import language, site_words

ROOT = Path(__file__).resolve().parents[3]
ASSETS = ROOT / "book" / "_assets"
WIDGETS = ROOT / "lstm_lib" / "widgets" / "static" / "site"


def sources() -> list[Path]:
    """What this extension makes pages with: its modules and the words of the locale."""
    from lstm_lib.locale import FOLDER

    words = [path for part in ("site", "common") for path in FOLDER.glob(f"*/{part}.json")]
    return [*Path(__file__).parent.rglob("*.py"), *words]


def prepare(app: Sphinx, config) -> None:
    """Paths and keys that cannot stand in a YAML file, set before Sphinx compares with the last build."""
    from lstm_lib.site import digest, library_hash

    base = Path(config.nb_execution_cache_path or Path(app.outdir).parent / "cache")
    key = f"{language(config)}-{library_hash()}"
    config.nb_execution_cache_path = str(base if base.name == key else base / key)
    config.html_static_path = [
        *config.html_static_path,
        str(ASSETS),
        *([str(WIDGETS)] if WIDGETS.exists() else []),
    ]
    config.html_favicon = ""
    config.lstmbook_version = digest(sources())  # another extension, other words: read all pages again
    words = site_words(language(config))
    if language(config) == "pt":
        config.numfig_format = {**config.numfig_format, "exercise": words["exercise"] + " %s"}


def tidy(app: Sphinx, error) -> None:
    """Bring the book's own scripts and styles; remove those that extensions copy and no page loads."""
    if error or app.builder.format != "html":
        return
    import shutil

    static = Path(app.outdir) / "_static"
    for own in (ASSETS, WIDGETS):  # Sphinx copies none of them when no page has changed
        if own.exists():
            shutil.copytree(own, static, dirs_exist_ok=True)
    for name in (
        "copybutton.js",
        "clipboard.min.js",
        "design-tabs.js",
        "mystnb.css",
        "exercise.css",
        "proof.css",
        "basic.css",
        "alabaster.css",
        "plus.png",
        "minus.png",
        "file.png",
        "make_fonts.py",
    ):
        (static / name).unlink(missing_ok=True)
    for path in static.glob("mystnb.*.css"):
        path.unlink()
    for name in ("fonts/make_fonts.py", "make_cover.py", "cover.png"):
        (static / name).unlink(missing_ok=True)
    for path in static.rglob("__pycache__"):
        shutil.rmtree(path, ignore_errors=True)
