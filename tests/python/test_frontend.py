"""The explorables' sources: types, unit tests, and that the committed bundles are what the sources give."""

import json
import re
from pathlib import Path

import pytest
from shared import FRONTEND, ROOT, node_packages, run

STATIC = ROOT / "lstm_lib" / "widgets" / "static"


@pytest.fixture(scope="module")
def node():
    """Node with the pinned packages installed."""
    return node_packages()


def test_types(node):
    run("npm", "run", "--silent", "check")


def test_units(node):
    said = run("npx", "--no-install", "vitest", "run", "--reporter=json", "--silent")
    report = json.loads(said[said.index("{") :])
    assert report["success"] and report["numFailedTests"] == 0
    assert report["numPassedTests"] > 50, "far fewer unit tests ran than the explorables have"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_committed_bundles_are_what_the_sources_give(node, tmp_path):
    """Rebuilt into an empty folder, every file is the committed one byte for byte, and none is left over."""
    run("node", "build.mjs", "--out", str(tmp_path))
    fresh, committed = files(tmp_path), files(STATIC)
    assert sorted(committed) == sorted(fresh), (
        "run `npm run build` in lstm_lib/frontend and commit what it writes"
    )
    stale = [name for name in fresh if fresh[name] != committed[name]]
    assert not stale, (
        f"not what the sources give: {', '.join(stale)}; run `npm run build` in lstm_lib/frontend"
    )


def test_committed_bundles_are_under_version_control():
    """A file that only this machine has would be missing for a reader."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone: nothing to compare with")
    known = run("git", "ls-files", "--", str(STATIC), cwd=ROOT).split("\n")
    unknown = [name for name in files(STATIC) if f"{STATIC.relative_to(ROOT).as_posix()}/{name}" not in known]
    assert not unknown


def test_lock_file_names_no_host():
    lock = json.loads((FRONTEND / "package-lock.json").read_text("utf8"))
    fetched = [name for name, package in lock["packages"].items() if "resolved" in package]
    assert not fetched, (
        f"set omit-lockfile-registry-resolved=true and write the lock file again: {fetched[:3]}"
    )
    unpinned = [
        name
        for name, package in lock["packages"].items()
        if name and not package.get("link") and "integrity" not in package
    ]
    assert not unpinned


def test_direct_dependencies_are_pinned():
    package = json.loads((FRONTEND / "package.json").read_text("utf8"))
    loose = {
        name: version
        for kind in ("dependencies", "devDependencies")
        for name, version in package[kind].items()
        if not re.fullmatch(r"\d+\.\d+\.\d+", version)
    }
    assert not loose


def test_what_the_bundles_contain_of_others_is_named_with_its_licence():
    """MIT asks for the notice in every copy: in the repository's licence and at the head of each script."""
    lock = json.loads((FRONTEND / "package-lock.json").read_text("utf8"))["packages"]
    used = {name: package for name, package in lock.items() if name and not package.get("dev")}
    built_in = {name.removeprefix("node_modules/"): package for name, package in used.items()}
    assert {"preact", "@preact/signals"} <= set(built_in)
    assert {package["license"] for package in built_in.values()} == {"MIT"}
    licence = (ROOT / "LICENSE").read_text("utf8").lower()
    for name in built_in:
        assert re.search(rf"^.*{name}\b.*copyright \(c\) ", licence, re.M), name
    for path in [*STATIC.glob("afm/*.js"), STATIC / "site" / "lstm-widgets.js"]:
        head = path.read_text("utf8")[:600]
        assert head.startswith("/*!") and "Jason Miller" in head and "Preact Team" in head, path.name


def test_bundles_fetch_nothing():
    """No address in the bundles but the names of XML's vocabularies, which are never asked for."""
    for name, data in files(STATIC).items():
        text = data.decode("utf8")
        addresses = set(re.findall(r"https?://[^\s\"'`<>)\\]+", text))
        assert not {a for a in addresses if not a.startswith("http://www.w3.org/")}, name
        called = re.findall(
            r"\b(?:fetch|importScripts|XMLHttpRequest|WebSocket|EventSource|sendBeacon)\s*\(", text
        )
        assert not called, f"{name} calls {set(called)}"


def test_the_common_script_holds_no_explorable_and_each_has_its_own():
    """What a page brings is what it shows: the data of one chapter must not make another heavier."""
    names = sorted(path.stem for path in (STATIC / "afm").glob("*.js"))
    site = STATIC / "site"
    assert sorted(path.stem for path in (site / "widgets").glob("*.js")) == names
    assert sorted(path.stem for path in (site / "words").glob("*.js")) == sorted(
        f"{name}-{language}" for name in names for language in ("pt", "en")
    )
    assert (site / "lstm-widgets.js").stat().st_size < 120_000
    for name in names:
        text = (site / "widgets" / f"{name}.js").read_text("utf8")
        assert f'globalThis.lstmBook.register("{name}"' in text
        assert "getDerivedStateFromError" not in text, f"{name} brings Preact once more"


def test_manifest_names_every_bundle():
    manifest = json.loads((STATIC / "manifest.json").read_text("utf8"))
    assert sorted(manifest) == sorted(path.stem for path in (STATIC / "afm").glob("*.js"))
    for name, defaults in manifest.items():
        assert "lang" in defaults and all(re.fullmatch(r"[a-z][a-z_]*", key) for key in defaults), name
