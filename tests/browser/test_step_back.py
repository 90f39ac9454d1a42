"""Step through, the way back: the numbers under the symbols and of every path are those of
equations.step_back and of the library's backpropagation, and what is printed adds up; here too the places
light up together."""

import re

import numpy as np
import pytest
from explorable import Explorable
from reader import LANGUAGES, violations

import lstm_lib as ll
from lstm_lib import equations
from lstm_lib.losses import loss_of

SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
HERE = f"sentence={SENTENCE.replace(' ', '+')}&view=backward&step=13&unit=27&quantity=forget_gate"
BLOCKS = {"i": "input", "f": "forget", "g": "candidate", "o": "output"}


@pytest.fixture(scope="module")
def back():
    """Python's way back: the steps of lstm_lib/equations.py, and the gradients with their paths."""
    lm = ll.load("agreement/lstm")
    reading = lm.read(SENTENCE)
    direct = loss_of(reading).direct
    w = equations.blocks(lm.network)
    steps = equations.forward(w, reading.trace.inputs)
    return equations.backward(w, steps, direct)[0], reading.trace.backward(direct)


def read(shown, language):
    """A printed derivative, and what its last digit is worth: −9,7·10⁻⁴ is read as (−0.00097, 0.00001)."""
    plain = shown.replace("\N{MINUS SIGN}", "-")
    plain = plain.replace(",", ".") if language == "pt" else plain
    number, digits, power = re.fullmatch(r"([+-]?\d+(?:\.(\d+))?)(?:·10(-?\d+))?", plain.strip()).groups()
    size = 10.0 ** int(power or 0)
    return float(number) * size, size / 10 ** len(digits or "")


def assert_is(shown, value, language, slack=0.5):
    """The printed number is `value`; `slack`: in last digits, 1.5 for a share, which may take up rounding."""
    found, last = read(shown, language)
    assert abs(found - value) <= slack * last * (1 + 1e-6) or (shown == "0" and value == 0), (shown, value)


class Back(Explorable):
    def under(self, name):
        """The numbers under the derivative by a symbol."""
        return set(
            self.root.locator(f".back-equations .term[data-name={name}]:has(.frac) > .n").evaluate_all(
                "(all) => all.map((e) => [...e.childNodes].slice(1).map((n) => n.textContent).join(''))"
            )
        )

    def shares(self, of):
        """{path: printed share} with "" for the total, and the power of ten above them."""
        table = self.root.locator(f"table.paths[data-name={of}]")
        rows = table.locator("tr").evaluate_all(
            "(rows) => rows.map((row) => [row.dataset.path ?? '', row.querySelector('.product').textContent])"
        )
        power = table.locator("caption .power sup")
        return dict(rows), int(power.inner_text().replace("\N{MINUS SIGN}", "-")) if power.count() else 0

    def assert_shows(self, back):
        ways, gradients = back
        t, u = self.state["step"], self.state["unit"]
        way = ways[t]
        for block in BLOCKS:
            for shown in self.under(f"a_{block}"):
                assert_is(shown, getattr(way, f"da_{block}")[u], self.language)
        assert self.under("hidden") and self.under("cell") and self.under("a_f")
        for name, value in (("hidden", way.dh[u]), ("cell", way.dc[u])):
            for shown in self.under(name):
                assert_is(shown, value, self.language)
        sent = self.root.locator(".back-equations .term[data-name=c_before]:not(:has(.fn))")
        assert sent.count() == 1  # the factor of dL/da_f; what goes on carries its arrow
        for of, total in (("cell", way.dc[u]), ("hidden", way.dh[u])):
            rows, power = self.shares(of)
            digits = None
            for path, shown in rows.items():
                value = gradients.paths[of][path][t, u] if path else total
                assert_is(shown, value / 10.0**power, self.language, slack=1.5 if path else 0.5)
                digits = round(-np.log10(read(shown, self.language)[1]))
            printed = {path: round(read(n, self.language)[0] * 10**digits) for path, n in rows.items()}
            assert sum(part for path, part in printed.items() if path) == printed[""], rows
        # the weights: this step's part of the bias, the steps so far, and the whole gradient
        for block in BLOCKS:
            shown = self.root.locator(f".contributions button[data-name=b_{block}]").evaluate(
                "(e) => [...e.childNodes].slice(1).map((n) => n.textContent).join('')"
            )
            assert_is(shown, getattr(way, f"db_{block}")[u], self.language)
        so_far = sum(one.db_f[u] for one in ways[t:])
        assert_is(self.root.locator("[data-sum=so-far] .w-sum").inner_text(), so_far, self.language)
        whole = gradients.weights["bias_ih"].reshape(4, -1)[1, u]
        assert_is(self.root.locator("[data-sum=all] .w-sum").inner_text(), whole, self.language)
        drawn = self.root.locator(".thread .value").text_content()
        assert drawn in self.root.locator("p.see").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_is_python_s_and_the_shares_add_up(open_page, back, language):
    width = 1280 if language == "pt" else 390
    x = Back(open_page(f"{language}/05-mathematics.html#step?{HERE}", width=width), language, "step")
    x.root.scroll_into_view_if_needed()
    for step, unit in ((13, 27), (14, 27), (8, 27), (0, 18), (12, 18), (5, 3), (11, 30)):
        x.set(step=step, unit=unit)
        x.assert_shows(back)
    assert x.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not violations(x.page, "#step")


def test_places_light_up_together(open_page):
    x = Back(open_page(f"en/05-mathematics.html#step?{HERE}", theme="dark"), "en", "step")
    x.root.scroll_into_view_if_needed()
    for place in (".back-equations .term", "svg.cell ", ".code .stmt", ".contributions .w-row"):
        x.set(quantity="c_before")
        mark = x.root.locator(f"{place}[data-name=a_o]").first
        mark.dispatch_event("click")
        assert x.state["quantity"] == "a_o", place
        for lit in (".back-equations .term.lit", ".code .stmt.lit", ".contributions .w-row.lit"):
            names = x.root.locator(lit).evaluate_all("(all) => all.map((e) => e.dataset.name)")
            assert names and set(names) == {"a_o"}, (place, lit)
        assert x.root.locator(".card").inner_text().startswith("dL/d")
    x.set(quantity="U_g")
    assert x.root.locator(".contributions button.lit[data-name=U_g]").count() == 1
    stop = x.root.locator(".back-equations [tabindex='0']")
    assert stop.count() == 1
    stop.focus()
    x.page.keyboard.press("Home")
    x.page.keyboard.press("Enter")
    assert x.state["quantity"] == "hidden"
