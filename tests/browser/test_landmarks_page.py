"""The landmarks on their page: filtered, sorted and chosen by mouse, keys and finger; what is said is what
Python reads in the file."""

import re

import pytest
from explorable import Explorable, middle
from reader import LANGUAGES, frame, say, violations

from lstm_lib import landmarks
from lstm_lib.locale import percent

PAGE = "06-results.html"
FIRST = 6  # rows that are shown before the reader asks for the others


class Landmarks(Explorable):
    """The explorable on a page."""

    def __init__(self, page, language):
        super().__init__(page, language, "landmarks")
        self.root.scroll_into_view_if_needed()
        self.keys = self.root.get_by_role("slider", name=self.say("keys"), exact=True)

    def say(self, key, **values):
        return say(f"landmarks.{key}", self.language, **values)

    @property
    def at(self):
        """(area, order, chosen result) as Python understands the state."""
        state = self.state
        rows = landmarks.ordered(state["sort"], state["area"])
        return state["area"], state["sort"], landmarks.chosen(rows, state["row"])

    def texts(self, selector):
        return self.root.locator(selector).evaluate_all("(all) => all.map((e) => e.innerText.trim())")

    def shown(self):
        return self.root.locator("tr[data-row]:visible").evaluate_all(
            "(all) => all.map((e) => e.dataset.row)"
        )

    def assert_tells_the_rows(self):
        """Sentence, panel, marks and table are those of Python's reading of the file."""
        area, sort, row = self.at
        lang, rows = self.language, landmarks.ordered(sort, area)
        told = landmarks.told(area, row, lang).replace("**", "")
        assert told in self.root.locator("p.see").inner_text()
        panel = self.root.locator(".point").inner_text()
        for said in (
            landmarks.outcome(row, lang),
            landmarks.compared(row, lang),
            landmarks.values(row, lang),
            landmarks.words(row, "caveat", lang),
            landmarks.sources(row, lang),
        ):
            assert said in panel
        assert self.root.locator(".point svg.bar").count() == row.fair
        marks = self.root.locator("circle.result.chosen")
        assert marks.count() == 1 and marks.get_attribute("data-row") == row.id
        heard = self.keys.get_attribute("aria-valuetext")
        assert landmarks.outcome(row, lang) in heard and str(row.year) in heard
        most = len(rows) if self.state["all"] else FIRST
        assert self.shown() == [one.id for one in rows[:most]]


@pytest.fixture
def explorable(open_page):
    def open_(language="pt", state="", **more):
        return Landmarks(open_page(f"{language}/{PAGE}{state}", **more), language)

    return open_


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_result_is_told_with_caveat_source_and_a_bar_only_where_fair(explorable, language):
    """Every row of the table; each result chosen, by turns in one language and in the other."""
    x = explorable(language)
    for row in landmarks.load()[LANGUAGES.index(language) :: len(LANGUAGES)]:
        x.set(row=row.id)
        x.assert_tells_the_rows()
    x.root.get_by_role("button", name=x.say("more", count=len(landmarks.load())), exact=True).click()
    assert x.state["all"] is True
    x.assert_tells_the_rows()
    lines = x.root.locator("tr[data-row]").evaluate_all(
        """(all) => all.map((e) => [e.dataset.row, e.innerText,
          [...e.querySelectorAll("rect")].map((r) => Number(r.getAttribute("width")))])"""
    )
    for id, said, bar in lines:
        row = landmarks.find(id)
        for part in ("data", "caveat"):
            assert landmarks.words(row, part, language) in said
        assert landmarks.sources(row, language) in said
        assert landmarks.written(row.value, language, row.unit) in said
        if row.fair:
            track, removed = bar
            assert removed / track == pytest.approx(row.error_removed)
            assert percent(row.error_removed, language) in said
        else:
            assert not bar and landmarks.why(row, language).lower() in said.lower()
    found = violations(x.page, "#landmarks")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_filter_and_order_by_mouse(explorable, theme):
    x = explorable("pt", theme=theme)
    for sort in landmarks.SORTS:
        x.root.get_by_role("button", name=x.say(f"sort.{sort}"), exact=True).click()
        assert x.at[1] == sort
        x.assert_tells_the_rows()
        column = x.root.locator("th[aria-sort]")
        assert column.count() == 1
    x.root.locator("select").select_option("translation")
    assert x.at[0] == "translation" and len(x.shown()) == 4
    x.assert_tells_the_rows()
    x.root.locator("circle[data-row=dota]").click()  # a result of another area: the filter follows
    assert (x.at[0], x.at[2].id) == ("games", "dota")
    name = x.root.locator("g[data-area=games] text.name")
    name.click()
    assert x.at[0] == ""
    name.click()
    assert x.at[0] == "games"
    x.root.locator("select").select_option("")
    x.root.get_by_role("button", name=re.compile("^IAM-DB")).click()
    assert x.at[2].id == "iam-offline"
    x.assert_tells_the_rows()
    found = violations(x.page, "#landmarks")
    assert not found, "\n".join(found)


