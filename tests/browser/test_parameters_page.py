"""Counting parameters on the page: sliders, buttons and links, against Python's count."""

import pytest
from explorable import Explorable
from reader import LANGUAGES, say, violations

from lstm_lib import parameters, widgets
from lstm_lib.locale import integer


class Parameters(Explorable):
    def __init__(self, page, language, id="parameters"):
        super().__init__(page, language, id)
        self.root.scroll_into_view_if_needed()

    def say(self, key, **values):
        return say(f"parameters.{key}", self.language, **values)

    def slider(self, key):
        return self.root.get_by_role("slider", name=self.say(key), exact=True)

    def press(self, key):
        self.root.get_by_role("button", name=self.say(key), exact=True).click()

    def assert_counts(self):
        """Formula, drawing, sentence and table say what Python counts in this state."""
        state = {key: value for key, value in self.state.items() if key not in ("hide", "lang")}
        widget = widgets.Parameters(**state)
        total = integer(widget.count, self.language)
        assert self.root.locator(".formula b").inner_text() == total
        drawn = self.root.locator(".matrices .total").all_text_contents()
        assert drawn == [integer(count, self.language) for _, count in widget.networks.values()]
        seen = self.root.locator("p.see").inner_text()
        assert total in seen
        for cell in parameters.CELLS:
            if cell != widget.cell:
                units = parameters.equal_size(cell, widget.input_size, widget.count, widget.biases)
                assert integer(units, self.language) in seen
        rows = self.table()
        assert [row[0] for row in rows[:-1]] == list(widget.shapes) and rows[-1][-1] == total
        for row, shape in zip(rows, widget.shapes.values(), strict=False):
            assert row[1] == " × ".join(integer(size, self.language) for size in shape)
        return widget


@pytest.mark.parametrize("language", LANGUAGES)
def test_sliders_buttons_and_links_count_as_python(open_page, language):
    x = Parameters(open_page(f"{language}/05-mathematics.html"), language)
    assert x.assert_counts().count == 6400
    x.slider("hidden_size").press("ArrowRight")
    assert x.assert_counts().hidden_size == 36
    x.slider("input_size").press("Home")
    assert x.assert_counts().input_size == 1
    x.press("name.gru")
    x.press("compare.parameters")
    x.press("biases.1")
    widget = x.assert_counts()
    assert (widget.cell, widget.compare, widget.biases) == ("gru", "parameters", 1)
    x.root.locator(".matrices .hit").first.click()
    assert x.assert_counts().cell == "rnn"
    x.set(cell="lstm", hidden_size=1000, input_size=700, biases=2)      # a size between two of the slider
    assert x.assert_counts().hidden_size == 1000
    assert not violations(x.page, "#parameters")


def test_on_a_phone_nothing_sticks_out(open_page):
    x = Parameters(open_page("pt/05-mathematics.html", width=390), "pt")
    for state in ({}, {"compare": "parameters", "hidden_size": 512}, {"hidden_size": 1, "input_size": 1024}):
        x.set(**{"hidden_size": 32, "input_size": 16, "compare": "size", **state})
        x.assert_counts()
        edges = x.root.evaluate(
            """(el) => [...el.shadowRoot.querySelectorAll(".matrices text, .formula span")]
                .map((mark) => mark.getBoundingClientRect()).map((box) => [box.left, box.right])"""
        )
        assert min(left for left, _ in edges) >= 0 and max(right for _, right in edges) <= 390
