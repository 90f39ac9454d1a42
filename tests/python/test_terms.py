"""One name per thing, in each language: the book's list of terms, with the forms that are not used.

Checked: the pages, the texts of the exercises and the texts of the explorables. Quotations, code and
addresses are the words of others and are left out.
"""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TERMS = json.loads((ROOT / "lstm_lib/locale/terms.json").read_text(encoding="utf-8"))
LANGUAGES = ("pt", "en")
PAGES = sorted(path.name for path in (ROOT / "book/pt").glob("*.md"))


def page(lang, name):
    return own_words((ROOT / "book" / lang / name).read_text(encoding="utf-8"))


def own_words(source):
    """A page's running text: no front matter, code, formulas, addresses, role names; no quotation."""
    source = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.S)
    source = re.sub(r"^```.*?^```$", "", source, flags=re.S | re.M)
    source = re.sub(r"^> .*$", "", source, flags=re.M)
    source = re.sub(r"\$\$.*?\$\$|\$[^$]*\$", "", source, flags=re.S)
    source = re.sub(r"“[^”]*”", "", source)
    source = re.sub(r"^\([\w-]+\)=$|^:[\w-]+:.*$", "", source, flags=re.M)
    source = re.sub(r"\{set\}`([^`<]*)<[^>`]*>`", r"\1", source)
    source = re.sub(r"\{[\w:-]+\}`[^`]*`|`[^`]*`|\{[\w-]+\}", "", source)
    return re.sub(r"\]\([^)]*\)", "]", source)


def texts(lang):
    """Every text of the exercises and the explorables: (where, text)."""
    for path in sorted((ROOT / "lstm_lib/exercises").glob("*.json")):
        for key, both in json.loads(path.read_text(encoding="utf-8")).items():
            yield f"{path.name}: {key}", re.sub(r"`[^`]*`|“[^”]*”|\{\w+\}", "", both[lang])
    for path in sorted((ROOT / "lstm_lib/locale" / lang).glob("*.json")):
        for key, text in json.loads(path.read_text(encoding="utf-8")).items():
            if isinstance(text, str):
                yield f"{lang}/{path.name}: {key}", re.sub(r"`[^`]*`|“[^”]*”|\{\w+\}", "", text)


def uses(term, text):
    """How often a term stands in a text, as a whole word, in either number."""
    plural = r"(?:s|es)?"
    return len(re.findall(rf"(?<![\w-]){re.escape(term)}{plural}(?![\w-])", text.replace("\n", " "), re.I))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_forbidden_form_on_the_pages(lang):
    forbidden = [form for term in TERMS for form in term["forbidden"][lang]]
    found = [(name, form) for name in PAGES for form in forbidden if uses(form, page(lang, name))]
    assert not found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_forbidden_form_in_exercises_and_explorables(lang):
    forbidden = [form for term in TERMS for form in term["forbidden"][lang]]
    found = [(where, form) for where, text in texts(lang) for form in forbidden if uses(form, text)]
    assert not found


@pytest.mark.parametrize("name", PAGES)
def test_a_term_of_one_language_has_its_partner_in_the_other(name):
    pt, en = page("pt", name), page("en", name)
    alone = [term["pt"] for term in TERMS if bool(uses(term["pt"], pt)) != bool(uses(term["en"], en))]
    assert not alone


def test_the_list_is_sound():
    for lang in LANGUAGES:
        names = [term[lang] for term in TERMS]
        assert len(set(names)) == len(names)
        for term in TERMS:
            assert set(term["forbidden"]) == set(LANGUAGES)
            assert term[lang] not in term["forbidden"][lang]


def test_exercises_are_among_the_texts():
    for chapter in (path.name for path in (ROOT / "lstm_lib/exercises").glob("*.json")):
        assert any(chapter in where for where, _ in texts("pt"))


def test_forms_are_found_in_prose_and_not_in_quotations():
    source = "A *porta de\nesquecimento* “forget gate” `bias` {set}`viés <gates?bias=1>`\n\n> portão\n"
    prose = own_words(source)
    assert uses("porta de esquecimento", prose) == 1
    assert uses("viés", prose) == 1
    assert not any(uses(form, prose) for form in ("forget gate", "bias", "portão"))
    assert uses("gate", "gates, agate") == 1
