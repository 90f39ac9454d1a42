"""Every page of the built book as a reader meets it: over http, from a folder, without scripts."""

import json
import re
from functools import cache
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import nbformat
import pytest
from reader import CHAPTERS, LANGUAGES, NUMBERED, frame, settle, state_of
from shared import ROOT

from lstm_lib.locale import texts

WIDGETS = json.loads((ROOT / "lstm_lib" / "widgets" / "static" / "manifest.json").read_text("utf8"))
HTML_LANG = {"pt": "pt-BR", "en": "en"}
OTHER = {"pt": "en", "en": "pt"}


class Anatomy(HTMLParser):
    """Ids, links and explorables of one page, without running it."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loads, self.widgets, self.lang = [], [], [], {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if given.get("id"):
            self.ids.append(given["id"])
        if tag == "html":
            self.lang = given.get("lang")
        if tag in ("a", "area") and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and "href" in given:
            self.loads.append(given["href"])
        if given.get("src"):
            self.loads.append(given["src"])
        if tag == "lstm-widget":
            self.widgets[given.get("id", "")] = given["type"]


@pytest.fixture(scope="session")
def anatomy(site):
    return cache(lambda name: Anatomy((site.folder / name).read_text("utf8")))


def each_chapter(test):
    test = pytest.mark.parametrize("chapter", CHAPTERS)(test)
    return pytest.mark.parametrize("language", LANGUAGES)(test)


# --- what the built files say ---


def test_both_languages_have_the_same_pages(site):
    pages = {
        language: {p.split("/", 1)[1] for p in site.pages() if p.startswith(f"{language}/")}
        for language in LANGUAGES
    }
    assert pages["pt"] == pages["en"] >= {f"{chapter}.html" for chapter in CHAPTERS} | {"search.html"}
    assert {p for p in site.pages() if "/" not in p} >= {"index.html"}


def test_ids_are_unique_and_languages_are_declared(site, anatomy):
    for name in site.pages():
        ids = anatomy(name).ids
        assert len(ids) == len(set(ids)), f"{name}: {sorted({i for i in ids if ids.count(i) > 1})}"
        assert anatomy(name).lang == HTML_LANG[name.split("/")[0] if "/" in name else "pt"], name


def test_links_and_anchors_lead_somewhere(site, anatomy):
    """Every address in every page is a file of the book, every anchor an element of its page."""
    broken = []
    for name in site.pages():
        page = anatomy(name)
        for address in [*page.links, *page.loads]:
            parts = urlsplit(urljoin(f"http://book/{name}", address))
            if parts.netloc != "book":
                continue
            target = unquote(parts.path.lstrip("/")) or "index.html"
            path = site.folder / target
            if path.is_dir():
                broken.append(f"{name}: {address} is a folder: a page opened from disk shows a list of files")
            elif not path.is_file():
                broken.append(f"{name}: {address} is not there")
            elif parts.fragment and target.endswith(".html"):
                anchor = unquote(parts.fragment.split("?")[0])
                if anchor not in anatomy(target).ids and anchor != "top":
                    broken.append(f"{name}: {address} has no element of that id")
    assert not broken, "\n".join(broken)


def test_pages_load_nothing_remote_and_link_safely(site, anatomy):
    for name in site.pages():
        page = anatomy(name)
        assert not [a for a in page.loads if re.match(r"(https?:)?//", a)], name
        assert not [a for a in page.links if a.startswith("http://")], name
        assert not [a for a in page.links if a.lower().startswith("javascript:")], name
        if "/" in name:
            rooted = [a for a in [*page.links, *page.loads] if a.startswith("/")]
            assert not rooted, f"{name}: not found from a folder: {rooted}"


def test_chapters_lead_to_each_other(site, anatomy):
    """The map and the doors of the welcome page lead to every chapter; each chapter leads on to another."""
    for language in LANGUAGES:
        for name in ["index", *NUMBERED]:
            text = (site.folder / language / f"{name}.html").read_text("utf8")
            inside = text[text.index("<article") : text.index("</article>")]
            linked = {a.split("#")[0].removesuffix(".html") for a in Anatomy(inside).links}
            wanted = set(NUMBERED) if name == "index" else set(NUMBERED) - {name}
            found = linked & wanted
            assert found == wanted if name == "index" else found, f"{language}/{name}: {sorted(found)}"


def test_links_that_set_an_explorable_name_its_keys(site, anatomy):
    """#gates?step=11&unit=18: the explorable is on that page, and it knows those keys."""
    seen = 0
    for name in site.pages():
        for address in anatomy(name).links:
            fragment = urlsplit(address).fragment
            if "?" not in fragment:
                continue
            element, query = fragment.split("?", 1)
            widget = anatomy(name).widgets.get(element)
            assert widget, f"{name}: {address}: no explorable of that id"
            for key, value in parse_qsl(query, keep_blank_values=True):
                assert key in WIDGETS[widget], f"{name}: {address}: {widget} has no {key}"
                if isinstance(WIDGETS[widget][key], (int, float)) and not isinstance(
                    WIDGETS[widget][key], bool
                ):
                    float(value)
            seen += 1
    assert seen >= 20


