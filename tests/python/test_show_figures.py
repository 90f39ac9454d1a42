"""Results shown as what they are: chorales continued, digits read row by row, as pictures and as objects."""

import dataclasses
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from lstm_lib import continued_chorales as chorales
from lstm_lib import figures, read_rows, widgets
from lstm_lib.locale import LANGUAGES, number, percent, plain, text

ITEMS = [(kind, item) for kind in read_rows.SETS for item in read_rows.items(kind)]


def svgs(figure):
    return [
        ElementTree.fromstring(piece) for piece in re.findall(r"<svg.*?</svg>", figure.to_html(), re.DOTALL)
    ]


def words(svg):
    return ["".join(element.itertext()) for element in svg.iter("text")]


# Chorales


def test_frames_are_joined_to_notes_but_not_across_the_handover():
    frames = [[60, 55, 52, 48], [60, 55, None, 48], [60, 57, 52, 48]]
    assert chorales.notes(frames, 2) == [
        (0, 60, 0, 2), (0, 60, 2, 1), (1, 55, 0, 2), (1, 57, 2, 1),
        (2, 52, 0, 1), (2, 52, 2, 1), (3, 48, 0, 2), (3, 48, 2, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "key, pitches, names",
    [
        ("C major", (60, 61, 63, 66, 70, 59), "C4 C♯4 E♭4 F♯4 B♭4 B3"),
        ("E major", (68, 75, 77), "G♯4 D♯5 E♯5"),
        ("G minor", (70, 63, 66), "B♭4 E♭4 F♯4"),
        ("A- major", (68, 61), "A♭4 D♭4"),
        ("", (60,), "C4"),
    ],
)
def test_notes_are_spelled_as_the_key_writes_them(key, pitches, names):
    assert " ".join(chorales.note_name(pitch, key, "en") for pitch in pitches) == names
    assert chorales.note_name(66, "G minor", "pt") == "fá♯3"
    assert chorales.note_name(None, key, "pt") == text("chorale.rest", "pt")


def test_every_piece_has_its_opening_and_all_continuations():
    assert len(chorales.pieces()) == 4
    for piece in chorales.pieces():
        assert piece.sources == list(chorales.SOURCES) and piece.asked == ["lstm", "rnn"]
        assert 0 < piece.given < len(piece.frames) == 48
        for source in piece.sources:
            line = piece.line(source)
            assert len(line) == len(piece.frames) and line[: piece.given] == piece.frames[: piece.given]
            pitches = [pitch for chord in line for pitch in chord if pitch is not None]
            assert all(len(chord) == 4 for chord in line) and 31 <= min(pitches) <= max(pitches) <= 86
        for network in piece.asked:
            values = piece.surprise[network]
            assert len(values) == len(piece.frames) and values[0] is None and min(values[1:]) > 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentence_counts_what_is_in_the_record(lang):
    for piece in chorales.pieces():
        real = np.array(piece.frames[piece.given :], dtype=float)
        for source in chorales.SOURCES[1:]:
            equal = int((np.array(piece.continuations[source], dtype=float) == real).sum())
            said = chorales.see(piece, source, piece.given, lang)
            assert f"**{equal}** " in said and f"**{percent(equal / real.size, lang)}**" in said
        means = {who: np.mean(piece.surprise[who][piece.given :]) for who in piece.asked}
        for who, mean in means.items():
            assert f"**{number(mean, lang)}**" in said and text(f"chorale.who.{who}", lang) in said
        assert piece.title in said and piece.bwv in said
    assert text("chorale.see.bach", lang) in chorales.see(piece, "bach", piece.given, lang)
    at_start = chorales.see(piece, "lstm", 0, lang)
    first = chorales.note_name(piece.frames[0][0], piece.key, lang)
    assert str(piece.given) in at_start and first in at_start


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_roll_draws_every_note_and_names_every_voice(lang):
    figure = figures.chorale(lang, 1, "rnn", 20)
    piece = chorales.pieces()[1]
    assert figure.alt.endswith(plain(chorales.see(piece, "rnn", 20, lang)))
    for svg in svgs(figure):
        bars = [element for element in svg.iter() if element.tag.endswith("rect")]
        assert len(bars) == len(chorales.notes(piece.line("rnn"), piece.given))
        shown = words(svg)
        assert {text(f"chorale.voice.{voice}", lang) for voice in chorales.VOICES} <= set(shown)
        assert any(text("chorale.name.rnn", lang) in word for word in shown)
    assert figure.to_png()[:4] == b"\x89PNG"


def test_the_chorale_is_an_object_that_refuses_what_is_not_recorded():
    widget = widgets.Chorale(piece=2, source="bigram", beat=30, muted=["tenor"])
    assert widget.frames[30] == chorales.pieces()[2].continuations["bigram"][30 - widget.recorded.given]
    for wrong, message in (
        ({"piece": 4}, "there are 4, so 0 to 3"), ({"beat": 48}, "quarters 0 to 47"),
        ({"volume": 1.5}, "expected 0 to 1"), ({"pace": float("nan")}, "expected 0.25 to 4"),
        ({"muted": ["flute"]}, "the voices are soprano"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=message):
            widget.update(**wrong)
    with pytest.raises(TypeError, match="source"):
        widget.update(source="gpt")
    assert (widget.piece, widget.beat, widget.muted) == (2, 30, ["tenor"])
    widget.set_state({"piece": 77, "beat": -5})
    assert widget.recorded.number == 3 and widget.place == 0 and widget.figure().alt
    for arguments in ({"piece": -1}, {"source": "gru"}, {"beat": 99}, {"lang": "fr"}):
        with pytest.raises(ValueError):
            figures.chorale(**arguments)


# Rows


def test_the_record_holds_the_answers_of_all_networks_after_every_row():
    drawings = read_rows.items("images")
    assert {item.label for item in drawings} == set(range(10))
    for kind, item in ITEMS:
        rows = np.array(item.rows)
        assert rows.shape[1] == {"images": 28, "speech": 13}[kind]
        assert kind == "speech" or (rows.shape[0] == 28 and 0 <= rows.min() < 0.5 < rows.max() <= 1)
        assert item.readers == list(read_rows.NETWORKS)
        for network in item.readers:
            shares = np.array(item.probability[network])
            assert shares.shape == (len(rows), 10)
            assert np.abs(shares.sum(axis=1) - 1).max() < 0.06, "rounded to two decimals"


def test_a_network_settles_where_its_answer_stays():
    item = read_rows.items("images")[0]
    for answers, expected in (([3, 7, 7], 1), ([7, 3, 7], 2), ([7, 7, 7], 0), ([3, 3, 7], 2)):
        probability = {"lstm": [np.eye(10)[digit].tolist() for digit in answers]}
        found = dataclasses.replace(item, label=7, rows=item.rows[:3], probability=probability)
        assert found.settled("lstm") == expected and found.answer("lstm", 2) == (7, 1.0, True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentence_says_who_is_right(lang):
    for _, item in ITEMS:
        last = len(item.rows) - 1
        said = read_rows.see(item, last, lang)
        right = sum(int(np.argmax(item.probability[n][last])) == item.label for n in item.readers)
        key = {0: "none_right", 3: "all_right"}.get(right, "some_right")
        values = {"right": right, "count": 3} if key == "some_right" else {}
        assert text(f"rows.see.{key}", lang, **values) in said
        assert f"**{item.label}**" in said and f"{last + 1}" in said
    assert read_rows.share(1.0, lang).endswith(percent(0.99, lang))
    assert read_rows.share(0.0, lang).endswith(percent(0.01, lang))


@pytest.mark.parametrize("kind, item, row", [("images", 5, 13), ("speech", 0, 4)])
def test_the_picture_shows_every_answer_with_a_sign(kind, item, row):
    figure = figures.rows("en", kind, item, row)
    found = read_rows.items(kind)[item]
    wrong = sum(not found.answer(n, k)[2] for n in found.readers for k in range(len(found.rows)))
    for svg in svgs(figure):
        dots = [element for element in svg.iter() if element.tag.endswith("circle")]
        marks = 2  # the mark of the RNN and a sign of the key are circles
        assert len(dots) - marks == 3 * len(found.rows) - wrong
        assert {"RNN", "GRU", "LSTM", str(row + 1)} <= set(words(svg))
    assert figure.alt.endswith(plain(read_rows.see(found, row, "en")))
    assert figure.to_png()[:4] == b"\x89PNG"


def test_rows_is_an_object_that_refuses_what_is_not_recorded():
    widget = widgets.Rows(item=3, row=20)
    assert widget.probability["gru"] == read_rows.items("images")[3].probability["gru"][20]
    count = len(read_rows.items("images"))
    for wrong, message in (({"item": count}, f"images has {count}"), ({"row": 28}, "rows 0 to 27")):
        with pytest.raises(ValueError, match=message):
            widget.update(**wrong)
    with pytest.raises(TypeError, match="set"):
        widget.update(set="video")
    widget.set_state({"set": "speech", "item": 500, "row": 500})
    assert widget.example.kind == "speech" and widget.place == len(widget.example.rows) - 1
    assert widget.figure().alt
    for arguments in ({"kind": "video"}, {"item": -1}, {"row": 28}, {"lang": "fr"}):
        with pytest.raises(ValueError):
            figures.rows(**arguments)
