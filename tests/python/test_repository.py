"""What must hold for the repository as a whole: nothing of one machine in it, nothing fetched, few names."""

import json
import re
import subprocess
import sys
import tomllib
from functools import cache

import pytest
from shared import ROOT

TEXT = {
    ".py",
    ".md",
    ".yml",
    ".yaml",
    ".toml",
    ".json",
    ".txt",
    ".ts",
    ".tsx",
    ".mjs",
    ".js",
    ".css",
    ".html",
    ".cff",
    ".bib",
    ".po",
    ".conf",
    ".cfg",
    ".svg",
    ".ipynb",
    ".csv",
    "",
}
OTHERS_WORK = ("book/_assets/katex/", "lstm_lib/frontend/package-lock.json")

TOP = {
    "README.md",
    "LICENSE",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "Makefile",
    "pyproject.toml",
    "requirements.txt",
    "_config.yml",
    "_config.en.yml",
    "_toc.yml",
    "book",
    "lstm_lib",
    "tests",
    "benchmarks",
    ".ci",
    ".gitattributes",
    ".gitignore",
}


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the repository; in a folder that is no clone, every file that a clone would have."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    else:
        ignored = {
            ".venv",
            "_build",
            "_site",
            "node_modules",
            "__pycache__",
            ".pytest_cache",
            ".ruff_cache",
            ".hypothesis",
        }
        names = [
            path.relative_to(ROOT).as_posix()
            for path in ROOT.rglob("*")
            if path.is_file() and not ignored & set(path.relative_to(ROOT).parts)
        ]
    assert len(names) > 50
    return tuple(names)


def texts(own=False):
    """(name, text) of every readable file; `own`: without the work of others that the book carries."""
    for name in tracked():
        path = ROOT / name
        if path.suffix in TEXT and not (own and name.startswith(OTHERS_WORK)):
            yield name, path.read_text("utf8")


def test_top_level_stays_small():
    assert {name.split("/")[0] for name in tracked()} <= TOP


def test_no_path_of_a_machine():
    # Built from pieces, so that this file does not find itself.
    homes = re.compile(
        "|".join(
            (
                "/ho" + r"me/\w",
                "/Us" + r"ers/\w",
                "/ro" + r"ot/\w",
                "/wo" + r"rk/\w",
                "/usr/bin/chrom" + "ium",
                r"[A-Z]:\\\\?Us" + "ers",
                "/tmp/" + r"\w",
            )
        )
    )
    found = [
        f"{name}: {line.strip()[:100]}"
        for name, text in texts(own=True)
        if not name.startswith("lstm_lib/widgets/static/")
        for line in text.splitlines()
        if homes.search(line)
    ]
    assert not found, "\n".join(found)


def test_no_registry_or_mirror_named():
    hosts = re.compile(
        "registry"
        + r"\.npm"
        + r"|pypi\."
        + "org/simple|--(extra-)?index"
        + "-url|--find"
        + "-links|artifact"
        + "ory|nexus"
        + r"\."
    )
    allowed = {"README.md", "CONTRIBUTING.md"}
    found = [
        f"{name}: {line.strip()[:100]}"
        for name, text in texts()
        if name not in allowed
        for line in text.splitlines()
        if hosts.search(line)
    ]
    assert not found, "\n".join(found)


def test_nothing_that_a_page_loads_is_remote():
    """In the sources of pages: no script, style, font or picture by an absolute address."""
    loads = re.compile(
        r"""(?:src|srcset|poster)\s*=\s*["']?(?:https?:)?//|<link[^>]+href\s*=\s*["'](?:https?:)?//"""
        r"""|@import\s+(?:url\()?["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//|!\[[^\]]*\]\((?:https?:)?//"""
    )
    kinds = (".md", ".html", ".css", ".js", ".ts", ".tsx", ".py", ".yml")
    found = [
        f"{name}: {line.strip()[:120]}"
        for name, text in texts()
        if name.endswith(kinds) and not name.startswith("tests/")
        for line in text.splitlines()
        if loads.search(line)
    ]
    assert not found, "\n".join(found)


