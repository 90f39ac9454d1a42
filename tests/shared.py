"""The built book, once for all tests: built when a source changed, served on a free port."""

import fcntl
import functools
import hashlib
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "_build" / "tests"  # survives a run: the second run of the tests builds nothing
LANGUAGES = ("pt", "en")


@dataclass(frozen=True)
class Site:
    """A built book: `folder` on disk, `url` where it is served while the tests run."""

    folder: Path
    url: str

    def address(self, path: str, from_disk: bool = False) -> str:
        """Address of a page such as "pt/04-gates.html#gates", over http or from the folder."""
        return f"{self.folder.as_uri()}/{path}" if from_disk else f"{self.url}/{path}"

    def chapters(self) -> list[str]:
        """Names of the pages that have a source, the same in both languages: "index", "04-gates", ..."""
        return sorted(path.stem for path in (ROOT / "book" / "pt").glob("*.md"))

    def pages(self) -> list[str]:
        """Every HTML page of the built book, relative to its folder; templates of libraries are none."""
        found = (path.relative_to(self.folder) for path in self.folder.rglob("*.html"))
        return sorted(path.as_posix() for path in found if "_static" not in path.parts)


@contextmanager
def locked(name: str):
    """Only one process at a time; the others wait."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with open(KEPT / f"{name}.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def sources() -> list[Path]:
    """Every file that the built book depends on."""
    parts = ("book", "lstm_lib")
    found = [path for part in parts for path in (ROOT / part).rglob("*") if path.is_file()]
    outside = {"node_modules", "__pycache__", "frontend", "_build"}
    found = [path for path in found if not outside & set(path.relative_to(ROOT).parts)]
    return sorted([*found, *ROOT.glob("_*.yml"), ROOT / "requirements.txt"])


def fingerprint(paths: list[Path]) -> str:
    """One hash of the names and contents of files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def build_once() -> Path:
    """Build both languages strictly into _build/tests/site unless they are there from the same sources."""
    from lstm_lib.site import build

    folder, stamp = KEPT / "site", KEPT / "site.stamp"
    with locked("site"):
        now = fingerprint(sources())
        if not stamp.exists() or stamp.read_text() != now or not (folder / "pt" / "index.html").exists():
            stamp.unlink(missing_ok=True)
            build(folder)
            stamp.write_text(now)
    return folder


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without writing a line per request, and never from the browser's cache."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format, *args):
        pass

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def copyfile(self, source, outputfile):
        try:
            super().copyfile(source, outputfile)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the browser left the page


@contextmanager
def served(folder: Path):
    """Serve a folder on a free port of this machine; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
