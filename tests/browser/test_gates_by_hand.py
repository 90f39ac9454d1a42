"""Gates by hand: every puzzle can be solved by keyboard and by finger, and what is wrong is said exactly."""

import json
import math
import re

import pytest
from explorable import NUMBER, as_printed, middle, swipe
from reader import LANGUAGES, frame, say, settle, state_of, violations
from shared import ROOT

from lstm_lib.locale import number

PUZZLES = json.loads((ROOT / "lstm_lib" / "puzzles.json").read_text("utf8"))["puzzles"]
GATES = ("forget_gate", "input_gate", "output_gate")
PRINTED = 3  # so many problems are printed; the others are counted


def read(puzzle, gates, which=0):
    """c and h of one case, by the two equations of the chapter."""
    cell, hidden, c = [], [], 0.0
    for f, i, o, x in zip(*(gates[gate] for gate in GATES), puzzle["cases"][which]["inputs"], strict=True):
        c = f * c + i * x
        cell.append(c)
        hidden.append(o * math.tanh(c))
    return {"cell": cell, "hidden": hidden}


def missed(puzzle, gates, which=0):
    """Targets of one case that are not met: (target, value), in the order of the steps."""
    trace = read(puzzle, gates, which)
    pairs = [
        (target, trace[target["quantity"]][target["step"] - 1])
        for target in puzzle["cases"][which]["targets"]
    ]
    wrong = [(t, value) for t, value in pairs if not t["low"] - 1e-9 <= value <= t["high"] + 1e-9]
    return sorted(wrong, key=lambda pair: pair[0]["step"])


def beginning(puzzle):
    """The gates a reader starts with: open, but for what the puzzle fixes."""
    T = len(puzzle["cases"][0]["inputs"])
    return {gate: [puzzle.get("locked", {}).get(gate, 1.0)] * T for gate in GATES}


class ByHand:
    """The explorable on a page."""

    def __init__(self, page, language, id="gates-by-hand"):
        self.page, self.language, self.id = page, language, id
        self.root = page.locator(f"#{id}")
        self.root.scroll_into_view_if_needed()

    def say(self, key, **values):
        return say(f"gates-by-hand.{key}", self.language, **values)

    @property
    def state(self):
        frame(self.page)
        return state_of(self.page, self.id)

    def choose(self, index, press="click"):
        """Choose a puzzle by its number in the row of numbers."""
        button = (
            self.root.get_by_role("group", name=self.say("puzzles"), exact=True)
            .get_by_role("button")
            .nth(index)
        )
        getattr(button, press)()
        frame(self.page)

    def aperture(self, gate, step):
        return self.root.locator(f"[role=slider][data-gate={gate}][data-step='{step}']")

    def gates(self):
        """The gates as a screen reader hears them."""
        T = self.root.locator("[role=slider][data-gate=forget_gate]").count()
        shown = self.root.locator("[role=slider][data-gate]").evaluate_all(
            "(all) => all.map((e) => [e.dataset.gate, Number(e.dataset.step), Number(e.ariaValueNow)])"
        )
        found = {gate: [0.0] * T for gate in GATES}
        for gate, step, value in shown:
            found[gate][step] = value
        return found

    def solved(self):
        return self.root.get_by_text(self.say("solved"), exact=True).is_visible()

    def problems(self):
        texts = self.root.locator("ul.wrong li").all_inner_texts()
        return [text.replace("\N{NO-BREAK SPACE}", " ").strip() for text in texts]

    def assert_says_what_is_wrong(self, puzzle, gates):
        """One problem for each target missed in the case shown (or the first wrong one), with its numbers."""
        wrong = next(
            (found for k in range(len(puzzle["cases"])) if (found := missed(puzzle, gates, k))), None
        )
        if wrong is None:
            assert self.solved() and not self.problems()
            return
        assert not self.solved()
        shown = self.problems()
        assert len(shown) == min(len(wrong), PRINTED)
        for text, (target, value) in zip(shown, wrong, strict=False):
            symbol = "c" if target["quantity"] == "cell" else "h"
            low, high, now = (
                number(v, self.language, 2, sign=True) for v in (target["low"], target["high"], value)
            )
            start = self.say(
                "problem", step=target["step"], symbol=symbol, value=now, low=low, high=high, cause="|"
            )
            head, tail = start.replace("\N{NO-BREAK SPACE}", " ").split("|")
            assert text.startswith(head) and text.endswith(tail), (text, start)
            assert len(text) > len(start) + 8, f"no reason given: {text}"
            assert "{" not in text and "**" not in text, text
        if len(wrong) > PRINTED:
            assert self.root.get_by_text(self.say("more", n=len(wrong) - PRINTED)).is_visible()


