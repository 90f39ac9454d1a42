"""The explorable "gates of a trained network" as a reader handles it, and what Python says it must show."""

import re
from functools import cache

import numpy as np
from reader import frame, say, state_of

import lstm_lib as ll
from lstm_lib.locale import number, percent

QUANTITIES = ("forget_gate", "input_gate", "candidate", "output_gate", "cell", "hidden")
GATES = ("forget_gate", "input_gate", "output_gate")  # written without a sign: they are never negative
NUMBER = re.compile(r"[+\N{MINUS SIGN}]?\d+(?:[.,]\d+)?")


@cache
def language_model():
    return ll.load("agreement/lstm")


def decimals(shown: str) -> int:
    """How many decimals a printed number has."""
    return len(re.split(r"[.,]", shown)[1]) if re.search(r"[.,]", shown) else 0


def as_printed(shown: str, value: float, language: str, sign: bool) -> str:
    """`value` as the book writes it, with as many decimals as `shown` has."""
    return number(value, language, decimals(shown), sign=sign)


def share_printed(shown: str, share: float, language: str) -> str:
    """A share as a percentage with as many decimals as `shown` has; never 0 or 100 for what is neither."""
    digits = decimals(NUMBER.search(shown).group())
    written = percent(share, language, digits)
    whole = float(np.round(100 * share))
    if whole in (0, 100) and abs(100 * share - whole) >= 0.05:
        assert digits >= 1, f"{shown} claims certainty for a share of {share}"
    return written


class Explorable:
    """One explorable on a page. Everything is found by the name that a screen reader says."""

    def __init__(self, page, language, id):
        self.page, self.language, self.id = page, language, id
        self.root = page.locator(f"#{id}")

    @property
    def state(self):
        frame(self.page)
        return state_of(self.page, self.id)

    def follow(self, query):
        """Follow a link to this explorable, as a sentence of the text does."""
        self.page.evaluate(
            """(hash) => {
              history.replaceState(null, "", location.href.split("#")[0]);
              location.hash = hash;
            }""",
            f"#{self.id}?{query}",
        )
        frame(self.page)

    def set(self, **state):
        """Put it in a state by link."""
        self.follow("&".join(f"{key}={value}" for key, value in state.items()))

    def table(self, number=0, fold="details.fold"):
        """The rows of a table of values, as texts; its fold is opened if it is not."""
        fold = self.root.locator(fold).last
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        rows = self.root.locator("table.values").nth(number).locator("tbody tr")
        rows.first.wait_for()
        return rows.evaluate_all(
            "(rows) => rows.map((row) => [...row.children].map((c) => c.textContent.trim()))"
        )


