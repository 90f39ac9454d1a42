"""The exercises of the book: computed answers, and a sentence of its own for each typical mistake."""

import importlib
import re
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib import checks
from lstm_lib.exercises import gates
from lstm_lib.locale import LANGUAGES, placeholders

FOLDER = Path(gates.__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
PARTS = {name: importlib.import_module(f"lstm_lib.exercises.{name}") for name in NAMES}
ALL = sorted(id for part in PARTS.values() for id in part.EXERCISES)
CARDS = [id for id in ALL if checks.exercise(id)["kind"] != "code"]
OPEN = [1] * 6


def source(id, answer):
    return checks.check(id, answer).source


def answers(spec, when):
    """Answers that make this mistake, or may: several in a range, or where one option stands before another,
    for a mistake before it may take a part of them."""
    if isinstance(when, dict):
        return [list(order) for order in permutations(range(len(spec["options"])))]
    return np.linspace(*when, 21) if spec["kind"] == "number" and isinstance(when, (list, tuple)) else [when]


@pytest.mark.parametrize("id", ALL)
def test_every_exercise_follows_the_schema(id):
    assert checks.exercise(id)["id"] == id


@pytest.mark.parametrize("id", CARDS)
def test_every_typical_mistake_is_reached_and_has_its_own_words(id):
    spec = checks.exercise(id)
    for number, mistake in enumerate(spec["mistakes"]):
        given = answers(spec, mistake["when"])
        assert any(checks.judge(spec, answer).source == ("mistake", number) for answer in given), number
    for lang in LANGUAGES:
        said = [mistake["say"][lang] for mistake in spec["mistakes"]]
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("id", CARDS)
def test_the_right_answer_is_right_in_both_languages(id):
    spec = checks.exercise(id)
    for lang in LANGUAGES:
        assert checks.check(id, spec["answer"], lang).right


@pytest.mark.parametrize("part", PARTS)
def test_texts_have_the_same_placeholders_in_both_languages(part):
    for key, both in PARTS[part].TEXTS.items():
        assert set(both) == set(LANGUAGES), key
        assert placeholders(both["pt"]) == placeholders(both["en"]), key


@pytest.mark.parametrize("part", PARTS)
def test_every_text_is_used(part):
    """A text that no exercise asks for would be translated and read for nothing."""
    code = (FOLDER / f"{part}.py").read_text(encoding="utf-8")
    for key in PARTS[part].TEXTS:
        name = key.split(".")[0]
        assert name in code, key


def test_no_placeholder_is_left_in_what_a_reader_sees():
    for id in CARDS:
        assert not re.search(r"\{\w+\}", str(checks.card(checks.exercise(id)))), id
    for id in set(ALL) - set(CARDS):
        assert not re.search(r"\{\w+\}", checks.check(id, None)), id


def test_every_exercise_stands_on_a_page_in_both_languages_with_its_number():
    """Numbered as on the page, in the order of the page: "1.2" is the second {exercise} of chapter 1."""
    for lang in LANGUAGES:
        pages = {path.stem: path.read_text(encoding="utf-8") for path in
                 sorted((Path(__file__).parents[2] / "book" / lang).glob("*.md"))}
        for id in ALL:
            where = [name for name, text in pages.items() if f'"{id}"' in text]
            assert len(where) == 1, (lang, id, where)
            spec = checks.exercise(id)
            if spec["number"]:
                chapter, place = spec["number"].split(".")
                assert int(where[0][:2]) == int(chapter)
                before = pages[where[0]][: pages[where[0]].index(f'"{id}"')]
                assert before.count("{exercise}") == int(place), (lang, id)


def test_decay_is_a_power():
    assert source("gates/decay", -2 * 0.9**7) == "right"
    assert source("gates/decay", "−0,96") == "right"
    assert source("gates/decay", 5) == "otherwise"


def test_reading_the_trace_asks_for_the_state_of_the_gender_unit_after_joao():
    lm = ll.load("agreement/lstm")
    cell = lm.read(gates.SENTENCE).trace.cell[gates.SENTENCE.split().index("joão"), gates.unit_shown()]
    assert source("gates/read", round(cell, 2)) == "right"
    assert source("gates/read", -cell) == ("mistake", 0)


def test_the_gender_unit_is_the_one_that_the_training_found():
    scores = ll.load("agreement/lstm").metadata["scores"]["gender_unit"]
    assert {score["unit"] for score in scores.values()} == {gates.unit_shown()}


# --- solved in the explorable --------------------------------------------------------------------

def hand(forget=OPEN, write=(1, 0, 0, 0, 0, 0), read=(0, 0, 0, 0, 1, 0)):
    return {"forget_gate": list(forget), "input_gate": list(write), "output_gate": list(read)}


def test_the_puzzle_is_solved_by_hand():
    assert checks.check("gates/by-hand", hand()).right


def test_each_fault_by_hand_has_its_own_sentence():
    wrong = [
        hand(read=OPEN),
        hand(read=[0] * 6),
        hand(forget=[1, 1, 0, 1, 1, 1]),
        None,
    ]
    assert not checks.check("gates/by-hand", hand(write=OPEN)).right  # what comes later must not cancel out
    said = [checks.check("gates/by-hand", answer) for answer in wrong]
    assert [verdict.verdict for verdict in said] == ["wrong"] * len(wrong)
    without_numbers = {re.sub(r"[+−]?\d+(,\d+)?", "", verdict) for verdict in said}
    assert len(without_numbers) == len(wrong)


def test_the_explorable_itself_is_judged():
    from lstm_lib import widgets

    explorable = widgets.GatesByHand(puzzle=gates.BY_HAND)
    assert not checks.check("gates/by-hand", explorable).right
    explorable.update(**hand())
    assert checks.check("gates/by-hand", explorable).right
    explorable.update(puzzle="first-bit")
    assert checks.check("gates/by-hand", explorable).verdict == "wrong"


# --- built -----------------------------------------------------------------------------------------

WEIGHTS = np.array([[0.0, 20], [0, -20], [5, 0], [0, 0]])       # i, f, g, o: value, cue
BIASES = np.array([-10.0, 10, 0, 10])


def built(row=None, weights=None, bias=None):
    """The solution, or the solution with one gate's weights and bias changed."""
    w, b = WEIGHTS.copy(), BIASES.copy()
    if row is not None:
        w[row] = WEIGHTS[row] if weights is None else weights
        b[row] = BIASES[row] if bias is None else bias
    return ll.LSTM(weight_ih=w, weight_hh=np.zeros((4, 1)), bias_ih=b)


def test_the_solution_keeps_for_over_a_hundred_steps():
    x, wanted = gates.build_sequences()
    assert len(x) - np.flatnonzero(x[:, 0, 1])[-1] > 100
    assert (np.sign(built().forward(x).hidden[..., 0]) == wanted).all()
    assert checks.check("gates/build", built()).right
    assert checks.check("gates/build", built().to_torch()).right


WRONG = [
    built(0, weights=[0, 0]),               # never writes
    built(0, weights=[0, 0], bias=10),      # always writes
    built(2, weights=[-5, 0]),              # writes the opposite
    built(1, bias=2),                       # fades
    built(1, weights=[0, 0]),               # adds instead of replacing
    built(3, bias=-10),                     # never shows
    ll.LSTM.init(3, 1),                     # another size
    ll.RNN.init(2, 1),                      # another network
]


def test_each_fault_of_a_built_cell_has_its_own_sentence():
    said = [checks.check("gates/build", net) for net in WRONG]
    assert [verdict.verdict for verdict in said] == ["wrong"] * len(WRONG)
    assert len({re.sub(r"[+−]?\d+(,\d+)?", "", verdict) for verdict in said}) == len(WRONG)


def test_a_cell_that_only_adds_does_not_pass():
    """Twice the same value, then the other one: what adds them has the wrong sign."""
    x, wanted = gates.build_sequences()
    adds = built(1, weights=[0, 0])
    assert not (np.sign(adds.forward(x).hidden[..., 0]) == wanted).all()