@pytest.fixture
def by_hand(open_page):
    def open_(language, state="", **more):
        return ByHand(open_page(f"{language}/04-gates.html{state}", **more), language)

    return open_


def solve_by_keyboard(x, puzzle):
    for gate in GATES:
        if gate in puzzle.get("locked", {}):
            x.aperture(gate, 0).focus()
            x.page.keyboard.press("ArrowDown")
            assert x.gates()[gate] == beginning(puzzle)[gate], "a fixed gate moved"
            continue
        x.aperture(gate, 0).focus()
        steps = puzzle["solution"][gate][:1] if gate in puzzle.get("shared", ()) else puzzle["solution"][gate]
        for k, value in enumerate(steps):
            if k:
                x.page.keyboard.press("ArrowRight")
            now = float(x.aperture(gate, k).get_attribute("aria-valuenow"))
            if value in (0, 1):
                if now != value:
                    x.page.keyboard.press("Enter" if k % 2 else " ")
            else:
                x.page.keyboard.press("Home")
                for _ in range(round(value / 0.05)):
                    x.page.keyboard.press("ArrowUp")
            assert float(x.aperture(gate, k).get_attribute("aria-valuenow")) == pytest.approx(value)


def solve_by_touch(x, puzzle):
    for gate in GATES:
        if gate in puzzle.get("locked", {}):
            continue
        for k, value in enumerate(puzzle["solution"][gate]):
            handle = x.aperture(gate, k)
            now = float(handle.get_attribute("aria-valuenow"))
            if now == pytest.approx(value):
                continue
            if value in (0, 1):
                handle.tap()
            else:
                start = middle(handle)
                swipe(x.page, start, (start[0], start[1] + 90 * (now - value)))
            frame(x.page)
            assert float(handle.get_attribute("aria-valuenow")) == pytest.approx(value), (gate, k)


def solve_all(x, solve, press):
    for index, puzzle in enumerate(PUZZLES):
        x.choose(index, press)
        gates = beginning(puzzle)
        assert x.gates() == gates
        x.assert_says_what_is_wrong(puzzle, gates)
        assert not x.solved(), f"{puzzle['id']} is solved from the start"
        solve(x, puzzle)
        solution = {gate: [float(v) for v in puzzle["solution"][gate]] for gate in GATES}
        for gate in GATES:
            assert x.gates()[gate] == pytest.approx(solution[gate])
        assert not any(missed(puzzle, solution, k) for k in range(len(puzzle["cases"])))
        assert x.solved(), f"{puzzle['id']}: {x.problems()}"
        lesson = re.sub(r"\{(\w)[^}]*\}", r"\1", puzzle["lesson"][x.language])
        assert lesson in x.root.locator(".outcome").inner_text().replace("\N{NO-BREAK SPACE}", " ")
        assert puzzle["id"] in x.state["solved"]
        done = x.say("progress", done=index + 1, all=len(PUZZLES))
        assert x.root.get_by_text(done).is_visible()


def test_puzzles_are_at_least_six_and_of_rising_difficulty():
    assert len(PUZZLES) >= 6
    assert {"first-bit", "release-at-cue", "overwrite", "count-to-three"} <= {
        puzzle["id"] for puzzle in PUZZLES
    }


