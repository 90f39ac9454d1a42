"""Write reading.json: what the shipped networks make of some sentences, for the Python and TypeScript tests.

    python tests/vectors/make_reading.py

To be run again whenever the shipped weights change. Each case has the model's name, the text, what is done to
a unit (an LSTM's), and what must come out: words, unknown words, the share of the feminine forms, and of a
few units the states, by their names in the trace.
"""

import json
from pathlib import Path

import lstm_lib as ll
from lstm_lib.tasks import agreement

GIRL = "A menina disse que não foi se despedir porque quando o João viajou estava muito"
BOY = "O menino disse que não foi se despedir porque quando a Maria viajou estava muito"
UNKNOWN = "A astronauta contou que, quando Pedro caiu na xícara, ficou tão"
STATES = {"lstm": ("cell", "forget_gate"), "gru": ("update_gate", "hidden"), "rnn_tanh": ("hidden",)}


def case(model, text, unit, action="none", step=0, forget_bias_shift=0.0):
    words = ll.tokenize(text)
    changes = {}
    if action != "none" or forget_bias_shift:
        changes = {
            "cell_factor": model.edit(len(words), unit, action, step),
            "forget_bias_shift": forget_bias_shift,
        }
    reading = model.read(text, **changes)
    units = sorted({0, unit, model.network.hidden_size - 1})
    return {
        "model": model.name,
        "text": text,
        "action": action,
        "action_unit": unit,
        "action_step": step,
        "forget_bias_shift": forget_bias_shift,
        "words": reading.words,
        "unknown": reading.unknown,
        "share_feminine": reading.share_feminine.tolist(),
        "states": {
            name: {str(k): getattr(reading.trace, name)[:, k].tolist() for k in units}
            for name in STATES[model.network.kind]
        },
    }


def main():
    lstm = ll.load("agreement/lstm")
    unit = agreement.gender_unit(lstm)
    cases = [
        case(lstm, GIRL, unit),
        case(lstm, BOY, unit),
        case(lstm, UNKNOWN, unit),
        case(lstm, GIRL, unit, "off"),
        case(lstm, GIRL, unit, "flip", 6),
        case(lstm, BOY, unit, forget_bias_shift=-3.0),
    ]
    for name in ll.language_model.available():
        if name != lstm.name:
            cases += [case(ll.load(name), text, 1) for text in (GIRL, UNKNOWN)]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in cases)
    Path(__file__).with_name("reading.json").write_text(f'{{"cases": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
