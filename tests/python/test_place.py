"""Which noun decides the adjective of any text, and that the shared cases say what Python says."""

import dataclasses
import json
from pathlib import Path

import pytest

import lstm_lib as ll
from lstm_lib.tasks import agreement

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "place.json").read_text(encoding="utf-8"))
SEED = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"


def place_in(text):
    return agreement.place(ll.tokenize(text))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_vectors_are_what_python_says(case):
    found = dataclasses.asdict(agreement.place(case["words"]))
    assert found | {"nouns": list(found["nouns"])} == {key: case[key] for key in found}


@pytest.mark.parametrize("distance", [4, 14, 40])
def test_the_right_form_of_every_generated_sentence_follows_from_its_place(distance):
    for line in agreement.sentences(200, seed=1, distance=distance, held_out=None):
        found = agreement.place(line.words)
        assert (found.subject, found.gender) == (line.subject_position, line.gender)
        assert found.last == len(line.words) - 1
        assert found.subject == agreement.governor(line.words, found.copula)
        assert agreement.place([*line.words, line.adjective]) == found


@pytest.mark.parametrize(
    ("text", "subject", "gender", "beside"),
    [
        (SEED, "menina", "f", False),
        (SEED.replace("viajou ", ""), "joão", "m", True),
        ("o poeta disse que a rainha viu o bebê e ficou", "poeta", "m", False),
        ("a criança disse que estava", "criança", "f", False),
        ("o jornalista disse que estava", "jornalista", "m", False),
        ("jornalista disse que estava", "jornalista", "", False),
        ("raquel contou que quando o pedro caiu parecia bem", "raquel", "f", False),
        ("a astronauta disse que quando o joão viajou estava", "astronauta", "f", False),
        ("fernanda disse que quando o joão viajou estava", "fernanda", "", False),
    ],
)
def test_who_decides(text, subject, gender, beside):
    words = ll.tokenize(text)
    found = agreement.place(words)
    assert (words[found.subject], found.gender, found.beside) == (subject, gender, beside)


@pytest.mark.parametrize("text", ["", "muito", "cansada", "😀", "the quick brown fox", "a menina disse que"])
def test_no_place_for_an_adjective(text):
    found = place_in(text)
    assert found.last is None and found.copula is None and not found.beside


def test_any_text_has_an_answer():
    for text in ("<b>estava", "مرحبا estava", "estava " * 400, "a " * 400 + "estava"):
        found = place_in(text)
        assert found.copula is not None
        assert found.subject is None and found.gender == ""