def test_solved_by_keyboard(by_hand):
    x = by_hand("pt", theme="light")
    solve_all(x, solve_by_keyboard, "click")

    # What was solved is still so on the next visit, in this browser; the puzzles can be begun again.
    x.page.reload()
    settle(x.page)
    assert x.root.get_by_text(x.say("progress", done=len(PUZZLES), all=len(PUZZLES))).is_visible()
    assert not x.solved()
    x.aperture("input_gate", 1).press("Enter")
    assert x.gates()["input_gate"][1] == 0
    x.root.get_by_role("button", name=x.say("reset"), exact=True).press("Enter")
    assert x.gates() == beginning(PUZZLES[0])
    found = violations(x.page, "#gates-by-hand")
    assert not found, "\n".join(found)


def test_solved_by_touch(by_hand):
    x = by_hand("en", width=390, theme="dark")
    solve_all(x, solve_by_touch, "tap")
    found = violations(x.page, "#gates-by-hand")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_mouse(by_hand, language):
    """A click opens or closes, a drag sets what is between; the step's own sliders and equations follow."""
    x = by_hand(language)
    x.aperture("input_gate", 2).click()
    assert x.gates()["input_gate"][2] == 0
    at = middle(x.aperture("forget_gate", 3))
    x.page.mouse.move(*at)
    x.page.mouse.down()
    x.page.mouse.move(at[0], at[1] + 45, steps=4)
    x.page.mouse.up()
    assert x.gates()["forget_gate"][3] == pytest.approx(0.5)
    assert x.state["step"] == 3

    gates, trace = x.gates(), read(PUZZLES[0], x.gates())
    panel = x.root.get_by_role("group", name=x.say("step", step=4), exact=True)
    equations = panel.locator(".eq").all_inner_texts()
    c0, c, h = trace["cell"][2], trace["cell"][3], trace["hidden"][3]
    for value, text in (
        (c0, equations[0]),
        (c, equations[0]),
        (h, equations[1]),
        (math.tanh(c), equations[1]),
    ):
        assert number(value, language, 2, sign=True) in text, (value, text)
    slider = panel.get_by_role("slider").nth(1)
    slider.press("End")
    slider.press("ArrowLeft")
    assert x.gates()["input_gate"][3] == pytest.approx(0.95)
    assert gates["input_gate"][3] == 1
    found = violations(x.page, "#gates-by-hand")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_and_drawing_are_the_equations(by_hand, language):
    """Every printed number, in every case, is what the two equations give."""
    hand = {
        "forget_gate": [1, 0.85, 1, 0.4, 1],
        "input_gate": [1, 0, 0.35, 0, 0.6],
        "output_gate": [0, 1, 0.5, 1, 1],
    }
    link = "&".join(f"{gate}={','.join(map(str, values))}" for gate, values in hand.items())
    x = by_hand(language, state=f"#gates-by-hand?{link}&step=2")
    puzzle = PUZZLES[0]
    assert x.gates() == hand
    x.root.locator("details.fold summary").click()
    x.root.locator("table.values").wait_for()
    cases = x.root.get_by_role("group", name=x.say("cases"), exact=True).get_by_role("button")
    assert cases.count() == len(puzzle["cases"])
    for which in range(cases.count()):
        cases.nth(which).click()
        frame(x.page)
        trace = read(puzzle, hand, which)
        rows = x.root.locator("table.values tbody tr").evaluate_all(
            "(rows) => rows.map((row) => [...row.children].map((c) => c.textContent.trim()))"
        )
        drawn = NUMBER.findall(" ".join(x.root.locator(".strip svg text").all_text_contents()))
        for k, row in enumerate(rows):
            values = [puzzle["cases"][which]["inputs"][k], *(hand[gate][k] for gate in GATES)]
            values += [trace["cell"][k], trace["hidden"][k]]
            for column, (shown, value) in enumerate(zip(row[1:7], values, strict=True)):
                assert shown == as_printed(shown, value, language, sign=column in (0, 4, 5)), (k, column)
                assert shown in drawn, f"{shown} of step {k + 1} is not in the drawing"
        wrong = missed(puzzle, hand, which)
        name = cases.nth(which).inner_text()
        assert (x.say("case_right") in name) == (not wrong)
        assert x.root.locator(".strip .band.no").count() == len(wrong)
    seen = x.root.locator("p.see").inner_text()
    assert number(read(puzzle, hand, 1)["cell"][2], language, 2, sign=True) in seen


