"""The bibliography: every work in it is cited, every citation leads to it, in both languages alike."""

import re

import pybtex.database
import pytest
from shared import ROOT

from lstm_lib import landmarks
from lstm_lib.locale import LANGUAGES

RESULTS = "06-results.md"


@pytest.fixture(scope="module")
def bibliography():
    return pybtex.database.parse_file(ROOT / "book" / "references.bib").entries


def cited(lang, name="*.md"):
    """Keys that the pages of a language cite."""
    found = set()
    for page in (ROOT / "book" / lang).glob(name):
        for keys in re.findall(r"\{cite:\w+\}`([^`]+)`", page.read_text("utf8")):
            found |= {key.strip() for key in keys.split(",")}
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bibliography_is_what_the_book_cites(lang, bibliography):
    """A work that no page cites is dropped."""
    assert cited(lang) == set(bibliography), cited(lang) ^ set(bibliography)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_results_page_cites_the_source_of_every_landmark(lang):
    sources = {key for row in landmarks.load() for key in (row.key, *row.other_keys)}
    missing = sources - cited(lang, RESULTS)
    assert not missing, f"{RESULTS} ({lang}) does not cite {', '.join(sorted(missing))}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_citation_has_its_work(lang, bibliography):
    assert cited(lang) <= set(bibliography), cited(lang) - set(bibliography)


def test_every_work_can_be_found(bibliography):
    """Authors, title and year in each entry (software documentation has no year of its own); no note of how
    it was checked is left in it."""
    for key, entry in bibliography.items():
        assert entry.persons["author"] and entry.fields["title"], key
        assert key == "pytorchrnndocs" or re.fullmatch(r"(19|20)\d\d", entry.fields["year"]), key
        assert "confirmedby" not in entry.fields, key
    found = [entry.fields["title"].lower() for entry in bibliography.values()]
    assert len(found) == len(set(found)), "one work twice"
