"""Every page is executed once in a test run: the tests of the notebooks and the tested site share it."""

import json
import os
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jupytext
import nbclient
import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from shared import ROOT, locked

from lstm_lib import site

SITE_CACHE = ROOT / "_build" / "site" / "cache"
PAGES = sorted((ROOT / "book").glob("??/*.md"))
AS_BUILT = {"LSTM_LIB_STATIC": "1", "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg"}
AS_READ = "import os\ndel os.environ['LSTM_LIB_STATIC']"  # from here on it is a reader's notebook


def solutions(source: str) -> list[str]:
    """The Python of the folded solutions of a page, in order."""
    folded = re.findall(r"^:::\{solution\}.*?^:::$", source, re.S | re.M)
    return [code for body in folded for code in re.findall(r"^```python\n(.*?)^```$", body, re.S | re.M)]


def execute(path: Path) -> dict[str, list]:
    """A page's cells, run alone and in an empty folder, as {"page", "live", "solutions"}.

    First all cells of the page, as the build of the site runs them. Then, in the same kernel, those that show
    an explorable once more, as in Jupyter, and the code of the solutions.
    """
    notebook = jupytext.read(path)
    with tempfile.TemporaryDirectory() as folder:
        settings = {"timeout": 300, "kernel_name": "python3", "record_timing": False}
        client = nbclient.NotebookClient(notebook, resources={"metadata": {"path": folder}}, **settings)
        with client.setup_kernel(env={**os.environ, **AS_BUILT}):

            def run(sources=None):
                """Run the page's cells, or new ones after them."""
                first = 0 if sources is None else len(notebook.cells)
                notebook.cells += [nbformat.v4.new_code_cell(source) for source in sources or []]
                for index in range(first, len(notebook.cells)):
                    client.execute_cell(notebook.cells[index], index)
                return notebook.cells[first:]

            page = run()
            shown = [cell.source for cell in page if "<lstm-widget" in json.dumps(cell.get("outputs", []))]
            run([AS_READ])
            return {"page": page, "live": run(shown), "solutions": run(solutions(path.read_text("utf8")))}


class Executed:
    """The pages of a test run, each executed by who asks first; `folder` is the same for all processes."""

    def __init__(self, folder: Path):
        self.folder = folder

    def __call__(self, path: Path) -> dict[str, list]:
        name = f"{path.parent.name}-{path.stem}"
        kept = self.folder / f"{name}.json"
        with locked(f"page-{name}"):
            if not kept.exists():
                made = json.dumps(execute(path))
                self.folder.mkdir(parents=True, exist_ok=True)
                kept.write_text(made, "utf8")
        parts = json.loads(kept.read_text("utf8"))
        return {part: [nbformat.from_dict(cell) for cell in cells] for part, cells in parts.items()}

    def keep_for_the_site(self) -> None:
        """Put what the site has not executed yet where its build looks first; failures are left to it."""
        key = site.library_hash()  # see book/_ext/lstmbook/build.py
        caches = {path: get_cache(SITE_CACHE / f"{path.parent.name}-{key}") for path in PAGES}
        wanted = [path for path in PAGES if missing(caches[path], jupytext.read(path))]
        with ThreadPoolExecutor(2) as two:
            for path, parts in zip(wanted, two.map(self.unless_it_fails, wanted), strict=True):
                if parts:
                    notebook = jupytext.read(path)
                    notebook.cells = parts["page"]
                    bundle = CacheBundleIn(notebook, str(path), data={"execution_seconds": 0.0})
                    caches[path].cache_notebook_bundle(bundle, check_validity=False)
                    assert not missing(caches[path], jupytext.read(path)), "the build would execute it again"

    def unless_it_fails(self, path: Path) -> dict[str, list] | None:
        try:
            return self(path)
        except nbclient.exceptions.CellExecutionError:
            return None


def missing(cache, notebook) -> bool:
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return True
    return False
