"""Build the book in both languages into _site/ and serve it.

    python -m lstm_lib.site build           both languages, strict: a warning fails
    python -m lstm_lib.site serve           serve _site/ at a local address
    python -m lstm_lib.site lab             the chapters as notebooks, in JupyterLab
    python -m lstm_lib.site                 build, then serve

Only for a checkout of the book: the pages are not part of the installed package.
"""

from __future__ import annotations

import argparse
import hashlib
import http.server
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
LANGUAGES = ("pt", "en")
COPY_NOT = {".doctrees", ".buildinfo", "_sources", "objects.inv", "jupyter_execute", "reports"}

ENTRY = """<!DOCTYPE html>
<html lang="pt-BR">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LSTM</title>
<script>
// The reader's language, else Portuguese. What follows # (a section, the state of an explorable) is kept.
(function () {
  var wanted = navigator.languages || [navigator.language || "pt"];
  var known = wanted.map(function (l) { return l.slice(0, 2); });
  known = known.filter(function (l) { return l === "pt" || l === "en"; });
  location.replace((known[0] || "pt") + "/index.html" + location.hash);
})();
</script>
<link rel="stylesheet" href="pt/_static/tokens.css">
<link rel="stylesheet" href="pt/_static/css/book.css">
<link rel="icon" type="image/svg+xml" href="pt/_static/favicon.svg">
<link rel="alternate" hreflang="pt-BR" href="pt/index.html">
<link rel="alternate" hreflang="en" href="en/index.html">
</head>
<body class="entry">
<main><h1>LSTM</h1>
<p><a href="pt/index.html" hreflang="pt-BR">Um livro que se mexe, em português</a></p>
<p lang="en"><a href="en/index.html" hreflang="en">A book that moves, in English</a></p></main>
</body>
</html>
"""

LOST = """<!DOCTYPE html>
<html lang="pt-BR">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>404 · LSTM</title>
<link rel="stylesheet" href="/pt/_static/tokens.css">
<link rel="stylesheet" href="/pt/_static/css/book.css">
<link rel="icon" type="image/svg+xml" href="/pt/_static/favicon.svg">
</head>
<body class="entry">
<main><h1>404</h1>
<p>Esta página não existe. <a href="/pt/index.html">Ir para o começo do livro</a></p>
<p lang="en">There is no such page. <a href="/en/index.html">Go to the beginning of the book</a></p></main>
</body>
</html>
"""


# --- what has changed -----------------------------------------------------------------------------


def digest(files) -> str:
    """Hash of names and contents, in a fixed order."""
    sha = hashlib.sha256()
    for path in sorted(files):
        sha.update(str(path.relative_to(ROOT)).encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()[:20]


def around_cells() -> list[Path]:
    """What of the package makes pages and notebooks but no cell's output."""
    words = (PACKAGE / "locale").glob("*/site.json")
    return [PACKAGE / "site.py", PACKAGE / "notebooks.py", *words]


def library_files() -> list[Path]:
    """What a cell's output can depend on: the package without the explorables' sources and bundles."""
    static = PACKAGE / "widgets" / "static"
    drawn_with = [
        static / "manifest.json",
        static / "site" / "tokens.css",
    ]  # the still pictures take their colours there
    skipped = {"frontend", "__pycache__", "static"}
    return [path for path in drawn_with if path.exists()] + [
        path
        for path in PACKAGE.rglob("*")
        if path.is_file()
        and path.suffix != ".pyc"
        and not skipped & set(path.relative_to(PACKAGE).parts)
        and path not in around_cells()
    ]


def library_hash() -> str:
    """Key of the execution cache: another lstm_lib means other numbers on the pages."""
    return digest(library_files())


def site_files() -> list[Path]:
    """Everything the built site depends on."""
    book = [p for p in (ROOT / "book").rglob("*") if p.is_file() and p.suffix not in (".pyc", ".mo")]
    static = [p for p in (PACKAGE / "widgets" / "static").rglob("*") if p.is_file()]
    builders = [
        *around_cells(),
        *ROOT.glob("_config*.yml"),
        ROOT / "requirements.txt",
    ]
    return [*{*book, *static, *library_files()}, *builders]


# --- build ----------------------------------------------------------------------------------------


def merge(base: dict, over: dict) -> dict:
    """`over` laid over `base`, dictionaries level by level."""
    out = dict(base)
    for key, value in over.items():
        out[key] = (
            merge(out[key], value) if isinstance(value, dict) and isinstance(out.get(key), dict) else value
        )
    return out


def configuration(language: str, cache: Path) -> dict:
    """One language's Jupyter Book configuration, its paths absolute, as book/<language> is the source."""
    import yaml

    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))
    over = ROOT / f"_config.{language}.yml"
    if over.exists():
        config = merge(config, yaml.safe_load(over.read_text("utf8")))
    config["sphinx"]["local_extensions"] = {"lstmbook": str(ROOT / "book" / "_ext")}
    config["bibtex_bibfiles"] = [str(ROOT / path) for path in config["bibtex_bibfiles"]]
    config["exclude_patterns"] = []
    config["execute"]["cache"] = str(cache)
    config["sphinx"]["config"]["lstmbook_site"] = True
    return config


