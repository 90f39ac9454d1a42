"""The agreement task: the grammar, its rule, the control of distance and distractors, the held-out pairs."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_lib as ll
from lstm_lib import GRU
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
        ({"n": -1}, "n is -1, expected at least 0"),
        ({"n": True}, "n is True, expected a whole number"),
        ({"distance": True}, "distance=True: expected a whole number"),
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


# --- sentences that ask one thing ----------------------------------------------------------------


def test_the_quadruples_are_the_seed_sentence_four_by_four():
    fours = agreement.quadruples()
    assert len(fours) == 120
    assert fours[0][1].text == SEED_SENTENCE and fours[0][1].adjective == "cansada"
    assert len({sentence.text for four in fours for sentence in four}) == 480
    for four in fours:
        assert [sentence.gender + sentence.distractors[0][2] for sentence in four] == ["ff", "fm", "mf", "mm"]
        for sentence in four:
            assert sentence.words[sentence.subject_position] == sentence.subject
            assert sentence.words[sentence.distractors[0][0]] == sentence.distractors[0][1]
            assert agreement.governor(sentence.words, sentence.words.index("estava")) == 1
            assert sentence.adjective == {"f": "cansada", "m": "cansado"}[sentence.gender]


@settings(deadline=None, max_examples=60)
@given(st.integers(8, 120), st.integers(0, 10**6), st.sampled_from([True, False, None]))
def test_a_minimal_pair_differs_in_the_article_and_the_noun(distance, seed, held):
    pair = agreement.minimal_pair(distance, seed=seed, held_out=held)
    feminine, masculine = pair
    assert pair == agreement.minimal_pair(distance, seed=seed, held_out=held)
    differ = [
        k for k, (a, b) in enumerate(zip(feminine.words, masculine.words, strict=True)) if a != b
    ]
    assert differ == [0, 1] and [line.words[0] for line in pair] == ["a", "o"]
    assert feminine.adjective == masculine.adjective_wrong != masculine.adjective
    assert feminine.distractors == masculine.distractors and len(feminine.distractors) >= 1
    couple = tuple(subject_of(line) for line in pair)
    assert couple in agreement.couples()
    for line, noun in zip(pair, couple, strict=True):
        assert line.distance == distance
        if held is not None:
            assert agreement.held_out(noun, feminine.adjective) is held
            for position, _, gender in line.distractors:
                assert agreement.held_out(noun, noun_at(line, position, gender).key) is held


def test_couples_are_nouns_of_the_lexicon_and_several_can_be_held_out():
    assert {noun for couple in agreement.couples() for noun in couple} <= set(agreement.subjects())
    met = {pair[0].subject for pair in agreement.minimal_pairs(200, 20)}
    assert len(met) >= 6 and "menina" in met


def test_each_probe_asks_what_its_name_says():
    vocabulary, both = set(agreement.vocabulary()), {"jornalista", "artista", "dentista"}
    for line in agreement.bare_names(60, 20):
        assert line.subject_position == 0 and line.words[0] == line.subject
    for line in agreement.unknown_noun(60, 20):
        assert line.subject not in vocabulary and line.words[0] == {"f": "a", "m": "o"}[line.gender]
    articles = agreement.article_only(60, 20)
    assert {(line.subject, line.gender) for line in articles} >= {(word, g) for word in both for g in "fm"}
    misleading = {(line.subject, line.gender) for line in agreement.deceptive(60, 20)}
    assert {("criança", "f"), ("poeta", "m"), ("raquel", "f"), ("andré", "m")} <= misleading
    for probe in (agreement.bare_names, agreement.article_only, agreement.deceptive, agreement.unknown_noun):
        lines = probe(40, (15, 25), 2, seed=3)
        assert lines == probe(40, (15, 25), 2, seed=3) != probe(40, (15, 25), 2, seed=4)
        assert all(15 <= line.distance <= 25 and len(line.distractors) == 2 for line in lines)
        assert {line.gender for line in lines} == {"f", "m"}
        for line in lines:
            copula = max(k for k, word in enumerate(line.words) if word in agreement.lexicon()["copulas"])
            assert agreement.governor(line.words, copula) != copula - 1
        with pytest.raises(ValueError, match="distance of 16 or more"):
            probe(1, 10, 3)
        with pytest.raises(ValueError, match="n is -1"):
            probe(-1)


# --- differences ---------------------------------------------------------------------------------


def test_a_difference_is_the_distance_of_two_readings():
    model = untrained_model()
    first, second = pair = agreement.minimal_pair(20, seed=1)
    one, other = (model.read(line.words).trace for line in pair)
    gap = one.hidden - other.hidden
    np.testing.assert_array_equal(agreement.difference(model, pair), np.sqrt((gap**2).sum(axis=1)))
    np.testing.assert_array_equal(agreement.difference(model, pair, unit=2), np.abs(gap[:, 2]))
    cells = np.abs(one.cell - other.cell)
    np.testing.assert_array_equal(agreement.difference(model, pair, of="cell", unit=4), cells[:, 4])
    texts = agreement.difference(model, (first.text.upper(), second.words))
    np.testing.assert_array_equal(texts, agreement.difference(model, pair))
    arrays = [model.embed(line.words)[0] for line in pair]
    np.testing.assert_array_equal(agreement.difference(model.network, arrays), texts)
    later = agreement.difference(model, ("ontem a menina disse", "ontem o menino disse"))
    assert later[0] == 0 < later[1]
    assert agreement.kept(model, [pair], 6) == texts[7] / texts[1]


def test_what_cannot_be_compared_is_named():
    model = untrained_model()
    pair = agreement.minimal_pair(20)
    gru = LanguageModel(**{**vars_of(model), "network": GRU.init(4, 6, seed=0)})
    for arguments, message in (
        ((model, ("a menina", "o menino disse")), "have 2 and 3 steps"),
        ((model, "a menina"), "a pair of them"),
        ((model, pair[0]), "a pair of them"),
        ((model, pair, "memory"), "of is 'memory', expected"),
        ((model, pair, "cell", 6), "unit is 6, expected"),
        ((gru, pair, "cell"), "Only an LSTM has a cell state"),
    ):
        with pytest.raises((ValueError, TypeError), match=message):
            agreement.difference(*arguments)
    with pytest.raises(ValueError, match="20 words after its noun|19 words after its noun"):
        agreement.kept(model, [pair], after=20)
    for measure, message in ((agreement.kept, "no pair"), (agreement.accuracy, "no sentence")):
        with pytest.raises(ValueError, match=message):
            measure(model, [])


def vars_of(model):
    names = ("name", "network", "embedding", "vocabulary", "decoder_weight", "decoder_bias", "feminine")
    return {name: getattr(model, name) for name in (*names, "masculine")}


def test_accuracy_counts_the_right_forms_also_of_unknown_nouns():
    model, lines = untrained_model(), agreement.unknown_noun(8, 20)
    right = 0
    for line in lines:
        last = model.read(line.words).probabilities[-1]
        right += last[model.index[line.adjective]] > last[model.index[line.adjective_wrong]]
    assert agreement.accuracy(model, lines) == right / 8
    counted, total = agreement.quadruple_score(model)
    assert total == 480 and 0 < counted < 480


def test_random_module_is_left_alone():
    random.seed(1)
    expected = random.random()
    random.seed(1)
    agreement.sentences(5)
    assert random.random() == expected


def test_measures_refuse_in_one_sentence_what_they_cannot_measure():
    lm, rnn = ll.load("agreement/lstm"), ll.load("agreement/rnn")
    pair, lines = agreement.minimal_pair(), agreement.sentences(3)
    refused = [
        (TypeError, "expected a language model", lambda: agreement.accuracy("agreement/lstm", lines)),
        (TypeError, "expected a list of Sentence", lambda: agreement.accuracy(lm, ["a menina disse"])),
        (ValueError, "act on an LSTM", lambda: agreement.margins(rnn, lines, 1, "off")),
        (ValueError, "one number for each unit", lambda: agreement.margins(lm, lines, cell_factor=[1, 2])),
        (ValueError, "after is -3", lambda: agreement.margins(lm, lines, 1, "flip", after=-3)),
        (ValueError, "n is 0", lambda: agreement.evaluate(lm, 30, 0)),
        (ValueError, "unit is 99", lambda: agreement.unit_report(lm, 99)),
        (ValueError, "after is -1", lambda: agreement.kept(lm, [pair], -1)),
        (ValueError, "same up to", lambda: agreement.kept(lm, [(pair[0], pair[0])])),
        (TypeError, "expected a language model or a network", lambda: agreement.difference(5, pair)),
        (ValueError, "one sequence", lambda: agreement.difference(lm.network, np.zeros((2, 3, 2, 16)))),
        (ValueError, "of one gender", lambda: agreement.separation(lm, n=1)),
        (TypeError, "tokenize makes one", lambda: agreement.place("a menina estava")),
        (ValueError, "copula is 9", lambda: agreement.governor(["a", "menina"], 9)),
        (TypeError, "name: Reading", lambda: agreement.answers([lm.read("a menina")])),
        (
            ValueError,
            "not of the same words",
            lambda: agreement.answers({"lstm": lm.read("a menina"), "rnn": rnn.read("o menino")}),
        ),
    ]
    for kind, message, call in refused:
        with pytest.raises(kind, match=message):
            call()
