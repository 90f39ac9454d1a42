"""The accents on the page: what the reader types, chooses and follows, against Python's two networks."""

import pytest
from explorable import Explorable
from reader import LANGUAGES, say, violations

from lstm_lib import accents
from lstm_lib.datasets.accents import strip

PAGE = "06-results.html"


class Accents(Explorable):
    def __init__(self, page, language, id="accents"):
        super().__init__(page, language, id)
        self.root.scroll_into_view_if_needed()
        self.root.locator(".drawn > svg").wait_for()

    def say(self, key, **values):
        return say(f"accents.{key}", self.language, **values)

    @property
    def box(self):
        return self.root.get_by_role("textbox", name=self.say("write"))

    @property
    def slider(self):
        return self.root.get_by_role("slider", name=self.say("scrub"), exact=True)

    def assert_shows_python(self, right=None):
        """Letters, verdicts, the sentence and the options of the chosen letter are Python's."""
        word = self.state["word"]
        found = {name: accents.load(name).read(word) for name in accents.NAMES}
        seen = self.root.locator("p.see").inner_text()
        for name, reading in found.items():
            drawn = self.root.locator(f".drawn g.{name} text.letter").all_text_contents()
            assert "".join(drawn) == reading.word and reading.word in seen
            said = "unknown" if right is None else "right" if reading.word == right else "wrong"
            verdict = self.root.locator(".drawn p.name .said").nth(accents.NAMES.index(name))
            shown = verdict.inner_text().strip()
            assert shown == self.say(f"verdict.{said}.short")
        at = int(self.slider.input_value())
        for number, reading in enumerate(found.values()):
            chosen = self.root.locator(".letter-panel section").nth(number).locator("li.chosen .form")
            if reading.probabilities[at, 1:].any():
                assert chosen.inner_text() == reading.word[at]
        return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_types_chooses_and_follows(open_page, language):
    x = Accents(open_page(f"{language}/{PAGE}"), language)
    first = x.state["word"]
    x.assert_shows_python(next(row["right"] for row in examples() if row["bare"] == first))
    x.box.fill("zebrinha")
    x.assert_shows_python()
    x.box.fill("Zebrão")                         # with its accents: now there is a right answer
    assert strip("zebrão") == accents.bare_letters(x.state["word"])
    x.assert_shows_python("zebrão")
    x.slider.press("Home")
    assert x.state["letter"] == 0
    x.slider.press("End")
    assert x.state["letter"] == 5
    x.assert_shows_python("zebrão")
    x.root.get_by_role("combobox").select_option(value="historia")
    x.assert_shows_python("história")
    x.set(word="zebra", letter=9)
    assert int(x.slider.input_value()) == 4
    for name, written in (("zebra", 2), ("xyz", 0)):
        x.box.fill(name)
        assert x.root.locator(".drawn g.lstm rect.track").count() == written
    assert not violations(x.page, "#accents")


def test_what_is_no_word_gets_kind_words(open_page):
    x = Accents(open_page(f"pt/{PAGE}", width=390), "pt")
    x.box.fill("niño 3")
    notes = x.root.locator(".notices").inner_text()
    assert "“ñ”" in notes and x.say("one_word") in notes
    x.box.fill("123")
    assert x.say("empty") in x.root.locator(".mend").inner_text()
    x.root.locator(".mend button").click()
    x.assert_shows_python(next(row["right"] for row in examples() if row["bare"] == x.state["word"]))
    x.box.fill("o" * 30)
    assert x.say("cut", most=accents.MOST_LETTERS) in x.root.locator(".notices").inner_text()
    wide = x.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    assert min(box["height"] for box in map(box_of, x.root.get_by_role("button").all())) >= 24
    assert not violations(x.page, "#accents")


def examples():
    from lstm_lib.results.load import examples

    return examples("accents")["words"]


def box_of(locator):
    return locator.bounding_box()
