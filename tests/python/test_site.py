"""The site: one command builds both languages strictly, every page is whole, nothing comes from elsewhere."""

import html
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import threading
import urllib.error
import urllib.request
import venv
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import nbformat
import pytest
import yaml
from executed import AS_BUILT
from shared import ROOT

from lstm_lib import locale, notebooks
from lstm_lib import site as builder

LANGUAGES = {"pt": "pt-BR", "en": "en"}
FRONT = (
    "---\njupytext: {text_representation: {extension: .md, format_name: myst, format_version: 0.13}}\n"
    "kernelspec: {name: python3, display_name: Python 3, language: python}\n---\n\n"
)


class Page(HTMLParser):
    """What a test asks of a page: its tags with attributes, and its text."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag: str, **wanted) -> list[dict]:
        return [
            attributes
            for name, attributes in self.tags
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]

    def classes(self, name: str) -> list[tuple[str, dict]]:
        return [(tag, a) for tag, a in self.tags if name in (a.get("class") or "").split()]


def read(path) -> Page:
    return Page(path.read_text("utf8"))


def chapters(language: str) -> list[str]:
    toc = yaml.safe_load((ROOT / "book" / language / "_toc.yml").read_text("utf8"))
    return [toc["root"], *(entry["file"] for entry in toc["chapters"])]


# --- the built site -------------------------------------------------------------------------------


def test_both_languages_are_built_with_every_page_of_the_contents(site):
    for language in LANGUAGES:
        for name in chapters(language):
            assert (site.folder / language / f"{name}.html").exists(), f"{language}/{name} is missing"


def test_a_second_build_finds_nothing_to_do(site, capsys):
    assert builder.build() == site.folder
    assert "Nothing has changed" in capsys.readouterr().out


def test_the_three_contents_list_the_same_finished_chapters():
    pt, en = chapters("pt"), chapters("en")
    top = yaml.safe_load((ROOT / "_toc.yml").read_text("utf8"))
    assert pt == en
    assert [top["root"], *(entry["file"] for entry in top["chapters"])] == [f"book/pt/{name}" for name in pt]
    for name in pt:
        for language in LANGUAGES:
            assert (ROOT / "book" / language / f"{name}.md").exists()


def test_every_page_says_its_language(site):
    for path in site.pages():
        page = read(site.folder / path)
        expected = LANGUAGES.get(path.split("/")[0], "pt-BR")
        assert page.all("html")[0]["lang"] == expected, path


def test_every_page_links_to_the_same_page_in_the_other_language(site):
    for path in site.pages():
        language, _, name = path.partition("/")
        if not name:
            continue
        other = "en" if language == "pt" else "pt"
        page = read(site.folder / path)
        links = [a for a in page.all("a", hreflang=LANGUAGES[other]) if a["href"].endswith(name)]
        assert links, f"{path} has no link to {other}/{name}"
        assert ((site.folder / path).parent / links[0]["href"]).resolve() == site.folder / other / name
        alternates = {link["hreflang"] for link in page.all("link", rel="alternate")}
        assert alternates == {"pt-BR", "en", "x-default"}, path


def test_the_page_gives_its_script_the_words_of_the_locale(site):
    for path in site.pages():
        language, _, name = path.partition("/")
        for given in read(site.folder / path).all("template", id="words") if name else []:
            for key in ("copy", "copied", "code", "output", "table", "formula"):
                assert given[f"data-{key}"] == locale.text(f"site.{key}", language), path


def test_the_entry_page_leads_to_both_languages(site):
    text = (site.folder / "index.html").read_text("utf8")
    page = Page(text)
    assert {a["href"] for a in page.all("a")} == {"pt/index.html", "en/index.html"}
    assert "navigator.languages" in text and "location.hash" in text


def test_the_contents_of_a_page_name_the_finished_chapters_with_their_numbers(site):
    for language in LANGUAGES:
        text = (site.folder / language / "04-gates.html").read_text("utf8")
        side = re.search(r'<nav class="side".*?</nav>', text, re.S).group()
        links = re.findall(r'<a href="([^"]*)"[^>]*><span class="n">(\d+)</span>', side)
        finished = [str(int(name[:2])) for name in chapters(language)[1:]]
        assert [number for _, number in links] == ["0", *finished]
        assert len(re.findall(r'aria-current="page"', side)) == 1


def test_titles_equations_and_exercises_are_numbered_by_the_chapter(site):
    text = (site.folder / "pt" / "04-gates.html").read_text("utf8")
    assert re.search(r'<h2><span class="section-number">4\.1', text)
    assert '<span class="eqno">(4.1)' in text
    assert "Exercício 4.1" in text
    assert '<p class="kick">Capítulo 4</p>' in text


def test_every_link_inside_the_book_leads_somewhere(site):
    identities = {}
    for path in site.pages():
        page = read(site.folder / path)
        identities[(site.folder / path).resolve()] = {a["id"] for _, a in page.tags if a.get("id")}
    broken = []
    for path in site.pages():
        here = (site.folder / path).resolve()
        for tag, attributes in read(here).tags:
            address = attributes.get("href") if tag == "a" else attributes.get("src")
            if not address or urlsplit(address).scheme or address.startswith("//"):
                continue
            target, fragment = urldefrag(html.unescape(address))
            file = (
                here
                if not target
                else site.folder / target[1:]
                if target.startswith("/")
                else here.parent / target
            )
            file = file.resolve()
            known = identities.get(file)
            if not file.exists() or (fragment and known is not None and fragment.split("?")[0] not in known):
                broken.append(f"{path}: {address}")
    assert broken == []


def test_no_page_style_or_script_asks_another_host(site):
    foreign = []
    for path in site.pages():
        for tag, attributes in read(site.folder / path).tags:
            for key in ("src", "href", "srcset", "data", "poster", "action"):
                value = attributes.get(key) or ""
                loads = tag != "a" and not (
                    tag == "link" and attributes.get("rel") in ("canonical", "alternate")
                )
                if loads and re.match(r"(https?:)?//", value):
                    foreign.append(f"{path}: {tag} {value}")
    for style in site.folder.rglob("*.css"):
        foreign += [
            f"{style.name}: {address}"
            for address in re.findall(
                r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')]+)", style.read_text("utf8")
            )
        ]
    for script in site.folder.rglob("*.js"):
        text = script.read_text("utf8", errors="replace")
        foreign += [
            f"{script.name}: {call}"
            for call in re.findall(
                r"(?:fetch|import|importScripts|Worker|sendBeacon)\(\s*[\"'`]https?://[^)]*", text
            )
        ]
    assert foreign == []


def test_every_font_and_style_that_is_asked_for_is_there(site):
    missing = []
    for style in site.folder.rglob("*.css"):
        for address in re.findall(r"url\([\"']?([^\"')]+)", style.read_text("utf8")):
            if not address.startswith(("data:", "#")) and not (style.parent / address.split("?")[0]).exists():
                missing.append(f"{style.name}: {address}")
    assert missing == []


def test_every_chapter_is_offered_as_a_notebook_that_is_clean_and_valid(site):
    for language in LANGUAGES:
        for name in chapters(language):
            page = site.folder / language / f"{name}.html"
            links = [
                a for a in read(page).all("a") if (a.get("href") or "").endswith(".ipynb") and "download" in a
            ]
            assert len(links) == 1, f"{language}/{name}"
            file = (page.parent / links[0]["href"]).resolve()
            notebook = nbformat.read(file, as_version=4)
            nbformat.validate(notebook)
            code = [cell for cell in notebook.cells if cell.cell_type == "code"]
            assert all(not cell.outputs and cell.execution_count is None for cell in code)
            prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
            left = re.findall(r"^:{3,}.*|\{[a-z][\w:-]*\}`.*?`|^```\{.*", prose, re.M)
            assert left == [], f"{language}/{name}: directives left in the notebook: {left[:3]}"
            assert "jupytext" not in notebook.metadata, "JupyterLab refuses such a file"


def test_the_first_cell_of_a_notebook_runs_and_finds_the_package(site):
    for language in LANGUAGES:
        notebook = nbformat.read(site.folder / language / "_notebooks" / "04-gates.ipynb", as_version=4)
        first = notebook.cells[0]
        assert first.cell_type == "code" and "lstm_lib" in first.source
        done = subprocess.run(
            [sys.executable, "-c", first.source], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr


def test_the_first_cell_says_what_to_do_where_the_package_is_missing(tmp_path):
    source = notebooks.convert("# T", "en").cells[0].source.replace('"lstm_lib"', '"lstm_lib_not_here"', 1)
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, cwd=tmp_path, timeout=60
    )
    assert done.returncode != 0 and "pip install -e ." in done.stderr


def test_a_notebook_carries_the_numbers_that_the_page_shows(site):
    record = ROOT / "_build/site/pt/_build/jupyter_execute/04-gates.glue.json"
    values = json.loads(record.read_text("utf8"))
    notebook = nbformat.read(site.folder / "pt" / "_notebooks" / "04-gates.ipynb", as_version=4)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    said = [notebooks.plain_value(value) for value in values.values()]
    source = (ROOT / "book/pt/04-gates.md").read_text("utf8")
    used = [key for key in values if f"{{glue:text}}`{key}`" in source]
    assert len(used) > 10 and len(said) >= len(used)
    for key in used:
        assert notebooks.plain_value(values[key]) in prose, key


def test_the_search_finds_words_of_the_text(site):
    index = (site.folder / "pt" / "searchindex.js").read_text("utf8")
    data = json.loads(index[len("Search.setIndex(") : -1])
    assert "04-gates" in data["docnames"]
    assert any(term.startswith("menin") for term in data["terms"])


# --- the server -----------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "index.html").write_text("<p>the book</p>")
    (tmp_path / "404.html").write_text("<p>no such page</p>")
    return tmp_path


def test_a_taken_port_is_left_for_the_next_free_one(folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        server = builder.listen(folder, taken)
        try:
            assert taken < server.server_address[1] <= taken + 50
        finally:
            server.server_close()


def test_no_free_port_is_said_in_words(folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OSError, match="--port"):
            builder.listen(folder, other.getsockname()[1], tries=1)


@pytest.mark.parametrize("port", ["abc", "-5", "65536", "8000.5"])
def test_what_is_no_port_is_refused_in_words(folder, port, capsys, monkeypatch):
    monkeypatch.setattr(builder, "serve", lambda folder, port: pytest.fail(f"served on {port}"))
    with pytest.raises(SystemExit):
        builder.main(["serve", f"--port={port}"])
    assert f"'{port}' is no port; give a whole number" in capsys.readouterr().err
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit):
        builder.main(["serve"])
    assert f"'{port}' is no port" in capsys.readouterr().err


def test_the_last_port_is_one_too(folder):
    with pytest.raises(OSError, match="No free port"):
        builder.listen(folder, 65536)


def test_the_server_gives_pages_and_its_own_404(folder):
    server = builder.listen(folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        with urllib.request.urlopen(f"{address}/") as answer:
            assert b"the book" in answer.read()
            assert answer.headers["Cache-Control"] == "no-cache"
        with pytest.raises(urllib.error.HTTPError) as failed:
            urllib.request.urlopen(f"{address}/nothing.html")
        assert failed.value.code == 404 and b"no such page" in failed.value.read()
    finally:
        server.shutdown()
        server.server_close()


def test_serving_what_is_not_built_says_how_to_build_it(tmp_path):
    with pytest.raises(SystemExit, match="make site"):
        builder.serve(tmp_path)


# --- a small book of its own: directives, strictness, the build by hand ---------------------------

SMALL = {
    "pt": """# Uma página

