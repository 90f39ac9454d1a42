"""Step through the cell: every number is Python's, and symbol, wire, row of weights and line of code light up
together, from each of the four."""

import pytest
from explorable import Explorable
from reader import LANGUAGES, say, violations

import lstm_lib as ll
from lstm_lib.locale import number

SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
BLOCKS = {"i": "input_gate", "f": "forget_gate", "g": "candidate", "o": "output_gate"}
HERE = f"sentence={SENTENCE.replace(' ', '+')}&step=4&unit=3&quantity=forget_gate&view=forward"
# A symbol, and how many marks of it light up: in the equations, in the code (names, whole lines).
PLACES = {
    "forget_gate": (2, 2, 1),
    "a_f": (2, 2, 1),
    "U_o": (1, 1, 0),
    "x": (4, 4, 0),
    "c_before": (1, 1, 0),
    "kept": (1, 1, 0),
    "cell": (2, 2, 1),
    "hidden": (1, 1, 1),
}
# A point of a mark: on its wire, at the start of its line (farther on there are names), else in its middle.
ON_IT = """(mark) => {
  const wire = mark.querySelector("path");
  if (wire) {
    const at = wire.getPointAtLength(wire.getTotalLength() / 2).matrixTransform(wire.getScreenCTM());
    return [at.x, at.y];
  }
  const box = mark.getBoundingClientRect();
  return [mark.matches(".stmt") ? box.left + 4 : box.left + box.width / 2, box.top + box.height / 2];
}"""


class Step(Explorable):
    """The explorable on a page."""

    def __init__(self, page, language, id="step"):
        super().__init__(page, language, id)
        self.root.scroll_into_view_if_needed()
        self.play = self.root.locator(".play")
        self.slider = self.root.get_by_role("slider", name=self.say("scrub"), exact=True)

    def say(self, key, **values):
        return say(f"step-through.{key}", self.language, **values)

    def button(self, key, **values):
        return self.root.get_by_role("button", name=self.say(key, **values))

    @property
    def at(self):
        state = self.state
        return state["step"], state["quantity"]

    def written(self, name):
        """The numbers under a symbol of the equations."""
        under = self.root.locator(f".equations [data-name={name}] .n, .equations .n[data-name={name}]")
        return set(under.evaluate_all("(all) => all.map((e) => e.lastChild.textContent)"))

    def assert_shows_the_trace(self, reading):
        """Every number under a symbol, and the sums of the weights, are those of Python's trace."""
        trace, state = reading.trace, self.state
        t, u = state["step"], state["unit"]

        def signed(value):
            return number(float(value), self.language, 3, sign=True)

        for block, gate in BLOCKS.items():
            terms = trace.preactivation(gate, t, u)
            total = signed(sum(term["product"] for term in terms))
            assert self.written(f"a_{block}") == {total}
            value = float(getattr(trace, gate)[t, u])
            assert self.written(gate) == {number(value, self.language, 3, sign=block == "g")}
            assert self.root.locator(f".w-row[data-name=a_{block}] .w-sum").inner_text() == total
        before = float(trace.cell[t - 1, u]) if t else 0.0
        assert self.written("c_before") == {signed(before)}
        assert self.written("cell") == {signed(trace.cell[t, u])}
        assert self.written("hidden") == {signed(trace.hidden[t, u])}
        assert self.written("kept") == {signed(trace.forget_gate[t, u] * before)}
        cell = number(float(trace.cell[t, u]), self.language, 2, sign=True)
        assert cell in self.root.locator("p.see").inner_text()
        assert cell in self.root.locator("svg.cell").text_content()

    def lit(self):
        """What is lit in each of the four places."""
        return self.root.evaluate(
            """(host) => {
              const root = host.shadowRoot, names = (where) => [...root.querySelectorAll(where)].map(
                (e) => e.dataset.name ?? "");
              return {
                symbols: names(".equations .lit"), rows: names(".weights .lit"),
                names: names(".code .tok.lit"), lines: names(".code .stmt.lit"),
                wires: root.querySelectorAll(".casing > .along, .casing > .round").length};
            }"""
        )

    def assert_lit(self, name):
        lit = self.lit()
        symbols, names, lines = PLACES[name]
        assert lit["symbols"] == [name] * symbols
        assert lit["names"] == [name] * names and lit["lines"] == [name] * lines
        assert lit["wires"] >= 1
        gate = next((f"a_{block}" for block, own in BLOCKS.items() if own == name), name)
        assert lit["rows"] == ([] if name in ("c_before", "kept", "cell", "hidden") else [gate])
        card = self.root.locator(".card").inner_text()
        letter = {"forget_gate": "ft", "cell": "ct", "hidden": "ht", "x": "xt", "a_f": "af", "U_o": "Uo"}
        assert card.replace("\n", "").startswith(letter.get(name, ""))


@pytest.fixture
def explorable(open_page):
    def open_(language="pt", query=HERE, **more):
        return Step(open_page(f"{language}/05-mathematics.html#step?{query}", **more), language)

    return open_


