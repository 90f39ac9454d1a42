"""The learning horizon on its page: chosen by mouse, keys and finger; every number is that of the recorded
runs."""

import itertools
import re

import pytest
from explorable import Explorable, middle
from reader import LANGUAGES, THEMES, frame, say, violations

from lstm_lib import horizon
from lstm_lib.figures import horizon_points as points
from lstm_lib.figures import network_marks as marks

PLACES = [points.MIXTURE, *horizon.LAGS]


class Horizon(Explorable):
    """The explorable on a page."""

    def __init__(self, page, language, id="horizon"):
        super().__init__(page, language, id)
        self.root.scroll_into_view_if_needed()
        self.slider = self.root.get_by_role("slider", name=self.say("scrub"), exact=True)
        self.keys = self.root.get_by_role("slider", name=self.say("keys"), exact=True)

    def say(self, key, **values):
        return say(f"horizon.{key}", self.language, **values)

    @property
    def at(self):
        state = self.state
        return state["network"], state["lag"]

    def seen(self):
        return self.root.locator("p.see").inner_text()

    def assert_tells_the_runs(self):
        """Sentence, headline, facts and marks are those of Python's reading of the recorded runs."""
        network, lag = self.at
        results = horizon.results()
        told = points.told(results, network, lag, self.language)
        assert told in self.seen().replace("**", "")
        spread = points.own(results, network, lag)
        facts = self.root.locator(".point dl").inner_text()
        assert points.reach_text(results, network, self.language) in facts
        if spread is None:
            assert self.root.locator(".outcome").inner_text() == self.say("outcome.missing")
            return
        assert points.between(spread, self.language) in facts
        runs = points.runs_of(results, network, lag)
        reached = [run for run in runs if run.learned]
        if reached:
            counted = self.say("reached.some", reached=len(reached), count=len(runs), steps="")
            assert counted.rstrip(", ") in facts
        value = self.root.locator(".main .value").text_content()
        assert points.share(spread.mean, self.language) in value
        chosen = self.root.locator(".names .name.chosen")
        assert chosen.count() == 1 and chosen.text_content() == marks.name(network, self.language)
        heard = self.keys.get_attribute("aria-valuetext")
        assert marks.name(network, self.language) in heard
        assert points.between(spread, self.language) in heard


@pytest.fixture
def explorable(open_page):
    def open_(language="pt", state="", **more):
        return Horizon(open_page(f"{language}/02-long-dependencies.html{state}", **more), language)

    return open_


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_point_tells_its_runs(explorable, language):
    """Every network at every lag, by turns in one language and in the other."""
    x = explorable(language)
    places = list(itertools.product(horizon.NETWORKS, PLACES))
    for network, lag in places[LANGUAGES.index(language) :: len(LANGUAGES)]:
        x.set(network=network, lag=lag)
        assert x.at == (network, lag)
        x.assert_tells_the_runs()


def test_by_keyboard(explorable):
    """One slider moves along the lags; on the plot, arrows move both ways, and stop at the ends."""
    x = explorable("en", state="#horizon?network=rnn&lag=25")
    x.slider.press("ArrowRight")
    assert x.at == ("rnn", 45)
    assert x.slider.get_attribute("aria-valuetext") == x.say("at_lag", lag=45)
    x.slider.press("Home")
    assert x.at == ("rnn", points.MIXTURE)
    assert x.slider.get_attribute("aria-valuetext") == x.say("at_mixture")
    x.keys.focus()
    for _ in range(3):
        x.page.keyboard.press("ArrowRight")
    assert x.at == ("rnn", horizon.LAGS[2])
    shown = [key for key in horizon.NETWORKS if key in marks.usual()]
    for expected in shown[1:]:
        x.page.keyboard.press("ArrowDown")
        assert x.at[0] == expected
    x.page.keyboard.press("ArrowDown")
    assert x.at[0] == shown[-1]
    x.assert_tells_the_runs()
    outline = x.root.locator(".canvas").evaluate("(e) => getComputedStyle(e).outlineStyle")
    assert outline == "solid", "the focused plot shows no ring"


