"""Every page runs alone, as the notebook that a reader downloads, and its numbers come out of its cells."""

import json
import re

import pytest
from executed import PAGES, solutions
from shared import ROOT

RIGHT = {"pt": "Certo.", "en": "Right."}


def page_id(path):
    return f"{path.parent.name}/{path.stem}"


def printed(cell):
    """Everything that a cell shows as text."""
    return "".join(out.get("text", "") or out.get("data", {}).get("text/plain", "") for out in cell.outputs)


@pytest.fixture(scope="module", params=PAGES, ids=page_id)
def ran(request, executed):
    return request.param, executed(request.param)


def test_there_are_pages_in_both_languages():
    assert {path.parent.name for path in PAGES} == {"pt", "en"}


def test_page_runs_and_its_solutions_are_right(ran):
    path, cells = ran
    codes = solutions(path.read_text(encoding="utf-8"))
    for code, cell in zip(codes, cells["solutions"], strict=True):
        assert cell.source == code
        if "check(" in code:
            verdict = printed(cell)
            assert RIGHT[path.parent.name] in verdict, f"{code}\n→ {verdict}"


def test_every_explorable_of_the_page_is_alive_in_jupyter(ran):
    """The cell that shows it runs again as a reader's, and gives a widget instead of an element of a page."""
    _, cells = ran
    assert cells["live"]
    for cell in cells["live"]:
        shown = [kind for output in cell.outputs for kind in output.get("data", {})]
        assert "application/vnd.jupyter.widget-view+json" in shown, cell.source
        assert "<lstm-widget" not in str(cell.outputs), cell.source


def test_every_number_that_the_text_asks_for_is_glued(ran):
    path, cells = ran
    asked = set(re.findall(r"\{glue:text\}`([^`]+)`", path.read_text(encoding="utf-8")))
    glued = {}
    for cell in cells["page"]:
        for output in cell.get("outputs", []):
            key = output.get("metadata", {}).get("scrapbook", {}).get("name")
            if key:
                bundle = next(value for name, value in output["data"].items() if name.endswith("text/plain"))
                glued[key] = bundle.strip("'\"")
    assert asked <= set(glued), sorted(asked - set(glued))
    for key in asked:
        assert re.search(r"\d", glued[key]), f"{key} is {glued[key]!r}: glue carries numbers"
        assert not re.search(r"nan|inf|\d-|[^ ]-\d", glued[key]), f"{key} is {glued[key]!r}"
        if path.parent.name == "pt":
            assert "." not in glued[key], f"{key} is {glued[key]!r}: Portuguese has a decimal comma"


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_running_text_has_no_typed_measurement(path):
    """Percentages and decimals in prose are glued. One that was chosen, not measured, stands in a formula."""
    prose = running_text(path.read_text(encoding="utf-8"))
    typed = re.findall(r"[+−-]?\d+[.,]\d+|\d+[  ]?%", prose)
    assert not typed, typed


def running_text(source):
    """The page without front matter, code, formulas, roles, directive options and inline code."""
    source = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.S)
    source = re.sub(r"^```.*?^```$", "", source, flags=re.S | re.M)
    source = re.sub(r"\$\$.*?\$\$", "", source, flags=re.S)
    source = re.sub(r"\$[^$]*\$", "", source)
    source = re.sub(r"\{(glue:text|cite:[pt]|eq|numref|ref)\}`[^`]*`", "", source)
    source = re.sub(r"`([^`<]*)<[^`>]*>`", r"\1", source)       # {set}: its words stay, its address goes
    source = re.sub(r"`[^`]*`", "", source)
    source = re.sub(r"\]\([^)]*\)", "]", source)
    return re.sub(r"^:\w+:.*$|^:{3,}.*?\}", "", source, flags=re.M)


def test_running_text_keeps_the_words():
    source = "---\na: 1.5\n---\nText 1.5 {set}`word <gates?step=1>` $0{,}9$ {glue:text}`x`\n\n```\n2.5\n```\n"
    assert running_text(source).split() == ["Text", "1.5", "{set}word"]


@pytest.mark.parametrize("path", PAGES, ids=page_id)
def test_links_that_set_an_explorable_fit_the_network(path):
    """Unit numbers in links are the shipped network's gender unit, steps are words of the sentence."""
    from lstm_lib.exercises.gates import SENTENCE, unit_shown

    puzzles = {puzzle["id"] for puzzle in json.loads((ROOT / "lstm_lib/puzzles.json").read_text())["puzzles"]}
    source = path.read_text(encoding="utf-8")
    links = re.findall(r"\{set\}`([^`<]*)<([\w-]+)\?([^`>]*)>`", source)
    explorables = set(re.findall(r'\bid="([\w-]+)"', source))
    words = SENTENCE.split()
    for text, target, query in links:
        assert target in explorables, f"no explorable {target} on the page"
        for key, value in re.findall(r"([\w-]+)=([^&]*)", query):
            if key in ("unit", "action_unit"):
                assert int(value) == unit_shown(), query
            if key in ("step", "action_step"):
                assert -1 <= int(value) < len(words), query         # -1 is the last
            if key == "puzzle":
                assert value in puzzles, query
            if key in ("sentence", "compare"):
                assert " " not in value and '"' not in value, query
        assert all(int(number) == unit_shown() for number in re.findall(r"uni\w+ (\d+)", text)), text
        named = re.fullmatch(r"\*([\w ]+)\*", text.strip())
        step = re.search(r"(?:^|&)step=(\d+)", query)
        if named and step:
            assert named[1].lower().split()[-1] == words[int(step[1])], f"{text} → {query}"
