"""Gender agreement over a distance: the words, the sentences and their rule, and how well a model does.

words: nouns, names, adjectives, and the pairs kept for testing. grammar: the generator and the rule that
gives every adjective its noun. adjective_place: that rule for any text. probes: sentences that ask one
thing. measures: accuracy, the unit that carries the gender, how long a difference lasts.
"""

from lstm_lib.tasks.agreement.adjective_place import LIKELY, Answer, Place, answers, place
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
    accuracy,
    area_under_curve,
    difference,
    evaluate,
    gender_unit,
    kept,
    margins,
    quadruple_score,
    scores,
    separation,
    unit_report,
    unmet,
)
from lstm_lib.tasks.agreement.probes import (
    TEST_SEED,
    article_only,
    bare_names,
    deceptive,
    minimal_pair,
    minimal_pairs,
    quadruples,
    unknown_noun,
)
from lstm_lib.tasks.agreement.words import (
    HELD_OUT_ONE_IN,
    HELD_OUT_SALT,
    Noun,
    adjectives,
    couples,
    held_out,
    lexicon,
    subjects,
    vocabulary,
)

__all__ = [
    "HELD_OUT_ONE_IN",
    "HELD_OUT_SALT",
    "LIKELY",
    "SHORTEST",
    "TEST_SEED",
    "WORDS_PER_DISTRACTOR",
    "Answer",
    "Noun",
    "Place",
    "Range",
    "Sentence",
    "accuracy",
    "adjectives",
    "answers",
    "area_under_curve",
    "article_only",
    "bare_names",
    "couples",
    "deceptive",
    "difference",
    "evaluate",
    "gender_unit",
    "governor",
    "held_out",
    "kept",
    "lexicon",
    "margins",
    "minimal_pair",
    "minimal_pairs",
    "most_distractors",
    "place",
    "quadruple_score",
    "quadruples",
    "scores",
    "sentences",
    "separation",
    "subjects",
    "unit_report",
    "unknown_noun",
    "unmet",
    "vocabulary",
]