@pytest.mark.parametrize("theme", THEMES)
def test_by_mouse(explorable, theme):
    """Marks and names are pressed; what is chosen stands out, and axe has nothing to say."""
    x = explorable("pt", theme=theme)
    x.root.locator(".name[data-network=rnn] text").click()
    assert x.at[0] == "rnn"
    svg = x.root.locator(".main svg[role=img]")
    for lag in (points.MIXTURE, 5, 25):
        mean = points.own(horizon.results(), "rnn", lag).mean
        x.set(lag=lag, network="lstm-b3")
        line = re.match(r"M([\d.]+),([\d.]+)V([\d.]+)", x.root.locator(".main .here").get_attribute("d"))
        left, top, bottom = map(float, line.groups())
        x.set(lag=60)
        svg.scroll_into_view_if_needed()
        box = svg.bounding_box()
        x.page.mouse.click(box["x"] + left, box["y"] + bottom - (bottom - top - 6) * mean)
        assert x.at[1] == lag
    x.root.locator(".point select").select_option("lstm-b1")
    x.assert_tells_the_runs()
    x.root.locator("details.fold summary").click()
    x.root.locator("table.values").first.wait_for()
    x.root.get_by_role("button", name=re.compile(x.say("choose").split("(")[0])).click()
    found = violations(x.page, "#horizon")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_touch_on_a_phone(explorable, language):
    x = explorable(language, width=390, theme="dark")
    assert x.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert x.root.locator("svg.side").count() == 1
    x.root.get_by_role("button", name=x.say("distractors"), exact=True).tap()
    assert x.state["against"] == "distractors" and x.root.locator("svg.side").count() == 1
    box = x.slider.bounding_box()
    assert box["height"] >= 44
    x.page.touchscreen.tap(box["x"] + box["width"] * 0.05, box["y"] + box["height"] / 2)
    assert x.at[1] == points.MIXTURE
    x.root.locator(".point select").select_option("rnn")
    x.page.touchscreen.tap(*middle(x.root.locator(".name[data-network=gru] text")))
    assert x.at[0] == "gru"
    small = x.root.locator("button, select, summary").evaluate_all(
        """(all) => all.map((e) => [e.textContent.trim(), e.getBoundingClientRect().height])
          .filter(([, height]) => height && height < 44)"""
    )
    assert not small, small
    x.assert_tells_the_runs()
    found = violations(x.page, "#horizon")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_the_recorded_runs(explorable, language):
    every = ",".join(horizon.NETWORKS)
    x = explorable(language, state=f"#horizon?networks={every}&network=rnn&lag=25")
    results = horizon.results()
    for row, lag in zip(x.table(), PLACES, strict=True):
        for cell, network in zip(row[1:], horizon.NETWORKS, strict=True):
            spread = points.own(results, network, lag)
            if spread is None:
                assert cell == x.say("none")
                continue
            learned = spread.kinds.count("learned")
            count = x.say("table_learned", learned=learned, count=len(spread.values))
            assert cell == points.between(spread, language) + count
    runs = points.runs_of(results, "rnn", 25)
    for number, against in ((1, "distance"), (2, "distractors")):
        curve = points.curve(results, "rnn", 25, against)
        for row, spread in zip(x.table(number), curve, strict=True):
            assert row == [str(spread.at), *(points.share(value, language) for value in spread.values)]
            assert len(row) == len(runs) + 1


def test_every_seed_is_a_mark(explorable):
    """As many dots and crosses as there are recorded runs of the shown networks; they can be hidden."""
    x = explorable("pt", state="#horizon?networks=rnn,lstm-b3&network=rnn")
    results = horizon.results()

    def drawn(what, pattern):
        paths = x.root.locator(f".main {what}").evaluate_all("(all) => all.map((e) => e.getAttribute('d'))")
        return sum(len(re.findall(pattern, path)) for path in paths)

    kinds = [
        kind
        for network in ("rnn", "lstm-b3")
        for lag in PLACES
        if (spread := points.own(results, network, lag))
        for kind in spread.kinds
    ]
    assert drawn(".seeds", "h0") == sum(kind != "window" for kind in kinds)
    assert drawn(".crosses", "M") == kinds.count("window")
    x.root.get_by_role("button", name=x.say("seeds_hide"), exact=True).click()
    assert drawn(".seeds", "h0") == 0 and x.state["seeds"] is False


def test_networks_are_shown_and_hidden(explorable):
    x = explorable("pt")
    x.root.get_by_role("button", name=re.compile(x.say("choose").split("(")[0])).click()
    group = x.root.get_by_role("group", name=x.say("networks"), exact=True)
    for key in horizon.NETWORKS:
        button = group.get_by_role("button", name=marks.name(key, "pt"), exact=True)
        shown = button.get_attribute("aria-pressed") == "true"
        assert shown == (x.root.locator(f".name[data-network='{key}']").count() == 1)
        if key != x.at[0]:
            button.click()
            frame(x.page)
            assert (x.root.locator(f".name[data-network='{key}']").count() == 0) == shown
    assert "NaN" not in x.root.locator(".main").inner_html()


def test_links_of_the_text_set_what_they_say(explorable):
    x = explorable("pt")
    links = x.page.locator("a.set-state[href^='#horizon?']")
    assert links.count() >= 3
    for link in links.all():
        wanted = dict(pair.split("=") for pair in link.get_attribute("href").split("?")[1].split("&"))
        link.click()
        state = x.state
        assert {key: str(state[key]) for key in wanted} == wanted
        x.assert_tells_the_runs()


def test_parts_by_link_and_nonsense(explorable):
    x = explorable("en", state="#horizon?hide=tools,second,point,table,link,scrubber")
    assert x.root.locator(".tools, .second, .point, details.fold, .copy, .scrub").count() == 0
    assert x.root.locator(".main svg[role=img]").is_visible()
    x.set(hide="", network="mlp", lag=33, against="time", networks="a,b")
    assert x.at == ("lstm-b3", 25) and x.state["against"] == "distance"
    x.assert_tells_the_runs()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_there_is_the_picture(explorable, language):
    x = explorable(language, javascript=False)
    told = points.told(horizon.results(), "lstm-b3", 25, language)
    pictures = x.root.locator("svg[role=img]")
    assert pictures.count() == 2
    assert told in pictures.first.locator("desc").text_content()
