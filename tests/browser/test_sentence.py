"""The sentence that several networks read: predicted, built, typed and read by mouse, keys and finger; every
number and every verdict is Python's."""

import re

import numpy as np
import pytest
from explorable import Explorable, middle, share_printed, swipe
from reader import LANGUAGES, THEMES, frame, open_details, say, settle, violations

import lstm_lib as ll
from lstm_lib.figures.sentence import write_share
from lstm_lib.figures.wording import network_name
from lstm_lib.tasks import agreement

CHAPTER = "{}/02-long-dependencies.html"
SEED = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
LONG = (
    "a menina disse que não foi se despedir porque quando o joão viajou e não conseguiu dormir mas enquanto "
    "o pedro cantou então queria descansar e quando o vizinho chegou mas precisava trabalhar porque enquanto "
    "o rei dormiu e não quis jantar mas quando o professor caiu então tentou se esconder e enquanto o tio "
    "chorou estava muito"
)
ALL = ["agreement/lstm", "agreement/gru", "agreement/rnn", "agreement/rnn-long"]


class Sentence(Explorable):
    """The explorable on a page, found by what a screen reader says."""

    def __init__(self, page, language, id="sentence"):
        super().__init__(page, language, id)
        self.root.scroll_into_view_if_needed()
        self.words = self.root.locator("ol.score > li:not(.blank)")
        self.slider = self.root.get_by_role("slider", name=self.say("scrub"), exact=True)

    def say(self, key, **values):
        return say(f"sentence.{key}", self.language, **values)

    def button(self, key, **values):
        return self.root.get_by_role("button", name=self.say(key, **values).replace("*", ""), exact=True)

    def network(self, name):
        name = network_name(name, self.language)
        return self.root.get_by_role("button", name=name, exact=True)

    def write(self, text):
        """Type a sentence of one's own."""
        field = self.root.get_by_label(self.say("write"))
        if not field.count():
            self.button("write.open").click()
        field.fill(text)
        frame(self.page)

    def shown(self):
        """The words on the page, without what only a screen reader hears."""
        return self.words.locator(".w").evaluate_all("(all) => all.map((w) => w.firstChild.textContent)")

    def readings(self):
        """What Python reads in this state."""
        state = self.state
        words = ll.tokenize(state["sentence"])[:1000]
        last = agreement.place(words).last
        words = words if last is None else words[: last + 1]
        return {name: ll.load(name).read(words) for name in state["models"]}

    def assert_is_what_python_reads(self):
        """Words, bars, stripes, numbers, answers, rule, slider and sentence are those of Python."""
        readings = self.readings()
        words = next(iter(readings.values())).words
        answers, place, step = agreement.answers(readings), agreement.place(words), self.state["step"]
        step = step if 0 <= step < len(words) else len(words) - 1
        assert self.shown() == words

        bars = self.words.locator(".bar").evaluate_all(
            """(bars) => bars.map((bar) => {
                 const height = /scaleY\\((.*)\\)/.exec(bar.firstChild.style.transform)[1];
                 return [Number(height), bar.classList.contains("weak")];
               })"""
        )
        bars = np.array(bars).reshape(len(words), len(readings), 2)
        for row, reading in enumerate(readings.values()):
            model = reading.model
            forms = [model.index[form] for form in (*model.feminine, *model.masculine)]
            mass = reading.probabilities[:, forms].sum(axis=1)
            assert np.abs(bars[:, row, 0] - (1 - 2 * reading.share_feminine)).max() < 1e-4
            assert (bars[:, row, 1] == (mass < agreement.LIKELY)).all()

        said = self.root.locator("ol.score > li.blank .said")
        seen = self.root.locator("p.see").inner_text()
        for row, (name, answer) in enumerate(answers.items()):
            told = said.nth(row).inner_text()
            assert (answer.expected in told) is answer.likely
            kinds = {True: "ok", False: "no", None: "none"}
            for kind in ("ok", "no"):
                assert said.nth(row).locator(f".{kind}").count() == (kinds[answer.right] == kind), name
            share = float(readings[name].share_feminine[step])
            assert write_share(share, self.language) in seen, (name, seen)
        assert words[step] in seen
        if len(words) > 1:
            value = self.slider.get_attribute("aria-valuetext")
            assert words[step] in value
            for reading in readings.values():
                assert write_share(float(reading.share_feminine[step]), self.language) in value
        self.assert_says_who_decides(words, place)

    def assert_says_who_decides(self, words, place):
        """The rule's noun stands in the text, and on the score where the thread begins."""
        told = self.root.locator("p.rule").inner_text()
        ring = self.root.locator("li.t-from .w").evaluate_all(
            "(all) => all.map((w) => w.firstChild.textContent)"
        )
        if place.subject is None:
            assert ring == []
            return
        assert words[place.subject] in told
        assert ring == ([words[place.subject]] if place.copula is not None else [])


