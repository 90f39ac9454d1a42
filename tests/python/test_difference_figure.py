"""The trace of a difference: its pairs, its numbers, its words and its picture."""

import dataclasses
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_lib as ll
from lstm_lib import difference, figures, widgets
from lstm_lib.figures.difference import decades, write_difference, write_share
from lstm_lib.locale import LANGUAGES, text
from lstm_lib.tasks import agreement
from lstm_lib.tasks.agreement.counterparts import counterparts, lengthened

SVG = "{http://www.w3.org/2000/svg}"
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "difference.json").read_text("utf-8"))
FAILED, LEARNED, LSTM, GRU = (f"agreement/{name}" for name in ("rnn-long", "rnn", "lstm", "gru"))
SEED = ll.tokenize("A menina disse que não foi se despedir porque quando o João viajou estava muito")


def composed():
    """Every sentence of the composer's menus, as words."""
    menus = agreement.lexicon()["composer"]
    for subject in menus["subjects"]:
        for middle in menus["middles"]:
            for ending in menus["endings"]:
                yield ll.tokenize(" ".join(part["text"] for part in (subject, middle, ending)))


# The pair of sentences


def test_the_seed_sentence_and_its_twin():
    feminine, masculine = counterparts(SEED)
    assert feminine.words == SEED and masculine.words == ["o", "menino", *SEED[2:]]
    assert (feminine.adjective, masculine.adjective) == ("cansada", "cansado")
    assert (feminine.gender, masculine.gender) == ("f", "m")
    assert feminine.distance == masculine.distance == 14
    assert feminine.distractors == [(11, "joão", "m")]


@pytest.mark.parametrize("distance", (0, 17, 33, 60))
def test_every_composed_sentence_makes_a_pair_that_differs_in_its_subject_only(distance):
    known = set(agreement.vocabulary())
    for words in composed():
        feminine, masculine = counterparts(words, distance)
        start = feminine.subject_position
        both = enumerate(zip(feminine.words, masculine.words, strict=True))
        where = [k for k, (one, other) in both if one != other]
        assert where and max(where) <= start == masculine.subject_position, words
        assert set(feminine.words) <= known
        length = len(words) - start
        assert feminine.distance == max(distance, length), words
        assert feminine.words[start + 1 :] == words[start + 1 :] or distance > length


def test_a_longer_sentence_keeps_its_rule():
    """What decides the form is the same noun, beside the copula or not, and nothing put in is a noun."""
    for words in composed():
        short, long = counterparts(words), counterparts(words, 60)
        for one, other in zip(short, long, strict=True):
            before, after = agreement.place(one.words), agreement.place(other.words)
            assert before.gender == after.gender and before.beside == after.beside, words
            assert one.words[before.subject] == other.words[after.subject]
            assert [one.words[k] for k in before.nouns] == [other.words[k] for k in after.nouns]
            assert one.adjective == other.adjective


def test_phrases_come_in_a_fixed_order_behind_coordinators():
    line = lengthened(SEED, 1, 30)
    added = " ".join(line[13:-2])
    assert line[:13] == SEED[:13] and line[-2:] == SEED[-2:]
    assert added == (
        "e foi embora mas queria descansar porque precisava trabalhar então ia viajar e não quis jantar"
    )


def test_the_words_before_the_change_stay_so_that_a_curve_only_grows():
    for distance in range(14, 60):
        one, more = (lengthened(SEED, 1, d) for d in (distance, distance + 1))
        same = next(k for k, (a, b) in enumerate(zip(one, more, strict=False)) if a != b)
        assert same >= 13 + max(0, distance - 14 - 4)


@pytest.mark.parametrize(
    ("said", "feminine", "masculine"),
    [
        ("o tio disse que estava cansado", "a tia disse que estava", "o tio disse que estava"),
        ("ana sumiu", "ana sumiu", "bruno sumiu"),
        ("a jornalista saiu", "a jornalista saiu", "o jornalista saiu"),
        ("dentista saiu", "a dentista saiu", "o dentista saiu"),
        ("a astronauta viu o rei", "a astronauta viu o rei", "o astronauta viu o rei"),
        ("astronauta disse que estava", "a astronauta disse que estava", "o astronauta disse que estava"),
        ("the quick brown fox", "a menina the quick brown fox", "o menino the quick brown fox"),
    ],
)
def test_whoever_the_subject_is_there_is_a_twin(said, feminine, masculine):
    pair = counterparts(ll.tokenize(said))
    if said.startswith("ana"):
        masculine = pair[1].text  # whichever name stands beside hers in the list
        assert agreement.place(pair[1].words).gender == "m"
    assert (pair[0].text, pair[1].text) == (feminine, masculine)


def test_no_word_no_pair():
    with pytest.raises(ValueError, match="There is no word"):
        counterparts([])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.integers(0, 200))