def test_by_keyboard(explorable):
    """Left and right go through time, up and down from area to area, and stop at the ends."""
    x = explorable("en", state="#landmarks?row=iam-online")
    x.keys.focus()
    for expected in ("iam-offline", "timit-ctc", "timit-transducer"):
        x.page.keyboard.press("ArrowRight")
        assert x.at[2].id == expected
    x.page.keyboard.press("ArrowDown")
    assert (x.at[2].area, x.at[2].year) == ("translation", 2014)
    x.page.keyboard.press("ArrowUp")
    x.page.keyboard.press("ArrowUp")
    x.page.keyboard.press("ArrowUp")
    assert x.at[2].area == "handwriting"
    x.page.keyboard.press("End")
    assert x.at[2].year == max(row.year for row in landmarks.load())
    x.page.keyboard.press("ArrowRight")
    assert x.at[2].id == "slimpajama-xlstm"
    x.assert_tells_the_rows()
    outline = x.root.locator(".canvas").evaluate("(e) => getComputedStyle(e).outlineStyle")
    assert outline == "solid", "the focused time line shows no ring"


def test_by_touch_on_a_phone(explorable):
    x = explorable("pt", width=390, theme="dark")
    assert x.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    x.page.touchscreen.tap(*middle(x.root.locator("circle[data-row=wsj]")))
    frame(x.page)
    assert x.at[2].id == "wsj"
    x.root.get_by_role("button", name=re.compile("^AG News")).tap()
    assert x.at[2].id == "ag-news"
    small = x.root.locator("button, select").evaluate_all(
        """(all) => all.map((e) => [e.textContent.trim(), e.getBoundingClientRect().height])
          .filter(([, height]) => height && height < 44)"""
    )
    assert not small, small
    texts = x.root.locator(".canvas text").evaluate_all(
        "(all) => all.map((e) => e.getBoundingClientRect()).map((b) => [b.left, b.right])"
    )
    assert all(left >= 0 and right <= 390 for left, right in texts)
    x.assert_tells_the_rows()
    found = violations(x.page, "#landmarks")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_leads_to_its_entry_in_the_list_of_references(explorable, language):
    x = explorable(language, state="#landmarks?all=true")
    for row in landmarks.load():
        links = x.root.locator(f"tr[data-row={row.id}] .source a")
        assert links.all_inner_texts() == landmarks.sources(row, language).split("; ")
        for link, key in zip(links.all(), (row.key, *row.other_keys), strict=True):
            entry = x.page.locator(link.get_attribute("href"))
            work = landmarks.work(key)
            said = entry.inner_text()
            assert str(work.year) in said and work.authors[0].split()[-1] in said
            assert work.title.lower() in said.lower()


def test_links_parts_and_nonsense(explorable):
    x = explorable("en", state="#landmarks?hide=tools,point,table,link&row=wsj&area=parsing")
    assert x.root.locator(".tools, .point, table.results, .copy, .more").count() == 0
    assert x.at[2].id == "wsj" and x.root.locator(".canvas > svg").is_visible()
    x.set(hide="", row="resnet", area="chess", sort="size")
    assert (x.state["row"], x.state["area"], x.state["sort"]) == ("wsj", "parsing", "removed")
    x.set(area="", row="timit-ctc")
    x.assert_tells_the_rows()


def test_without_scripts_and_on_paper_every_row_is_there(explorable):
    x = explorable("pt", javascript=False)
    assert x.root.locator("svg[role=img]").count() == 2
    assert x.root.locator("tbody tr:visible").count() == len(landmarks.load())
    printed = explorable("en", theme="dark")
    printed.page.emulate_media(media="print")
    ink = printed.root.evaluate("(e) => getComputedStyle(e).color")
    assert ink == "rgb(29, 33, 38)", "the dark theme's ink on white paper"
    assert len(printed.shown()) == len(landmarks.load())
    assert printed.root.locator(".tools, .more").locator("visible=true").count() == 0