:::{lede}
Uma pergunta?
:::

:::{key}
:only: f c
:::

:::{objectives}
:exercises: 5
- fazer isto (10 min)
- e aquilo (15 min)
:::

:::{specimen}
A **menina** viu o *João* e ficou **cansada**.

A legenda.
:::

## Primeira parte

:::{margin} Título
Uma nota.
:::

Termina em *-a*.
Veja {set}`o passo de *João* <gates?step=3&unit=2>`: $\\class{q-f}{f_t}$, e a equação {eq}`eq-one`.

$$
a = b
$$ (eq-one)

:::{misconception} Parece assim.
Não é: $f = 1$.
:::

:::{exercise} Um título
:label: ex-one
Quanto é?
:::

:::{hint} ex-one
:class: dropdown
Pense.
:::

:::{solution} ex-one
:class: dropdown
Dois.
:::
""",
    "en": "# A page\n\nOnly a paragraph and what its cell says.\n\n```{code-cell} python\nimport os\n"
    f"print('built with', *(os.environ.get(name) for name in {[*AS_BUILT]}))\n```\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A copy of the project with two short pages per language: builds in seconds."""
    root = tmp_path_factory.mktemp("small")
    for name in ("_config.yml", "_config.en.yml", "_toc.yml", "requirements.txt"):
        shutil.copy(ROOT / name, root / name)
    leave = shutil.ignore_patterns("frontend", "__pycache__", "*.md")
    shutil.copytree(ROOT / "lstm_lib", root / "lstm_lib", ignore=leave)
    shutil.copytree(ROOT / "book", root / "book", ignore=leave)
    for contents in (root / "_toc.yml", *(root / "book" / language / "_toc.yml" for language in LANGUAGES)):
        lines = contents.read_text("utf8").splitlines(keepends=True)
        contents.write_text("".join(line for line in lines if "- file:" not in line or "04-gates" in line))
    for language, text in SMALL.items():
        (root / "book" / language / "index.md").write_text(FRONT + "# Início\n\nOlá.\n")
        (root / "book" / language / "04-gates.md").write_text(FRONT + text)
    return root