def test_python_fetches_nothing():
    calls = re.compile(
        r"\b(urlopen|urlretrieve|requests\.(get|post)|httpx\.|load_dataset|hf_hub_download|load_state_dict_from_url)\b"
    )
    found = [
        f"{name}: {line.strip()[:100]}"
        for name, text in texts()
        if name.startswith(("lstm_lib/", "book/")) and name.endswith((".py", ".md"))
        for line in text.splitlines()
        if calls.search(line)
    ]
    assert not found, "\n".join(found)


def test_weights_are_safetensors_and_pickle_is_nowhere():
    assert not [
        name
        for name in tracked()
        if name.endswith((".pt", ".pth", ".pkl", ".pickle", ".npy", ".npz", ".bin", ".ckpt", ".h5"))
    ]
    shipped = [
        name
        for name in tracked()
        if name.startswith("lstm_lib/pretrained/") and not name.endswith((".py", ".md", ".json"))
    ]
    assert shipped and all(name.endswith(".safetensors") for name in shipped)
    used = re.compile(
        r"^\s*(import|from)\s+(pickle|dill)\b|torch\.load\(|allow_pickle\s*=\s*True"
        r"|joblib\.(load|dump)\b|^\s*from joblib import .*\b(load|dump)\b",
        re.M,
    )
    ours = [
        (name, text)
        for name, text in texts()
        if name.endswith((".py", ".md")) and not name.startswith("tests/")
    ]
    assert not [name for name, text in ours if used.search(text)]  # tests do, to see such files refused


def test_ruff_has_nothing_to_say():
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--quiet", "--no-cache", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-1000:]


def test_requirements_are_pinned():
    lines = [
        line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text("utf8").splitlines()
    ]
    lines = [line for line in lines if line]
    assert lines
    loose = [
        line
        for line in lines
        if not re.fullmatch(r"[A-Za-z0-9._-]+(\[[\w,-]+\])?==[0-9][0-9A-Za-z.]*(\s*;.+)?", line)
    ]
    assert not loose, "every line names one version, without a local build tag: " + ", ".join(loose)


def test_the_package_asks_for_lower_bounds_only():
    """Who uses lstm_lib beside other packages must not be held back by it, and torch is theirs to choose."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    needs = [
        *project["dependencies"],
        *(need for extra in project["optional-dependencies"].values() for need in extra),
    ]
    assert needs
    assert not [need for need in needs if not re.fullmatch(r"[A-Za-z0-9_.-]+>=[0-9][0-9.]*", need)]
    assert not [need for need in project["dependencies"] if need.startswith("torch")]


def test_everything_needed_by_the_package_is_installed_by_hand_too():
    """What pyproject.toml asks for is in requirements.txt, at a version that satisfies it."""
    pinned = dict(
        re.findall(r"^([A-Za-z0-9._-]+)==([0-9.]+)", (ROOT / "requirements.txt").read_text("utf8"), re.M)
    )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]
    for need in [*project["dependencies"], *project["optional-dependencies"]["torch"]]:
        name, lowest = need.split(">=")
        assert name in pinned, f"{name} is not in requirements.txt"
        assert [int(n) for n in pinned[name].split(".")] >= [int(n) for n in lowest.split(".")], need


@pytest.mark.parametrize("heavy", ["torch", "matplotlib", "anywidget", "IPython", "ipywidgets"])
def test_importing_the_library_stays_light(heavy):
    run = "import sys, lstm_lib; lstm_lib.LSTM.init(2, 3).forward([[0.0, 1.0]])"
    code = f"{run}; print({heavy!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "False", done.stdout + done.stderr


def test_the_shipped_network_is_read_without_torch():
    """A reader of the notebooks without torch still has the trained network."""
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "import lstm_lib as ll\n"
        "reading = ll.load('agreement/lstm').read('a menina disse que estava muito')\n"
        "print(len(reading.words), 0 <= reading.share_feminine[-1] <= 1)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.split() == ["6", "True"], done.stdout + done.stderr


def test_notebooks_and_caches_are_not_committed():
    """Pages are Markdown; what is made from them is made again by whoever builds."""
    made = re.compile(
        r"\.ipynb$|(^|/)(_build|_site|node_modules|__pycache__|jupyter_execute|\.ipynb_checkpoints)/|\.(log|pyc|tmp)$"
    )
    assert not [name for name in tracked() if made.search(name)]


def test_data_files_are_readable():
    for name, text in texts():
        if name.endswith(".json") and not name.endswith("tsconfig.json"):
            json.loads(text)
