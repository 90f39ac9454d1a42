"""Write accents.json: what the two shipped networks make of some words, for the Python and TypeScript tests.

    python tests/vectors/make_accents.py

To be run again whenever the networks in pretrained/accents change. Python computes with numpy in float64;
a test compares it with torch. Each case has the word as it is typed, and of each network all probabilities
(T x 6) and the word that it writes. `possible` lists the marks that each letter can bear.
"""

import json
from pathlib import Path

from lstm_lib import accents
from lstm_lib.datasets.accents import LETTERS, MARKS, possible

WORDS = ("estacao", "acusacao", "história", "a", "Água", "responsabilidade", "xyz", "o" * 24, "çedilha")


def cases():
    """The content of the file."""
    read = [
        {
            "word": word,
            "bare": accents.bare_letters(word),
            "networks": {
                name: {"word": found.word, "probabilities": found.probabilities.tolist()}
                for name in accents.NAMES
                for found in [accents.load(name).read(word)]
            },
        }
        for word in WORDS
    ]
    able = {
        letter: [mark for mark, fits in zip(MARKS, row, strict=True) if fits]
        for letter, row in zip(LETTERS, possible(), strict=True)
    }
    return {"possible": able, "cases": read}


if __name__ == "__main__":
    path = Path(__file__).with_name("accents.json")
    path.write_text(json.dumps(cases(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
