"""Memory, of a unit and of a layer: drawn on, typed in, unfolded, it shows what Python computes."""

import re

import numpy as np
import pytest
from explorable import NUMBER, Explorable, as_printed, inside, middle, swipe
from reader import LANGUAGES, frame, say, settle, violations

from lstm_lib import dynamics, signals, widgets
from lstm_lib.locale import number, percent

SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"


class Memory(Explorable):
    """One explorable on a page: "memory" shows a unit, "layer" a layer of two."""

    def __init__(self, page, language, id="memory"):
        super().__init__(page, language, id)
        self.bars = self.root.get_by_role("group", name=self.say("bars"), exact=True)
        self.step = self.root.get_by_role("slider", name=self.say("scrub"), exact=True)
        self.box = self.root.get_by_role("textbox", name=self.say("type"), exact=True)

    def say(self, key, **values):
        return say(f"memory.{key}", self.language, **values)

    def dial(self, key):
        return self.root.get_by_role("slider", name=self.say(f"dial.{key}"), exact=True)

    def button(self, key):
        return self.root.get_by_role("button", name=self.say(key), exact=True)

    def bar(self, k):
        return self.bars.get_by_role("slider").nth(k)

    def python(self):
        """The same explorable in Python, in the state that the page holds."""
        twin = widgets.Memory()
        twin.set_state({key: value for key, value in self.state.items() if key in twin.state_keys()})
        return twin

    def values(self):
        """The inputs as a screen reader hears them."""
        heard = self.bars.get_by_role("slider").evaluate_all("(a) => a.map((e) => e.ariaValueNow)")
        return [float(value) for value in heard]

    def text(self, selector):
        found = " ".join(self.root.locator(selector).all_text_contents())
        return re.sub(r"\s+", " ", found.replace("\N{NO-BREAK SPACE}", " ")).strip()

    def type(self, text):
        self.box.fill(text)
        self.page.wait_for_timeout(600)

    def signed(self, value, digits=2):
        return number(value, self.language, digits, sign=True)

    def assert_shows_python(self):
        """Chart, network, sentence, half-life, verdict and table are those of the same state in Python."""
        twin, say = self.python(), self.say
        hidden, echo, step = twin.trace.hidden, twin.echo, min(self.state["step"], len(twin.sequence) - 1)
        assert self.values() == pytest.approx(twin.sequence)
        seen = self.text("p.see")
        for h in hidden[step]:
            assert self.signed(h) in seen
        if twin.course != "silent":
            half = twin.half_life
            key = "none" if half is None else "one" if half == 1 else "many"
            assert say(f"half.{key}", n=half) in self.text(".half")
            if half is not None:
                assert say(f"steps.{'one' if half == 1 else 'many'}", n=half) in seen
            if step >= twin.origin:
                share = percent(echo[step] / echo[twin.origin], self.language)
                assert share.replace("\N{NO-BREAK SPACE}", " ") in seen
        regime = say(f"{'regime' if twin.mode == 'unit' else 'course'}.{twin.regime}")
        if self.root.locator(".verdictline").count():
            assert self.text(".verdictline .word") == regime
        if twin.mode == "unit":
            assert regime in seen
            for point in twin.fixed_points:
                assert self.signed(point.value) in self.text(".facts li")
            assert self.root.locator(".map circle.fixed").count() == len(twin.fixed_points)
            stable = sum(point.stable for point in twin.fixed_points)
            assert self.root.locator(".map circle.fixed:not(.open)").count() == stable
            assert self.signed(hidden[step, 0]) in self.text(".facts .eq")
        else:
            titles = self.text(".planetitle")
            assert f"ρ = {number(twin.spectral_radius, self.language)}" in titles
            assert f"σ = {number(twin.largest_singular_value, self.language)}" in titles
        for k, row in enumerate(self.table()):
            expected = [(twin.sequence[k], True), *((h, True) for h in hidden[k])]
            if twin.mode == "layer":
                expected.append((np.linalg.norm(hidden[k]), False))
            for shown, (value, sign) in zip(row[1:], [*expected, (echo[k], False)], strict=False):
                assert shown == as_printed(shown, value, self.language, sign), (k, row)