def test_any_text_makes_a_pair(text, distance):
    words = ll.tokenize(text)
    if words:
        feminine, masculine = counterparts(words, distance)
        assert len(feminine.words) == len(masculine.words) and feminine.words != masculine.words
        assert agreement.difference(ll.load(FAILED), (feminine, masculine)).shape == (len(feminine.words),)


# The numbers


def test_the_vectors_are_what_python_computes():
    assert [tuple(bound) for bound in VECTORS["verdicts"]] == list(difference.VERDICTS)
    for case in VECTORS["cases"]:
        models = list(case["differences"])
        shown = widgets.Difference(models, sentence=case["words"], distance=case["distance"], of="cell")
        assert [line.words for line in shown.pair] == [case["feminine"], case["masculine"]], case["why"]
        assert shown.pair[0].subject_position == case["start"]
        assert (shown.expected and list(shown.expected)) == case["expected"]
        assert shown.verdicts == case["verdicts"]
        assert {name: list(both) for name, both in shown.answers.items()} == case["answers"]
        for name, values in shown.differences.items():
            np.testing.assert_allclose(values, case["differences"][name], rtol=1e-6, atol=1e-9)
        for name, (unit, values) in shown.cells.items():
            assert unit == case["cells"][name][0]
            np.testing.assert_allclose(values, case["cells"][name][1], rtol=1e-6, atol=1e-9)
    for lang, value, distance, share in VECTORS["written"]:
        assert (write_difference(value, lang), write_share(value, lang)) == (distance, share)


def test_the_widget_measures_what_the_task_measures():
    shown = widgets.Difference([FAILED, LSTM], distance=25, of="cell", unit=5)
    for name, values in shown.differences.items():
        lm = ll.load(name)
        one, other = (lm.read(line.words).trace for line in shown.pair)
        apart = np.sqrt(((one.hidden - other.hidden) ** 2).sum(axis=1))
        np.testing.assert_allclose(values, apart, atol=1e-12)
    unit, values = shown.cells[LSTM]
    assert unit == 5 and set(shown.cells) == {LSTM}
    np.testing.assert_array_equal(values, agreement.difference(ll.load(LSTM), shown.pair, "cell", 5))


def test_the_unit_found_keeps_more_than_any_other_at_its_worst_word():
    shown = widgets.Difference([LSTM], distance=40, of="cell")
    lm, pair = ll.load(LSTM), shown.pair
    least = [agreement.difference(lm, pair, "cell", unit)[1:].min() for unit in range(lm.network.hidden_size)]
    assert shown.cells[LSTM][0] == int(np.argmax(least)) == agreement.gender_unit(lm)


def test_what_the_picture_is_there_for():
    """The chapter's claim at the sentence it shows: one RNN loses the difference, the others keep it."""
    shown = widgets.Difference([FAILED, LEARNED, LSTM, GRU], distance=40, of="cell")
    later = {line.name: line.shares[line.start + 20] for line in shown.lines if line.unit is None}
    assert later[FAILED] <= 0.02
    assert min(later[name] for name in (LEARNED, LSTM, GRU)) >= 0.5
    assert shown.verdicts == {FAILED: "fades", LEARNED: "stays", LSTM: "stays", GRU: "stays"}
    assert shown.lines[-1].unit is not None and shown.lines[-1].shares[1:].min() >= 0.9
    same = {name: one == other for name, (one, other) in shown.answers.items()}
    assert same == {FAILED: True, LEARNED: False, LSTM: False, GRU: False}
    assert shown.answers[LSTM] == shown.expected == ("cansada", "cansado")


@pytest.mark.parametrize(
    ("last", "word"),
    [(9.0, "grows"), (8.0, "grows"), (7.9, "stays"), (2.0, "stays"), (1.9, "weakens"), (0.08, "weakens"),
     (0.07, "fades"), (0.0, "fades")],
)  # fmt: skip
def test_what_a_line_end_is_called(last, word):
    assert difference.Line("x", np.array([9.0, 4.0, 3.0, last]), 1).verdict == word


def test_a_line_that_starts_at_zero_has_no_share():
    line = difference.Line("x", np.array([0.0, 0.0, 1.0]), 1)
    assert line.shares is None and line.verdict == "none"


# The picture


def circles(figure, radius):
    found = [c for c in ElementTree.fromstring(figure.to_svg()).iter(f"{SVG}circle") if c.get("r") == radius]
    return [(float(circle.get("cx")), float(circle.get("cy"))) for circle in found]