class Progress:
    """One bar for all languages on a terminal; a line per page elsewhere."""

    def __init__(self, languages, quiet: bool):
        self.share = dict.fromkeys(languages, 0.0)
        self.quiet, self.bar = quiet, None
        if not quiet and sys.stderr.isatty():
            from tqdm import tqdm

            self.bar = tqdm(
                total=100, bar_format="{desc:<34.34} {bar} {percentage:3.0f} %  {elapsed}", leave=False
            )

    def __call__(self, language: str, share: float, what: str) -> None:
        self.share[language] = max(self.share[language], share)
        if self.bar is not None:
            self.bar.set_description_str(f"{language}: {what}", refresh=False)
            self.bar.n = round(100 * sum(self.share.values()) / len(self.share))
            self.bar.refresh()
        elif not self.quiet:
            print(f"  {language}  {100 * share:3.0f} %  {what}", flush=True)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()


STEPS = [
    (re.compile(r"reading sources\.\.\. \[ *(\d+)%\] (\S+)"), 0.05, 0.75, "reads"),
    (re.compile(r"writing output\.\.\. \[ *(\d+)%\] (\S+)"), 0.8, 0.2, "writes"),
]
VERBS = {"reads": "running and reading", "writes": "writing"}


def follow(process, language: str, log: Path, progress: Progress) -> None:
    """Copy a build's output to its log and say how far it is."""
    with log.open("w", encoding="utf8") as out:
        for line in process.stdout:
            out.write(line)
            plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", line)
            for pattern, start, length, verb in STEPS:
                for percent, page in pattern.findall(plain):
                    progress(language, start + length * int(percent) / 100, f"{VERBS[verb]} {page}")


def start(language: str, place: Path, cache: Path, strict: bool) -> subprocess.Popen:
    """One language's jupyter-book, running in `place`, with what it says on a pipe."""
    import yaml

    place.mkdir(exist_ok=True)
    config = place / "_config.yml"
    text = yaml.safe_dump(configuration(language, cache), allow_unicode=True, sort_keys=False)
    if not config.exists() or config.read_text("utf8") != text:  # newer: all pages again
        config.write_text(text, "utf8")
    pages = ROOT / "book" / language
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(pages)]
    command += ["--config", str(config), "--toc", str(pages / "_toc.yml"), "--path-output", str(place)]
    command += ["--keep-going", *(["-W"] if strict else [])]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf8",
        errors="replace",
        env={
            **os.environ,
            "LSTM_LIB_STATIC": "1",
            "PYTHONUTF8": "1",
            "OMP_NUM_THREADS": "1",
            "MPLBACKEND": "agg",
        },
        cwd=ROOT,
    )