@pytest.fixture
def memory(open_page):
    def open_(language, id="memory", state="", **more):
        return Memory(open_page(f"{language}/01-memory.html{state}", **more), language, id)

    return open_


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_regimes(memory, language):
    """Each button leads to its regime; the slider of w passes through all of them, by keys."""
    x = memory(language)
    for name in ("ringing", "holding", "latching", "fading"):
        x.button(f"unit.{name}").click()
        assert dynamics.regime(x.state["weight"], x.state["bias"]) == name
        assert x.button(f"unit.{name}").get_attribute("aria-pressed") == "true"
        x.assert_shows_python()
    slider, met = x.dial("weight"), set()
    slider.press("Home")
    for _ in range(80):
        slider.press("ArrowRight")
        met.add(x.python().regime)
        assert x.say(f"regime.{x.python().regime}") in x.text(".verdictline .word")
    assert met >= {"flipping", "ringing", "empty", "fading", "holding", "latching"}
    assert x.state["weight"] == 2
    x.dial("bias").press("End")
    assert x.python().regime == "fading"
    x.assert_shows_python()


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_drawing_folds_and_unfolds(memory, language):
    x = memory(language, state="#memory?weight=1.3&step=3")
    loop = x.root.locator(".net .weight.loop")
    assert loop.text_content() == f"w = {number(1.3, language)}"
    assert x.root.locator(".net circle.node").count() == 1
    x.button("unfold").click()
    x.root.locator(".net circle.node").nth(16).wait_for(state="attached")
    frame(x.page)
    assert loop.count() == 0 and x.state["unfolded"] is True
    assert x.root.locator(".net circle.node:not(.start)").count() == 16
    assert x.root.locator(".net .weight.number").all_text_contents() == [number(1.3, language)] * 16
    states = [x.signed(h) for h in x.python().trace.hidden[:, 0]]
    assert x.root.locator(".net .val").all_text_contents() == states
    x.dial("weight").press("ArrowLeft")
    frame(x.page)
    assert x.root.locator(".net .weight.number").all_text_contents() == [number(1.25, language)] * 16
    x.button("unfold").press("Enter")
    loop.wait_for()
    assert x.root.locator(".net circle.node").count() == 1


def test_without_motion_it_unfolds_at_once(memory):
    x = memory("pt", reduced_motion="reduce")
    x.button("unfold").click()
    frame(x.page)
    assert x.root.locator(".net .tip").get_attribute("d").count("M") == 16


def test_drawn_with_the_mouse(memory):
    """A stroke over the bars sets every bar it passes, also the ones it jumped over."""
    x = memory("pt")
    first, last = middle(x.bar(2)), middle(x.bar(8))
    high = x.bar(2).bounding_box()["height"] / 2
    x.page.mouse.move(first[0], first[1] - high * 0.85)
    x.page.mouse.down()
    x.page.mouse.move(last[0], last[1] + high * 0.85, steps=2)
    x.page.mouse.up()
    values = x.values()
    assert values[2] >= 0.8 and values[8] <= -0.8 and values[5] == pytest.approx(0, abs=0.15)
    assert values[2:9] == sorted(values[2:9], reverse=True)
    assert values[0] == 1 and values[9:] == [0] * 7
    assert x.state["inputs"] == pytest.approx(values) and x.state["step"] == 8
    x.assert_shows_python()
    x.button("preset.impulse").click()
    assert x.state["inputs"] == [] and x.values() == signals.preset("impulse", 16)