@each_chapter
def test_notebook_download_is_a_notebook(site, anatomy, language, chapter):
    links = [a for a in anatomy(f"{language}/{chapter}.html").links if a.endswith(".ipynb")]
    assert links, "no link to the notebook"
    text = (site.folder / language / links[0]).read_text("utf8")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.language == "python"
    kinds = [cell.cell_type for cell in notebook.cells]
    assert kinds.count("code") >= 2 and kinds.count("markdown") >= 2
    assert not any(cell.get("outputs") for cell in notebook.cells), "a download is clean, not executed"
    assert "jupytext" not in notebook.metadata, "JupyterLab with jupytext refuses such a notebook"
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    source = (ROOT / "book" / language / f"{chapter}.md").read_text("utf8")
    title = re.search(r"^# (.+)$", source, re.M).group(1)
    assert title in prose
    assert "{glue" not in prose and "{set}" not in prose, "roles that only the site understands"
    assert str(ROOT) not in text


# --- with a browser ---


@pytest.mark.parametrize("from_disk", [False, True], ids=["http", "folder"])
@each_chapter
def test_page(open_page, site, language, chapter, from_disk):
    """Opened over http and from a folder; `open_page` fails on any request elsewhere, error or warning."""
    page = open_page(
        f"{language}/{chapter}.html", from_disk=from_disk, theme="dark" if from_disk else "light"
    )
    assert page.locator("html").get_attribute("lang") == HTML_LANG[language]
    assert page.title().strip() and page.locator("h1").count() == 1
    assert page.locator("lstm-widget").count() >= 1

    # Formulas are set, and none of them failed.
    formulas = page.evaluate(
        """() => [...document.querySelectorAll(".math")].map((el) =>
          [el.querySelector(".katex") !== null, el.textContent])"""
    )
    assert formulas and all(done for done, _ in formulas), [text for done, text in formulas if not done][:3]
    assert page.locator(".katex-error").count() == 0
    # Each is there as MathML for a screen reader, and its picture is not read a second time.
    assert page.locator(".math:not(:has(math))").count() == 0
    assert page.locator('.katex-html:not([aria-hidden="true"])').count() == 0

    # The book's own typefaces are in use.
    faces = page.evaluate(
        "() => [...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)"
    )
    assert any("Serif" in face for face in faces) and any("Sans" in face for face in faces), faces

    # Nothing is wider than the window, neither on a laptop nor on a phone.
    for width in (1280, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        frame(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"the page is {wide} px wide in a window of {width}: {widest(page, width)}"
    page.set_viewport_size({"width": 1280, "height": 800})

    # The theme follows the reader's choice, keeps it, and the explorables follow the theme.
    before = page.locator("html").get_attribute("data-theme")
    assert before == ("dark" if from_disk else "light")
    page.locator("button.theme").click()
    after = page.locator("html").get_attribute("data-theme")
    assert {before, after} == {"light", "dark"}
    assert page.locator("lstm-widget").first.get_attribute("data-theme") == after
    page.wait_for_timeout(200)  # the browser hands what a page stores to another process in its own time
    page.reload()
    settle(page)
    assert page.locator("html").get_attribute("data-theme") == after

    # The language link leads to the same page in the other language, and back.
    link = page.locator(f"a[hreflang^={OTHER[language]}]:visible").first
    link.click()
    page.wait_for_url(f"**/{OTHER[language]}/{chapter}.html*")
    settle(page)
    assert page.locator("html").get_attribute("lang") == HTML_LANG[OTHER[language]]
    assert page.locator("html").get_attribute("data-theme") == after


def widest(page, width: int) -> list[str]:
    """The innermost elements that stick out to the right, to name the culprit."""
    return page.evaluate(
        """(width) => [...document.querySelectorAll("body *")]
          .filter((el) => el.getBoundingClientRect().right > width + 1).slice(-4)
          .map((el) => el.tagName.toLowerCase() + "." + el.className)""",
        width,
    )


@pytest.mark.parametrize("chapter", NUMBERED)
def test_every_link_sets_its_explorable(open_page, chapter):
    """Clicked one by one: each time the explorable holds what the link says and tells what it shows."""
    page = open_page(f"pt/{chapter}.html", reduced_motion="reduce")
    links = page.locator("a.set-state")
    assert links.count() >= 8
    for k in range(links.count()):
        element, query = links.nth(k).get_attribute("href")[1:].split("?", 1)
        links.nth(k).click()
        frame(page)
        state = state_of(page, element)
        for key, value in parse_qsl(query, keep_blank_values=True):
            assert holds(state[key], value), f"{element}?{query}: {key} is {state[key]!r}"
        assert page.locator(f"#{element} p.see").first.inner_text().strip()


@pytest.mark.parametrize("from_disk", [False, True])
def test_a_link_may_ask_for_the_other_language(open_page, from_disk):
    """A page brings the words of its own language; those of the other one are loaded when they are wanted."""
    page = open_page("pt/05-mathematics.html", from_disk=from_disk)
    title = page.locator("#parameters .title")
    assert title.inner_text() == texts("pt")["parameters.title"]
    assert not any("-en.js" in url for url in page.record.requests)
    page.evaluate("location.hash = '#parameters?lang=en'")
    title.filter(has_text=texts("en")["parameters.title"]).wait_for()
    assert page.locator("#step .title").inner_text() == texts("pt")["step-through.title"]


def holds(now, wanted: str) -> bool:
    """Is this value of an explorable the one that a link writes so?"""
    if isinstance(now, bool):
        return now == (wanted in ("true", "1"))
    if isinstance(now, (int, float)):
        return abs(now - float(wanted)) < 1e-9
    if isinstance(now, list):
        return ",".join(map(str, now)) == wanted
    return now == wanted


@each_chapter
def test_without_scripts(open_page, language, chapter):
    """The text, a picture in the place of each explorable and the formulas' source are there."""
    page = open_page(f"{language}/{chapter}.html", javascript=False)
    assert page.locator("h1").is_visible()
    for widget in page.locator("lstm-widget").all():
        kind = widget.get_attribute("type")
        box = widget.bounding_box()
        assert box and box["height"] > 40, f"{kind}: nothing is shown"
        if kind != "question":
            picture = widget.locator("svg:visible, img:visible").first
            assert picture.bounding_box()["width"] > 250, f"{kind}: no picture"
            names = [picture.get_attribute(name) for name in ("aria-label", "aria-labelledby", "alt")]
            assert any(names) or picture.locator("title").count(), f"{kind}: a picture without a name"
        else:
            assert len(widget.inner_text().strip()) > 20, "a question without its text"
    formulas = page.locator(".math").all_text_contents()
    assert formulas and all(formula.strip() for formula in formulas)
    assert not any("\\" in formula for formula in formulas), "the source of a formula is no formula"
    assert page.locator(".math sub").count() and page.locator(".math [class^=q-]").count()
    theme = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert theme is False


@pytest.mark.parametrize("from_disk", [False, True], ids=["http", "folder"])
@pytest.mark.parametrize(
    ("language", "word", "chapter"),
    [
        ("pt", "meia-vida", "01-memory"),
        ("pt", "distratores", "02-long-dependencies"),
        ("pt", "jacobiana", "03-bptt"),
        ("pt", "esquecimento", "04-gates"),
        ("pt", "carrossel", "05-mathematics"),
        ("pt", "menina", "index"),
        ("en", "latch", "01-memory"),
        ("en", "distractors", "02-long-dependencies"),
        ("en", "clipping", "03-bptt"),
        ("en", "forget", "04-gates"),
        ("en", "carousel", "05-mathematics"),
        ("en", "notation", "index"),
    ],
)
def test_search_finds(open_page, language, word, chapter, from_disk):
    page = open_page(f"{language}/search.html?q={word}", from_disk=from_disk, wait=False)
    found = page.locator(f"#search-results a[href*='{chapter}.html']")
    found.first.wait_for()
    found.first.click()
    page.wait_for_url(f"**/{language}/{chapter}.html*")
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_from_a_page(open_page, language):
    """Ctrl K, a word, Enter: the results; a word that is nowhere finds nothing."""
    page = open_page(f"{language}/index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("gates")
    page.keyboard.press("Enter")
    page.locator("#search-results a[href*='04-gates.html']").first.wait_for()
    assert page.locator("html").get_attribute("lang") == HTML_LANG[language]
    page.goto(page.url.split("?")[0] + "?q=xyzzyplugh")
    page.locator("#search-results p, #search-results h2, .search-summary").first.wait_for()
    assert page.locator("#search-results li").count() == 0


@pytest.mark.parametrize(("locale", "language"), [("pt-PT", "pt"), ("en-GB", "en"), ("fr-FR", "pt")])
def test_entry_page_chooses_the_language(browser, site, locale, language):
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{site.url}/#welcome?step=2")
    page.wait_for_url(f"**/{language}/index.html#welcome?step=2")
    context.close()


def test_entry_page_without_scripts(open_page, site):
    page = open_page("index.html", javascript=False)
    assert {a.get_attribute("href") for a in page.locator("main a").all()} == {
        "pt/index.html",
        "en/index.html",
    }


@pytest.mark.parametrize("chapter", NUMBERED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_keyboard_reaches_text_and_contents(open_page, language, chapter):
    """The first Tab is a link to the text; on a phone the contents open and close with Escape."""
    page = open_page(f"{language}/{chapter}.html", width=390)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('a.skip')")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('main') !== null")
    burger = page.locator("button.burger")
    burger.tap()
    assert burger.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.closest('nav.side') !== null")
    page.keyboard.press("Escape")
    assert burger.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.matches('button.burger')")


@pytest.mark.parametrize("chapter", NUMBERED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_solutions_are_folded_and_print_open(open_page, language, chapter):
    page = open_page(f"{language}/{chapter}.html")
    folds = page.locator("css:light=article details.fold")
    count = "(which) => document.querySelectorAll(`article details.fold${which}`).length"
    assert page.evaluate(count, "") >= 4
    assert page.evaluate(count, "[open]") == 0
    folds.first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert folds.first.get_attribute("open") is not None
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(count, ":not([open])") == 0
