"""Where a sentence leaves room for an adjective, and which noun decides its form, for any text at all.

The rule is that of :func:`lstm_lib.tasks.agreement.governor`; here it also gets along with words that the
task does not know. The explorables have the same in TypeScript (``sentences/rule.ts``), held to the same
cases (``tests/vectors/place.json``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lstm_lib.tasks.agreement.words import lexicon, vocabulary, word_list

# Below this probability of all forms together a model expects no adjective, and their share says little.
LIKELY = 0.05


@dataclass(frozen=True)
class Place:
    """What the rule says of a sentence; positions count from 0.

    last: position of the last word before the adjective (its share is the answer), copula: that of the
    copula; both None if the sentence does not end where an adjective can come. subject: position of the noun
    that decides, None if there is none. gender: "f", "m", or "" if the sentence does not tell. nouns: the
    positions of all nouns.
    """

    last: int | None
    copula: int | None
    subject: int | None
    gender: str
    nouns: tuple[int, ...]

    @property
    def beside(self) -> bool:
        """Whether the copula comes directly after its subject."""
        return self.copula is not None and self.subject == self.copula - 1


def place(words: Sequence[str]) -> Place:
    """The place of the adjective at the end of `words` (which may end in the adjective itself), and its noun.

    A noun is one of the task's nouns and names, an unknown word after an article, or an unknown word before a
    verb of saying. Without a copula at the end, the subject is the first noun, of which nothing is asked yet.
    Raises TypeError for what is no list of words.
    """
    known, words = _known(), word_list(words)
    end = len(words) - 1 if words and words[-1] in known.adjectives else len(words)
    copula = end - 1
    while copula >= 0 and words[copula] in known.intensifiers:
        copula -= 1
    found = copula >= 0 and words[copula] in known.copulas
    nouns = tuple(position for position in range(len(words)) if _is_noun(words, position))
    before = [position for position in nouns if position < (copula if found else len(words))]
    subject = None
    if before:
        subject = copula - 1 if found and before[-1] == copula - 1 else before[0]
    gender = "" if subject is None else _gender(words, subject)
    return Place(end - 1 if found else None, copula if found else None, subject, gender, nouns)


@dataclass(frozen=True)
class _Known:
    genders: dict[str, str]
    articles: dict[str, str]
    words: frozenset[str]
    adjectives: frozenset[str]
    intensifiers: frozenset[str]
    copulas: frozenset[str]
    say: frozenset[str]


@cache
def _known() -> _Known:
    words = lexicon()
    return _Known(
        {entry["word"]: entry["genders"] for entry in words["nouns"] + words["names"]},
        {article: gender for gender, article in words["articles"].items()},
        frozenset(vocabulary()),
        frozenset(form for pair in words["adjectives"] for form in pair),
        *(frozenset(words[key]) for key in ("intensifiers", "copulas", "say")),
    )


def _is_noun(words: list[str], position: int) -> bool:
    known = _known()
    if words[position] in known.genders:
        return True
    if words[position] in known.words:
        return False
    after_article = position > 0 and words[position - 1] in known.articles
    return after_article or (position + 1 < len(words) and words[position + 1] in known.say)


def _gender(words: list[str], position: int) -> str:
    """A noun's own gender; that of the article where the noun has two, or is not known."""
    known = _known()
    own = known.genders.get(words[position], "")
    if len(own) == 1:
        return own
    return known.articles.get(words[position - 1], "") if position else ""


@dataclass(frozen=True)
class Answer:
    """What a language model expects at the place of the adjective, or after the last word if there is none.

    expected: the likelier of the two forms of one adjective, pair: both, feminine first. share: that of the
    feminine forms among all forms, mass: the probability of all forms together. right: whether `expected` has
    the gender that the rule demands; None if the rule demands none, or if the model hardly expects an
    adjective there (mass < LIKELY).
    """

    expected: str
    pair: tuple[str, str]
    share: float
    mass: float
    right: bool | None

    @property
    def likely(self) -> bool:
        return self.mass >= LIKELY


def answers(readings: Mapping[str, object]) -> dict[str, Answer]:
    """The Answer of each model, from the Readings of one sentence by several models: {name: Reading}.

    All are asked about the same adjective: the one to which they together give most probability. Readings of
    no word are left out. Raises TypeError for anything but a table of Readings, ValueError if they are not of
    the same words.
    """
    if not isinstance(readings, Mapping) or not all(hasattr(r, "probabilities") for r in readings.values()):
        raise TypeError(f"answers was given {str(readings)[:60]}, expected {{name: Reading}}.")
    found = {}
    rows = {name: reading for name, reading in readings.items() if len(reading)}
    if not rows:
        return found
    words = next(iter(rows.values())).words
    other = next((name for name, reading in rows.items() if reading.words != words), None)
    if other is not None:
        raise ValueError(
            f"The Readings are not of the same words: {other} read {' '.join(rows[other].words)!r}."
        )
    where = place(words)
    at = -1 if where.last is None else where.last
    masses = {}
    for name, reading in rows.items():
        model, p = reading.model, reading.probabilities[at]
        forms = zip(model.feminine, model.masculine, strict=True)
        masses[name] = {pair: tuple(float(p[model.index[form]]) for form in pair) for pair in forms}
    pairs = list(dict.fromkeys(pair for mass in masses.values() for pair in mass))
    best = max(pairs, key=lambda pair: sum(sum(mass.get(pair, ())) for mass in masses.values()))
    for name, reading in rows.items():
        total = sum(sum(mass) for mass in masses[name].values())
        feminine, masculine = masses[name].get(best, (0.0, 0.0))
        gender = "f" if feminine >= masculine else "m"
        asked = where.last is not None and where.gender and total >= LIKELY
        found[name] = Answer(
            best["fm".index(gender)],
            best,
            float(reading.share_feminine[at]),
            total,
            gender == where.gender if asked else None,
        )
    return found
