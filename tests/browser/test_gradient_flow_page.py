"""Gradient through time on its page: the error sent back by button, key, mouse and finger, as Python says."""

import json

import pytest
from explorable import Explorable, inside, swipe
from reader import LANGUAGES, frame, open_details, say, violations

from lstm_lib import widgets
from lstm_lib.figures.sizes import say_size, write_factor, write_share, write_size

STATES = (
    {},
    {"step": 31, "network": "gru", "of": "hidden", "seed": 3},
    {"forget_bias": 3, "network": "lstm", "theory": "false"},
    {"window": 12, "network": "lstm", "networks": "rnn,lstm", "scheme": "orthogonal"},
    {"gain": 0, "steps": 9, "step": 2},
    {"gain": 1.5, "activation": "relu", "clip": 1, "step": 40},
    {"steps": 400, "scheme": "chrono", "network": "lstm", "step": 123},
)
FRESH = {"steps": 40, "gain": 1, "activation": "tanh", "forget_bias": 1, "scheme": "torch", "seed": 0,
         "window": 0, "clip": 0, "networks": "", "network": "rnn", "of": "cell", "step": 0,
         "theory": "true"}  # fmt: skip


def written(runs):
    return "".join(run.text for run in runs)


class Flow(Explorable):
    """The explorable on a page. Everything is found by the name that a screen reader says."""

    def __init__(self, page, language, id="flow"):
        super().__init__(page, language, id)
        self.root.scroll_into_view_if_needed()
        self.slider = self.dial("scrub")
        self.drawing = self.root.locator(".stage > svg")

    def say(self, key, **values):
        return say(f"gradient-flow.{key}", self.language, **values)

    def dial(self, key):
        return self.root.get_by_role("slider", name=self.say(key), exact=True)

    def button(self, key):
        return self.root.get_by_role("button", name=self.say(key), exact=True)

    def python(self):
        """The same explorable in Python, in the state that the page holds."""
        twin = widgets.GradientFlow()
        twin.set_state({key: value for key, value in self.state.items() if key in twin.state_keys()})
        return twin

    def texts(self, selector):
        found = self.root.locator(selector).all_text_contents()
        return [text.replace("\N{NO-BREAK SPACE}", " ") for text in found]

    def assert_shows_python(self):
        """Line ends, network, equation, slider, table and sentence say what Python computes in this state."""
        twin, lang = self.python(), self.language
        lines, t, last = twin.lines, twin.position, twin.settings.steps
        ends = {end.get_attribute("data-network"): end for end in self.root.locator("g.end").all()}
        assert set(ends) == set(lines)
        seen = self.texts("p.see")[0]
        heard = self.slider.get_attribute("aria-valuetext")
        for name, line in lines.items():
            end = ends[name].text_content().replace("\N{NO-BREAK SPACE}", " ")
            size = written(write_size(line[t - 1], lang))
            assert end.startswith(self.say(f"verdict.{twin.verdicts[name]}") if t == 1 else size)
            assert say_size(line[t - 1], lang) in heard
            if t < last:
                share = written(write_share(line[t - 1] - line[-1], lang)).replace("\N{NO-BREAK SPACE}", " ")
                assert share in end or not self.root.locator(".end .left").count(), (share, end)
                assert self.say(f"name.{name}") in seen
        chosen = lines[twin.network]
        sizes = self.texts(".node .size")
        assert written(write_size(chosen[t - 1], lang)) in sizes
        equation = self.texts(".equation")[0]
        if twin.factor is not None and chosen[t - 1] > float("-inf"):
            factor = f"{self.factor(twin.factor)}"
            assert equation.count(factor) >= 2 and f"× {factor}" in self.texts(".edge.now .factor")
        assert written(write_size(chosen[t - 1], lang)) in equation or "zer" in equation
        rows = self.table()
        assert [row[0] for row in rows] == [str(step) for step in range(last, 0, -1)]
        for row in (rows[0], rows[last // 3], rows[last // 2], rows[-1]):
            step = int(row[0])
            assert row[1:-1] == [written(write_size(line[step - 1], lang)) for line in lines.values()]
        assert self.root.locator(".values tr[aria-current]").locator("th").text_content() == str(t)

    def factor(self, value):
        return write_factor(value, self.language)


@pytest.fixture
def flow(open_page):
    def open_(language="pt", state="", **more):
        return Flow(open_page(f"{language}/03-bptt.html{state}", **more), language)

    return open_


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mark_is_what_python_computes(flow, language):
    x = flow(language)
    for state in STATES:
        x.set(**FRESH | state)
        x.assert_shows_python()
    twin = x.python()
    gates, t = twin.flow.theory["gates"], twin.position
    per_step = x.factor(10.0 ** (gates[t - 1] / (len(gates) - t)))
    assert any(fact.startswith(per_step) for fact in x.texts(".facts dd"))


def test_the_error_is_sent_back_step_by_step(flow):
    """By button, by key, by the network itself, by dragging over the plot, and by itself."""
    x = flow("pt", "#flow?steps=12&step=0")
    x.button("again").click()
    assert x.state["step"] == 12 and x.say("see.start", T=12, gain="1,00") in x.texts("p.see")[0]
    assert not x.texts("g.theory .name")  # nothing foretells what has not come yet
    assert x.texts(".edge .factor") == []
    for t in (11, 10):
        x.button("back_label").click()
        assert x.state["step"] == t
        x.assert_shows_python()
    x.slider.press("ArrowLeft")
    assert x.state["step"] == 9
    x.root.locator(".node").nth(0).click()
    assert x.python().position < 9
    x.drawing.scroll_into_view_if_needed()
    x.page.mouse.click(*inside(x.root.locator(".level").nth(2), 0.75, 0.5))
    assert 7 <= x.state["step"] <= 10
    x.slider.press("End")
    x.button("send").click()
    assert x.state["playing"] is True
    x.button("send").wait_for(timeout=12_000)
    state = x.state
    assert state["playing"] is False and state["step"] == 0
    x.assert_shows_python()
    assert x.button("back_label").is_disabled()


def test_without_motion_the_error_arrives_at_once(flow):
    x = flow("en", "#flow?step=0", reduced_motion="reduce")
    x.button("again").click()
    x.button("send").click()
    assert x.state["step"] == 0 and x.state["playing"] is False
    assert x.texts(".verdict-word")[0] == x.say("verdict.vanishes")


def test_cases_sliders_and_networks(flow):
    """Every control changes what it says; heights keep their meaning while the reader turns."""
    x = flow("pt")
    levels = "(paths) => paths.map((path) => path.getAttribute('d'))"
    before = x.root.locator("path.level").evaluate_all(levels)
    for case, verdict in (("explode", "explodes"), ("open", "arrives"), ("far", "arrives"),
                          ("vanish", "vanishes")):  # fmt: skip
        x.button(f"case.{case}").click()
        assert x.root.locator(".end.chosen .verdict-word").text_content() == x.say(f"verdict.{verdict}")
        assert x.button(f"case.{case}").get_attribute("aria-pressed") == "true"
    x.dial("forget_bias").press("End")
    assert x.root.locator("path.level").evaluate_all(levels) == before
    x.dial("gain").press("ArrowRight")
    x.dial("steps").press("ArrowLeft")
    state = x.state
    assert (state["forget_bias"], state["gain"], state["steps"]) == (5, 1.05, 38)
    x.assert_shows_python()
    x.root.locator("g.end[data-network=gru] .verdict-word").click()
    assert x.state["network"] == "gru"
    x.root.locator("summary").first.click()
    x.dial("window").press("Home")
    assert x.state["window"] == 1
    assert x.texts(".verdict-word") == [x.say("verdict.cut")] * 3
    assert x.root.locator("rect.beyond").count() == 1
    x.dial("window").press("End")
    x.dial("clip").press("End")
    x.root.get_by_role("combobox", name=x.say("activation")).select_option("relu")
    x.root.get_by_role("combobox", name=x.say("scheme")).select_option("identity")
    x.button("seed_next").click()
    lines = x.root.get_by_role("group", name=x.say("lines"), exact=True)
    lines.get_by_role("button", name="GRU").click()
    state = x.state
    assert state["networks"] == ["rnn", "lstm"] and state["network"] == "rnn" and state["window"] == 0
    assert (state["clip"], state["activation"]) == (0.1, "relu")
    assert (state["scheme"], state["seed"]) == ("identity", 1)
    assert x.root.locator("path.ghost").count() == 1
    x.assert_shows_python()
    x.set(steps=-4, gain="many", network="cnn", step=4000, clip=-3, window=9000)
    x.assert_shows_python()


def test_on_a_phone(flow):
    x = flow("en", "#flow?window=30", width=390)
    assert x.page.evaluate("document.documentElement.scrollWidth") == 390
    level = x.root.locator(".level").nth(2)
    swipe(x.page, inside(level, 0.9, 0.5), inside(level, 0.5, 0.9))
    assert 10 < x.state["step"] < 30
    x.assert_shows_python()
    outside = x.root.evaluate(
        """(el) => [...el.shadowRoot.querySelectorAll("svg text, button, .facts dd")].filter((e) => {
          const box = e.getBoundingClientRect();
          return box.width > 1 && !e.closest(".scroll") && (box.right > innerWidth + 0.5 || box.left < -0.5);
        }).map((e) => e.textContent)"""
    )
    assert not outside
    open_details(x.page)
    frame(x.page)
    small = x.root.evaluate(
        """(el) => [...el.shadowRoot.querySelectorAll("button, select, input[type=range]")]
          .filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.textContent)"""
    )
    assert not small
    assert not violations(x.page, "#flow")
    x.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    x.page.wait_for_timeout(300)  # buttons change their ground over 90 ms
    assert not violations(x.page, "#flow")


@pytest.mark.parametrize("width", [1280, 390])
def test_labels_at_the_line_ends_do_not_touch(flow, width):
    x = flow("pt", width=width)
    for state in ({}, {"steps": 400}, {"step": 39}, {"gain": 4, "activation": "relu"}, {"window": 3}):
        x.set(**FRESH | state)
        boxes = x.root.locator("g.end").evaluate_all(
            """(ends) => ends.map((end) => {
              const texts = [...end.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
              return [Math.min(...texts.map((t) => t.top)), Math.max(...texts.map((t) => t.bottom))];
            })"""
        )
        boxes.sort()
        for (_, bottom), (top, _) in zip(boxes, boxes[1:], strict=False):
            assert top > bottom - 9, state


def test_without_javascript_there_is_the_picture(open_page):
    page = open_page("en/03-bptt.html", javascript=False)
    picture = page.locator("#flow .lstm-wide svg")
    assert picture.is_visible()
    state = json.loads(page.locator("#flow").get_attribute("data-state"))
    shown = widgets.GradientFlow(**state | {"step": 0})  # where nothing can be sent, it has arrived
    assert picture.locator("desc").text_content() == shown.figure().alt
