"""Bach's four-part chorales, as frames: what the four voices sound on every quarter note.

Reading the files takes up to a minute, so the frames are kept in the user's cache folder, under a key made
from the files themselves: other files, or another way of reading them, are read anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np

VOICES = ("Soprano", "Alto", "Tenor", "Bass")
LOWEST = (55, 49, 45, 31)  # MIDI number of each voice's lowest note in all pieces, once they are transposed
CLASSES = 38  # a rest, and the 37 half-tones that the bass, the widest voice, spans
REST = -1
SPLIT = (212, 78, 75)  # pieces
SPLIT_SEED = 0
SAME = 16  # frames: pieces that begin with the same ones are versions of one piece
VERSION = 1  # of the way in which the files are read


@dataclass(frozen=True)
class Chorale:
    """One piece. frames (T, 4): MIDI numbers of soprano, alto, tenor, bass on every quarter, −1 for a rest,
    in the original key; key: as music21 writes it, "B- major" for B flat; shift: half-tones to C major or
    A minor, by the key signature; name "bwv10.7"; title: "" if the corpus names none."""

    name: str
    title: str
    key: str
    shift: int
    frames: np.ndarray

    @property
    def number(self) -> int:
        """The BWV number."""
        return int(re.match(r"bwv(\d+)", self.name)[1])

    @property
    def classes(self) -> np.ndarray:
        """(T, 4) of int: 0 for a rest, else 1 + half-tones above the voice's LOWEST, after transposition."""
        return to_classes(self.frames, self.shift)


@dataclass(frozen=True)
class Chorales:
    """Pieces for training, validation and test, each in the order of the BWV numbers."""

    train: tuple[Chorale, ...]
    validation: tuple[Chorale, ...]
    test: tuple[Chorale, ...]


def to_classes(frames: np.ndarray, shift: int) -> np.ndarray:
    """MIDI numbers (..., 4) as classes of the networks; ValueError for a note outside a voice's range."""
    found = np.where(frames == REST, 0, frames + shift - np.array(LOWEST) + 1)
    if ((found < 0) | (found >= CLASSES)).any() or ((found == 0) & (frames != REST)).any():
        raise ValueError("A note lies outside the range of its voice; frames are soprano, alto, tenor, bass.")
    return found


def to_midi(classes: np.ndarray, shift: int) -> np.ndarray:
    """Classes (..., 4) back to MIDI numbers in the original key, −1 for a rest."""
    return np.where(classes == 0, REST, classes - 1 + np.array(LOWEST) - shift)


def one_hot(classes: np.ndarray) -> np.ndarray:
    """(T, 4) classes as (T, 4 * CLASSES) of float32: the four voices side by side."""
    return np.eye(CLASSES, dtype=np.float32)[classes].reshape(len(classes), -1)


@cache
def chorales(progress: bool = True) -> Chorales:
    """365 chorales for four voices, 19 871 frames of a quarter note, in three parts of 212, 78 and 75 pieces:
    of each piece frames (T, 4), MIDI numbers.

    All pieces of the corpus whose parts are soprano, alto, tenor and bass. A frame is what sounds when the
    quarter begins: shorter notes after it are lost. Pieces with one BWV number, or that begin alike, are in
    the same part; but a melody that Bach set several times under several numbers may be in several.

    Source: music21, corpus/bach. Licence: BSD for the code; the encodings come with the permission of their
    encoders, and the files of Bach name no restriction; the notes are in the public domain. progress: a bar
    while the files are read, which happens once. Raises ModuleNotFoundError without the package, ValueError
    for another version's files.
    """
    return _parted(_cached(progress))


def cache_folder() -> Path:
    """Where frames are kept: the user's cache folder, "lstm-book" in it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "lstm-book"


def scores(folder: Path) -> list[Path]:
    """The files of Bach's pieces in the corpus, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".mxl", ".xml", ".krn"))


