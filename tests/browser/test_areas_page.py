"""The areas and the river on the page: they say what Python says, by link, keys, pointer and select."""

import pytest
from explorable import Explorable, inside
from reader import frame, say, violations

from lstm_lib import compared_areas as areas
from lstm_lib import river_story, widgets
from lstm_lib.locale import plain

PAGES = {"pt": "pt/06-results.html", "en": "en/06-results.html"}


class Shown(Explorable):
    def __init__(self, page, language, id):
        super().__init__(page, language, id)
        self.root.get_by_text(say("common.what_you_see", language)).wait_for()
        self.root.scroll_into_view_if_needed()

    def say(self, key, **values):
        return say(f"{self.id}.{key}", self.language, **values)

    def sentence(self):
        frame(self.page)
        return self.root.locator("p.see").inner_text()

    def slider(self, key):
        return self.root.get_by_role("slider", name=self.say(key), exact=True)


def assert_area_says_python(x):
    widget = widgets.Areas(**{k: v for k, v in x.state.items() if k not in ("hide", "lang")})
    T, chosen = areas.length_of(widget.area, widget.length), widget.selection
    assert x.sentence().endswith(plain(areas.see(widget.area, T, chosen, x.language)))
    assert x.root.locator("p.outcome").inner_text() == areas.outcome(widget.area, T, x.language)
    shown = x.root.locator(".entry").evaluate_all("(all) => all.map((one) => one.dataset.entry)")
    assert shown == [entry.key for entry in widget.entries]
    means = x.root.locator(".entry .mean").evaluate_all("(all) => all.map((one) => one.textContent)")
    assert means == [areas.mean_text(widget.area, entry, x.language) for entry in widget.entries]


@pytest.mark.parametrize("language", PAGES)
def test_areas_and_river_say_what_python_says(open_page, language):
    page = open_page(PAGES[language])
    x = Shown(page, language, "areas")
    for area in areas.AREAS:
        for T in areas.about(area)["lengths"] or [0]:
            x.set(area=area, length=T, network="gru")
            assert_area_says_python(x)
    assert violations(page, "#areas") == []
    x = Shown(page, language, "river")
    for day, model in ((449, "lstm-90"), (449, "lstm-10"), (9, "lstm-30"), (1095, "rnn-90"), (700, "ridge")):
        x.set(day=day, model=model)
        assert x.sentence().endswith(plain(river_story.see(day, model, language)))
    assert violations(page, "#river") == []


def test_an_area_is_chosen_by_select_and_a_line_by_keys_and_pointer(open_page):
    x = Shown(open_page(PAGES["pt"]), "pt", "areas")
    x.root.get_by_role("combobox", name=x.say("choose"), exact=True).select_option("latch")
    x.root.get_by_role("button", name=x.say("length", T="50"), exact=True).click()
    assert (x.state["area"], x.state["length"]) == ("latch", 50)
    x.slider("keys").focus()
    for key, at in (("End", -1), ("ArrowUp", -2)):
        x.page.keyboard.press(key)
        assert x.state["network"] == areas.entries("latch", 50)[at].key
    x.root.locator(".entry[data-entry=rnn] .name").click()
    assert x.state["network"] == "rnn"
    assert_area_says_python(x)
    assert len(x.table()) == len(areas.entries("latch", 50)) and x.root.locator(".paper").count() == 0
    x.root.get_by_role("button", name=x.say("length", T="100"), exact=True).click()
    *_, paper = x.table()
    assert paper[:2] == [x.say("paper_row"), areas.paper_text("latch", 100, "pt")]
    assert areas.paper_text("latch", 100, "pt") in x.root.locator(".paper text").text_content()
    x.root.get_by_role("combobox", name=x.say("choose"), exact=True).select_option("accents")
    assert (
        x.state["network"] == "" and x.root.locator(".entry.chosen").get_attribute("data-entry") == "bilstm"
    )
    assert_area_says_python(x)


def test_a_day_is_chosen_by_slider_keys_and_button_and_held_to_the_record(open_page):
    x, last = Shown(open_page(PAGES["pt"]), "pt", "river"), river_story.count() - 1
    x.slider("keys").focus()
    for key, day in (("ArrowRight", 450), ("PageDown", 420)):
        x.page.keyboard.press(key)
        assert x.state["day"] == day
    x.slider("scrub").focus()
    x.page.keyboard.press("End")
    assert x.state["day"] == last
    x.root.get_by_role("button", name=x.say("to_flood"), exact=True).click()
    assert x.state["day"] == river_story.flood()
    x.page.mouse.move(*inside(x.root.locator(".canvas > svg"), 0.7, 0.5))
    x.page.mouse.down()  # the days stay under the pointer while it is dragged
    first = x.state["day"]
    x.page.mouse.move(*inside(x.root.locator(".canvas > svg"), 0.5, 0.5), steps=5)
    x.page.mouse.up()
    assert 15 <= first - x.state["day"] <= 40
    x.root.get_by_role("button", name=river_story.name("rnn-90", "pt"), exact=True).click()
    assert x.state["model"] == "rnn-90"
    x.set(day=99999)
    assert x.sentence().endswith(plain(river_story.see(last, "rnn-90", "pt")))