# One change to a solution and what is to blame: (puzzle, gate, step from 1, value, cause, what it names).
BLAME = [
    ("first-bit", "forget_gate", 4, 0.0, "erased", {"at": 4, "gate": 0.0}),
    ("first-bit", "input_gate", 3, 1.0, "extra-old", {"at": 3}),
    ("first-bit", "input_gate", 5, 1.0, "extra-now", {}),
    ("first-bit", "input_gate", 1, 0.0, "unwritten", {"at": 1, "gate": 0.0}),
    ("first-bit", "output_gate", 5, 0.2, "out-closed", {"gate": 0.2}),
    ("release-at-cue", "output_gate", 2, 1.0, "out-early", {"gate": 1.0}),
    ("release-at-cue", "output_gate", 6, 1.0, "out-late", {"gate": 1.0}),
    ("overwrite", "forget_gate", 4, 1.0, "extra-old", {"at": 1}),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fault_is_named(by_hand, language):
    """From a solution with one gate changed: the message names that gate or that step, and its numbers."""
    x = by_hand(language)
    for id, gate, step, value, cause, named in BLAME:
        puzzle = next(puzzle for puzzle in PUZZLES if puzzle["id"] == id)
        gates = {name: [float(v) for v in values] for name, values in puzzle["solution"].items()}
        gates[gate][step - 1] = value
        query = "&".join(f"{name}={','.join(map(str, values))}" for name, values in gates.items())
        x.page.evaluate("(hash) => { location.hash = hash; }", f"#{x.id}?puzzle={id}&{query}")
        frame(x.page)
        assert x.gates() == gates
        x.assert_says_what_is_wrong(puzzle, gates)
        template = re.sub(r"\{([ofc])\}", r"\1", x.say(f"cause.{cause}").replace("\N{NO-BREAK SPACE}", " "))
        pattern = re.compile(".+?".join(map(re.escape, re.split(r"\{\w+\}", template))))
        told = x.problems()
        assert any(pattern.search(text) for text in told), f"{id}, {gate} {step}: {cause} expected: {told}"
        text = next(text for text in told if pattern.search(text))
        if "at" in named:
            assert re.search(rf"\b{named['at']}\b", pattern.search(text).group()), text
        if "gate" in named:
            assert number(named["gate"], language, 2) in text


def test_state_and_parts_by_link(by_hand):
    x = by_hand("en", state="#gates-by-hand?puzzle=overwrite&step=3")
    assert x.state["puzzle"] == "overwrite" and x.state["step"] == 3
    # Links of the text choose puzzles.
    links = x.page.locator("a.set-state[href^='#gates-by-hand?']")
    assert links.count() >= 3
    for link in links.all():
        link.click()
        wanted = re.search(r"puzzle=([\w-]+)", link.get_attribute("href")).group(1)
        assert x.state["puzzle"] == wanted
        title = next(p for p in PUZZLES if p["id"] == wanted)["title"]["en"]
        assert x.root.get_by_text(title, exact=True).is_visible()
    x.page.evaluate("location.hash = '#gates-by-hand?hide=puzzles,task,table,link,see'")
    frame(x.page)
    assert x.root.get_by_role("group", name=x.say("puzzles"), exact=True).count() == 0
    assert x.root.locator(".task, details.fold, p.see").count() == 0
    # Nonsense in a link: the puzzle stays, with the openings it begins with.
    x.page.evaluate(
        "location.hash = '#gates-by-hand?hide=&puzzle=none&forget_gate=a,b&input_gate=7,7&step=-4'"
    )
    frame(x.page)
    assert x.gates() == beginning(next(p for p in PUZZLES if p["id"] == wanted))