def test_marks_stand_where_the_numbers_are():
    """The rings of the RNN that failed lie on a straight line against log10 of its differences."""
    shown = widgets.Difference([FAILED, LSTM], distance=40)
    marks = np.array(circles(shown.figure(), "4.5"))
    steps = [1, 11, 21, 31, 40]
    powers = np.log10(shown.differences[FAILED][steps])
    decade = (marks[-1, 1] - marks[0, 1]) / (powers[0] - powers[-1])
    np.testing.assert_allclose(marks[:, 1], marks[0, 1] + decade * (powers[0] - powers), atol=0.02)
    assert decade > 40 and (np.diff(marks[:, 0]) > 0).all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_tells_in_words_what_it_shows(lang):
    shown = widgets.Difference([FAILED, LEARNED, LSTM], distance=40, of="cell", lang=lang)
    figure = shown.figure()
    texts = ElementTree.fromstring(figure.to_svg()).iter(f"{SVG}text")
    words = " ".join("".join(found.itertext()) for found in texts)
    for line in shown.lines:
        assert text(f"difference.verdict.{line.verdict}", lang) in words
        assert write_share(line.shares[-1], lang) in words
        for value in (line.values[1], line.values[-1]):
            assert write_difference(value, lang) in figure.alt
    for word in ("menina", "menino", "cansada", "cansado"):
        assert word in words
    assert "nan" not in figure.to_html()


def test_exact_zeros_have_a_row_of_their_own():
    shown = widgets.Difference([FAILED, LSTM], sentence="ontem a menina disse que estava")
    svg = shown.figure().to_svg()
    assert shown.differences[FAILED][0] == 0
    assert text("difference.zero", "pt") in svg
    dots = circles(shown.figure(), "2")
    assert len(dots) == 2 and dots[0] == dots[1], "each line's zero is a dot on the row of zeros"
    assert text("difference.zero", "pt") not in widgets.Difference([FAILED, LSTM]).figure().to_svg()


def test_the_axis_grows_in_steps_and_says_where_only_rounding_is_left():
    def of(*values):
        return [difference.Line("x", np.array(values), 0)]

    assert decades(of(5.0, 0.2)) == decades(of(5.0, 1.1e-4)) == (-4, 1)
    assert decades(of(5.0, 0.9e-4)) == (-6, 1) and decades(of(30.0, 1e-9)) == (-10, 2)
    assert decades(of(0.0, 0.0)) == (-4, 1)
    shown = widgets.Difference([FAILED], distance=200)
    assert shown.differences[FAILED][-1] < 1e-10


def test_a_picture_needs_lines_of_the_sentences_length():
    shown = widgets.Difference([LSTM])
    with pytest.raises(ValueError, match="14 values, but the sentences 15 words"):
        figures.difference(shown.pair, [difference.Line("x", np.ones(14), 1)])


# The widget


def test_selection_is_where_the_reader_is():
    shown = widgets.Difference([FAILED, LSTM], distance=40, step=21)
    here = shown.selection
    assert here.word == shown.pair[0].words[21] == "trabalhar"
    assert here.differences[LSTM] == shown.differences[LSTM][21]
    assert here.shares[LSTM] == shown.differences[LSTM][21] / shown.differences[LSTM][1]
    shown.step = -1
    assert shown.selection.step == 40


def test_a_shorter_sentence_moves_the_reader_to_its_end():
    shown = widgets.Difference([LSTM], distance=40, step=30)
    shown.distance = 0
    assert shown.step == -1 and shown.selection.word == "muito"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"models": ["agreement/none"]}, "no model 'agreement/none'"),
        ({"models": []}, "expected 1 to 4"),
        ({"sentence": " ?! "}, "no word to read"),
        ({"distance": 201}, "expected 0 to 200"),
        ({"step": 15}, "-1 .* to 14"),
        ({"unit": 32}, "0 to 31"),
        ({"hide": ["everything"]}, "none of title"),
    ],
)
def test_an_impossible_state_is_refused_with_a_sentence(state, said):
    with pytest.raises(ValueError, match=said):
        widgets.Difference(**state)
    shown = widgets.Difference()
    before = shown.state
    with pytest.raises((ValueError, TypeError)):
        shown.update(scale="linear", **state)
    assert shown.state == before


def test_weights_are_not_given_by_hand():
    with pytest.raises(TypeError, match="give LanguageModels in models"):
        widgets.Difference(weights={})


def test_a_network_of_the_readers_own():
    """It travels with the page under its name; the shipped ones stay beside the site's script."""
    mine = dataclasses.replace(ll.load(LSTM), name="mine", path=None)
    shown = widgets.Difference([mine, FAILED], distance=20)
    np.testing.assert_allclose(
        shown.differences["mine"], widgets.Difference([LSTM], distance=20).differences[LSTM], atol=1e-5
    )
    assert set(shown.static_state()["weights"]) == {"mine"}
    assert "weights" not in widgets.Difference([FAILED]).static_state()
