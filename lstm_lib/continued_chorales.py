"""Chorales as they were recorded: what Bach wrote, how networks and a bigram went on, and what is said of it.

The record is `results/examples/music.json` (results/areas/music.py makes it): quarter notes of test pieces,
four MIDI numbers each. The explorable reads the same file and says the same."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lstm_lib.locale import number, percent, text

FILE = Path(__file__).parent / "results" / "examples" / "music.json"
VOICES = ("soprano", "alto", "tenor", "bass")
SOURCES = ("bach", "lstm", "rnn", "bigram")
_LETTERS = "FCGDAEB"  # along the line of fifths, from F = −1


@dataclass(frozen=True)
class Piece:
    """One recorded piece. frames: Bach's own, four MIDI numbers (None: a rest) for each quarter note;
    given: how many of them every network saw; continuations, surprise (nats a frame) by name."""

    number: int
    title: str
    bwv: str
    key: str
    quarters_a_minute: int
    given: int
    frames: list
    continuations: dict
    surprise: dict

    @property
    def sources(self):
        return [name for name in SOURCES if name == "bach" or self.continuations.get(name)]

    @property
    def asked(self):
        """The networks whose surprise is recorded."""
        return [name for name in SOURCES if self.surprise.get(name)]

    def line(self, source):
        """The opening and what follows it. ValueError for someone who did not go on."""
        if source not in self.sources:
            raise ValueError(f"source was {source!r}; there are {', '.join(self.sources)}.")
        if source == "bach":
            return self.frames
        return [*self.frames[: self.given], *self.continuations[source]]

    def same(self, source, beat=None):
        """(how many notes after the opening are Bach's, of how many); at one quarter only, or in all."""
        written = self.line(source)
        places = range(self.given, len(written)) if beat is None else [beat]
        equal = [a == b for t in places for a, b in zip(written[t], self.frames[t], strict=True)]
        return sum(equal), len(equal)

    def mean_surprise(self, network):
        """Mean over the frames after the opening, in nats a frame."""
        after = [value for value in self.surprise[network][self.given :] if value is not None]
        return sum(after) / len(after)


@cache
def _record():
    return json.loads(FILE.read_text(encoding="utf-8"))


@cache
def pieces():
    """The recorded pieces, in order."""
    return tuple(Piece(number, **piece) for number, piece in enumerate(_record()["pieces"]))


def notes(frames, given):
    """[(voice, pitch, start, length)]: equal neighbours are one note, but none crosses the handover."""
    found = []
    for voice in range(len(VOICES)):
        last = None
        for start, chord in enumerate(frames):
            pitch = chord[voice]
            if last and last[1] == pitch and start != given:
                last[3] += 1
                continue
            last = None if pitch is None else [voice, pitch, start, 1]
            if last:
                found.append(last)
    return [tuple(note) for note in found]


def _key(key):
    """(letter, sharps, minor) of "B- major" and the like, or None."""
    found = re.fullmatch(r"([A-Ga-g])([#♯b♭-]?)\s+(major|minor)", key.strip())
    if not found:
        return None
    return found[1].upper(), {"": 0, "#": 1, "♯": 1}.get(found[2], -1), found[3] == "minor"


def _accidental(sharps):
    return ("♯" if sharps > 0 else "♭") * abs(sharps)


def note_name(pitch, key, lang):
    """ "sol♯3" (middle C is dó3 in Brazil) or "G♯4", as written in the key; the word for a rest."""
    if pitch is None:
        return text("chorale.rest", lang)
    known = _key(key)
    tonic = _LETTERS.index(known[0]) - 1 + 7 * known[1] - 3 * known[2] if known else 0
    place = pitch * 7 % 12
    while place > tonic + 8:
        place -= 12
    while place < tonic - 3:
        place += 12
    sharps = (place + 1) // 7
    name = text(f"chorale.letter.{_LETTERS[(place + 1) % 7]}", lang) + _accidental(sharps)
    return f"{name}{int(text('chorale.middle_octave', lang)) + (pitch - sharps) // 12 - 5}"


def key_name(key, lang):
    known = _key(key)
    if not known:
        return key
    tonic = text(f"chorale.letter.{known[0]}", lang) + _accidental(known[1])
    return text("chorale.minor" if known[2] else "chorale.major", lang, tonic=tonic)


def piece_name(piece, lang):
    tonality = key_name(piece.key, lang)
    return text("chorale.piece", lang, title=piece.title, bwv=piece.bwv, tonality=tonality)


def chord_text(piece, source, beat, lang):
    """The four notes of a quarter, each with its voice."""
    here = zip(VOICES, piece.line(source)[beat], strict=True)
    return ", ".join(
        f"{text(f'chorale.voice.{voice}', lang)} {note_name(pitch, piece.key, lang)}" for voice, pitch in here
    )


def see(piece, source, beat, lang):
    """What the explorable says, with its marks of emphasis."""
    who, bold = text(f"chorale.who.{source}", lang), "**{}**".format
    said = [text("chorale.see", lang, beat=beat + 1, total=len(piece.frames), title=piece.title,
                 bwv=piece.bwv, chord=chord_text(piece, source, beat, lang))]  # fmt: skip
    if beat < piece.given:
        said.append(text("chorale.see.given", lang, given=piece.given, who=who))
    elif source == "bach":
        said.append(text("chorale.see.bach", lang))
    else:
        said.append(text("chorale.see.here", lang, who=who, same=bold(piece.same(source, beat)[0])))
    if source != "bach":
        same, count = piece.same(source)
        share = bold(percent(same / count, lang))
        said.append(text("chorale.see.all", lang, who=who, same=bold(same), count=count, share=share))
    means = sorted((piece.mean_surprise(network), network) for network in piece.asked)
    if len(means) > 1:
        each = [text("chorale.see.one", lang, who=text(f"chorale.who.{network}", lang),
                     mean=bold(number(mean, lang))) for mean, network in means]  # fmt: skip
        said.append(text("chorale.see.surprise", lang, list=text("chorale.and", lang).join(each)))
    return " ".join(said)
