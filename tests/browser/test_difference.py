"""The trace of a difference on its page: by mouse, keys and finger, and every number is Python's."""

import json
import re

import pytest
from explorable import Explorable, inside, middle, swipe
from reader import LANGUAGES, THEMES, frame, open_details, say, violations

from lstm_lib import widgets
from lstm_lib.figures.difference import line_name, write_difference, write_share
from lstm_lib.tasks import agreement

FAILED, LEARNED, LSTM, GRU = (f"agreement/{name}" for name in ("rnn-long", "rnn", "lstm", "gru"))


class Difference(Explorable):
    """The explorable on a page. Everything is found by the name that a screen reader says."""

    def __init__(self, page, language, id="difference"):
        super().__init__(page, language, id)
        self.root.scroll_into_view_if_needed()
        self.slider = self.root.get_by_role("slider", name=self.say("scrub"), exact=True)
        self.length = self.root.get_by_role("slider", name=self.say("distance"), exact=True)
        self.words = self.root.locator("ol.strip > li[data-t]")
        self.chart = self.root.locator(".chart svg[role=img]")

    def say(self, key, **values):
        return say(f"difference.{key}", self.language, **values)

    def button(self, name):
        return self.root.get_by_role("button", name=name, exact=True)

    def python(self):
        """The same state in Python."""
        state = self.state
        keys = ("models", "sentence", "distance", "step", "of", "unit")
        return widgets.Difference(**{key: state[key] for key in keys})

    def rows(self):
        """Name, difference and share of each row, as shown."""
        return self.root.locator("table.rows tbody tr").evaluate_all(
            "(rows) => rows.map((row) => [row.querySelector('b'), ...row.querySelectorAll('td.num')]"
            ".map((cell) => cell.textContent))"
        )

    def assert_shows_python(self):
        """Strip, rows, line ends, sentence and slider say what Python computes in this state."""
        shown = self.python()
        pair, step, lang = shown.pair, shown.selection.step, self.language
        words = self.words.evaluate_all(
            "(items) => items.map((item) => [...item.querySelectorAll('.w')].map((w) => w.textContent))"
        )
        assert words == [list(dict.fromkeys(both)) for both in zip(*(s.words for s in pair), strict=True)]
        current = self.root.locator("ol.strip > li[aria-current=step]")
        assert current.count() == 1 and int(current.get_attribute("data-t")) == step

        expected, seen = [], self.root.locator("p.see").inner_text()
        heard = self.slider.get_attribute("aria-valuetext")
        assert pair[0].words[step] in seen and pair[0].words[step] in heard
        for line in shown.lines:
            value = write_difference(line.values[step], lang)
            share = "–" if step < line.start else write_share(float(line.shares[step]), lang)
            expected.append([line_name(line, lang), value, share])
            assert value in seen and f"{line_name(line, lang)}: {value}" in heard
            if step > line.start:
                assert share in seen
        assert self.rows() == expected
        ends = self.root.locator("g.end").evaluate_all(
            "(ends) => ends.map((end) => [end.querySelector('.name'), end.querySelector('.verdict-word')]"
            ".map((text) => text.textContent))"
        )
        assert ends == [[line_name(line, lang), self.say(f"verdict.{line.verdict}")] for line in shown.lines]
        forms = self.root.locator("table.rows .forms").all_inner_texts()
        assert [tuple(re.findall(r"\w+", text)) for text in forms] == list(shown.answers.values())
        return shown


@pytest.fixture
def explorable(open_page):
    def open_(language="pt", state="", **more):
        return Difference(open_page(f"{language}/02-long-dependencies.html{state}", **more), language)

    return open_


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_is_pythons(explorable, language):
    x = explorable(language)
    x.assert_shows_python()
    x.set(distance=60, step=35, models=f"{FAILED},{LEARNED},{LSTM},{GRU}", of="cell")
    shown = x.assert_shows_python()
    assert len(shown.lines) == 5
    x.set(distance=0, step=1, unit=3)
    x.assert_shows_python()
    x.set(step=0)
    x.assert_shows_python()
    x.set(sentence="raquel disse que quando o joão estava", distance=20, step=-1)
    assert x.assert_shows_python().expected == ("cansado", "cansado")


def test_the_table_is_the_trace(explorable):
    x = explorable(state="#difference?distance=25&of=cell")
    shown, rows = x.python(), x.table()
    assert [row[0] for row in rows[:3]] == ["a / o", "menina / menino", "disse"]
    for t, row in enumerate(rows):
        assert row[1:] == [write_difference(line.values[t], "pt") for line in shown.lines], t


def test_what_the_chapter_says(explorable):
    """The RNN trained on long sentences only fades away and answers the same twice; the others keep apart."""
    x = explorable(state=f"#difference?models={FAILED},{LEARNED},{LSTM},{GRU}&distance=40")
    ends = x.root.locator("g.end .verdict-word").all_text_contents()
    assert ends == [x.say("verdict.fades"), *[x.say("verdict.stays")] * 3]
    said = x.root.locator("table.rows .said").all_inner_texts()
    assert said[0].startswith(x.say("answer.same")) and x.say("answer.wrong") in said[0]
    for text in said[1:]:
        assert text.startswith(x.say("answer.different")) and x.say("answer.right") in text


