"""Any sentence as a minimal pair: the same words with a subject of the other gender, and more words between.

The pairs of `minimal_pair` are made by the generator; here the sentence is the reader's own. What the task's
rule says stays true: the first noun is the main subject, and words are only put in where they change neither
it nor the noun that stands directly before a copula. TypeScript has the same in
``frontend/src/widgets/difference/pair.ts``; ``tests/vectors/difference.json`` keeps the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from lstm_lib.tasks.agreement.grammar import Sentence
from lstm_lib.tasks.agreement.words import adjectives, lexicon, noun_words

ADJECTIVE = 0  # cansada, cansado: the one that is asked for


def counterparts(words: Sequence[str], distance: int = 0) -> tuple[Sentence, Sentence]:
    """The sentence with a feminine and with a masculine main subject, equal but for it.

    Returns (feminine, masculine). words: lower case, as `tokenize` gives them; of either gender. distance: at
    least this many words from the main noun to the adjective that would follow the last word (see
    `lengthened`); 0 leaves the length alone.

    The subject is the first noun of the lexicon with the article before it; in a sentence that begins with
    an article and an unknown word only the article differs. Where there is neither, "a menina" and "o menino"
    are put before the words. Raises ValueError if there is no word.
    """
    words = list(words)
    if not words:
        raise ValueError('There is no word: give a sentence such as "a menina disse que estava muito".')
    start, feminine, masculine, rest = _split(words)
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


def copula_at_end(words: Sequence[str]) -> int | None:
    """Position of the copula with which the sentence ends, an intensifier aside; None if it does not."""
    lex = lexicon()
    last = len(words) - 1
    if last > 0 and words[last] in lex["intensifiers"]:
        last -= 1
    return last if last >= 0 and words[last] in lex["copulas"] else None


def _sentence(words: list[str], position: int, gender: str) -> Sentence:
    others = [(k, words[k], _gender(words, k)) for k in range(len(words)) if words[k] in noun_words()]
    others = [other for other in others if other[0] != position]
    copula = copula_at_end(words)  # it is the other noun directly before it that would decide
    agrees = next((own for place, _, own in others if copula == place + 1 > position), gender)
    right, wrong = adjectives()[ADJECTIVE] if agrees == "f" else adjectives()[ADJECTIVE][::-1]
    return Sentence(words, words[position], gender, right, wrong, position, others)


def _split(words: list[str]) -> tuple[int, list[str], list[str], list[str]]:
    """Where the subject begins, its feminine and its masculine form, and the words after it."""
    articles = lexicon()["articles"]
    nouns = noun_words()
    first = next((k for k, word in enumerate(words) if word in nouns), None)
    if words[0] in articles.values() and len(words) > 1 and first not in (1, 2):
        return 0, [articles["f"], words[1]], [articles["m"], words[1]], words[2:]
    if first is None:
        return 0, [articles["f"], "menina"], [articles["m"], "menino"], words
    feminine, masculine = _partners()[words[first]]
    named = first > 0 and words[first - 1] in articles.values()
    if named or feminine == masculine:  # a noun of both genders: only its article tells
        start = first - 1 if named else first
        return start, [articles["f"], feminine], [articles["m"], masculine], words[first + 1 :]
    return first, [feminine], [masculine], words[first + 1 :]


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


def _gender(words: Sequence[str], position: int) -> str:
    """Of a noun in its place: its own, or that of its article."""
    lex = lexicon()
    genders = next(e["genders"] for e in [*lex["nouns"], *lex["names"]] if e["word"] == words[position])
    masculine = position > 0 and words[position - 1] == lex["articles"]["m"]
    return genders if len(genders) == 1 else "m" if masculine else "f"


def _gap(words: list[str], position: int) -> int | None:
    """Where phrases may be put in; None if nowhere."""
    lex, copula = lexicon(), copula_at_end(words)
    if copula is None:
        return None
    if words[copula - 1] in noun_words():
        that = next((k for k, word in enumerate(words) if word == lex["that"] and k > position), None)
        return None if that is None or that > copula else that + 1
    gap = copula - 1 if words[copula - 1] in lex["coordinators"] else copula
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