@pytest.fixture
def sentence(open_page):
    """Opens the chapter and gives its explorable: sentence("pt", "#sentence?reveal=true", width=390)."""

    def open_(language, state="", **more):
        more.setdefault("reduced_motion", "reduce")  # the networks' reading is not waited for
        return Sentence(open_page(CHAPTER.format(language) + state, **more), language)

    return open_


# --- predicting ---


@pytest.mark.parametrize(("language", "theme"), [("pt", "light"), ("en", "dark")])
def test_predict_by_mouse(sentence, language, theme):
    x = sentence(language, theme=theme)
    assert x.root.locator(".bar i").count() == 0 and x.root.locator(".said .ok, .said .no").count() == 0
    assert x.say("rule.gender.f", name="menina").replace("*", "") not in x.root.locator("p.rule").inner_text()
    x.assert_says_who_decides(SEED.split(), agreement.place(SEED.split()))
    x.button("ask.masculine").click()
    assert (x.state["guess"], x.state["reveal"]) == ("masculine", True)
    assert x.root.locator(".verdict.no").is_visible()
    x.assert_is_what_python_reads()
    x.button("again").click()
    assert (x.state["guess"], x.state["reveal"]) == ("", False)
    assert x.root.locator(".bar i").count() == 0
    x.button("ask.feminine").click()
    assert x.root.locator(".verdict.ok").is_visible()
    x.button("again").click()
    x.button("ask.skip").click()
    assert (x.state["guess"], x.state["reveal"]) == ("", True) and x.root.locator(".verdict").count() == 0


def test_predict_by_keyboard_and_hear_the_answer(sentence):
    x = sentence("pt")
    x.button("ask.feminine").focus()
    x.page.keyboard.press("Enter")
    # Focus is where the answer is, not lost with the button; what is heard names networks and forms.
    inside = (
        "(el) => { const r = el.shadowRoot; return r.querySelector('.ask-box').contains(r.activeElement); }"
    )
    assert x.root.evaluate(inside)
    heard = x.root.locator("[role=status][aria-live=polite]").first
    for answer in agreement.answers(x.readings()).values():
        x.page.wait_for_function(
            "([el, form]) => el.textContent.includes(form)", arg=[heard.element_handle(), answer.expected]
        )
    x.page.keyboard.press("Tab")
    x.page.keyboard.press("Enter")
    assert x.state["reveal"] is False and x.root.evaluate(inside)


def test_the_networks_read_word_by_word_and_then_rest(sentence):
    x = sentence("pt", reduced_motion="no-preference")
    x.button("ask.feminine").click()
    assert x.root.locator("ol.score.playing").count() == 1
    assert x.root.locator(".said .ok, .said .no").count() == 0
    x.page.wait_for_function(
        "(el) => !el.shadowRoot.querySelector('ol.score.playing')", arg=x.root.element_handle(), timeout=9000
    )
    assert x.state["step"] == -1
    x.assert_is_what_python_reads()


