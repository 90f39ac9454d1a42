"""Write difference.json: pairs of sentences, how far apart they leave each network, and how that is written.

    python tests/vectors/make_difference.py

To be run again whenever the shipped weights change. What must come out is what Python says;
test_difference_figure.py asserts, by hand, the cases that matter.
"""

import json
from pathlib import Path

import lstm_lib as ll
from lstm_lib import difference, widgets
from lstm_lib.figures.difference import write_difference, write_share
from lstm_lib.tasks.agreement.counterparts import counterparts

SEED = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
CASES = {
    "the seed's sentence": (SEED, 0),
    "its masculine twin, with the adjective": (SEED.replace("a menina", "o menino") + " cansado", 0),
    "one word more": (SEED, 15),
    "two words more": (SEED, 16),
    "a phrase more": (SEED, 17),
    "long": (SEED, 60),
    "two nouns that the lists do not pair": ("a criança contou que parecia bem", 20),
    "only the article tells": ("o jornalista explicou que não quis jantar e estava", 25),
    "only the article tells, and it is missing": ("jornalista disse que estava", 9),
    "names without an article": ("raquel disse que quando o pedro viu o rei ficou tão", 24),
    "a copula that belongs to another noun": ("a tia disse que quando o joão estava muito", 30),
    "words before the subject": ("ontem cedo a prima disse que continuava meio", 12),
    "an unknown noun": ("a astronauta contou que quando o pedro caiu na xícara ficou tão", 25),
    "an unknown name": ("fernanda disse que estava", 12),
    "no subject at all": ("🦆 <b>שלום</b> estava muito", 10),
    "nothing between": ("a menina estava", 30),
    "no copula at the end": ("o rei saiu e a rainha", 30),
    "one word": ("que", 0),
}  # fmt: skip
MODELS = ("agreement/rnn-long", "agreement/rnn", "agreement/lstm", "agreement/gru")
NUMBERS = (0.0, 3e-17, 4.9e-13, 2.4e-9, 7.7e-7, 1e-6, 0.0000239, 0.00018, 0.0011, 0.0099, 0.00995, 0.013,
           0.0994, 0.0995, 0.31, 0.995, 1.0, 1.385, 6.745, 12.0, 123.456)  # fmt: skip


def case(why, text, distance):
    words = ll.tokenize(text)
    pair = counterparts(words, distance)
    shown = widgets.Difference(MODELS, sentence=text, distance=distance, of="cell")
    return {
        "why": why,
        "words": words,
        "distance": distance,
        "feminine": pair[0].words,
        "masculine": pair[1].words,
        "start": pair[0].subject_position,
        "expected": shown.expected,
        "differences": {name: rounded(values) for name, values in shown.differences.items()},
        "cells": {name: [unit, rounded(values)] for name, (unit, values) in shown.cells.items()},
        "verdicts": shown.verdicts,
        "answers": shown.answers,
    }


def rounded(values):
    """Enough digits to see every mistake; more would differ from machine to machine."""
    return [float(f"{value:.10g}") for value in values]


def main():
    cases = [case(why, *given) for why, given in CASES.items()]
    written = [
        [lang, value, write_difference(value, lang), write_share(value, lang)]
        for lang in ll.locale.LANGUAGES
        for value in NUMBERS
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in cases)
    pairs = ",\n".join(json.dumps(one, ensure_ascii=False) for one in written)
    bounds = json.dumps(difference.VERDICTS)
    Path(__file__).with_name("difference.json").write_text(
        f'{{"verdicts": {bounds},\n"cases": [\n{lines}\n],\n"written": [\n{pairs}\n]}}\n', encoding="utf-8"
    )


if __name__ == "__main__":
    main()
