"""Exercises: the rules shared with the question card, the schema, and every exercise of the book."""

import copy
import importlib
import json
import pkgutil
from pathlib import Path

import pytest

import lstm_lib.exercises
from lstm_lib import checks
from lstm_lib.locale import LANGUAGES

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "question.json").read_text(encoding="utf-8"))
SPECS = {case["spec"]["kind"]: case["spec"] for case in reversed(VECTORS["cases"])}


def all_exercises():
    """Ids of all exercises of the book, from every module of lstm_lib.exercises."""
    for module in pkgutil.iter_modules(lstm_lib.exercises.__path__):
        yield from getattr(importlib.import_module(f"lstm_lib.exercises.{module.name}"), "EXERCISES", {})


EXERCISES = sorted(all_exercises())


def code_exercise(test):
    texts = {"pt": "x", "en": "y"}
    return checks.validate(
        {
            "id": "example/code",
            "number": "0.5",
            "minutes": 5,
            "kind": "code",
            "prompt": texts,
            "right": {"pt": "Isso.", "en": "Yes."},
            "otherwise": {"pt": "De novo.", "en": "Again."},
            "test": test,
        }
    )


@pytest.mark.parametrize("case", VECTORS["read_number"], ids=lambda case: repr(case["written"]))
def test_a_number_is_read_as_readers_write_it(case):
    assert checks.read_number(case["written"], case["percent"]) == case["value"]


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["spec"]["id"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_verdicts_follow_the_shared_rules(case, lang):
    spec = checks.validate(case["spec"])
    for expected in case["answers"]:
        verdict = checks.judge(spec, expected["answer"], lang)
        source = ("mistake", expected["index"]) if expected["source"] == "mistake" else expected["source"]
        assert (verdict.verdict, verdict.source) == (expected["verdict"], source), expected
        if "say" in expected:
            assert verdict.say == expected["say"][lang]
        assert verdict == f"{verdict.label} {verdict.say}".strip()
        assert verdict.right is (expected["verdict"] == "right")


def test_the_vectors_cover_every_kind_and_every_source():
    sources = {answer["source"] for case in VECTORS["cases"] for answer in case["answers"]}
    assert set(SPECS) == set(checks.CARD_KINDS)
    assert sources == {"right", "mistake", "otherwise", "unreadable"}


def test_letters_stand_for_options():
    assert checks.judge(SPECS["choice"], "b").right
    assert checks.judge(SPECS["choice"], "B)").right
    assert checks.judge(SPECS["order"], "b c a").right
    assert checks.judge(SPECS["order"], "b, c, a").right
    assert checks.judge(SPECS["choice"], "z").verdict == ""


def test_code_is_judged_by_its_own_test():
    spec = code_exercise(lambda answer: None if answer(2) == 4 else {"pt": "Não é 4.", "en": "Not 4."})
    assert checks.judge(spec, lambda x: x * x).right
    assert checks.judge(spec, lambda x: x, "en") == "Not yet. Not 4."
    raised = checks.judge(spec, lambda x: x / 0, "en")
    assert raised.verdict == "wrong" and "ZeroDivisionError: division by zero" in raised
    assert "TypeError" in checks.judge(spec, 3, "pt")


def test_code_has_no_card():
    with pytest.raises(ValueError, match="no card"):
        checks.card(code_exercise(lambda answer: None))


@pytest.mark.parametrize("kind", checks.CARD_KINDS)
def test_a_card_is_plain_data(kind):
    assert json.loads(json.dumps(checks.card(SPECS[kind]))) == SPECS[kind]


@pytest.mark.parametrize(
    ("kind", "change", "fault"),
    [
        ("number", {"kind": "essay"}, "kind was 'essay'"),
        ("number", {"answer": float("nan")}, "finite number"),
        ("number", {"answer": "3"}, "finite number"),
        ("number", {"tolerance": -1}, "tolerance"),
        ("number", {"options": []}, "options is not part"),
        ("number", {"id": "Decay"}, "the id must look like"),
        ("number", {"prompt": {"pt": "só uma"}}, "prompt must be a text in both languages"),
        ("number", {"right": {"pt": "a", "en": " "}}, "right must be a text"),
        (
            "number",
            {"mistakes": [{"when": -1.69, "say": {"pt": "a", "en": "b"}}]},
            "describes the right answer",
        ),
        ("number", {"mistakes": [{"when": [2, 1], "say": {"pt": "a", "en": "b"}}]}, "mistake 0: when was"),
        ("number", {"mistakes": [{"when": 1, "say": "a"}]}, "mistake 0 must be a text"),
        ("choice", {"answer": 3}, "not one of the options"),
        ("choice", {"options": [{"pt": "a", "en": "b"}]}, "at least two options"),
        ("choice", {"mistakes": [{"when": 1, "say": {"pt": "a", "en": "b"}}]}, "describes the right answer"),
        ("order", {"answer": [0, 1]}, "not an order"),
        ("order", {"mistakes": [{"when": {"before": [0, 9]}, "say": {"pt": "a", "en": "b"}}]}, "when was"),
        ("order", {"minutes": 0}, "minutes"),
    ],
)
def test_a_faulty_exercise_is_refused_with_its_fault(kind, change, fault):
    spec = copy.deepcopy(SPECS[kind]) | change
    with pytest.raises(ValueError, match=fault):
        checks.validate(spec)


def test_unknown_exercises_are_named():
    with pytest.raises(ValueError, match="gates has gates/"):
        checks.check("gates/nothing", 1)
    with pytest.raises(ValueError, match="no module lstm_lib/exercises/nowhere.py"):
        checks.check("nowhere/decay", 1)
    with pytest.raises(ValueError, match='looks like "gates/decay"'):
        checks.check("../secret", 1)
    with pytest.raises(ValueError, match="'pt' and 'en'"):
        checks.check(EXERCISES[0], 1, lang="fr")


def test_marks_become_elements_and_everything_else_is_escaped():
    html = checks.marked_up("*a* < `b` e $c_{t-1}$ & $x_t$, $5")
    assert html == (
        '<em>a</em> &lt; <code>b</code> e <i class="q-c">c<sub>t−1</sub></i> &amp; <i>x<sub>t</sub></i>, $5'
    )
    assert "<script>" not in checks.marked_up("$<script>$ `<script>` *<script>*")


@pytest.mark.parametrize("id", EXERCISES)
def test_every_exercise_is_valid_and_accepts_its_own_answer(id):
    spec = checks.exercise(id)
    if spec["kind"] == "code":
        assert checks.check(id, None).verdict == "wrong"
        return
    json.dumps(checks.card(spec))
    for lang in LANGUAGES:
        assert checks.check(id, spec["answer"], lang).right
        assert checks.check(id, spec["answer"], lang)._repr_html_().startswith('<p class="check-verdict"')


@pytest.mark.parametrize("id", EXERCISES)
def test_every_foreseen_mistake_gets_its_own_sentence(id):
    """A mistake that an earlier one always catches would never be seen by a reader."""
    spec = checks.exercise(id)
    for index, mistake in enumerate(spec.get("mistakes", [])):
        when = mistake["when"]
        if isinstance(when, dict) or (spec["kind"] == "number" and isinstance(when, list)):
            continue
        verdict = checks.check(id, when)
        assert verdict.source == ("mistake", index), f"{id}: mistake {index} is answered by {verdict.source}"
