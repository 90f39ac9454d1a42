"""Real data inside installable packages: finding its files, and knowing that they are the tested ones.

Only files are read, not the packages' code: their folder is found without importing them (some of them bring
hundreds of megabytes that are of no use here). music21 alone is "imported" too, once, since its code reads
its scores. Such files are no public interface: `packages.json` names the tested version of each, its size,
its SHA-256, its source and its licence.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from functools import cache
from pathlib import Path

from lstm_lib import arrays

INSTALL = "pip install 'lstm_lib[results]'"


@cache
def packages() -> dict[str, dict]:
    """{distribution: {"version", "module", "files": {path: {"bytes", "sha256"}}, "source", "licence"}}; and
    "imported" where its code is needed, with all that this needs in turn."""
    return json.loads((Path(__file__).parent / "packages.json").read_text(encoding="utf-8"))


def find(package: str, path: str) -> Path:
    """The file (or folder) `path` of an installed package, by its name on the package index.

    Raises ModuleNotFoundError if the package is not installed, ValueError if it holds another file than the
    tested version, or none, and for what is not in `packages`.
    """
    known = packages()[arrays.one_of("package", package, tuple(packages()))]
    wanted = known["files"][arrays.one_of("path", path, tuple(known["files"]))]
    spec = importlib.util.find_spec(known["module"])
    if spec is None:
        raise ModuleNotFoundError(
            f"This data comes with the package {package}, which is not installed: {INSTALL}, or "
            f"{_install_alone(package)}.",
            name=known["module"],
        )
    found = Path(spec.submodule_search_locations[0]) / path
    if not found.exists():
        raise ValueError(_changed(package, f"has no {path}"))
    size, sha256 = measure(str(found))
    if (size, sha256) != (wanted["bytes"], wanted["sha256"]):
        raise ValueError(_changed(package, f"has another {path} ({size:,} bytes, SHA-256 {sha256[:16]}…)"))
    return found


@cache
def measure(path: str) -> tuple[int, str]:
    """(bytes, SHA-256) of a file; of a folder: of the names and contents of its files, in their order."""
    digest, size = hashlib.sha256(), 0
    place = Path(path)
    if place.is_file():
        data = place.read_bytes()
        return len(data), hashlib.sha256(data).hexdigest()
    for file in sorted(file for file in place.iterdir() if file.is_file()):
        data = file.read_bytes()
        size += len(data)
        digest.update(file.name.encode() + b"\0" + data)
    return size, digest.hexdigest()


def _changed(package: str, what: str) -> str:
    version = packages()[package]["version"]
    return (
        f"The installed {package} {what}; the book was tested with version {version}. Its results can't be "
        f"compared with another file: {_install_alone(package)}."
    )


def _install_alone(package: str) -> str:
    known = packages()[package]
    if known.get("imported"):
        return f"pip install {package}=={known['version']}"
    return f"pip install --no-deps {package}=={known['version']}, since only its files are read"