def build(
    output: Path | None = None,
    work: Path | None = None,
    languages=LANGUAGES,
    strict: bool = True,
    quiet: bool = False,
) -> Path:
    """Build the book into `output` (default _site/); what can be kept is in `work` (default _build/site/).

    The languages are built side by side, each with its own execution cache. Raises SystemExit with what went
    wrong when a build fails; then the old site stays as it was.
    """
    if not (ROOT / "_config.yml").exists():
        raise SystemExit(
            "The site is built from a checkout of the book; this lstm_lib is installed without its pages."
        )
    output = Path(output or ROOT / "_site").resolve()
    work = Path(work or ROOT / "_build" / "site").resolve()
    work.mkdir(parents=True, exist_ok=True)
    stamp = output / ".built-from"
    key = digest(site_files()) + "".join(languages)
    if stamp.exists() and stamp.read_text() == key and strict:
        if not quiet:
            print("Nothing has changed since the last build.")
        return output
    started, running = time.time(), {}
    progress = Progress(languages, quiet)
    cache = work / "cache"
    fresh = library_hash()
    for old in cache.glob("*") if cache.exists() else []:
        if not old.name.endswith(fresh):  # made with another lstm_lib, of no use any more
            shutil.rmtree(old, ignore_errors=True)
    try:
        for language in languages:
            process = start(language, work / language, cache, strict)
            thread = threading.Thread(
                target=follow, args=(process, language, work / f"{language}.log", progress), daemon=True
            )
            thread.start()
            running[language] = (process, thread)
        for process, thread in running.values():
            process.wait()
            thread.join()
    except KeyboardInterrupt:
        progress.close()
        raise SystemExit("\nStopped. The next build goes on from what is already done.") from None
    finally:
        for process, _ in running.values():
            if process.poll() is None:
                process.terminate()
        progress.close()
    failed = [language for language, (process, _) in running.items() if process.returncode]
    if failed:
        for language in failed:
            print(
                f"\n--- {language}: what went wrong (whole log: {work / (language + '.log')})",
                file=sys.stderr,
            )
            print(complaints(work, language), file=sys.stderr)
            shutil.rmtree(
                work / language / "_build", ignore_errors=True
            )  # Sphinx would not look at the page again
        raise SystemExit(f"The build failed ({', '.join(failed)}). The site in {output} is as it was.")
    publish(work, output, languages)
    stamp.write_text(key)
    if not quiet:
        print(f"Built {', '.join(languages)} in {time.time() - started:.0f} s: {output}")
    return output


def complaints(work: Path, language: str, most: int = 40) -> str:
    """The warnings and errors of a build's log, else its end; and the end of each failed page's traceback."""

    def plain(path: Path) -> list[str]:
        return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", path.read_text("utf8")).splitlines()

    log = plain(work / f"{language}.log")
    lines = [line for line in log if re.search(r"WARNING|ERROR|CRITICAL|Error:|Exception", line)]
    if any("Executing notebook failed" in line for line in lines):  # what the page lacks then follows from it
        lines = [line for line in lines if "found in glue data" not in line]
    said = lines[:most] or log[-most:]
    for report in sorted((work / language / "_build" / "html" / "reports").rglob("*.err.log")):
        said += ["", f"{report.name}:", *plain(report)[-20:]]
    return "\n".join(said)