# --- reading ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_table_is_python_s(sentence, language):
    x = sentence(language, f"#sentence?reveal=true&models={','.join(ALL)}")
    readings = x.readings()
    for k, row in enumerate(x.table()):
        assert row[0] == SEED.split()[k]
        for number, reading in enumerate(readings.values()):
            model = reading.model
            forms = [model.index[form] for form in (*model.feminine, *model.masculine)]
            share, mass = row[1 + 2 * number], row[2 + 2 * number]
            assert share == share_printed(share, float(reading.share_feminine[k]), language)
            assert mass == share_printed(mass, float(reading.probabilities[k, forms].sum()), language)


def test_along_the_words_by_mouse_and_keys(sentence):
    x = sentence("pt", "#sentence?reveal=true")
    x.words.nth(5).locator(".w").click()
    assert x.state["step"] == 5
    x.assert_is_what_python_reads()
    x.page.mouse.move(*middle(x.words.nth(3)))
    x.page.mouse.down()
    x.page.mouse.move(*middle(x.words.nth(7)), steps=5)
    x.page.mouse.up()
    assert x.state["step"] == 7
    x.slider.press("ArrowRight")
    assert x.state["step"] == 8
    x.slider.press("Home")
    assert x.state["step"] == 0
    x.assert_is_what_python_reads()
    x.slider.press("End")
    assert x.state["step"] == -1


def test_by_touch(sentence):
    x = sentence("pt", "#sentence?reveal=true", width=390)
    x.words.nth(1).locator(".w").tap()
    assert x.state["step"] == 1
    start = middle(x.words.nth(2))
    swipe(x.page, start, (start[0], start[1] - 200))  # scrolling past the score moves nothing in it
    assert x.state["step"] == 1
    small = x.root.locator("button:visible, select:visible").evaluate_all(
        """(all) => all.map((e) => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect().height])
                       .filter(([, height]) => height < 43.5)"""
    )
    assert small == []


# --- building and typing ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_built_from_choices(sentence, language):
    x = sentence(language, "#sentence?reveal=true")
    people, phrases = (
        x.root.get_by_role("slider", name=x.say(f"build.{key}"), exact=True) for key in ("people", "phrases")
    )
    before = None
    for key in ("End", "Home", "ArrowRight", "ArrowRight"):
        people.press(key)
        assert x.shown() != before
        before = x.shown()
        x.assert_is_what_python_reads()
    phrases.press("Home")
    subject = x.root.get_by_label(x.say("build.subject"))
    for choice in subject.locator("option").all_inner_texts():
        subject.select_option(label=choice)
        assert " ".join(x.shown()).startswith(choice)
        x.assert_is_what_python_reads()
    x.root.get_by_label(x.say("build.others")).select_option("feminine")
    x.root.get_by_label(x.say("build.place")).select_option("beside")
    words = x.shown()
    place = agreement.place(words)
    assert (
        place.beside and place.gender == "f" and words[place.subject] in x.root.locator("p.rule").inner_text()
    )
    x.assert_is_what_python_reads()
    x.root.get_by_label(x.say("build.ending")).select_option("1")
    assert x.shown()[-1] == "estava"
    x.assert_is_what_python_reads()


TYPED = {
    "unknown words": "a astronauta xyzzy disse que quando o joão viajou estava muito",
    "an unknown name": "fernanda disse que estava muito",
    "the adjective": f"{SEED} cansada.",
    "no place": "a menina disse que quando o joão",
    "signs": "🙂 a menina 🙂🙂 disse… que estava — muito!",
    "right to left": "مرحبا بالعالم a menina disse que שלום estava muito",
    "markup": "a menina <img src=x onerror=alert(1)> <b>disse</b> que {name} **estava** muito",
    "one long word": "a " + "x" * 400 + " estava muito",
    "another language": "the quick brown fox jumps",
    "capitals": "A MENINA DISSE QUE ESTAVA MUITO",
    "one word": "menina",
}


