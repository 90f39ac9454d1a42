"""Any sentence as a minimal pair: the same words with a subject of the other gender, and more words between.

The pairs of `minimal_pair` are made by the generator; here the sentence is the reader's own. What the task's
rule says stays true: the first noun is the main subject, and words are only put in where they change neither
it nor the noun that stands directly before a copula. TypeScript has the same in
``frontend/src/sentences/pair.ts``; ``tests/vectors/difference.json`` keeps the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from lstm_lib import arrays
from lstm_lib.tasks.agreement.adjective_place import place
from lstm_lib.tasks.agreement.grammar import Sentence
from lstm_lib.tasks.agreement.words import adjectives, lexicon, word_list

ADJECTIVE = 0  # cansada, cansado: the one that is asked for


def counterparts(words: Sequence[str], distance: int = 0) -> tuple[Sentence, Sentence]:
    """The sentence with a feminine and with a masculine main subject, equal but for it.

    Returns (feminine, masculine). words: lower case, as `tokenize` gives them; of either gender; an adjective
    at the end is left out, since it is what the sentence asks for. distance: at least this many words from
    the main noun to that adjective (see `lengthened`); 0 leaves the length alone.

    The subject is the first noun (see `place`) with the article before it; of an unknown noun, and of one
    with two genders, only the article differs, and is put there if it is missing. Where there is no noun, "a
    menina" and "o menino" are put before the words. Raises ValueError if there is no word, or for a distance
    below 0.
    """
    words, distance = word_list(words), arrays.whole_number("distance", distance, 0, None)
    if not words:
        raise ValueError('There is no word: give a sentence such as "a menina disse que estava muito".')
    asked = place(words).last
    start, feminine, masculine, rest = _split(words if asked is None else words[: asked + 1])
    found = []
    for gender, subject in (("f", feminine), ("m", masculine)):
        position = start + len(subject) - 1
        line = lengthened([*words[:start], *subject, *rest], position, distance)
        found.append(_sentence(line, position, gender))
    return found[0], found[1]


def lengthened(words: Sequence[str], position: int, distance: int) -> list[str]:
    """The words with the lexicon's phrases put in, until the adjective comes `distance` words after the noun.

    position: of the main noun. The phrases come in the lexicon's order, each behind a coordinator (*e foi
    embora mas queria descansar ...*), directly before the last copula and its coordinator; adverbs fill what
    is left. So a longer sentence begins as a shorter one does. If that copula belongs to the noun before it,
    they come after the first *que* instead, and the noun keeps its copula. A sentence that is long enough, or
    that does not end in a copula (and intensifier), stays as it is.
    """
    words = list(words)
    missing = distance - (len(words) - position)
    gap = _gap(words, position) if missing > 0 else None
    if gap is None:
        return words
    return [*words[:gap], *_filling(words, gap, missing), *words[gap:]]


def _sentence(words: list[str], position: int, gender: str) -> Sentence:
    where = place(words)
    # A noun's gender is what the rule says of a sentence that begins with it and its article.
    others = [(at, words[at], place(words[at - 1 : at + 1]).gender) for at in where.nouns if at != position]
    agrees = where.gender if where.copula is not None and where.gender else gender
    right, wrong = adjectives()[ADJECTIVE] if agrees == "f" else adjectives()[ADJECTIVE][::-1]
    return Sentence(words, words[position], gender, right, wrong, position, others)


def _split(words: list[str]) -> tuple[int, list[str], list[str], list[str]]:
    """Where the subject begins, its feminine and its masculine form, and the words after it."""
    articles, nouns = lexicon()["articles"], place(words).nouns
    if not nouns:
        return 0, [articles["f"], "menina"], [articles["m"], "menino"], words
    at = nouns[0]
    feminine, masculine = _partners().get(words[at], (words[at], words[at]))
    named = at > 0 and words[at - 1] in articles.values()
    if named or feminine == masculine:
        start = at - 1 if named else at
        return start, [articles["f"], feminine], [articles["m"], masculine], words[at + 1 :]
    return at, [feminine], [masculine], words[at + 1 :]


@cache
def _partners() -> dict[str, tuple[str, str]]:
    """For each noun and name, the feminine and the masculine one of its pair: those of the menu, then of the
    lists."""
    lex, found = lexicon(), {}
    menu = [subject["text"].split()[-1] for subject in lex["composer"]["subjects"]]
    pairs = list(zip(menu[::2], menu[1::2], strict=True))
    for kind in ("nouns", "names"):
        lists = [[entry["word"] for entry in lex[kind] if entry["genders"] == gender] for gender in "fm"]
        pairs += zip(*lists, strict=True)
    pairs += [(entry["word"], entry["word"]) for entry in lex["nouns"] if entry["genders"] == "fm"]
    for pair in pairs:
        for word in pair:
            found.setdefault(word, pair)
    return found


def _gap(words: list[str], position: int) -> int | None:
    """Where phrases may be put in; None if nowhere."""
    lex, where = lexicon(), place(words)
    if where.copula is None:
        return None
    if where.beside:
        that = next((at for at in range(position + 1, where.copula) if words[at] == lex["that"]), None)
        return None if that is None else that + 1
    gap = where.copula - (words[where.copula - 1] in lex["coordinators"])
    return gap if gap > position + 1 else None


def _filling(words: list[str], gap: int, missing: int) -> list[str]:
    """Exactly `missing` words to be put in at `gap`."""
    lex, text = lexicon(), f" {' '.join(words)} "
    phrases = [p.split() for p in lex["phrases"] if f" {p} " not in text] or [lex["phrases"][0].split()]
    adverbs = [a for a in lex["adverbs"] if a not in words] or lex["adverbs"]
    coordinators = lex["coordinators"]
    opening = words[gap - 1] == lex["that"]  # there a phrase stands bare ...
    closing = words[gap] not in [*coordinators, *lex["copulas"]]  # ... and here the coordinator comes behind
    line: list[str] = []
    number = adverb = 0
    while missing:
        bare = opening and not closing and not line
        room = missing if bare else missing - 1
        order = [phrases[(number + k) % len(phrases)] for k in range(len(phrases))]
        phrase = order[0] if len(order[0]) <= room else next((p for p in order if len(p) <= room), None)
        if phrase is None:
            unit, adverb = [adverbs[adverb % len(adverbs)]], adverb + 2  # "ontem cedo", not "ontem hoje"
        else:
            lead = [] if bare else [coordinators[number % len(coordinators)]]
            unit, number = [*phrase, *lead] if closing else [*lead, *phrase], number + 1
        line += unit
        missing -= len(unit)
    return line