def read_score(path: Path, titles: dict[str, str]) -> Chorale | None:
    """The frames of one file; None if it is not for soprano, alto, tenor and bass alone."""
    from music21 import converter

    score = converter.parse(path, forceSource=True, storePickle=False)  # no pickle is written or read
    if [part.partName for part in score.parts] != list(VOICES):
        return None
    frames = np.full((round(np.ceil(float(score.highestTime) - 1e-6)), 4), REST)
    for voice, part in enumerate(score.parts):
        for note in part.flatten().notes:
            start, end = float(note.offset), float(note.offset + note.quarterLength)
            frames[round(np.ceil(start - 1e-6)) : round(np.ceil(end - 1e-6)), voice] = note.pitches[-1].midi
    signature = score.flatten().getElementsByClass("KeySignature").first()
    up = (-7 * signature.sharps) % 12
    name = path.stem
    key = signature.name if getattr(signature, "mode", None) else ""
    title = titles.get(re.match(r"bwv([\d.]+)", name)[1].rstrip("."), "")
    return Chorale(name, title, key, up - 12 if up > 6 else up, frames)


def _cached(progress: bool) -> list[Chorale]:
    from lstm_lib.datasets import files

    folder = files.find("music21", "corpus/bach")
    sign = hashlib.sha256(f"{VERSION} {version('music21')} {files.measure(str(folder))[1]}".encode())
    path = cache_folder() / f"chorales-{sign.hexdigest()[:16]}.npz"
    if path.is_file():
        try:
            return _load(path)
        except (OSError, ValueError, KeyError):
            path.unlink(missing_ok=True)  # a damaged file is read anew
    pieces = _read_all(scores(folder), progress)
    _save(path, pieces)
    return pieces


def _read_all(paths: list[Path], progress: bool) -> list[Chorale]:
    from music21.corpus.chorales import ChoraleListRKBWV
    from tqdm.auto import tqdm

    titles = {number: entry["title"] for number, entry in ChoraleListRKBWV().byBWV.items()}
    bar = tqdm(paths, desc="Bach's chorales, read once", unit="file", disable=not progress)
    return [piece for piece in (read_score(path, titles) for path in bar) if piece is not None]


def _save(path: Path, pieces: list[Chorale]) -> None:
    """All at once or not at all; a folder that cannot be written to is no error, only slower next time."""
    about = [[piece.name, piece.title, piece.key, piece.shift, len(piece.frames)] for piece in pieces]
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(partial, "wb") as file:
            np.savez_compressed(file, about=np.array(json.dumps(about)),
                                frames=np.concatenate([piece.frames for piece in pieces]).astype(np.int16))
        os.replace(partial, path)
    except OSError:
        partial.unlink(missing_ok=True)


def _load(path: Path) -> list[Chorale]:
    with np.load(path, allow_pickle=False) as stored:
        about, frames = json.loads(str(stored["about"])), stored["frames"].astype(int)
    ends = np.cumsum([length for *_, length in about])
    return [
        Chorale(name, title, key, shift, frames[end - length : end])
        for (name, title, key, shift, length), end in zip(about, ends, strict=True)
    ]


def _parted(pieces: list[Chorale]) -> Chorales:
    """Deal families out in a fixed random order until each part has its pieces."""
    families = _families(pieces)
    order = np.random.default_rng(SPLIT_SEED).permutation(len(families))
    parts: list[list[Chorale]] = [[], [], []]
    for number in order:
        family = families[number]
        room = [wanted - len(part) for wanted, part in zip(SPLIT, parts, strict=True)]
        parts[next((k for k in range(3) if room[k] >= len(family)), 0)].extend(family)
    ordered = [tuple(sorted(part, key=lambda piece: (piece.number, piece.name))) for part in parts]
    return Chorales(*ordered)


def _families(pieces: list[Chorale]) -> list[list[Chorale]]:
    """Pieces of one BWV number, or that begin alike after transposition, together."""
    family_of: dict[object, int] = {}
    families: dict[int, list[Chorale]] = {}
    for number, piece in enumerate(sorted(pieces, key=lambda piece: (piece.number, piece.name))):
        signs = (piece.number, piece.classes[:SAME].tobytes())
        known = sorted({family_of[sign] for sign in signs if sign in family_of})
        home = known[0] if known else number
        members = [one for other in known for one in families.pop(other)] + [piece]
        families[home] = members
        for one in members:
            family_of[one.number] = family_of[one.classes[:SAME].tobytes()] = home
    return list(families.values())
