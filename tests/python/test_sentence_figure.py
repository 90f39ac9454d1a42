"""The sentence that several networks read: its widget, its answers by the rule, its still picture."""

import base64
import dataclasses
import json
import re

import pytest

import lstm_lib as ll
from lstm_lib import figures, widgets
from lstm_lib.figures.layout import even_rows
from lstm_lib.figures.sentence import write_share
from lstm_lib.tasks import agreement
from lstm_lib.widgets import base
from lstm_lib.widgets import models as networks

SEED = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
NAMES = ["agreement/lstm", "agreement/gru", "agreement/rnn", "agreement/rnn-long"]


@pytest.fixture
def static(monkeypatch):
    monkeypatch.setenv("LSTM_LIB_STATIC", "1")


def readings(text, names=NAMES):
    return {name: ll.load(name).read(text) for name in names}


def state_in(page):
    return json.loads(re.search(r'data-state="([^"]*)"', page)[1].replace("&quot;", '"'))


# The widget


def test_it_reads_with_all_its_networks():
    widget = widgets.Sentence(NAMES[:2])
    assert list(widget.readings) == NAMES[:2]
    for name, reading in widget.readings.items():
        assert reading.words == SEED.split()
        assert reading.share_feminine == pytest.approx(ll.load(name).read(SEED).share_feminine, abs=0)
    assert widget.place == agreement.place(SEED.split())
    assert all(answer.right for answer in widget.answers.values())
    widget.sentence = SEED.replace("a menina", "o menino").split()
    assert all(answer.right and answer.share < 0.05 for answer in widget.answers.values())
    widget.models = ["agreement/rnn"]
    assert list(widget.readings) == ["agreement/rnn"]


def test_the_adjective_at_the_end_is_asked_for_and_not_read():
    widget = widgets.Sentence(sentence=f"{SEED} cansada.")
    assert widget.words == SEED.split()
    assert widget.answers == widgets.Sentence(sentence=SEED).answers
    assert len(widgets.Sentence(sentence="ontem " * 1200).words) == 1000


def test_on_a_page_shipped_networks_go_by_name_and_own_ones_by_their_bytes(static):
    assert state_in(widgets.Sentence().to_html()) == {}
    lstm = ll.load("agreement/lstm")
    other = dataclasses.replace(lstm, name="minha", decoder_bias=lstm.decoder_bias[::-1].copy())
    widget = widgets.Sentence(["agreement/lstm", other])
    state = state_in(widget.to_html())
    assert state["models"] == ["agreement/lstm", "minha"] and list(state["weights"]) == ["minha"]
    data = base64.b64decode(state["weights"]["minha"]["base64"])
    again = networks.read_all(["minha"], {"minha": data})["minha"]
    shares = again.read(SEED).share_feminine
    assert shares == pytest.approx(other.read(SEED).share_feminine)
    assert shares == pytest.approx(widget.readings["minha"].share_feminine)


def test_a_shipped_network_that_was_changed_is_no_longer_the_shipped_one(static):
    lstm = ll.load("agreement/lstm")
    changed = dataclasses.replace(lstm, decoder_bias=lstm.decoder_bias + 1e-3)
    assert list(state_in(widgets.Sentence([changed]).to_html())["weights"]) == ["agreement/lstm"]
    assert state_in(widgets.Sentence([dataclasses.replace(lstm)]).to_html()) == {"models": ["agreement/lstm"]}


def test_in_a_notebook_every_network_that_the_buttons_offer_is_there():
    assert set(NAMES) <= set(widgets.Sentence(["agreement/gru"]).weights)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"models": ["agreement/nothing"]}, ValueError, "no model 'agreement/nothing'"),
        ({"models": []}, ValueError, "0 models were given, expected 1 to 4"),
        ({"models": NAMES * 2}, ValueError, "8 models were given"),
        ({"models": ["agreement/rnn"] * 2}, ValueError, "each name may come once"),
        ({"models": [ll.LSTM.init(2, 3)]}, TypeError, "expected a LanguageModel or the name"),
        ({"models": 3}, TypeError, "models was 3"),
        ({"sentence": "…"}, ValueError, "no word to read"),
        ({"sentence": 4}, TypeError, "expected a text or a list"),
        ({"step": 15}, ValueError, "the sentence has 15 words, so -1"),
        ({"step": -2}, ValueError, "-1 \\(the last\\) to 14"),
        ({"guess": "both"}, TypeError, "guess"),
        ({"hide": ["sky"]}, ValueError, "sky is none of title, networks"),
        ({"weights": {}}, TypeError, "give LanguageModels in models"),
        ({"colour": 1}, TypeError, "no colour"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused_in_words(arguments, error, says):
    with pytest.raises(error, match=says):
        widgets.Sentence(**arguments)


def test_nothing_changes_when_a_state_is_refused():
    widget = widgets.Sentence(step=11)
    for change in ({"models": ["x"]}, {"sentence": ""}, {"step": 99}, {"sentence": "a menina", "step": 5}):
        before = widget.state
        with pytest.raises(ValueError):
            widget.update(**change)
        assert widget.state == before
    widget.sentence = "a menina estava"
    assert widget.step == -1
    with pytest.raises(base.StateError):
        widget.models = [7]
    assert widget.models == ["agreement/lstm", "agreement/rnn"]


def test_what_the_page_sends_is_taken_and_brought_into_range():
    widget = widgets.Sentence()
    widget.set_state({"sentence": "a menina estava", "step": 12, "models": ["agreement/gru"]})
    assert list(widget.readings) == ["agreement/gru"] and widget.figure().alt


# The answers


def test_an_answer_is_the_likelier_form_of_the_adjective_that_all_are_asked_about():
    found = agreement.answers(readings(SEED))
    assert len({answer.pair for answer in found.values()}) == 1
    for name, answer in found.items():
        reading = ll.load(name).read(SEED)
        feminine, masculine = (reading.probabilities[-1, reading.model.index[form]] for form in answer.pair)
        assert answer.expected == answer.pair[int(feminine < masculine)]
        assert answer.share == reading.share_feminine[-1]
        assert answer.right == (feminine >= masculine)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (SEED, True),
        (SEED.replace("viajou ", ""), True),
        ("jornalista disse que estava", None),
        ("a menina disse que quando", None),
        ("a menina", None),
    ],
)
def test_right_only_where_the_rule_demands_a_form_and_one_is_expected(text, right):
    assert agreement.answers(readings(text, ["agreement/lstm"]))["agreement/lstm"].right is right


