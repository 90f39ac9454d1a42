"""The agreement task: the grammar, its rule, the control of distance and distractors, the held-out pairs."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_lib.language_model import LanguageModel, tokenize
from lstm_lib.tasks import agreement
from lstm_lib.tasks.agreement import grammar
from lstm_lib.tasks.agreement.words import partners

SEED_SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"


@st.composite
def requests(draw):
    """Arguments of `sentences` that must be answered."""
    distance = draw(st.integers(agreement.SHORTEST, 120))
    count = draw(st.one_of(st.none(), st.integers(0, agreement.most_distractors(distance))))
    return {
        "n": 3,
        "seed": draw(st.integers(0, 10**6)),
        "distance": distance,
        "distractors": count,
        "held_out": draw(st.sampled_from([True, False, None])),
    }


def subject_of(sentence):
    return next(
        noun
        for noun in agreement.subjects()
        if (noun.word, noun.gender) == (sentence.subject, sentence.gender)
    )


def noun_at(sentence, position, gender):
    return next(
        noun
        for noun in agreement.subjects()
        if (noun.word, noun.gender) == (sentence.words[position], gender)
    )


@settings(deadline=None, max_examples=150)
@given(requests())
def test_a_sentence_is_what_was_asked_for(request):
    for sentence in agreement.sentences(**request):
        assert sentence.distance == request["distance"] == len(sentence.words) - sentence.subject_position
        expected = request["distractors"]
        if expected is None:
            expected = min(3, agreement.most_distractors(request["distance"]))
        assert len(sentence.distractors) == expected
        assert sentence.words[sentence.subject_position] == sentence.subject
        assert set(sentence.tokens) <= set(agreement.vocabulary())
        assert tokenize(sentence.text.capitalize() + "!") == sentence.words
        nouns = {noun.word for noun in agreement.subjects()}
        positions = [position for position, word in enumerate(sentence.words) if word in nouns]
        assert positions == [
            sentence.subject_position,
            *(position for position, _, _ in sentence.distractors),
        ]


@settings(deadline=None, max_examples=100)
@given(requests())
def test_one_rule_gives_every_adjective_its_gender(request):
    copulas, forms = set(agreement.lexicon()["copulas"]), dict(agreement.adjectives())
    gender_of = {**dict.fromkeys(forms, "f"), **dict.fromkeys(forms.values(), "m")}
    for sentence in agreement.sentences(**request):
        line = [*sentence.words, sentence.adjective]
        genders = {position: gender for position, _, gender in sentence.distractors}
        genders[sentence.subject_position] = sentence.gender
        verbs = [position for position, word in enumerate(line) if word in copulas]
        for verb in verbs:
            after = next(word for word in line[verb + 1 :] if word in gender_of)
            assert gender_of[after] == genders[agreement.governor(line, verb)]
        assert agreement.governor(line, verbs[-1]) == sentence.subject_position
        assert forms[sentence.adjective if sentence.gender == "f" else sentence.adjective_wrong] == (
            sentence.adjective_wrong if sentence.gender == "f" else sentence.adjective
        )


@settings(deadline=None, max_examples=60)
@given(requests(), st.booleans())
def test_training_and_test_share_no_pair(request, held):
    for sentence in agreement.sentences(**{**request, "held_out": held}):
        subject = subject_of(sentence)
        feminine = sentence.adjective if sentence.gender == "f" else sentence.adjective_wrong
        assert agreement.held_out(subject, feminine) is held
        for position, _, gender in sentence.distractors:
            assert agreement.held_out(subject, noun_at(sentence, position, gender).key) is held


def test_about_a_fifth_of_the_pairs_is_held_out_and_every_subject_can_be_tested():
    subjects, adjectives = agreement.subjects(), agreement.adjectives()
    nouns = [agreement.held_out(a, b.key) for a in subjects for b in subjects if a.word != b.word]
    words = [agreement.held_out(a, pair[0]) for a in subjects for pair in adjectives]
    assert 0.17 < np.mean(nouns) < 0.23
    assert 0.17 < np.mean(words) < 0.23
    for subject in subjects:
        others, pairs = partners(subject, True)
        assert len(others["f"]) >= 2 and len(others["m"]) >= 2 and len(pairs) >= 2


def test_the_lexicon():
    vocabulary, subjects = agreement.vocabulary(), agreement.subjects()
    assert len(set(vocabulary)) == len(vocabulary) <= 222
    assert len(subjects) == 72 and sum(noun.gender == "f" for noun in subjects) == 36
    assert len(agreement.adjectives()) == 30
    for word in vocabulary[1:]:
        assert tokenize(word) == [word]
    endings = [(feminine[-1], masculine[-1]) for feminine, masculine in agreement.adjectives()]
    assert set(endings) == {("a", "o")}


class Script:
    """Dice that fall as told; they stand in for random.Random and check that each face was on the die."""

    def __init__(self, picks, chances):
        self.picks, self.chances = list(picks), list(chances)

    def choice(self, options):
        wanted = self.picks.pop(0)
        assert wanted in options, f"{wanted!r} cannot be drawn from {options!r}"
        return wanted

    def random(self):
        return self.chances.pop(0)


def test_the_seed_sentence_can_be_produced():
    menina, joao = agreement.Noun("menina", "f"), agreement.Noun("joão", "m", True)
    script = Script(
        [
            menina,
            ("cansada", "cansado"),
            "muito",
            "m",
            joao,
            "disse",
            "não foi se despedir",
            "quando",
            "porque",
            "viajou",
            "estava",
        ],
        # intensifier, opening phrase, article before joão, opener no lone coordinator,
        # but one before "quando", shape of the clause; then the order of one piece and of three gaps
        [0.0, 0.0, 0.9, 0.9, 0.0, 0.9, 0.5, 0.1, 0.2, 0.3],
    )
    sentence = grammar._sentence(script, distance=14, count=1, held=True, gender="random")
    assert sentence.text == SEED_SENTENCE
    assert (sentence.adjective, sentence.adjective_wrong, sentence.distance) == ("cansada", "cansado", 14)
    assert sentence.distractors == [(11, "joão", "m")]
    assert script.picks == [] and script.chances == []


def test_same_seed_same_sentences():
    first, again, other = (agreement.sentences(20, seed=seed, distance=(5, 40)) for seed in (4, 4, 5))
    assert first == again != other


def test_genders_are_balanced_and_can_be_controlled():
    lines = agreement.sentences(600, seed=1, distance=30)
    genders = [gender for line in lines for _, _, gender in line.distractors]
    assert 0.44 < np.mean([line.gender == "f" for line in lines]) < 0.56
    assert 0.46 < np.mean([gender == "f" for gender in genders]) < 0.54
    for wanted in ("opposite", "same"):
        for line in agreement.sentences(50, seed=2, distance=30, distractors=4, distractor_gender=wanted):
            assert all((gender != line.gender) == (wanted == "opposite") for _, _, gender in line.distractors)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"distance": 3}, "at least 4"),
        ({"distance": 10, "distractors": 3}, "distance of 16 or more"),
        ({"distance": (20, 10)}, "low, high"),
        ({"distractors": -1}, "at least 0"),
        ({"distractor_gender": "x"}, "opposite"),
        ({"n": -1}, "whole number"),
        ({"held_out": "yes"}, "expected True, False or None"),
        ({"distance": "30"}, "distance='30': expected a whole number, or a pair"),
        ({"distance": 30.0}, "distance=30.0: expected a whole number"),
        ({"distance": (5, 10, 15)}, "a pair"),
        ({"seed": "a"}, "seed is 'a', expected a whole number"),
        ({"seed": None}, "seed is None"),
        ({"seed": -1}, "seed is -1, expected at least 0"),
    ],
)
def test_impossible_requests_say_what_is_possible(arguments, message):
    with pytest.raises((ValueError, TypeError), match=message):
        agreement.sentences(**{"n": 1, **arguments})


def test_composer_menus_stay_inside_the_vocabulary_and_the_rule():
    words, menus = set(agreement.vocabulary()), agreement.lexicon()["composer"]
    nouns = {noun.word: noun.gender for noun in agreement.subjects()}
    copulas = set(agreement.lexicon()["copulas"])
    chosen = [
        menus[part][menus["seed"][key]]["text"]
        for part, key in (("subjects", "subject"), ("middles", "middle"), ("endings", "ending"))
    ]
    assert " ".join(chosen) == SEED_SENTENCE
    for part in ("subjects", "middles", "endings"):
        for entry in menus[part]:
            assert set(entry["text"].split()) <= words and entry["gloss"]
    for subject in menus["subjects"]:
        noun = agreement.Noun(subject["text"].split()[-1], subject["gender"])
        assert any((noun.word, noun.gender) == (one.word, one.gender) for one in agreement.subjects())
    for middle in menus["middles"]:
        line = middle["text"].split()
        assert [word for word in line if word in nouns] == middle["distractors"]
    for ending in menus["endings"]:
        assert ending["text"].split()[0] in copulas


def test_governor():
    line = SEED_SENTENCE.split()
    assert agreement.governor(line, line.index("estava")) == 1
    assert agreement.governor(["a", "menina", "disse", "que", "quando", "o", "joão", "estava"], 7) == 6
    assert agreement.governor(["ontem", "estava"], 1) is None


def test_area_under_curve_counts_pairs():
    rng = np.random.default_rng(0)
    values, positive = rng.normal(size=(3, 40, 2)), rng.random(40) < 0.4
    pairs = values[:, positive, None] > values[:, None, ~positive]
    np.testing.assert_allclose(agreement.area_under_curve(values, positive), pairs.mean(axis=(1, 2)))


def untrained_model():
    from lstm_lib import LSTM

    rng = np.random.default_rng(0)
    words = list(agreement.vocabulary())
    feminine, masculine = map(list, zip(*agreement.adjectives(), strict=True))
    return LanguageModel(
        "untrained",
        LSTM.init(4, 6, seed=0),
        rng.normal(size=(len(words), 4)),
        words,
        rng.normal(size=(len(words), 6)),
        np.zeros(len(words)),
        feminine,
        masculine,
    )


def test_margins_are_the_readings_log_ratio_with_and_without_intervention():
    model, lines = untrained_model(), agreement.sentences(6, seed=3, distance=20)
    for unit, action in ((None, "none"), (2, "off"), (2, "flip")):
        margins = agreement.margins(model, lines, unit, action, after=5)
        for line, margin in zip(lines, margins, strict=True):
            factor = (
                None if unit is None else model.edit(len(line.words), unit, action, line.subject_position + 5)
            )
            last = model.read(line.words, cell_factor=factor).probabilities[-1]
            ratio = np.log(last[model.index[line.adjective]] / last[model.index[line.adjective_wrong]])
            assert margin == pytest.approx(ratio, abs=1e-12)
    off = agreement.margins(model, lines, cell_factor=np.array([1, 1, 0, 1, 1, 1]))
    np.testing.assert_array_equal(off, agreement.margins(model, lines, 2, "off"))


def test_an_untrained_model_is_at_chance_and_has_no_gender_unit():
    model = untrained_model()
    assert 0.35 < agreement.evaluate(model, 30, 400) < 0.65
    assert agreement.separation(model).max() < 0.9


def test_random_module_is_left_alone():
    random.seed(1)
    expected = random.random()
    random.seed(1)
    agreement.sentences(5)
    assert random.random() == expected
