"""Before and after training on its page: by mouse, keys and finger, and every number is Python's."""

import json

import pytest
from explorable import Explorable, inside, swipe
from reader import LANGUAGES, frame, open_details, say, violations

from lstm_lib import widgets
from lstm_lib.after_training import QUANTITIES, line
from lstm_lib.figures.after_training import line_name, verdict_word, write_end, write_log
from lstm_lib.figures.pushes import told
from lstm_lib.figures.wording import network_name
from lstm_lib.locale import percent

FAILED, LEARNED, LONG, LSTM, GRU = (f"agreement/{n}" for n in ("rnn-long", "rnn", "lstm-long", "lstm", "gru"))


class Trained(Explorable):
    """The explorable on a page. Everything is found by the name that a screen reader says."""

    def __init__(self, page, language, id="trained"):
        super().__init__(page, language, id)
        self.root.scroll_into_view_if_needed()
        self.slider = self.root.get_by_role("slider", name=say("difference.scrub", language), exact=True)
        self.length = self.root.get_by_role("slider", name=say("difference.distance", language), exact=True)
        self.push = self.root.get_by_role("slider", name=self.say("push.label"), exact=True)
        self.words = self.root.locator("ol.strip > li[data-t]")
        self.chart = self.root.locator(".chartbox svg[role=img]")

    def say(self, key, **values):
        return say(f"after-training.{key}", self.language, **values)

    def button(self, name):
        return self.root.get_by_role("button", name=name)

    def rest(self):
        """Wait until what takes longer than a frame is there."""
        self.root.locator(".pushbox:not(.later)").wait_for()
        frame(self.page)

    def python(self):
        """The same state in Python."""
        keys = ("models", "trained", "quantity", "sentence", "distance", "step", "unit", "push")
        state = self.state
        return widgets.AfterTraining(**{key: state[key] for key in keys})

    def texts(self, selector):
        return self.root.locator(selector).all_text_contents()

    def assert_shows_python(self):
        """Line ends, rows, pushes, sentence and slider say what Python computes in this state."""
        self.rest()
        shown, lang = self.python(), self.language
        lines, measures = shown.lines, shown.measures
        step, seen = shown.selection.step, self.root.locator("p.see").inner_text()
        heard = self.slider.get_attribute("aria-valuetext")
        assert self.root.locator("ol.strip > li[aria-current=step]").get_attribute("data-t") == str(step)
        names = [line_name(one, lang) for one in lines]
        assert self.texts(".chartbox g.end .name") == names
        words = [verdict_word(one, lang) for one in lines]
        assert self.texts(".chartbox g.end .verdict-word") == words
        start = shown.pair[0].subject_position
        for one, name in zip(lines, names, strict=True):
            since = one.logs[start] if one.kind == "difference" else 0.0
            written = write_log(one.kind, one.logs[step] - since, lang)
            assert written in seen and f"{name}: {written}" in heard
        cells = []
        for one in measures.values():
            for quantity in QUANTITIES:
                found = line(one, quantity)
                cells.append((verdict_word(found, lang), write_end(found, lang)) if found else None)
        drawn = self.root.locator("td.measure").evaluate_all(
            "(cells) => cells.map((cell) => cell.querySelector('.num') && "
            "[cell.querySelector('b').textContent, cell.querySelector('.num').textContent])"
        )
        assert [found and tuple(found) for found in drawn] == cells
        signs = self.root.locator("td.answer .said").evaluate_all("(all) => all.map((one) => one.className)")
        assert [sign.split()[-1] == "ok" for sign in signs] == [one.right for one in measures.values()]
        turns = [told(scores, lang) for scores in shown.pushes.values()]
        assert self.texts(".pushbox .verdict-word") == turns
        return shown


@pytest.fixture
def explorable(open_page):
    def open_(language="pt", state="", **more):
        return Trained(open_page(f"{language}/03-bptt.html{state}", **more), language)

    return open_


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_is_pythons(explorable, language):
    x = explorable(language)
    shown = x.assert_shows_python()
    assert shown.verdicts[LEARNED]["gradient"] == "vanishes" and shown.right[LEARNED]
    x.set(quantity="jacobian", models=f"{FAILED},{LEARNED},{LSTM},{GRU}", step=12)
    x.assert_shows_python()
    x.set(trained="false", quantity="kept", models=f"{LONG},{LSTM}", step=-1)
    x.assert_shows_python()
    x.set(quantity="difference", sentence="ontem a prima disse que continuava", distance=9, unit=3)
    x.assert_shows_python()
    rows = x.table()
    lines = x.python().lines
    for t, row in enumerate(rows[3:], 3):
        assert row[1:] == [write_log("difference", one.logs[t] - one.logs[2], language) for one in lines]