@pytest.mark.parametrize("width", [1280, 390])
def test_whatever_is_typed_gets_an_answer(sentence, width):
    x = sentence("pt", "#sentence?reveal=true", width=width)
    for kind, text in TYPED.items():
        x.write(text)
        x.assert_is_what_python_reads()
        notices = x.root.locator(".notices").all_inner_texts()
        unknown = next(iter(x.readings().values())).unknown
        assert all(any(word in notice for notice in notices) for word in unknown[:6]), kind
        wide = x.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{kind}: the page became {wide} px wide"
    assert x.root.locator("img, .score b >> text=disse").count() == 0
    for nothing in ("", "  …!? ", "🙂"):
        x.write(nothing)
        assert x.root.get_by_text(x.say("empty")).is_visible() and x.words.count() == 0
    x.button("empty.button").click()
    assert x.shown() == SEED.split()


def test_a_sentence_without_a_place_is_mended_by_a_button(sentence):
    x = sentence("pt", "#sentence?reveal=true")
    x.write("o poeta disse que a rainha chorou")
    x.button("unfinished.button").click()
    assert x.shown()[-2:] == ["estava", "muito"]
    x.assert_is_what_python_reads()
    x.button("mirror").click() if x.button("mirror").count() else None
    x.assert_is_what_python_reads()


@pytest.mark.parametrize("width", [1280, 390])
def test_four_hundred_words_and_more(sentence, width):
    x = sentence("pt", f"#sentence?reveal=true&models={','.join(ALL)}", width=width)
    x.write("a menina disse que " + "quando o joão viajou " * 99 + "estava")
    assert x.words.count() == 401
    x.assert_is_what_python_reads()
    x.write("ontem " * 1200)
    assert x.words.count() == 1000
    assert any("1000" in notice for notice in x.root.locator(".notices").all_inner_texts())
    assert x.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", THEMES)
def test_sixty_words_on_a_phone(sentence, theme):
    state = f"#sentence?reveal=true&sentence={LONG.replace(' ', '+')}"
    x = sentence("pt", state, width=390, theme=theme)
    assert x.words.count() == len(LONG.split()) >= 55
    x.assert_is_what_python_reads()
    boxes = x.words.locator(".w").evaluate_all(
        """(all) => all.map((e) => e.getBoundingClientRect()).map((b) => [b.left, b.right, b.top])"""
    )
    assert all(0 <= left < right <= 390 for left, right, _ in boxes)
    for (_, right, top), (left, _, below) in zip(boxes, boxes[1:], strict=False):
        assert below > top + 20 or left >= right - 0.5, "two words overlap"
    assert x.root.locator(".names").count() >= len({round(top / 20) for *_, top in boxes})
    assert x.root.locator(".scorebox").evaluate("(el) => el.scrollHeight <= el.clientHeight + 2")


# --- networks, links, parts ---


def test_networks_come_and_go(sentence):
    x = sentence("en", "#sentence?reveal=true")
    x.network("agreement/rnn-long").click()
    x.network("agreement/gru").click()
    assert x.state["models"] == ALL
    x.assert_is_what_python_reads()
    assert x.network("agreement/lstm-long").is_disabled()
    for name in ("agreement/lstm", "agreement/gru", "agreement/rnn", "agreement/rnn-long"):
        x.network(name).click()
    assert x.state["models"] == ["agreement/rnn-long"]
    x.assert_is_what_python_reads()


@pytest.mark.parametrize("from_disk", [False, True], ids=["http", "folder"])
def test_state_from_the_link(sentence, from_disk):
    text = "o+poeta+disse+que+quando+a+maria+viajou+estava"
    place = f"models=agreement/gru,agreement/rnn-long&sentence={text}&step=3&guess=feminine&reveal=true"
    x = sentence("pt", f"#sentence?{place}", from_disk=from_disk)
    state = x.state
    assert (state["models"], state["step"]) == (["agreement/gru", "agreement/rnn-long"], 3)
    assert x.root.locator(".verdict.no").is_visible()
    x.assert_is_what_python_reads()
    x.set(step=999, guess="both", reveal="perhaps", weights="AAAA", models="agreement/lstm")
    assert x.state["guess"] == "feminine"
    x.assert_is_what_python_reads()


