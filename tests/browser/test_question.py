"""The question card: each exercise answered right and wrong, with the words that Python says."""

import re
from itertools import permutations

import pytest
from reader import LANGUAGES, NUMBERED, frame, say, settle, state_of, violations

from lstm_lib.checks import exercise, judge
from lstm_lib.exercises import bptt, dependencies, gates, mathematics, memory, results
from lstm_lib.locale import MINUS, number

PARTS = {
    "01-memory": memory,
    "02-long-dependencies": dependencies,
    "03-bptt": bptt,
    "04-gates": gates,
    "05-mathematics": mathematics,
    "06-results": results,
}
CARDS = {
    chapter: [id for id in part.EXERCISES if exercise(id)["kind"] != "code"]
    for chapter, part in PARTS.items()
}
PREDICT = {chapter: [id for id in ids if exercise(id).get("predict")] for chapter, ids in CARDS.items()}
CHECK = {chapter: [id for id in ids if id not in PREDICT[chapter]] for chapter, ids in CARDS.items()}


def plain(text: str) -> str:
    """A text of a card without its marks."""
    return "".join(re.sub(r"[{}*$_`]", "", text).replace(MINUS, "-").split())


class Card:
    """The card of one exercise on a page."""

    def __init__(self, page, id, language):
        self.page, self.id, self.language, self.spec = page, id, language, exercise(id)
        index = page.evaluate(
            """(id) => [...document.querySelectorAll("lstm-widget[type=question]")]
              .findIndex((el) => el.model.get("question").id === id)""",
            id,
        )
        assert index >= 0, f"no card for {id} on the page"
        self.root = page.locator("lstm-widget[type=question]").nth(index)
        self.root.scroll_into_view_if_needed()

    def answer(self, answer, keyboard=False):
        if self.spec["kind"] == "choice":
            radio = self.root.get_by_role("radio").nth(answer)
            if keyboard:
                radio.focus()
                radio.press(" ")
            else:
                self.root.locator("label", has=self.page.locator(f"input[value='{answer}']")).click()
            assert radio.is_checked()
        elif self.spec["kind"] == "order":
            self.arrange(answer, keyboard)
        else:
            self.root.get_by_role("textbox").fill(answer if isinstance(answer, str) else self.written(answer))
        button = self.button("question.keep" if self.spec.get("predict") else "question.check")
        if self.spec["kind"] == "number" and keyboard:
            self.root.get_by_role("textbox").press("Enter")
        else:
            button.click()
        frame(self.page)

    def arrange(self, order, keyboard):
        """Move every option up to its place."""
        items = self.root.locator("ol.order > li")
        for place, option in enumerate(order):
            while (at := self.options().index(option)) != place:
                up = items.nth(at).get_by_role("button").first
                up.press("Enter") if keyboard else up.click()
                frame(self.page)
                assert self.options()[at - 1] == option

    def options(self):
        """The options from top to bottom, by their indices."""
        items = self.root.locator("ol.order > li")
        return items.evaluate_all("(items) => items.map((item) => Number(item.dataset.option))")

    def written(self, value):
        return number(value, self.language, 4)

    def button(self, key):
        return self.root.get_by_role("button", name=say(key, self.language), exact=True)

    def compare(self):
        """Ask for the verdict on a prediction."""
        self.button("question.compare").click()
        frame(self.page)

    def verdict(self):
        return self.root.locator(".verdict")

    def assert_says(self, answer):
        """The card's verdict is Python's, word for word."""
        expected = judge(self.spec, answer, self.language)
        shown = self.verdict()
        assert shown.count() == 1
        assert plain(expected.say) in plain(shown.inner_text()), (shown.inner_text(), expected)
        assert ("ok" in shown.get_attribute("class").split()) == expected.right

    def answers(self):
        """One answer per thing the card can say: the right one, each mistake, and any other."""
        given = [self.spec["answer"]]
        for mistake in self.spec.get("mistakes", []):
            when = mistake["when"]
            if isinstance(when, dict):  # the first order that makes this mistake and none before it
                said = mistake["say"][self.language]
                orders = map(list, permutations(range(len(self.spec["options"]))))
                given.append(next(o for o in orders if judge(self.spec, o, self.language).say == said))
                continue
            given.append((when[0] + when[1]) / 2 if isinstance(when, list) else when)
        return [*given, 123.0] if self.spec["kind"] == "number" else given


