"""Results shown as what they are: chorales continued, as picture and as object."""

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from lstm_lib import continued_chorales as chorales
from lstm_lib import figures, widgets
from lstm_lib.locale import LANGUAGES, number, percent, text


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
    assert chorales.note_name(66, "G minor", "pt") == "fá♯4"
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
    assert figure.alt.endswith(chorales.plain(chorales.see(piece, "rnn", 20, lang)))
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