class Gates(Explorable):
    """The gates of a trained network."""

    def __init__(self, page, language, id="gates"):
        super().__init__(page, language, id)
        self.slider = self.root.get_by_role("slider", name=self.say("gates.scrub"), exact=True)
        self.rows = self.root.get_by_role("slider", name=self.say("gates.maps_keys"), exact=True)
        self.shift = self.root.get_by_role("slider", name=self.say("gates.shift_label"), exact=True)
        self.words = self.root.locator("ol.strip > li")

    def say(self, key, **values):
        return say(key, self.language, **values)

    def button(self, key, **values):
        return self.root.get_by_role("button", name=self.say(key, **values), exact=True)

    def pick(self, quantity):
        """The value of a quantity in the drawing, which can be pressed."""
        return self.root.locator(f"svg.cell [role=button][data-quantity={quantity}]")

    def map(self, quantity):
        return self.root.locator(f".map[data-quantity={quantity}] canvas")

    def at(self):
        """Where the reader is: (step, unit)."""
        state = self.state
        return state["step"], state["unit"]

    def reading(self):
        """What Python reads in this state: sentence, intervention and shift included."""
        lm, state = language_model(), self.state
        words = ll.tokenize(state["sentence"])
        changes = {}
        if state["action"] != "none":
            changes["cell_factor"] = lm.edit(
                len(words), state["action_unit"], state["action"], step=state["action_step"]
            )
        return lm.read(words, forget_bias_shift=state["forget_bias_shift"], **changes)

    def table(self):
        """For each step its name and the printed cells."""
        return super().table(fold="details.fold:has(table.values), details.fold:not(.terms)")

    def shares(self):
        """The printed shares over the words; the current one carries its per-cent sign."""
        return self.words.locator(".p").all_inner_texts()

    def drawn(self):
        """Every number printed in the drawing of the cell."""
        texts = self.root.locator("svg.cell text").all_text_contents()
        return [found for text in texts for found in NUMBER.findall(text)]

    def assert_shows_the_trace(self, reading=None):
        """Drawing, slider, strip, chart and sentence print the numbers of Python's trace at this place."""
        reading = reading or self.reading()
        trace, (t, u) = reading.trace, self.at()
        value = {q: float(getattr(trace, q)[t, u]) for q in QUANTITIES}
        before = float(trace.cell[t - 1, u]) if t else 0.0
        drawn = self.drawn()
        for quantity in QUANTITIES:
            signed = quantity not in GATES
            printed = number(value[quantity], self.language, 2, sign=signed)
            assert printed in drawn, (
                f"{quantity} {printed} at step {t}, unit {u} is not in the drawing: {drawn}"
            )
            assert printed in self.pick(quantity).get_attribute("aria-label")
        for derived in (before, value["forget_gate"] * before, value["input_gate"] * value["candidate"]):
            assert number(derived, self.language, 2, sign=True) in drawn

        cell = number(value["cell"], self.language, 2, sign=True)
        said = self.slider.get_attribute("aria-valuetext") if len(reading.words) > 1 else None
        assert said is None or (cell in said and reading.words[t] in said)
        assert cell in self.root.locator(".chart svg").get_attribute("aria-label")
        assert cell in self.root.locator(".chart text.now").text_content()
        seen = self.root.locator("p.see").first.inner_text()
        assert cell in seen and reading.words[t] in seen

        shown = self.shares()
        for k, share in enumerate(reading.share_feminine):
            printed = shown[k]
            if not printed:
                assert len(shown) > 40 and k != t
                continue
            expected = share_printed(printed, float(share), self.language)
            assert printed == (expected if k == t else expected.rstrip("%\N{NO-BREAK SPACE}")), (k, printed)
        assert shown[t] in seen and (said is None or shown[t] in said)

    def assert_table_is_the_trace(self, trace, names, share=None):
        """Every number of the table is the trace's, to the printed digits."""
        rows, unit = self.table(), self.state["unit"]
        assert [row[0] for row in rows] == list(names)
        for t, row in enumerate(rows):
            for quantity, shown in zip(QUANTITIES, row[1:7], strict=True):
                value = float(getattr(trace, quantity)[t, unit])
                assert decimals(shown) >= 2
                assert shown == as_printed(shown, value, self.language, quantity not in GATES), (t, quantity)
            if share is not None:
                assert row[7] == share_printed(row[7], float(share[t]), self.language)

    def assert_terms_are_the_trace(self, trace, quantity):
        """The printed weights × inputs are Python's, and the printed products add up to the printed sum."""
        t, u = self.at()
        terms = trace.preactivation(quantity, t, u)
        rows = self.root.locator(".term-table tbody tr").evaluate_all(
            """(rows) => rows.map((row) => ({kind: row.className, name: row.children[0].textContent.trim(),
              detail: row.children[1].textContent.trim(), product: row.children[2].textContent.trim()}))"""
        )
        total = self.root.locator(".term-table tfoot .product").inner_text().strip()
        digits = decimals(total)
        assert total == number(sum(term["product"] for term in terms), self.language, digits, sign=True)
        assert sum(round(self.value(row["product"]) * 10**digits) for row in rows) == round(
            self.value(total) * 10**digits
        )
        named = {(term["kind"], term["index"]): term for term in terms}
        shown = 0
        for row in rows:
            index = re.search(r"\d+", row["name"])
            if row["kind"] not in ("input", "hidden") or not index:
                continue
            term = named[row["kind"], int(index.group())]
            weight, value = (part.strip() for part in row["detail"].split("×"))
            assert weight == as_printed(weight, term["weight"], self.language, True)
            assert value == as_printed(value, term["value"], self.language, True)
            assert abs(self.value(row["product"]) - term["product"]) < 0.6 * 10**-digits + 1e-9
            shown += 1
        assert shown >= 3
        largest = max(
            (term for term in terms if term["kind"] != "bias"), key=lambda term: abs(term["product"])
        )
        assert any(str(largest["index"]) in row["name"] and row["kind"] == largest["kind"] for row in rows)

    def value(self, shown):
        """A printed number as a float."""
        plain = shown.replace("\N{MINUS SIGN}", "-").replace("+", "")
        return float(plain.replace(",", ".") if self.language == "pt" else plain)


def swipe(page, start, end, steps=8):
    """Move one finger from one point to another; Playwright's taps do not move."""
    session = page.context.new_cdp_session(page)

    def send(kind, point=None):
        points = [{"x": point[0], "y": point[1]}] if point else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", start)
    for k in range(1, steps + 1):
        send("touchMove", tuple(a + (b - a) * k / steps for a, b in zip(start, end, strict=True)))
    send("touchEnd")
    session.detach()
    frame(page)


def middle(locator):
    """Centre of an element in the window, scrolled into view."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def inside(locator, x: float, y: float):
    """The point at the shares x, y of an element's width and height."""
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    return box["x"] + box["width"] * x, box["y"] + box["height"] * y