def test_every_chapter_has_cards():
    assert list(PARTS) == NUMBERED


@pytest.mark.parametrize("chapter", NUMBERED)
@pytest.mark.parametrize(("language", "width", "theme"), [("pt", 1280, "light"), ("en", 390, "dark")])
def test_exercises(open_page, language, width, theme, chapter):
    page = open_page(f"{language}/{chapter}.html", width=width, theme=theme)
    assert len(CHECK[chapter]) >= 2
    for id in CHECK[chapter]:
        card = Card(page, id, language)
        assert card.verdict().count() == 0
        assert plain(card.spec["prompt"][language]) in plain(card.root.locator("form").inner_text())
        for k, answer in enumerate(card.answers()):
            card.answer(answer, keyboard=bool(k % 2))
            card.assert_says(card.written(answer) if card.spec["kind"] == "number" else answer)
        if card.spec["kind"] == "number":
            for unreadable in ("", "abc", "1,2,3"):
                card.answer(unreadable)
                status = card.root.get_by_role("status").inner_text()
                assert say("exercises.unreadable-number", language) in status
                assert card.verdict().count() == 0
            minus = str(card.spec["answer"]).replace("-", MINUS).replace(".", ",")
            card.answer(minus)
            card.assert_says(minus)
        else:
            card.answer(card.spec["answer"])
        assert not page.locator("lstm-widget[type=question] .verdict.no").count() or id != CHECK[chapter][-1]
    found = violations(page, "lstm-widget[type=question]")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("chapter", NUMBERED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_predictions(open_page, language, chapter):
    """A prediction is kept without a verdict, also over a new visit, until the reader asks for it."""
    page = open_page(f"{language}/{chapter}.html")
    assert PREDICT[chapter]
    for id in PREDICT[chapter]:
        card = Card(page, id, language)
        wrong = next(k for k in range(len(card.spec["options"])) if k != card.spec["answer"])
        card.answer(wrong)
        assert card.verdict().count() == 0
        assert card.root.get_by_text(say("question.kept", language)).is_visible()
    page.reload()
    settle(page)
    for id in PREDICT[chapter]:
        card = Card(page, id, language)
        wrong = next(k for k in range(len(card.spec["options"])) if k != card.spec["answer"])
        assert card.root.get_by_role("radio").nth(wrong).is_checked()
        assert card.verdict().count() == 0
        card.compare()
        card.assert_says(wrong)
        assert say("question.your_prediction", language) in card.root.locator("form").inner_text()
        card.button("question.change").click()
        card.answer(card.spec["answer"], keyboard=True)
        card.compare()
        card.assert_says(card.spec["answer"])
    found = violations(page, "lstm-widget[type=question]")
    assert not found, "\n".join(found)


def test_cards_without_memory(open_page):
    """A browser that keeps nothing is no error: the card only forgets."""
    page = open_page("pt/04-gates.html", wait=False)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied'); }})"
    )
    page.reload()
    settle(page)
    card = Card(page, PREDICT["04-gates"][0], "pt")
    card.answer(0)
    assert card.root.get_by_text(say("question.kept", "pt")).is_visible()


def test_answers_do_not_leave_the_page(open_page):
    page = open_page("en/04-gates.html")
    requests = len(page.record.requests)
    card = Card(page, CHECK["04-gates"][0], "en")
    card.answer(card.answers()[0])
    card.assert_says(
        card.written(card.spec["answer"]) if card.spec["kind"] == "number" else card.spec["answer"]
    )
    page.wait_for_timeout(200)
    later = page.record.requests[requests:]
    assert all("/_static/" in url and "?" not in url for url in later) and not page.record.bodies
    assert state_of(page, "gates")["step"] >= 0