def test_drawn_with_a_finger(memory):
    """On a phone time runs down: a finger sets a bar by going sideways, and scrolls by going up or down."""
    x = memory("en", width=390)
    start = middle(x.bar(3))
    swipe(x.page, start, (start[0] + 26, start[1]))
    assert x.values()[3] >= 0.7 and x.state["step"] == 3
    before, place = x.values(), middle(x.bar(5))
    top = x.page.evaluate("scrollY")
    swipe(x.page, place, (place[0], place[1] - 160), steps=12)
    x.page.wait_for_timeout(300)
    assert x.values() == before
    assert x.page.evaluate("scrollY") > top
    tapped = inside(x.bar(6), 0.1, 0.5)
    x.page.touchscreen.tap(*tapped)
    assert x.values()[6] <= -0.7
    x.assert_shows_python()
    for k in (0, 15):
        box = x.bar(k).bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
    assert x.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [1280, 390])
def test_by_keys(memory, width):
    """Every input can be reached and set without a pointer; in the tall drawing the arrows turn with it."""
    x = memory("pt", width=width)
    up, on = ("ArrowUp", "ArrowRight") if width == 1280 else ("ArrowRight", "ArrowDown")
    x.bar(0).focus()
    x.page.keyboard.press(on)
    for _ in range(4):
        x.page.keyboard.press(up)
    x.page.keyboard.press(on)
    x.page.keyboard.press("Home")
    x.page.keyboard.press(on)
    x.page.keyboard.press(" ")
    assert x.values()[:5] == pytest.approx([1, 0.4, -1, 1, 0])
    assert x.state["step"] == 3
    x.page.keyboard.press("Delete")
    assert x.values()[3] == 0
    x.step.press("End")
    assert x.state["step"] == 15
    x.assert_shows_python()


@pytest.mark.parametrize("language", LANGUAGES)
def test_typed(memory, language):
    x = memory(language)
    for text in ("1 0 0,5 −1", "um zero menos um", "[0.5, -2]", "one half minus one"):
        x.type(text)
        assert x.values() == pytest.approx(signals.signal(text)) and x.state["text"] == text
        assert not x.root.locator(".said.bad").count()
        x.assert_shows_python()
    kept = x.values()
    wrong = [("1 2 abc", "bad.mixed", {"piece": "abc"}), ("1 500", "bad.large", {"value": "500"}),
             ("?!", "bad.empty", {})]  # fmt: skip
    for text, key, value in wrong:
        x.type(text)
        assert x.box.input_value() == text
        assert x.text(".said.bad") == x.say(key, **value)
        assert x.box.get_attribute("aria-invalid") == "true"
        assert x.values() == kept
    x.type("1 2")
    assert not x.root.locator(".said.bad").count() and x.values() == [1, 2]


def test_typed_what_nobody_expected(memory):
    x = memory("pt")
    for text in ("🙂 🙃", "שלום עולם", "<img src=x onerror=alert(1)> menina", "*negrito* {h} $x$ maria",
                 "a" * 3000, "joão " * 400, "1 " * 400):  # fmt: skip
        x.type(text)
        assert x.root.locator("img").count() == 0
        assert len(x.values()) <= 40 and all(abs(value) <= 1 for value in x.values())
        assert x.text("p.see") and not x.page.record.errors
    assert x.say("cut", n=400, most=40) == x.text(".said")
    x.type("maria e joão")
    assert x.values() == [-1, 0, 1]
    x.type("")
    assert x.values() == signals.preset("impulse", 16)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_and_the_echo_that_is_followed(memory, language):
    """"menina" latches; "joão" pushes, and the unit comes back. The echo of either can be followed."""
    x = memory(language, state="#memory?weight=1.5")
    x.button("preset.sentence").click()
    assert x.values() == signals.signal(SENTENCE)
    assert x.text(".foot .name") == SENTENCE
    x.step.press("End")
    x.assert_shows_python()
    assert x.python().trace.hidden[-1, 0] < -0.5 and x.python().half_life is None
    assert x.say("at_word", word="menina") in x.text("p.see")
    choice = x.root.get_by_role("combobox", name=x.say("follow"))
    choice.select_option(label="joão")
    assert x.python().origin == 11
    x.assert_shows_python()
    assert x.say("at_word", word="joão") in x.text("p.see")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_layer(memory, language):
    """Turning leaves σ alone and changes ρ; where they disagree, the echo grows before it fades."""
    x = memory(language, "layer")
    for name in ("circle", "disagree", "latch", "spiral"):
        x.button(f"layer.{name}").click()
        x.step.press("ArrowRight")
        x.assert_shows_python()
    x.button("layer.disagree").click()
    twin = x.python()
    assert twin.spectral_radius < 1 < twin.largest_singular_value and twin.course == "swells"
    assert x.say("see.matrix.shrinks.stretches").split(":")[1].strip().rstrip(".") in x.text("p.see")
    before = twin.largest_singular_value
    x.dial("angle").press("ArrowLeft")
    twin = x.python()
    assert twin.angle == -5 and twin.largest_singular_value == pytest.approx(before)
    assert twin.spectral_radius == pytest.approx(0.7, abs=1e-9) or twin.spectral_radius != pytest.approx(0.7)
    x.dial("gain").press("End")
    x.assert_shows_python()
    x.button("unfold").click()
    x.root.locator(".net circle.node").nth(16).wait_for(state="attached")
    assert x.root.locator(".net .weight:not(.loop)").all_text_contents().count("U") == 16