def test_by_mouse_and_keyboard(explorable):
    """Before and after, the four quantities, dragging on the chart, pushing the state."""
    x = explorable("en", theme="dark")
    assert x.state["models"] == [LEARNED, LSTM]
    x.set(models=",".join((FAILED, LEARNED, LSTM)))
    x.button(x.say("before")).click()
    assert x.state["trained"] is False
    x.button(x.say("ask.difference")).click()
    assert x.state["quantity"] == "difference"
    assert x.slider.get_attribute("aria-valuetext").startswith("muito")
    x.assert_shows_python()
    x.chart.scroll_into_view_if_needed()
    x.page.mouse.move(*inside(x.chart, 0.2, 0.5))
    x.page.mouse.down()
    x.page.mouse.move(*inside(x.chart, 0.5, 0.5), steps=6)
    x.page.mouse.up()
    assert 15 < x.state["step"] < 32
    x.slider.press("Home")
    assert x.state["step"] == 0
    x.slider.press("End")
    assert x.state["step"] == -1
    x.button(x.say("after")).click()
    x.button("GRU").click()
    assert x.state["models"] == [FAILED, LEARNED, LSTM, GRU]
    assert x.button("LSTM (long only)").is_disabled(), "four are enough"
    x.push.press("ArrowRight")
    assert x.state["push"] == 2 and percent(0.02, "en") in x.push.get_attribute("aria-valuetext")
    x.length.press("ArrowRight")
    assert x.state["distance"] == 41 and x.words.count() == 42
    x.assert_shows_python()
    x.button(x.say("ask.gradient")).click()
    x.button(x.say("theory.show")).click()
    assert x.state["theory"] is True and x.root.locator("path.theory").count() == 4
    open_details(x.page)
    assert not violations(x.page, f"#{x.id}")


def test_by_finger_on_a_phone(explorable):
    """A sideways swipe moves the word; nothing sticks out, nothing is too small, labels do not touch."""
    x = explorable("pt", width=390)
    x.set(models=f"{FAILED},{LEARNED},{LSTM},{GRU}")
    x.rest()
    swipe(x.page, inside(x.chart, 0.5, 0.5), inside(x.chart, 0.8, 0.51))
    assert x.state["step"] > 10
    x.assert_shows_python()
    assert x.page.evaluate("document.documentElement.scrollWidth") == 390
    outside = x.root.evaluate(
        """(el) => [...el.shadowRoot.querySelectorAll("svg text, button, td, th, li")].filter((e) => {
          const box = e.getBoundingClientRect();
          return box.width > 1 && (box.right > innerWidth + 0.5 || box.left < -0.5);
        }).map((e) => e.textContent)"""
    )
    assert not outside
    small = x.root.evaluate(
        """(el) => [...el.shadowRoot.querySelectorAll("button, select, input[type=range]")]
          .filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.textContent)"""
    )
    assert not small
    for state in ({"trained": "true", "step": -1}, {"trained": "false"}, {"quantity": "difference"}):
        x.set(**state)
        x.rest()
        boxes = x.root.locator(".chartbox g.end").evaluate_all(
            """(ends) => ends.map((end) => {
              const texts = [...end.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
              return [Math.min(...texts.map((t) => t.top)), Math.max(...texts.map((t) => t.bottom))];
            })"""
        )
        boxes.sort()
        for (_, bottom), (top, _) in zip(boxes, boxes[1:], strict=False):
            assert top > bottom - 7, state
    open_details(x.page)
    assert not violations(x.page, f"#{x.id}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_there_is_the_picture(open_page, language):
    page = open_page(f"{language}/03-bptt.html", javascript=False)
    picture = page.locator("#trained .lstm-wide svg")
    assert picture.is_visible()
    shown = widgets.AfterTraining(**json.loads(page.locator("#trained").get_attribute("data-state")))
    assert picture.locator("desc").text_content() == shown.figure().alt
    assert network_name(LEARNED, language) in picture.text_content()