def test_there_is_no_answer_without_words():
    assert agreement.answers({}) == {}
    widget = widgets.Sentence()
    widget.set_state({"sentence": "…"})
    assert widget.answers == widget.readings == {} and widget.figure() is None
    assert widget.place.subject is None and "text/plain" in widget._repr_mimebundle_()[0]


# The picture


@pytest.mark.parametrize("lang", ["pt", "en"])
def test_the_text_alternative_says_sentence_rule_and_answers(lang):
    figure = figures.sentence(readings(SEED), lang)
    found = agreement.answers(readings(SEED))
    assert SEED in figure.alt and "menina" in figure.alt and "*" not in figure.alt
    for answer in found.values():
        assert f"{answer.expected} ({write_share(answer.share, lang)}" in figure.alt
    assert not re.search(r"sentence\.|\{", figure.alt)


def test_every_word_name_and_answer_is_drawn_in_both_shapes():
    figure = figures.sentence(readings(SEED, NAMES[:2]))
    for panel in (figure.panels[0], figure.narrow):
        drawn = [run.text for mark in panel.marks for run in getattr(mark, "runs", ())]
        assert all(word in drawn for word in SEED.split())
        assert drawn.count("certo") == 2 and "LSTM" in drawn and "GRU" in drawn


def test_a_bar_is_as_high_as_its_share_and_striped_where_no_adjective_is_expected():
    found = readings(SEED, NAMES[:1])
    reading = found[NAMES[0]]
    panel = figures.sentence(found).panels[0]
    bars = [mark for mark in panel.marks if getattr(mark, "fill", "") == "ink-2"]
    stripes = [mark for mark in panel.marks if getattr(mark, "stroke", "") == "ink-3"]
    assert len(bars) == 2 and len(stripes) == 13
    for bar, share in zip(bars, reading.share_feminine[-2:], strict=True):
        assert bar.height == pytest.approx(36 * abs(share - 0.5))
    for path, share in zip(stripes, reading.share_feminine[:-2], strict=True):
        ys = [point[2] for point in path.points]
        assert ys[0] - ys[1] == pytest.approx(36 * (share - 0.5))


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize(
    "text",
    [
        "a",
        "estava",
        "the quick brown fox",
        "<b>مرحبا</b> שלום estava",
        "a astronauta disse que estava muito",
        "jornalista disse que estava",
        "x" * 300,
        "a menina disse que " + "o joão viajou " * 130 + "estava muito",
    ],
)
def test_any_text_has_a_picture(text):
    figure = figures.sentence(readings(text, NAMES[:2]), "en")
    for panel in (figure.panels[0], figure.narrow):
        texts = [mark for mark in panel.marks if getattr(mark, "runs", None)]
        assert texts and all(0 <= mark.x <= panel.width and 0 <= mark.y <= panel.height for mark in texts)
    assert figure.to_png()[:4] == b"\x89PNG" and "<b>" not in figure.to_html()


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="nothing to draw"):
        figures.sentence({})
    mixed = readings(SEED, NAMES[:1]) | readings("a menina", NAMES[1:2])
    with pytest.raises(ValueError, match="not of the same words: agreement/gru read 'a menina'"):
        figures.sentence(mixed)


def test_lines_are_about_equally_full():
    lines = even_rows([50.0] * 16, 700)
    assert [len(line) for line in lines] == [8, 8] and sum(lines, []) == list(range(16))
    assert len(even_rows([50.0] * 10, 700)) == 1
    assert even_rows([900.0, 10.0], 700) == [[0], [1]]
