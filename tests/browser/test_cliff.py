"""The cliff as a reader walks on it: by buttons, keys, mouse and link, and every number is Python's."""

import pytest
from explorable import Explorable
from reader import LANGUAGES, frame, say, violations

from lstm_lib import widgets
from lstm_lib.error_surface import edge
from lstm_lib.figures.cliff import NAMES, place_text, plain, see, size


class Cliff(Explorable):
    """The explorable, put on a page of the book that carries the site's script."""

    def __init__(self, page, language, id="cliff"):
        page.evaluate(
            """(id) => {
              if (document.getElementById(id)) return;
              const made = Object.assign(document.createElement("lstm-widget"), {id});
              made.setAttribute("type", "cliff");
              made.setAttribute("data-state", "{}");
              document.querySelector("lstm-widget").before(made);
            }""",
            id,
        )
        super().__init__(page, language, id)
        self.root.locator(".relief svg").scroll_into_view_if_needed()

    def say(self, key, **values):
        return say(f"cliff.{key}", self.language, **values)

    def button(self, key):
        return self.root.get_by_role("button", name=self.say(key), exact=True)

    def slider(self, key):
        return self.root.get_by_role("slider", name=self.say(key), exact=True)

    def assert_shows_python(self):
        """Sentence, both cards, slider and table say what Python computes in this state."""
        state = {key: value for key, value in self.state.items() if key not in ("hide", "lang")}
        widget, lang = widgets.Cliff(**state), self.language
        assert self.root.locator("p.see").inner_text().endswith(plain(see(widget, lang)))
        move, words = widget.held("move"), self.root.locator(".card .word").all_inner_texts()
        outcomes = widget.outcomes if move else dict.fromkeys(NAMES, "start")
        assert words == [self.say(f"outcome.{outcomes[name]}") for name in NAMES]
        for name in NAMES:
            walk = widget.walks[name]
            shown = self.root.locator(f".card.{name} dd").all_inner_texts()
            last = size(walk.lengths[move - 1], lang) if move else "—"
            assert shown == [place_text(walk.places[move], lang), size(walk.errors[move], lang),
                             size(walk.norms[move], lang), last]  # fmt: skip
        assert self.slider("move").input_value() == str(move)
        row = self.root.locator("table.values tr[aria-current]")
        if row.count():
            assert row.locator("td").nth(3).inner_text() == size(widget.walks["free"].norms[move], lang)
        return widget


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reader_walks_off_the_cliff(open_page, language):
    x = Cliff(open_page(f"{language}/01-memory.html"), language)
    x.assert_shows_python()
    assert x.button("back").is_disabled()
    for _ in range(8):
        x.button("step").click()
    x.table()
    widget = x.assert_shows_python()
    assert widget.outcomes == {"free": "thrown", "clipped": "walking"}
    label = x.root.locator(".relief .walk.free .label").text_content()      # beside the arrow
    assert label.endswith(place_text(widget.walks["free"].places[8], language))
    assert x.root.locator(".relief .walk.free .head").count() == 1
    x.slider("move").press("End")
    assert x.assert_shows_python().outcomes == {"free": "thrown", "clipped": "down"}
    x.slider("dial.max_norm").press("End")                        # a limit that shortens nothing
    assert x.assert_shows_python().outcomes["clipped"] == "thrown"
    x.slider("dial.steps").press("Home")
    x.slider("dial.weight").press("ArrowLeft")
    widget = x.assert_shows_python()
    assert (widget.steps, widget.weight) == (2, 2.08)
    x.set(weight=0.8, bias=0.3, steps=30, max_norm=1, move=0)     # no cliff there
    assert x.assert_shows_python().state["move"] == 0
    assert not violations(x.page, "#cliff")


def test_the_start_is_dragged_over_the_relief(open_page):
    x = Cliff(open_page("pt/01-memory.html"), "pt")
    before = x.root.locator(".relief canvas").evaluate("(c) => c.toDataURL()")
    ring = x.root.locator(".start .ring").bounding_box()
    at = (ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    x.page.mouse.move(*at)
    x.page.mouse.down()
    x.page.mouse.move(at[0] - 60, at[1] + 6)
    x.page.mouse.up()
    widget = x.assert_shows_python()
    assert widget.weight < 2.0 and widget.bias > float(edge(widget.weight))
    moved = x.root.locator(".start .ring").bounding_box()
    assert abs(moved["x"] - ring["x"] + 60) < 12                   # it is under the pointer
    assert abs(moved["y"] - ring["y"] - 6) < 12
    x.slider("dial.steps").press("End")
    frame(x.page)
    assert x.root.locator(".relief canvas").evaluate("(c) => c.toDataURL()") != before      # steeper


def test_on_a_phone_nothing_sticks_out_and_wild_links_do_no_harm(open_page):
    x = Cliff(open_page("pt/01-memory.html", width=390), "pt")
    far = "move=40&learning_rate=1&steps=50&weight=2.1&bias=0.1"
    for link in ("move=9", "move=40&weight=2.8&bias=-1.1", far):
        x.follow(link)
        x.assert_shows_python()
        width = x.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390
    x.follow("steps=-7&weight=1e300&move=5000&max_norm=0&learning_rate=-3")
    frame(x.page)
    assert x.root.locator("p.see").inner_text() and x.root.locator(".relief canvas").count() == 1
