"""Write place.json: where the adjective goes and who decides it, for the Python and TypeScript tests.

    python tests/vectors/make_place.py

Each case says why it is there. What must come out is what Python says; test_place.py asserts, by hand, the
cases that matter.
"""

import dataclasses
import json
from pathlib import Path

import lstm_lib as ll
from lstm_lib.tasks import agreement

SEED = "A menina disse que não foi se despedir porque quando o João viajou estava muito"
CASES = {
    "the seed's sentence": SEED,
    "with its adjective": f"{SEED} cansada.",
    "the copula directly after another noun": "a menina disse que quando o joão estava",
    "the copula directly after the first noun": "o menino estava tão",
    "a noun of two genders with its article": "o jornalista disse que quando a maria viajou ficou",
    "a noun of two genders without an article": "jornalista disse que estava bem",
    "a name without an article": "raquel contou que quando o pedro caiu parecia muito",
    "an ending that deceives": "o poeta disse que a rainha viu o bebê e ficou",
    "an unknown noun with an article": "a astronauta disse que quando o joão viajou estava muito",
    "an unknown name without an article": "fernanda disse que quando o joão viajou estava muito",
    "an unknown noun directly before the copula": "a menina disse que quando o astronauta estava",
    "an unknown word that is no noun": "a menina disse xyzzy que estava",
    "no place for an adjective": "a menina disse que quando o joão viajou",
    "an adjective inside": "a menina disse que quando o joão estava cansado chorou e ficou bastante",
    "only an intensifier": "muito",
    "only an adjective": "cansada",
    "two intensifiers": "a menina estava muito muito",
    "no known word": "the quick brown fox",
    "nothing": "",
    "signs and another script": "😀 <b>مرحبا</b> a שלום estava",
}  # fmt: skip


def main():
    cases = [{"why": why, "words": ll.tokenize(text)} for why, text in CASES.items()]
    for line in agreement.sentences(12, seed=3, distance=(4, 40), held_out=None):
        cases.append({"why": "made by the generator", "words": line.words})
    found = [case | dataclasses.asdict(agreement.place(case["words"])) for case in cases]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in found)
    Path(__file__).with_name("place.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