def test_four_places_light_up_from_each_of_them(explorable):
    """By pointer, by focus and by pressing; what is only pointed at goes out again."""
    x = explorable("en")
    reading = ll.load("agreement/lstm").read(SENTENCE)
    for step, unit in ((0, 18), (2, 18), (11, 3), (14, 31)):
        x.set(step=step, unit=unit)
        x.assert_shows_the_trace(reading)
    x.set(quantity="hidden")
    x.assert_lit("hidden")
    places = {
        "forget_gate": [
            ".equations [data-name=forget_gate]",
            "svg.cell [data-name=forget_gate]",
            ".code .stmt[data-name=forget_gate]",
        ],
        "U_o": [".equations [data-name=U_o]", ".weights button[data-name=U_o]", ".code .tok[data-name=U_o]"],
        "x": [
            ".equations [data-name=x]",
            "svg.cell [data-name=x]",
            ".weights button[data-name=x]",
            ".code .tok[data-name=x]",
        ],
        "a_f": [
            ".equations [data-name=a_f]",
            "svg.cell [data-name=a_f]",
            ".w-row[data-name=a_f] .w-name",
            ".code .stmt[data-name=a_f]",
        ],
        "kept": [".equations [data-name=kept]", "svg.cell [data-name=kept]"],
    }
    for name, selectors in places.items():
        for selector in selectors:
            place = x.root.locator(selector).first
            place.scroll_into_view_if_needed()
            x.page.mouse.move(*place.evaluate(ON_IT))
            x.assert_lit(name)
        x.page.mouse.move(2, 2)
        x.assert_lit("hidden")
        x.page.mouse.click(*x.root.locator(selectors[-1]).first.evaluate(ON_IT))
        assert x.state["quantity"] == name
        x.set(quantity="hidden")
        x.page.mouse.move(2, 2)


def test_by_keyboard(explorable):
    """Tab comes to each place once; arrows go from symbol to symbol, Enter chooses; the focus lights."""
    x = explorable("pt", theme="dark")
    chosen = x.root.locator(".equations [tabindex='0']")
    assert chosen.count() == 1 and chosen.get_attribute("data-name") == "forget_gate"
    chosen.focus()
    x.page.keyboard.press("ArrowRight")
    x.assert_lit("a_f")
    assert x.state["quantity"] == "forget_gate"
    x.page.keyboard.press("Enter")
    assert x.state["quantity"] == "a_f"
    for place in ("svg.cell", ".weights", ".code"):
        found = x.root.locator(f"{place} [tabindex='0']")
        assert found.count() == 1, place
        found.focus()
        x.page.keyboard.press("End")
        x.page.keyboard.press("Home")
        name = x.root.evaluate("(host) => host.shadowRoot.activeElement.dataset.name")
        x.page.keyboard.press(" ")
        assert x.state["quantity"] == name
    x.slider.press("End")
    assert x.at[0] == 14
    assert not violations(x.page, "#step")


@pytest.mark.parametrize("language", LANGUAGES)
def test_playing_stepping_and_breakpoints(explorable, language):
    """Both ways in time, by words and by lines of the code; it stops where it is told to, and says so."""
    x = explorable(language, query=f"{HERE}&pace=20&unit=3&step=0")
    trace = ll.load("agreement/lstm").read(SENTENCE).trace
    closed = [t for t in range(trace.steps) if trace.forget_gate[t, 3] < 0.5]
    x.button("stops").click()
    x.root.locator(".stops input").first.check()
    x.play.click()
    x.play.filter(has_text=x.say("play")).wait_for()
    first = next(t for t in closed if t > 0)
    assert x.at[0] == first and not x.state["playing"]
    assert x.say("stopped", why="").split("**")[0].strip() in x.root.locator("p.see").inner_text()

    x.set(view="backward", step=14)
    x.play.click()
    x.play.filter(has_text=x.say("play")).wait_for()
    assert x.at[0] == max(t for t in closed if t < 14)

    x.set(breakpoints="6,forget_gate<0.5,unknown,6")
    assert x.state["breakpoints"] == [6, "forget_gate<0.5"]
    assert x.root.locator("ol.strip > li.stop").all_inner_texts()[0].startswith(SENTENCE.split()[6])

    x.set(view="forward", step=2, stride="line", quantity="output_gate")
    x.button("next.line").click()
    assert x.at == (2, "cell")
    for _ in range(2):
        x.button("next.line").click()
    assert x.at == (3, "a_i")
    x.button("previous.line").click()
    assert x.at == (2, "hidden")
    x.assert_lit("hidden")
    x.set(view="backward")
    x.button("next.line").click()
    assert x.at == (2, "a_o")
    x.set(stride="step")
    x.button("next.word").click()
    assert x.at == (1, "a_o")


def test_by_touch_on_a_phone(explorable):
    x = explorable("pt", width=390, theme="dark")
    assert x.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    x.root.locator(".equations [data-name=kept]").tap()
    x.assert_lit("kept")
    x.root.locator(".code .stmt[data-name=hidden]").tap()
    x.assert_lit("hidden")
    small = x.root.evaluate(
        """(host) => [...host.shadowRoot.querySelectorAll("button:not(.block), select, summary")]
          .map((e) => [e.textContent, e.getBoundingClientRect().height])
          .filter(([, height]) => height && height < 44)"""
    )
    assert not small
    assert not violations(x.page, "#step")


def test_the_reader_s_own_network(explorable, tmp_path):
    """A file of one's own weights: the same equations, the network's own numbers, and the way back."""
    net = ll.LSTM.init(3, 5, seed=2)
    ll.weights.save_network(net, tmp_path / "own.safetensors")
    x = explorable("en")
    x.root.get_by_role("button", name=say("network.own.open", "en")).click()
    x.root.locator("input[type=file]").set_input_files(tmp_path / "own.safetensors")
    x.root.get_by_text("own.safetensors:").wait_for()
    state = x.state
    assert len(state["inputs"][0]) == 3 and (state["step"], state["unit"]) == (0, 0)
    x.set(step=3, unit=4)
    trace = net.forward(state["inputs"])
    assert x.written("cell") == {number(float(trace.cell[3, 4]), "en", 3, sign=True)}
    x.root.get_by_role("button", name=say("network.own.back", "en")).click()
    assert x.written("a_f") and x.state["step"] == 4