def in_small(root, *command):
    done = subprocess.run(
        [sys.executable, *command],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


def build_small(root, *only):
    return in_small(root, "-m", "lstm_lib.site", "build", *only)


PORTUGUESE = ("--language", "pt")  # what is tried on a Portuguese page is not built in English too


@pytest.fixture(scope="module")
def small_page(small):
    code, said = build_small(small)
    assert code == 0, said
    return (small / "_site" / "pt" / "04-gates.html").read_text("utf8")


def test_directives_become_what_they_say(small_page):
    page = Page(small_page)
    assert "25\u00a0min" not in small_page and "30\u00a0min" in small_page, (
        "the minutes are summed, with the exercises"
    )
    assert [a["class"] for tag, a in page.classes("pin")] == ["pin a", "pin b"]
    assert [a["lang"] for _, a in page.classes("sentence")] == ["pt-BR"]
    assert len(page.classes("lure")) == 1 and len(page.classes("thread")) == 1
    assert len(re.findall(r'<i class="q-[a-z]">', small_page)) == 2
    assert "“Parece assim.”" in re.sub(r"<[^>]+>", "", small_page)
    link = next(a for tag, a in page.classes("set-state") if tag == "a")
    assert link["href"] == "#gates?step=3&unit=2"
    assert "<em>João</em></a>" in small_page
    assert '<em class="together">-a</em>' in small_page, "an ending is not torn from its hyphen"
    formula = '<span class="q-f"><i>f</i><sub><i>t</i></sub></span>'
    assert rf'<span class="math notranslate" data-tex="\class{{q-f}}{{f_t}}">{formula}</span>' in small_page


def test_the_build_runs_cells_as_the_tests_of_the_pages_do(small, small_page):
    text = (small / "_site" / "en" / "04-gates.html").read_text("utf8")
    assert f"built with {' '.join(AS_BUILT.values())}\n" in text


def test_an_exercise_its_hint_and_its_solution_are_one_card(small_page):
    card = re.search(r'<div[^>]*class="[^"]*card exercise.*', small_page, re.S).group()
    card = card[: card.index('<footer class="foot">')]
    assert "Exercício 4.1" in card and "Um título" in card
    assert re.findall(r"<summary>(.*?)</summary>", card) == ["Dica", "Solução"]
    assert "(4.1)" in small_page, "the equation has the chapter's number"


def test_a_new_script_reaches_the_site_though_no_page_has_changed(small, small_page):
    for source in ("lstm_lib/widgets/static/site/lstm-widgets.js", "book/_assets/css/book.css"):
        path = small / source
        path.write_text(path.read_text("utf8") + "\n/* new */\n", "utf8")
    code, said = build_small(small, *PORTUGUESE)
    assert code == 0, said
    for name in ("lstm-widgets.js", "css/book.css"):
        assert (small / "_site" / "pt" / "_static" / name).read_text("utf8").endswith("/* new */\n")
    assert (small / "_site" / "pt" / "04-gates.html").read_text("utf8") == small_page


def test_a_warning_fails_the_build_and_keeps_the_old_site(small, small_page):
    page = small / "book" / "pt" / "04-gates.md"
    good = page.read_text("utf8")
    page.write_text(good + "\n{eq}`eq-that-is-not-there`\n")
    code, said = build_small(small)  # the English book is fine, and waits for the Portuguese one
    assert code != 0 and "eq-that-is-not-there" in said
    assert (small / "_site" / "pt" / "04-gates.html").read_text("utf8") == small_page
    code, said = build_small(small, *PORTUGUESE)
    assert code != 0, "a second try must not pass by looking away"
    page.write_text(good)
    code, said = build_small(small, *PORTUGUESE)
    assert code == 0, said


def test_objectives_without_minutes_are_refused_in_words(small, small_page):
    page = small / "book" / "pt" / "04-gates.md"
    good = page.read_text("utf8")
    page.write_text(good.replace(" (15 min)", ""))
    code, said = build_small(small, *PORTUGUESE)
    page.write_text(good)
    assert code != 0 and "no minutes at the end of" in said


@pytest.fixture(scope="module")
def only_requirements(tmp_path_factory):
    """A Python with everything but lstm_lib: .pth files in a folder that a .pth file adds do nothing."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    inside = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True).stdout.strip()
    (Path(inside) / "installed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    both = "import numpy, lstm_lib"
    missing = subprocess.run([python, "-c", both], cwd=folder, capture_output=True, text=True)
    assert "No module named 'lstm_lib'" in missing.stderr
    return python


def test_by_hand_jupyter_book_builds_the_portuguese_book(small, only_requirements):
    for folder in (".venv/package", ".pytest_cache", "node_modules/x"):  # what stands around in a checkout
        (small / folder).mkdir(parents=True)
        (small / folder / "README.md").write_text("# Not a page\n")
    shutil.rmtree(small / "_build", ignore_errors=True)
    page = small / "book/pt/04-gates.md"
    cell = "```{code-cell} python\nimport lstm_lib\nprint('found', lstm_lib.__name__)\n```\n"
    page.write_text(f"{page.read_text('utf8')}\n{cell}", "utf8")
    run = "from jupyter_book.cli.main import main; main()"
    done = subprocess.run(
        [only_requirements, "-c", run, "build", str(small), "-W", "--keep-going"],
        cwd=only_requirements.parent, env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        capture_output=True, text=True, timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    text = (small / "_build/html/book/pt/04-gates.html").read_text("utf8")
    assert 'lang="pt-BR"' in text and "Capítulo 4" in text
    assert "found lstm_lib" in text, "the kernel must find the package too"
    assert 'hreflang="en"' not in text, "there is no English book beside it to link to"
    assert (small / "_build/html/index.html").exists()
    assert not (small / "_build/html/book/en").exists()


def test_the_execution_cache_is_keyed_by_the_package(tmp_path, monkeypatch):
    package = tmp_path / "lstm_lib"
    (package / "frontend").mkdir(parents=True)
    (package / "cells.py").write_text("a = 1")
    monkeypatch.setattr(builder, "PACKAGE", package)
    monkeypatch.setattr(builder, "ROOT", tmp_path)
    before = builder.library_hash()
    (package / "frontend" / "index.ts").write_text("x")
    assert builder.library_hash() == before, "the explorables' sources change no cell's output"
    (package / "cells.py").write_text("a = 2")
    assert builder.library_hash() != before


def test_another_extension_or_other_words_have_all_pages_read_again(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "book" / "_ext"))
    from lstmbook import build

    seen = {path.relative_to(ROOT).as_posix() for path in build.sources()}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "book" / "_ext").rglob("*.py")}
    words = {
        f"lstm_lib/locale/{language}/{part}.json" for language in LANGUAGES for part in ("site", "common")
    }
    assert len(modules) > 5 and seen == modules | words
    assert not {path.name for path in builder.library_files()} & {"site.json"}, "no cell prints these words"
    assert {path.name for path in builder.site_files()} >= {"site.json"}


# --- notebooks ------------------------------------------------------------------------------------


def test_a_page_becomes_a_plain_notebook():
    text = (
        FRONT
        + SMALL["pt"]
        + "\n```{code-cell} python\n:tags: [remove-input]\nprint(1)\n```\n\nFim {glue:text}`k`.\n"
    )
    cells = notebooks.convert(text, "pt", {"k": {"data": {"text/plain": "'3,5'"}}}, chapter=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert ":::" not in prose and "{set}" not in prose and "Fim 3,5." in prose
    assert "o passo de *João*" in prose
    assert notebooks.plain_value("'16\\xa0739'") == "16\u00a0739", "a text is kept as its repr"
    assert "a equação (4.1)" in prose and r"\tag{4.1}" in prose
    assert "**Exercício 4.1** (Um título)" in prose
    assert "<details><summary>Solução</summary>" in prose and "Dois." in prose
    assert "**Na verdade:** Não é" in prose
    assert cells[-2].source == "print(1)" and cells[-2].metadata["jupyter"]["source_hidden"]
    assert len({cell.id for cell in cells}) == len(cells)


def test_notebooks_and_site_say_the_same_words(monkeypatch):
    """One table of words: what is changed there is changed in the notebooks."""
    for lang in LANGUAGES:
        words = locale.part("site", lang)
        assert words["hint"] == locale.text("site.hint", lang)
        monkeypatch.setitem(words, "hint", "HINT")
        monkeypatch.setitem(locale.part("common", lang), "forget_gate", "FORGET")
        cells = notebooks.convert(":::{hint}\nx\n:::\n\n:::{key}\n:::\n", lang).cells
        assert words["install"] in cells[0].source and words["missing"] in cells[0].source
        assert "<summary>HINT</summary>" in cells[1].source
        gate = locale.text("common.input_gate", lang)
        assert f"**{words['key']}.** $f$ FORGET · $i$ {gate} ·" in cells[1].source


def test_what_a_build_keeps_for_itself_is_not_published(tmp_path):
    made = tmp_path / "work" / "pt" / "_build" / "html"
    kept = ("reports/04-gates.err.log", "_sources/a.md", ".doctrees/a", "objects.inv", "a.js.map")
    for name in ("04-gates.html", *kept):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).touch()
    builder.publish(tmp_path / "work", tmp_path / "out", ["pt"])
    published = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*")}
    assert published == {"index.html", "404.html", ".nojekyll", "pt", "pt/04-gates.html"}


def test_a_list_table_becomes_a_markdown_table():
    text = (
        ":::{list-table} Título\n:header-rows: 1\n:name: tab-a\n\n* - um\n  - dois\n* - 1 | 1\n  - 2\n:::\n"
    )
    source = notebooks.convert(text, "pt", chapter=4).cells[1].source
    assert source.splitlines() == [
        "**Tabela 4.1.** Título",
        "",
        "| um | dois |",
        "| --- | --- |",
        "| 1 \\| 1 | 2 |",
    ]


def test_a_link_to_a_section_leads_to_it_in_jupyter_too():
    cells = notebooks.convert("(here)=\n## Two words\n\nSee [there](#here).\n", "en").cells
    assert "[there](#Two-words)" in cells[1].source


def test_the_notebook_of_a_page_is_always_the_same():
    assert notebooks.convert(SMALL["pt"], "pt") == notebooks.convert(SMALL["pt"], "pt")


def test_a_notebook_that_its_reader_changed_is_kept(tmp_path):
    page, target = tmp_path / "04-gates.md", tmp_path / "out" / "04-gates.ipynb"
    page.write_text("# One\n")
    assert notebooks.refresh(page, target, "en") is False
    page.write_text("# Two\n")
    assert notebooks.refresh(page, target, "en") is False and "# Two" in target.read_text()
    target.write_text(target.read_text().replace("# Two", "# Mine"))
    page.write_text("# Three\n")
    assert notebooks.refresh(page, target, "en") is True and "# Mine" in target.read_text()