def test_a_network_that_is_not_there_is_named(sentence):
    x = sentence("pt", "#sentence?reveal=true")
    x.page.record.expected.append("agreement-nothing.js")
    x.page.record.expected.append("404")
    x.set(models="agreement/nothing,agreement/lstm")
    alert = x.root.locator("[role=alert]")
    alert.wait_for()
    assert "agreement/nothing" in alert.inner_text() and x.root.locator(".said .ok").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_of_the_text_set_the_state(sentence, language):
    x = sentence(language)
    links = x.page.locator("a.set-state[href^='#sentence?']")
    for link in links.all():
        if link.locator("xpath=ancestor::details[not(@open)]").count():
            link.locator("xpath=ancestor::details").first.locator("summary").first.click()
        link.click()
        if x.state["reveal"]:
            x.assert_is_what_python_reads()


def test_parts_are_hidden_one_by_one(sentence):
    x = sentence("en", "#sentence?reveal=true")
    marks = {
        "title": x.root.locator(".title"),
        "networks": x.network("agreement/gru"),
        "composer": x.button("write.open"),
        "predict": x.button("again"),
        "scrubber": x.slider,
        "see": x.root.locator("p.see"),
        "table": x.root.locator("details.fold"),
        "link": x.root.locator(".copy"),
    }
    for part in marks:
        x.set(hide=part)
        assert [name for name, mark in marks.items() if not mark.count()] == [part]


# --- for everybody ---


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", THEMES)
def test_nothing_to_complain_about_in_any_state(sentence, theme, width):
    x = sentence("pt", theme=theme, width=width)
    assert violations(x.page, "#sentence") == []
    x.button("ask.masculine").click()
    open_details(x.page)
    frame(x.page)
    assert violations(x.page, "#sentence") == []
    x.set(models=",".join(ALL), step=3, sentence=LONG.replace(" ", "+"))
    assert violations(x.page, "#sentence") == []
    x.write("xyzzy viajou")
    assert violations(x.page, "#sentence") == []
    x.write("ontem " * 120)
    assert violations(x.page, "#sentence") == []
    x.write("")
    assert violations(x.page, "#sentence") == []


def test_with_the_system_s_colours_the_score_is_still_there(sentence):
    x = sentence("pt", "#sentence?reveal=true", forced_colors="active")
    for selector in (".bar i", "li.t-on .th"):
        seen = x.root.locator(selector).first
        colours = seen.evaluate(
            """(el) => { const own = getComputedStyle(el), line = getComputedStyle(el, "::before");
                 return [own.backgroundImage + own.backgroundColor, line.backgroundColor]; }"""
        )
        assert any(colour not in ("nonergba(0, 0, 0, 0)", "rgba(0, 0, 0, 0)") for colour in colours)
    assert x.root.locator(".said svg").first.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_there_is_the_picture(open_page, language):
    page = open_page(CHAPTER.format(language), javascript=False, wait=False)
    picture = page.locator("#sentence svg[role=img]:visible")
    assert picture.count() == 1
    name = picture.evaluate("(svg) => svg.querySelector('desc').textContent")
    assert SEED in name and "menina" in name
    for answer in agreement.answers({n: ll.load(n).read(SEED) for n in ALL[::2]}).values():
        assert answer.expected in name


def test_the_state_survives_a_reload_through_the_copied_link(sentence, open_page):
    x = sentence("pt", permissions=["clipboard-read", "clipboard-write"])
    x.set(reveal="true", step=4, models="agreement/gru", sentence="a+criança+disse+que+estava+muito")
    x.root.get_by_role("button", name=say("common.copy_link", "pt")).click()
    link = x.page.evaluate("navigator.clipboard.readText()")
    assert not re.search(r"weights|guess|lang", link)
    x.page.goto("about:blank")
    x.page.goto(link)
    settle(x.page)
    again = Sentence(x.page, "pt")
    assert (again.state["step"], again.state["models"]) == (4, ["agreement/gru"])
    again.assert_is_what_python_reads()
