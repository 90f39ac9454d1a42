"""Exercises of the chapter on gates. The schema is described in :mod:`lstm_lib.checks`."""

from lstm_lib.locale import number


def decay():
    """How much of the state is left when nothing is written and f is a little under 1."""
    start, forget, steps = -3.54, 0.9, 7
    left = start * forget**steps

    def written(value, digits=2, sign=False):
        return {lang: number(value, lang, digits, sign) for lang in ("pt", "en")}

    f, c, share, subtracted = (
        written(forget, 1),
        written(start),
        written(forget**steps, 3),
        start * (1 - (1 - forget) * steps),
    )
    return {
        "id": "gates/decay",
        "number": "4.2",
        "minutes": 5,
        "kind": "number",
        "prompt": {
            "pt": f"Com $f$ = {f['pt']} em todos os passos e $i$ = 0, "
            f"quanto resta de $c$ = {c['pt']} depois de {steps} palavras?",
            "en": f"With $f$ = {f['en']} at every step and $i$ = 0, "
            f"what is left of $c$ = {c['en']} after {steps} words?",
        },
        "label": {"pt": "$c$ =", "en": "$c$ ="},
        "answer": left,
        "tolerance": 0.01,
        "mistakes": [
            {
                "when": -left,
                "say": {
                    "pt": "O valor está certo, o sinal não: um gate nunca troca o sinal.",
                    "en": "The size is right, the sign is not: a gate never changes the sign.",
                },
            },
            {
                "when": subtracted,
                "say": {
                    "pt": f"Cada palavra multiplica por {f['pt']}; não subtrai.",
                    "en": f"Each word multiplies by {f['en']}; it does not subtract.",
                },
            },
        ],
        "right": {
            "pt": f"{f['pt']} elevado a {steps} é {share['pt']}: menos da metade.",
            "en": f"{f['en']} to the power {steps} is {share['en']}: less than half.",
        },
        "otherwise": {
            "pt": "Quantas vezes o estado passa pelo gate?",
            "en": "How many times does the state pass the gate?",
        },
        "hint": {
            "pt": "Escreva o produto para 2 palavras e continue.",
            "en": "Write the product for 2 words and go on.",
        },
    }


EXERCISES = {"gates/decay": decay}
