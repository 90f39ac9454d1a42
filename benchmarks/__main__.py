"""All measurements in one run: `python -m benchmarks` (what `make bench` does).

    python -m benchmarks                      everything, some minutes
    python -m benchmarks core typescript      only these parts: core, typescript, browser, weight, build

Times are of the machine it runs on; what can be compared between machines are the ratios. Everything that
is compared is measured in turns in the same run.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [
    str(ROOT / "tests"),
    str(ROOT / "tests" / "browser"),
]  # what the tests measure is measured here

LANGUAGES = ("pt", "en")
SIZES = ((60, 8), (200, 32))


def core(bar):
    """The numpy core beside torch's loop and nn.LSTM, float64 and float32."""
    bar("numpy core and torch")
    from benchmarks.core import ratios

    for part, batches in ratios().items():
        for batch, row in batches.items():
            for name, ratio in row.items():
                yield f"numpy core / {name}", f"{part}, {batch}", f"{ratio:.2f} ×"


def typescript(bar):
    """The TypeScript core under Node, beside the numpy core on the same sequences."""
    bar("TypeScript core")
    import json

    from shared import FRONTEND, node_packages

    node_packages()
    sizes = [[60, 8], [100, 32], [200, 32]]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "core.mjs"
        command = ["node", str(ROOT / "benchmarks" / "core.mjs"), str(script), json.dumps(sizes)]
        done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        times = json.loads(done.stdout)
    for (steps, hidden), row in zip(sizes, times, strict=True):
        where = f"T = {steps}, H = {hidden}"
        ours = numpy_times(steps, hidden)
        for part in ("forward", "backward"):
            yield (
                f"TypeScript core, {part}",
                where,
                f"{row[part]:.3f} ms, {row[part] / ours[part]:.2f} × numpy core",
            )


def numpy_times(steps, hidden, inputs=8, rounds=40):
    """Shortest milliseconds of forward and of backward in the numpy core."""
    import numpy as np

    import lstm_lib as ll

    net = ll.LSTM.init(inputs, hidden, seed=0)
    x = np.random.default_rng(0).normal(size=(steps, inputs))
    trace = net.forward(x)
    ones = np.ones_like(trace.hidden)
    best = {"forward": float("inf"), "backward": float("inf")}
    for _ in range(rounds):
        for part, run in (("forward", lambda: net.forward(x)), ("backward", lambda: trace.backward(ones))):
            start = time.perf_counter()
            run()
            best[part] = min(best[part], 1000 * (time.perf_counter() - start))
    return best


def built():
    """The book in _site, built if it is not there from these sources."""
    from shared import build_once

    return build_once()


@contextmanager
def in_browser(bar):
    """The served book and a running Chromium: (site, chromium). A clear message if there is no Chromium."""
    from playwright.sync_api import sync_playwright
    from reader import ARGUMENTS, MISSING, find_browser
    from shared import Site, served

    bar("building the book")
    folder = built()
    with sync_playwright() as playwright, served(folder) as url:
        path = find_browser(playwright)
        if path is None:
            raise RuntimeError(MISSING)
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield Site(folder, url), chromium
        finally:
            chromium.close()


def browser(bar):
    """Slider to paint beside an empty handler, and seconds from opening to the first answer."""
    from measure import above_empty, load_network, paint_times, percentile, seconds_until_usable
    from reader import settle

    with in_browser(bar) as (site, chromium):
        for steps, hidden in SIZES:
            bar(f"slider to paint, T = {steps}, H = {hidden}")
            page = chromium.new_page(viewport={"width": 1280, "height": 860})
            page.goto(site.address("pt/04-gates.html"))
            settle(page)
            load_network(page, steps, hidden)
            for key, name in (("gates.shift_label", "forget bias"), ("gates.scrub", "scrubber")):
                times = paint_times(page, "pt", key, moves=120)
                script, slider, empty = (
                    [percentile(times[what], share) for share in (0.5, 0.95)]
                    for what in ("script", "slider", "empty")
                )
                yield (
                    f"slider to paint, {name}",
                    f"T = {steps}, H = {hidden}",
                    f"p50/p95 {slider[0]:.1f}/{slider[1]:.1f} ms, empty {empty[0]:.1f}/{empty[1]:.1f}, "
                    f"script {script[0]:.1f}/{script[1]:.1f}; p95 {above_empty(times):+.1f} ms",
                )
            page.close()
        for language in LANGUAGES:
            bar(f"opening, {language}")
            seconds = []
            for _ in range(3):
                context = chromium.new_context(viewport={"width": 1280, "height": 860})
                address = site.address(f"{language}/04-gates.html")
                seconds.append(seconds_until_usable(context.new_page(), address))
                context.close()
            yield "usable after", f"{language}/04-gates", f"{sorted(seconds)[1]:.2f} s (median of 3)"


def weight(bar):
    """Bytes of each page with all that its first view asks for."""
    from measure import weigh
    from reader import CHAPTERS, settle

    with in_browser(bar) as (site, chromium):
        for language in LANGUAGES:
            for chapter in CHAPTERS:
                bar(f"weight of {language}/{chapter}")
                context = chromium.new_context(viewport={"width": 1280, "height": 860})
                page, requests = context.new_page(), []
                page.on("request", lambda asked, requests=requests: requests.append(asked.url))
                page.goto(site.address(f"{language}/{chapter}.html"))
                settle(page)
                raw, packed = weigh(site, requests)
                yield (
                    "page weight",
                    f"{language}/{chapter}",
                    f"{raw / 1000:.0f} KB, compressed {packed / 1000:.0f} KB, {len(set(requests))} files",
                )
                context.close()


def build(bar):
    """Seconds to build both languages: from nothing, with the execution cache, and with nothing to do."""
    from lstm_lib import site

    with tempfile.TemporaryDirectory() as folder:
        output, work = Path(folder) / "site", Path(folder) / "work"
        clean = None
        for name in ("clean", "cells cached", "one page changed", "nothing changed"):
            bar(f"build, {name}")
            page = output / ".built-from"
            if name == "cells cached":
                page.unlink()
                for language in LANGUAGES:
                    remove(work / language)
            elif name == "one page changed":
                page.unlink()
                touched = work / "pt" / "_build" / ".doctrees" / "index.doctree"
                touched.unlink(missing_ok=True)
            start = time.perf_counter()
            site.build(output, work, quiet=True)
            seconds = time.perf_counter() - start
            clean = clean or seconds
            yield "build of both languages", name, f"{seconds:.1f} s, {seconds / clean:.2f} × clean"


def remove(folder):
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


PARTS = {"core": core, "typescript": typescript, "browser": browser, "weight": weight, "build": build}


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="only these; all when none is given")
    chosen = parser.parse_args(arguments).part or list(PARTS)
    failed = []
    bar = "{desc:<44.44} {bar} {n_fmt}/{total_fmt}  {elapsed}"
    seen = sys.stdout.isatty() and sys.stderr.isatty()  # in a file the bar would stand between the lines
    with tqdm(total=len(chosen), bar_format=bar, disable=not seen) as progress:
        for name in chosen:
            tqdm.write(f"\n{PARTS[name].__doc__}")
            try:
                for what, where, result in PARTS[name](lambda text: progress.set_description_str(text)):
                    tqdm.write(f"  {what:<42} {where:<24} {result}")
            except (Exception, SystemExit) as error:
                failed.append(name)
                tqdm.write(f"  {name} could not be measured: {error}")
            progress.update()
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
