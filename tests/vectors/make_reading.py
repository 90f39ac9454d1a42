"""Write reading.json: what the shipped LSTM makes of some sentences, for the Python and the TypeScript tests.

    python tests/vectors/make_reading.py

To be run again whenever the shipped weights change. Each case has the text, what is done to a unit, and what
must come out: words, unknown words, the share of the feminine forms, cell state and forget gate of a few
units.
"""

import json
from pathlib import Path

import lstm_lib as ll
from lstm_lib.tasks import agreement

GIRL = "A menina disse que não foi se despedir porque quando o João viajou estava muito"
BOY = "O menino disse que não foi se despedir porque quando a Maria viajou estava muito"
UNKNOWN = "A astronauta contou que, quando Pedro caiu na xícara, ficou tão"


def case(model, text, unit, action="none", step=0, forget_bias_shift=0.0):
    words = ll.tokenize(text)
    factor = None if action == "none" else model.edit(len(words), unit, action, step)
    reading = model.read(text, cell_factor=factor, forget_bias_shift=forget_bias_shift)
    units = sorted({0, unit, model.network.hidden_size - 1})
    return {
        "text": text,
        "action": action,
        "action_unit": unit,
        "action_step": step,
        "forget_bias_shift": forget_bias_shift,
        "words": reading.words,
        "unknown": reading.unknown,
        "share_feminine": reading.share_feminine.tolist(),
        "cell": {str(k): reading.trace.cell[:, k].tolist() for k in units},
        "forget_gate": {str(k): reading.trace.forget_gate[:, k].tolist() for k in units},
    }


def main():
    model = ll.load("agreement/lstm")
    unit = agreement.gender_unit(model)
    cases = [
        case(model, GIRL, unit),
        case(model, BOY, unit),
        case(model, UNKNOWN, unit),
        case(model, GIRL, unit, "off"),
        case(model, GIRL, unit, "flip", 6),
        case(model, BOY, unit, forget_bias_shift=-3.0),
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in cases)
    Path(__file__).with_name("reading.json").write_text(
        f'{{"model": "agreement/lstm", "gender_unit": {unit}, "cases": [\n{lines}\n]}}\n', encoding="utf-8"
    )


if __name__ == "__main__":
    main()