def test_links_set_it(memory):
    x = memory("pt", state="#memory?weight=-0.5&inputs=1,0,0.5&step=2&unfolded=true")
    assert (x.state["weight"], x.values(), x.state["step"]) == (-0.5, [1, 0, 0.5], 2)
    x.assert_shows_python()
    x.follow("weight=1.5&inputs=&text=a%20menina%20e%20o%20joão&preset=impulse&unfolded=false")
    assert x.values() == [0, -1, 0, 0, 1] and x.box.input_value() == "a menina e o joão"
    x.type("1 2 abc")
    x.follow("text=&inputs=&preset=rewrite")
    assert x.box.input_value() == "" and x.values() == signals.preset("rewrite", 16)
    x.follow("mode=three&preset=bang&weight=abc&step=999")
    assert x.state["weight"] == 1.5 and x.state["preset"] == "rewrite"
    x.assert_shows_python()
    x.follow("inputs=x,y")
    assert x.values() == signals.preset("rewrite", 16)
    x.follow("inputs=&hide=presets,weights,sequence,table")
    for gone in (".dials", ".sequence", "details.fold"):
        assert x.root.locator(gone).count() == 0


def test_a_link_of_the_page_reaches_it(memory):
    """Every sentence of the chapter that sets one of the two sets what it says."""
    x = memory("pt")
    links = x.page.locator("a[href^='#memory?'], a[href^='#layer?']")
    assert links.count() >= 4
    for k in range(links.count()):
        link = links.nth(k)
        target = Memory(x.page, "pt", link.get_attribute("href")[1:].split("?")[0])
        link.evaluate("(a) => a.click()")
        target.assert_shows_python()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("id", ["memory", "layer"])
def test_no_violation_in_any_of_its_states(memory, id, theme, width):
    x = memory("pt", id, theme=theme, width=width)
    x.button("unfold").click()
    if id == "memory":
        x.button("preset.sentence").click()
        x.type("1 2 abc")
    x.root.locator("details.fold summary").click()
    x.page.wait_for_timeout(600)
    found = violations(x.page, f"#{id}")
    assert not found, "\n".join(found)


def test_forced_colours_and_more_contrast(memory):
    x = memory("en", forced_colors="active", contrast="more", state="#memory?weight=1.5&unfolded=true")
    settle(x.page)
    x.assert_shows_python()
    line = x.root.locator(".chart path.state")
    strokes = line.evaluate_all("(all) => all.map((e) => getComputedStyle(e).stroke)")
    assert strokes and "none" not in strokes


def test_without_script_there_is_its_picture(memory):
    x = memory("pt", javascript=False)
    assert x.root.locator("svg").first.get_attribute("role") == "img"
    shown = " ".join(x.root.locator("svg text").all_text_contents())
    assert number(0.0, "pt") in shown and NUMBER.search(shown)