@pytest.mark.parametrize("theme", THEMES)
def test_by_mouse(explorable, theme):
    """Dragging on the chart, pressing words, networks and the axis."""
    x = explorable("en", theme=theme)
    x.set(distance=30, step=0)
    x.chart.scroll_into_view_if_needed()
    x.page.mouse.move(*inside(x.chart, 0.15, 0.5))
    x.page.mouse.down()
    x.page.mouse.move(*inside(x.chart, 0.5, 0.5), steps=6)
    x.page.mouse.up()
    dragged = x.state["step"]
    assert 12 < dragged < 28
    x.assert_shows_python()
    x.words.nth(5).click()
    assert x.state["step"] == 5
    x.button("GRU").click()
    assert x.state["models"] == [FAILED, LEARNED, LSTM, GRU]
    x.assert_shows_python()
    x.button(x.say("scale.linear")).click()
    assert x.state["scale"] == "linear" and x.root.locator("tspan.power").count() == 0
    open_details(x.page)
    assert not violations(x.page, f"#{x.id}")


def test_by_keyboard(explorable):
    x = explorable(state="#difference?distance=30&step=3")
    x.slider.press("ArrowRight")
    assert x.state["step"] == 4
    x.slider.press("Home")
    assert x.state["step"] == 0
    x.slider.press("End")
    assert x.state["step"] == -1
    x.length.press("ArrowRight")
    assert x.state["distance"] == 31 and x.words.count() == 32
    assert x.words.last.get_attribute("aria-current") == "step", "the reader stays at the end"
    x.length.press("Home")
    assert x.state["distance"] == 0 and x.words.count() == 15
    x.assert_shows_python()
    x.root.get_by_label(x.say("subjects")).select_option("3")
    assert x.state["sentence"].startswith("raquel disse que não foi")
    x.assert_shows_python()


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_finger(explorable, language):
    """On a phone: a sideways swipe moves the word, one that scrolls the page does not; nothing sticks out."""
    x = explorable(language, width=390)
    x.set(distance=30, step=2)
    swipe(x.page, inside(x.chart, 0.2, 0.5), inside(x.chart, 0.45, 0.51))
    moved = x.state["step"]
    assert 12 < moved < 26
    place = middle(x.chart)
    swipe(x.page, place, (place[0] + 2, place[1] - 120))
    assert x.state["step"] == moved
    x.words.nth(7).tap()
    assert x.state["step"] == 7
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
    open_details(x.page)
    assert not violations(x.page, f"#{x.id}")


def test_labels_at_the_line_ends_do_not_touch(explorable):
    """With every network and the cell, at every length."""
    for width in (1280, 390):
        x = explorable("pt", width=width)
        for distance in (14, 30, 60):
            x.set(models=f"{FAILED},{LEARNED},{LSTM},{GRU}", of="cell", distance=distance)
            boxes = x.root.locator("g.end").evaluate_all(
                """(ends) => ends.map((end) => {
                  const texts = [...end.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
                  return [Math.min(...texts.map((t) => t.top)), Math.max(...texts.map((t) => t.bottom))];
                })"""
            )
            boxes.sort()
            for (_, bottom), (top, _) in zip(boxes, boxes[1:], strict=False):
                assert top > bottom - 7, f"width {width}, distance {distance}"
            last = x.chart.bounding_box()
            assert boxes[-1][1] < last["y"] + last["height"] + 1


def test_odd_texts_get_an_answer(explorable):
    x = explorable()
    x.button(x.say("compose")).click()
    line = x.root.get_by_role("textbox")
    for text, said in (
        ("<b onclick=x>🦆</b> שלום عليكم", x.say("completed", feminine="a menina", masculine="o menino")),
        ("a xícara " + "voa e " * 200 + "estava", x.say("distance_long")),
        ("a menina " + "voa " * 1200, say("sentences.cut", "pt", most=1000)),
        ("o rei", x.say("distance_fixed").split(":")[0]),
        ("a tia disse que quando o pedro ficou", x.say("governor", copula="ficou", noun="pedro")),
    ):
        line.fill(text)
        frame(x.page)
        assert said in x.root.locator(".xp").inner_text(), text
        assert x.root.locator("p.see").count() == 1
        assert x.page.evaluate("document.documentElement.scrollWidth") == 1280
    line.fill(" ... ")
    frame(x.page)
    assert x.say("empty") in x.root.locator(".xp").inner_text()
    line.fill("o tio contou que ficou bem cansado")
    x.assert_shows_python()


def test_exact_zeros_stand_apart(explorable):
    x = explorable(state="#difference?sentence=ontem+a+menina+disse+que+estava&step=0")
    x.assert_shows_python()
    assert x.say("zero") in x.chart.text_content()
    zeros = x.root.locator("circle.nil").evaluate_all("(dots) => dots.map((dot) => dot.getAttribute('cy'))")
    assert len(zeros) == 3 and len(set(zeros)) == 1
    lowest = x.root.locator("path.level").last.evaluate("(path) => path.getBoundingClientRect().y")
    box = x.chart.bounding_box()
    assert float(zeros[0]) + box["y"] > lowest + 20


def test_the_axis_does_not_follow_the_frame(explorable):
    """A height means a number: the mark of 1 stays where it is while the reader moves and lengthens."""
    x = explorable(state="#difference?distance=20")
    levels = "(paths) => paths.map((path) => path.getAttribute('d').match(/,([\\d.]+)H/)[1])"
    before = x.root.locator("path.level").evaluate_all(levels)
    x.set(distance=30, step=4)
    assert x.root.locator("path.level").evaluate_all(levels) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_there_is_the_picture(open_page, language):
    page = open_page(f"{language}/02-long-dependencies.html", javascript=False)
    picture = page.locator("#difference .lstm-wide svg")
    assert picture.is_visible()
    text = picture.locator("desc").text_content()
    shown = widgets.Difference(**json.loads(page.locator("#difference").get_attribute("data-state")))
    assert text == shown.figure().alt
    assert agreement.adjectives()[0][0] in picture.text_content()
