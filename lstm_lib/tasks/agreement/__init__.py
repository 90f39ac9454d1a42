"""Gender agreement over a distance: the words, the sentences and their rule, and how well a model does.

words: nouns, names, adjectives, and the pairs kept for testing. grammar: the generator and the rule that
gives every adjective its noun. adjective_place: that rule for any text. measures: accuracy, and the unit
that carries the gender.
"""

from lstm_lib.tasks.agreement.adjective_place import Place, place
from lstm_lib.tasks.agreement.grammar import (
    SHORTEST,
    WORDS_PER_DISTRACTOR,
    Range,
    Sentence,
    governor,
    most_distractors,
    sentences,
)
from lstm_lib.tasks.agreement.measures import (
    TEST_SEED,
    area_under_curve,
    evaluate,
    gender_unit,
    margins,
    scores,
    separation,
    unit_report,
    unmet,
)
from lstm_lib.tasks.agreement.words import (
    HELD_OUT_ONE_IN,
    HELD_OUT_SALT,
    Noun,
    adjectives,
    held_out,
    lexicon,
    subjects,
    vocabulary,
)

__all__ = [
    "HELD_OUT_ONE_IN",
    "HELD_OUT_SALT",
    "SHORTEST",
    "TEST_SEED",
    "WORDS_PER_DISTRACTOR",
    "Noun",
    "Place",
    "Range",
    "Sentence",
    "adjectives",
    "area_under_curve",
    "evaluate",
    "gender_unit",
    "governor",
    "held_out",
    "lexicon",
    "margins",
    "most_distractors",
    "place",
    "scores",
    "sentences",
    "separation",
    "subjects",
    "unit_report",
    "unmet",
    "vocabulary",
]
