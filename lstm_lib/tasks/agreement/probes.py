"""Sentences that ask one thing: quadruples, pairs that differ in one noun, nouns that mislead.

All are made by the grammar of the task, so the same rule gives each its one right form.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from lstm_lib.tasks.agreement.grammar import Range, Sentence, draws, sentence_about
from lstm_lib.tasks.agreement.words import Noun, adjectives, couples, lexicon, partners, subjects

COUPLES_IN_QUADRUPLES = 12  # with the ten couples of names: 120 quadruples
TEST_SEED = 20_000  # far from the seeds used for training


@cache
def _names() -> tuple[tuple[Noun, Noun], ...]:
    """Names in couples (feminine, masculine), in the order of the list."""
    by_gender = ([noun for noun in subjects() if noun.is_name and noun.gender == gender] for gender in "fm")
    return tuple(zip(*by_gender, strict=True))


def quadruples() -> list[tuple[Sentence, Sentence, Sentence, Sentence]]:
    """The book's sentence with 12 couples of nouns and 10 couples of names: 120 quadruples, 480 sentences.

        a menina disse que não foi se despedir porque quando o joão viajou estava muito | cansada

    Each quadruple has {main noun feminine, masculine} x {other noun feminine, masculine}, in this order: ff,
    fm, mf, mm. The template is fixed and its pairs of words are not all held out: what is tested is that of
    four sentences that differ in two words only, the first noun decides.
    """
    return [
        tuple(_seed_sentence(main, other) for main in mains for other in others)
        for mains in couples()[:COUPLES_IN_QUADRUPLES]
        for others in _names()
    ]


def _seed_sentence(main: Noun, other: Noun) -> Sentence:
    words, (feminine, masculine) = lexicon(), adjectives()[0]
    first, second = (f"{words['articles'][noun.gender]} {noun.word}" for noun in (main, other))
    line = f"{first} disse que não foi se despedir porque quando {second} viajou estava muito".split()
    right, wrong = (feminine, masculine) if main.gender == "f" else (masculine, feminine)
    return Sentence(line, main.word, main.gender, right, wrong, 1, [(11, other.word, other.gender)])


def minimal_pair(
    distance: Range = 40, distractors: Range | None = None, seed: int = 0, held_out: bool | None = True
) -> tuple[Sentence, Sentence]:
    """Two sentences, feminine and masculine, equal but for the article and the noun they begin with.

    distance, distractors, held_out: as in `sentences`. With held_out=True, neither of the two nouns was seen
    in training with any of the distractors or with the adjective; eight couples of nouns allow it. The same
    arguments give the same pair. Raises ValueError where the distractors do not fit.
    """
    return minimal_pairs(1, distance, distractors, seed, held_out)[0]


def minimal_pairs(
    n: int,
    distance: Range = 40,
    distractors: Range | None = None,
    seed: int = 0,
    held_out: bool | None = True,
) -> list[tuple[Sentence, Sentence]]:
    """`n` of them, as `minimal_pair`."""
    return [
        _minimal_pair(rng, length, count, held_out)
        for rng, length, count in draws(n, seed, distance, distractors, held_out)
    ]


def _minimal_pair(rng: random.Random, distance: int, count: int, held: bool | None):
    (feminine, masculine), others, pairs = rng.choice(_couples_with_partners(held))
    first = sentence_about(feminine, others, pairs, rng, distance, count)
    words = list(first.words)
    words[:2] = [lexicon()["articles"]["m"], masculine.word]
    second = replace(
        first,
        words=words,
        subject=masculine.word,
        gender="m",
        adjective=first.adjective_wrong,
        adjective_wrong=first.adjective,
        distractors=list(first.distractors),
    )
    return first, second


@cache
def _couples_with_partners(held: bool | None):
    """Each couple with the distractors (by gender) and adjectives that may meet both of its nouns."""
    found = []
    for couple in couples():
        (others, pairs), (too, also) = (partners(noun, held) for noun in couple)
        both = {
            gender: tuple(noun for noun in others[gender] if noun in too[gender] and noun not in couple)
            for gender in "fm"
        }
        common = tuple(pair for pair in pairs if pair in also)
        if both["f"] and both["m"] and common:
            found.append((couple, both, common))
    return tuple(found)


def deceptive(
    n: int = 300, distance: Range = 60, distractors: Range | None = None, seed: int = TEST_SEED
) -> list[Sentence]:
    """Sentences about nouns and names whose gender does not show as -a or -o, or is not that of the person.

    A criança, a testemunha and a vítima may be men and o ídolo a woman; o poeta ends in -a; Raquel and André
    end in neither. Pairs of words never seen together in training, as in the other sets.
    """
    wanted = {(word, gender) for gender in "fm" for word in lexicon()["deceptive"][gender]}
    nouns = [noun for noun in subjects() if (noun.word, noun.gender) in wanted]
    return _about(nouns, draws(n, seed, distance, distractors, True))


def bare_names(
    n: int = 300, distance: Range = 60, distractors: Range | None = None, seed: int = TEST_SEED
) -> list[Sentence]:
    """Sentences about a name without article: the name itself is the only cue."""
    names = [noun for noun in subjects() if noun.is_name]
    return _about(names, draws(n, seed, distance, distractors, True), bare=True)


def article_only(
    n: int = 300, distance: Range = 60, distractors: Range | None = None, seed: int = TEST_SEED
) -> list[Sentence]:
    """Sentences about nouns of two genders (o jornalista, a jornalista): the article is the only cue."""
    both = {entry["word"] for entry in lexicon()["nouns"] if len(entry["genders"]) == 2}
    nouns = [noun for noun in subjects() if noun.word in both]
    return _about(nouns, draws(n, seed, distance, distractors, True))


def unknown_noun(
    n: int = 300, distance: Range = 60, distractors: Range | None = None, seed: int = TEST_SEED
) -> list[Sentence]:
    """Sentences about a noun that is not in the vocabulary (o astronauta, a astronauta), with its article."""
    nouns = [Noun(word, gender) for word in lexicon()["unknown"] for gender in "fm"]
    return _about(nouns, draws(n, seed, distance, distractors, None), held=None)


def _about(nouns: Sequence[Noun], drawn: Iterator, bare: bool = False, held: bool | None = True):
    """A sentence about each of the `nouns` in turn; with `bare`, one that begins with the noun itself."""
    made = []
    for number, (rng, length, count) in enumerate(drawn):
        noun, start = nouns[number % len(nouns)], None
        while start is None or (bare and start > 0):
            sentence = sentence_about(noun, *partners(noun, held), rng, length, count)
            start = sentence.subject_position
        made.append(sentence)
    return made
