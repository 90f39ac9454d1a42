"""Gender agreement over a distance, in Brazilian Portuguese.

*A menina disse que não foi se despedir porque quando o João viajou estava muito ___* : cansada or cansado?

The generator follows the grammar (words and phrases are in ``agreement.json``)::

    NP SAY que  [phrase] (clause | COORD phrase | adverb)*  [COORD]  COPULA [INTENSIFIER] | ADJECTIVE
    clause  =  opener NP VI  |  opener NP VT NP  |  COORD VI PREP NP
               |  opener NP COPULA [INTENSIFIER] ADJECTIVE, agreeing with its own NP
    opener  =  CONNECTIVE  |  COORD CONNECTIVE  |  COORD

In real Portuguese the subject of *estava* above is left out and could be João. Here one rule decides, always:

    a copula directly after a noun belongs to that noun; any other copula has its subject left out,
    and then it is the main subject (the first noun) that the adjective agrees with.

The main copula never comes directly after a noun, so every sentence has exactly one right form. Three things
are controlled: the distance (position of the adjective minus position of the main noun, hit exactly), the
number of other nouns in between (distractors, of random gender), and which pairs of words may meet. About a
fifth of the (subject, distractor) and of the (subject, adjective) pairs, chosen by a checksum, never meet in
training; test sentences are made of such pairs only. The measure, the right form of the same adjective being
the more probable one, is that of Linzen, Dupoux and Goldberg (2016).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from lstm_lib import arrays
from lstm_lib.tasks.agreement.words import (
    Noun,
    adjectives,
    lexicon,
    noun_words,
    partners,
    subjects,
    word_list,
)

WORDS_PER_DISTRACTOR = 4  # the longest form of the shortest clause: "quando o joão viajou"
SHORTEST = 4  # "menina disse que estava | cansada"

Range = int | tuple[int, int]


@dataclass
class Sentence:
    """One sentence up to the word before its adjective, and what the adjective must be.

    ``words`` holds the sentence without the adjective, so that the prediction after ``words[-1]`` is the
    answer. ``distractors`` lists (position, word, gender) of every other noun.
    """

    words: list[str]
    subject: str
    gender: str
    adjective: str
    adjective_wrong: str
    subject_position: int
    distractors: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def distance(self) -> int:
        """Position of the adjective minus position of the main noun."""
        return len(self.words) - self.subject_position

    @property
    def clause_positions(self) -> list[int]:
        """The positions over which the gender must be kept: from the word after the noun to the last one."""
        return list(range(self.subject_position + 1, len(self.words)))

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def tokens(self) -> list[str]:
        """The whole training sentence: words, right adjective, end mark."""
        return [*self.words, self.adjective, lexicon()["end"]]


def most_distractors(distance: int) -> int:
    """How many distractors are sure to fit at this distance."""
    return max(0, (distance - SHORTEST) // WORDS_PER_DISTRACTOR)


def governor(words: Sequence[str], copula: int) -> int | None:
    """Position of the noun that decides the gender after the copula at position `copula`.

    The rule of this task: the noun directly before the copula, else the first noun of the sentence (None if
    there is no known noun before the copula). `place` has it for any text. Raises TypeError for what is no
    list of words, ValueError for a position that it does not have.
    """
    words, nouns = word_list(words), noun_words()
    copula = arrays.whole_number("copula", copula, 0, len(words))
    if copula > 0 and words[copula - 1] in nouns:
        return copula - 1
    return next((position for position in range(copula) if words[position] in nouns), None)


def sentences(
    n: int,
    seed: int = 0,
    distance: Range = 30,
    distractors: Range | None = None,
    held_out: bool | None = True,
    distractor_gender: str = "random",
) -> list[Sentence]:
    """Make `n` sentences; the same arguments give the same sentences.

    Parameters
    ----------
    distance : exact number of words from the main noun to the adjective, or (low, high) to draw it evenly.
    distractors : how many other nouns stand in between, or (low, high) to draw it evenly from what fits.
        Left out: 3, or as many as fit when the distance is short.
    held_out : True takes only pairs of words never seen together in training, False only the training pairs,
        None both.
    distractor_gender : "random", or "opposite" or "same" as the subject's.

    Raises ValueError when the distance is below 4 or a fixed number of distractors does not fit, TypeError
    for what is no whole number.
    """
    if distractor_gender not in ("random", "opposite", "same"):
        raise ValueError(f'distractor_gender={distractor_gender!r}: expected "random", "opposite" or "same".')
    return [
        _sentence(rng, length, count, held_out, distractor_gender)
        for rng, length, count in draws(n, seed, distance, distractors, held_out)
    ]


def draws(
    n: int, seed: int, distance: Range, distractors: Range | None, held_out: bool | None
) -> Iterator[tuple[random.Random, int, int]]:
    """For each of `n` sentences: the dice, its distance and how many distractors it has.

    The arguments are those of `sentences`; impossible ones raise at once.
    """
    low, high = _range(distance, "distance", SHORTEST)
    wanted = _range(distractors, "distractors", 0) if distractors is not None else None
    if wanted and wanted[0] > most_distractors(low):
        raise ValueError(
            f"{wanted[0]} distractors need a distance of {SHORTEST + WORDS_PER_DISTRACTOR * wanted[0]} "
            f"or more, but distance={distance}: ask for at most {most_distractors(low)}, or for more words."
        )
    if held_out not in (True, False, None):
        raise ValueError(f"held_out={held_out!r}: expected True, False or None.")
    n = arrays.whole_number("n", n, 0, None)
    rng = random.Random(arrays.whole_number("seed", seed, 0, None))

    def one_by_one():
        for _ in range(n):
            length = rng.randint(low, high)
            fits = most_distractors(length)
            count = min(3, fits) if wanted is None else rng.randint(wanted[0], min(wanted[1], fits))
            yield rng, length, count

    return one_by_one()


def _range(value: Range, name: str, least: int) -> tuple[int, int]:
    pair = tuple(value) if isinstance(value, list | tuple) else (value, value)
    whole = [isinstance(end, int | np.integer) and not isinstance(end, bool) for end in pair]
    if len(pair) != 2 or not all(whole):
        raise TypeError(f"{name}={value!r}: expected a whole number, or a pair (low, high) of them.")
    low, high = pair
    if low < least or high < low:
        raise ValueError(f"{name}={value!r}: expected a whole number of at least {least}, or (low, high).")
    return int(low), int(high)


@dataclass
class _Piece:
    """A stretch of the middle: its words, its nouns (offset, Noun), and where it may stand."""

    words: list[str]
    nouns: list[tuple[int, Noun]] = field(default_factory=list)
    may_be_first: bool = True


def _sentence(rng: random.Random, distance: int, count: int, held: bool | None, gender: str) -> Sentence:
    subject = rng.choice(subjects())
    return sentence_about(subject, *partners(subject, held), rng, distance, count, gender)


def sentence_about(
    subject: Noun,
    others: dict[str, tuple[Noun, ...]],
    pairs: tuple[tuple[str, str], ...],
    rng: random.Random,
    distance: int,
    count: int,
    gender: str = "random",
) -> Sentence:
    """One sentence about `subject`, with `count` of the nouns `others` (by gender) and one of the adjectives
    `pairs`, drawn with `rng`. They must fit the distance (`most_distractors`)."""
    words = lexicon()
    pair = rng.choice(pairs)
    room = distance - SHORTEST
    intensifier = []
    if room > WORDS_PER_DISTRACTOR * count and rng.random() < 0.6:
        intensifier = [rng.choice(words["intensifiers"])]
        room -= 1
    nouns = [_distractor(rng, subject, others, gender) for _ in range(count)]
    start = [*_noun_phrase(rng, subject), rng.choice(words["say"]), words["that"]]
    pieces = _middle(rng, room, nouns)
    line, found = list(start), []
    for piece in pieces:
        found += [(len(line) + offset, noun.word, noun.gender) for offset, noun in piece.nouns]
        line += piece.words
    line += [rng.choice(words["copulas"]), *intensifier]
    right, wrong = pair if subject.gender == "f" else pair[::-1]
    return Sentence(line, subject.word, subject.gender, right, wrong, len(start) - 3, found)


def _distractor(rng: random.Random, subject: Noun, others: dict, wanted: str) -> Noun:
    opposite = "m" if subject.gender == "f" else "f"
    gender = {"same": subject.gender, "opposite": opposite}.get(wanted) or rng.choice("fm")
    return rng.choice(others[gender])


def _noun_phrase(rng: random.Random, noun: Noun) -> list[str]:
    if noun.is_name and rng.random() < 0.5:
        return [noun.word]
    return [lexicon()["articles"][noun.gender], noun.word]


def _middle(rng: random.Random, room: int, nouns: list[Noun]) -> list[_Piece]:
    """Fill exactly `room` words with all of `nouns`; the last word is never a noun."""
    words = lexicon()
    used: list[str] = []
    spare = room - WORDS_PER_DISTRACTOR * len(nouns)
    opening = _phrase(rng, spare, used) if not nouns or rng.random() < 0.5 else []
    room -= len(opening)
    pieces: list[_Piece] = []
    closing = False  # a clause ended in a noun: keep one word to part it from the copula
    waiting = list(nouns)
    while waiting:
        spare = room - WORDS_PER_DISTRACTOR * len(waiting)
        piece, used_up = _clause(rng, waiting, spare, first=not (opening or pieces))
        if piece.nouns[-1][0] == len(piece.words) - 1 and not closing:
            closing, room = True, room - 1
        room -= len(piece.words)
        waiting = waiting[used_up:]
        pieces.append(piece)

    end = []
    if closing:
        end = [rng.choice(words["coordinators"] if rng.random() < 0.5 else words["adverbs"])]
    elif room and (opening or pieces) and rng.random() < 0.4:
        end, room = [rng.choice(words["coordinators"])], room - 1
    adverbs = []
    while room:
        phrase = _phrase(rng, room - 1, used) if (opening or pieces) and rng.random() < 0.6 else []
        if phrase:
            pieces.append(_Piece([rng.choice(words["coordinators"]), *phrase], may_be_first=False))
            room -= len(phrase) + 1
        else:
            adverbs.append(rng.choice(words["adverbs"]))
            room -= 1

    pieces = _in_order(rng, pieces, opening)
    gaps = sorted(range(len(pieces) + 1), key=lambda _: rng.random())
    for number, adverb in enumerate(
        adverbs
    ):  # one adverb after each piece, a second one only when all have one
        gap = gaps[number % len(gaps)]
        if gap == len(pieces):
            end = [adverb, *end]
        else:
            pieces[gap].words.insert(0, adverb)
            pieces[gap].nouns = [(offset + 1, noun) for offset, noun in pieces[gap].nouns]
    return [*pieces, _Piece(end)]


def _in_order(rng: random.Random, pieces: list[_Piece], opening: list[str]) -> list[_Piece]:
    mixed = sorted(pieces, key=lambda _: rng.random())
    if opening:
        return [_Piece(opening), *mixed]
    first = next((piece for piece in mixed if piece.may_be_first), None)
    return [first, *(piece for piece in mixed if piece is not first)] if first else mixed


def _phrase(rng: random.Random, room: int, used: list[str]) -> list[str]:
    """A verb phrase without nouns of at most `room` words, an unused one if there is any; [] if none fits."""
    fitting = [phrase for phrase in lexicon()["phrases"] if len(phrase.split()) <= room]
    fitting = [phrase for phrase in fitting if phrase not in used] or fitting
    if not fitting:
        return []
    used.append(rng.choice(fitting))
    return used[-1].split()


def _clause(rng: random.Random, nouns: list[Noun], spare: int, first: bool) -> tuple[_Piece, int]:
    """A clause with the first noun, or the first two, of `nouns`; at most 4 words per noun and `spare` more.

    A clause that ends in a noun stays one word below that, to be parted from the copula. When it is
    the `first` thing after "que" it begins with a bare connective, so that some piece can stand there.
    """
    words = lexicon()
    phrase = _noun_phrase(rng, nouns[0])
    opener = [rng.choice(words["connectives"])]
    if not first and rng.random() < 0.3:
        opener = [rng.choice(words["coordinators"])]
    elif not first and spare > 0 and rng.random() < 0.4:
        coordinator = rng.choice([word for word in words["coordinators"] if word != opener[0]])
        opener, spare = [coordinator, *opener], spare - 1
    bare = opener[0] in words["connectives"] and len(opener) == 1
    at = len(opener) + len(phrase) - 1
    shape = rng.random()
    if shape < 0.3 and spare >= 1:
        intensifier = [rng.choice(words["intensifiers"])] if spare >= 2 and rng.random() < 0.5 else []
        adjective = rng.choice(adjectives())["fm".index(nouns[0].gender)]
        rest = [rng.choice(words["copulas"]), *intensifier, adjective]
        return _Piece([*opener, *phrase, *rest], [(at, nouns[0])], bare), 1
    if shape < 0.55 and len(nouns) > 1:
        second = _noun_phrase(rng, nouns[1])
        line = [*opener, *phrase, rng.choice(words["transitive"]), *second]
        return _Piece(line, [(at, nouns[0]), (len(line) - 1, nouns[1])], bare), 2
    if shape < 0.7 and spare >= 2 and not first:
        line = [
            rng.choice(words["coordinators"]),
            rng.choice(words["intransitive"]),
            rng.choice(words["prepositions"]),
            *phrase,
        ]
        return _Piece(line, [(len(line) - 1, nouns[0])], may_be_first=False), 1
    return _Piece([*opener, *phrase, rng.choice(words["intransitive"])], [(at, nouns[0])], bare), 1