def publish(work: Path, output: Path, languages) -> None:
    """Put the built languages and the entry page together, then change the old site for the new one."""
    staging = output.with_name(output.name + ".new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    for language in languages:
        shutil.copytree(
            work / language / "_build" / "html",
            staging / language,
            ignore=lambda folder, names: [n for n in names if n in COPY_NOT or n.endswith(".map")],
        )
    (staging / "index.html").write_text(ENTRY, "utf8")
    (staging / "404.html").write_text(LOST, "utf8")
    (staging / ".nojekyll").touch()
    shutil.rmtree(output, ignore_errors=True)
    staging.rename(output)


# --- serve ----------------------------------------------------------------------------------------


class Handler(http.server.SimpleHTTPRequestHandler):
    """Static files, quiet, never stale, with the site's own 404."""

    protocol_version = "HTTP/1.1"
    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
        ".woff2": "font/woff2",
        ".ipynb": "application/x-ipynb+json",
    }

    def log_message(self, *args):
        pass

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # on Windows it would let two servers share a port

    def handle_error(self, request, client_address):
        """A reader who closes the page in the middle of a download is no error."""


def listen(folder: Path, port: int = 8000, tries: int = 50) -> Server:
    """A server of `folder` on the first free port from `port` on (0: any). OSError when there is none."""
    import functools

    handler = functools.partial(Handler, directory=str(folder))
    for candidate in [port] if port == 0 else range(port, min(port + tries, 65536)):
        try:
            if candidate and taken(candidate):
                continue
            return Server(("127.0.0.1", candidate), handler)
        except OSError:
            continue
    raise OSError(f"No free port between {port} and {port + tries - 1}; give another one with --port.")


def taken(port: int) -> bool:
    """Does anyone answer there? (Binding alone may succeed beside a server on all addresses.)"""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def serve(folder: Path | None = None, port: int = 8000) -> None:
    """Serve the site until Ctrl-C."""
    folder = Path(folder or ROOT / "_site")
    if not (folder / "index.html").exists():
        raise SystemExit(f"There is no site in {folder} yet; build it first: make site")
    try:
        server = listen(folder, port)
    except OSError as error:
        raise SystemExit(str(error)) from None
    chosen = server.server_address[1]
    if port and chosen != port:
        print(f"Port {port} is taken; using {chosen}.")
    print(f"The book is open at http://127.0.0.1:{chosen}/  (Ctrl-C closes it)", flush=True)
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        print("\nClosed.")
    finally:
        server.server_close()


# --- notebooks ------------------------------------------------------------------------------------


def lab(folder: Path | None = None, launch: bool = True) -> Path:
    """Write every page as a notebook (one that its reader changed is left alone); open JupyterLab there."""
    from lstm_lib.notebooks import refresh

    folder = Path(folder or ROOT / "_build" / "notebooks")
    for language in LANGUAGES:
        for page in sorted((ROOT / "book" / language).glob("*.md")):
            kept = refresh(page, folder / language / f"{page.stem}.ipynb", language)
            print(f"  {language}/{page.stem}.ipynb" + ("  (you changed it: kept as it is)" if kept else ""))
    if launch:
        try:
            subprocess.run(
                [sys.executable, "-m", "jupyter", "lab", "--notebook-dir", str(folder)], check=False
            )
        except KeyboardInterrupt:
            print("\nClosed.")
    return folder


def port_number(text: str) -> int:
    """The port that a command line names."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a whole number up to 65535, e.g. 8000.")
    return int(text)


def main(arguments=None) -> None:
    parser = argparse.ArgumentParser(prog="python -m lstm_lib.site", description=__doc__.splitlines()[0])
    parser.add_argument(
        "what",
        nargs="?",
        choices=["build", "serve", "lab", "open"],
        default="open",
        help="open (the default) builds, then serves",
    )
    parser.add_argument("--port", type=port_number, default=os.environ.get("PORT") or "8000")
    parser.add_argument("--output", type=Path, help="where the site goes (default _site)")
    parser.add_argument("--work", type=Path, help="where builds are kept (default _build/site)")
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="only this language")
    chosen = parser.parse_args(arguments)
    if chosen.what == "lab":
        lab()
        return
    if chosen.what in ("build", "open"):
        build(chosen.output, chosen.work, tuple(chosen.language or LANGUAGES))
    if chosen.what in ("serve", "open"):
        serve(chosen.output, chosen.port)


if __name__ == "__main__":
    main()
