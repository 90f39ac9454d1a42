"""Write after_training.json: what is measured of the shipped networks before and after training.

    python tests/vectors/make_after_training.py

To be run again whenever the shipped weights change. What must come out is what Python says;
test_after_training.py asserts the cases that matter.
"""

import json
from pathlib import Path

import lstm_lib as ll
from lstm_lib import after_training, widgets
from lstm_lib.figures.after_training import write_log

SEED = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
ALL = ("agreement/rnn-long", "agreement/rnn", "agreement/lstm-long", "agreement/lstm", "agreement/gru")
CASES = (
    ("the seed's sentence, as it is", SEED, 0, True, ALL),
    ("long, after training", SEED, 40, True, ALL),
    ("long, before training", SEED, 40, False, ALL),
    ("words before the subject", "ontem cedo a prima disse que continuava meio", 12, True, ALL[1:4]),
    ("a copula that belongs to another noun", "a tia disse que quando o joão estava muito", 0, True, ALL[3:]),
    ("the subject is the last word", "a menina", 0, True, ALL[1:4:2]),
)
LOGS = (-400.0, -13.2, -8.367, -3.31, -2.0, -1.25, -0.3, 0.0078, 0.1, 1.05, 2.4, 7.25)


def main():
    cases = [case(*given) for given in CASES]
    written = [
        [lang, kind, log, write_log(kind, log, lang)]
        for lang in ll.locale.LANGUAGES
        for kind in ("gradient", "jacobian")
        for log in LOGS
    ]
    fresh = {name: first_weights(after_training.untrained(ll.load(name))) for name in ALL}
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in cases)
    pairs = ",\n".join(json.dumps(one, ensure_ascii=False) for one in written)
    Path(__file__).with_name("after_training.json").write_text(
        f'{{"fresh": {json.dumps(fresh)},\n"cases": [\n{lines}\n],\n"written": [\n{pairs}\n]}}\n', "utf-8"
    )


def case(why, text, distance, trained, models):
    four = list(models)[:4], list(models)[4:]          # a widget shows four
    found = {}
    for names in filter(None, four):
        shown = widgets.AfterTraining(names, sentence=text, distance=distance, trained=trained)
        pushes, flips, verdicts = shown.pushes, shown.flips, shown.verdicts
        for name, one in shown.measures.items():
            found[name] = {
                "margins": rounded(one.margins),
                "slope": float(f"{one.slope:.8g}"),
                "hidden": rounded(one.hidden),
                "cell": None if one.cell is None else rounded(one.cell),
                "jacobian": rounded(one.jacobian),
                "unit": one.unit,
                "kept": None if one.kept is None else rounded(one.kept),
                "difference": rounded(one.difference),
                "pushes": rounded(pushes[name][::10]),
                "flips": flips[name],
                "verdicts": verdicts[name],
                "theory": {key: rounded([line[0]])[0] for key, line in one.theory.items()},
            }
    return {"why": why, "words": ll.tokenize(text), "distance": distance, "trained": trained, "found": found}


def first_weights(lm):
    """The beginning of each array, and its last number."""
    arrays = {"embedding": lm.embedding, **lm.network.weights, "decoder_weight": lm.decoder_weight,
              "decoder_bias": lm.decoder_bias}  # fmt: skip
    return {key: rounded([*array.ravel()[:3], array.ravel()[-1]]) for key, array in arrays.items()}


def rounded(values):
    """Enough digits to see every mistake; more would differ from machine to machine."""
    return [float(f"{value:.9g}") for value in values]


if __name__ == "__main__":
    main()
