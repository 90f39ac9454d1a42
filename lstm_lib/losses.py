"""What is differentiated when the book sends an error back through a trained network.

A language model is asked for the margin at its last word: the score (logit) of the right form of an adjective
minus that of the wrong one. A network that reads numbers is asked for the sum of its last hidden state. Both
are L(h_T) alone, so that the direct derivatives are zero before the last step. The explorable "step through"
computes the same in frontend/src/widgets/step-through/loss.ts.
"""

from dataclasses import dataclass

import numpy as np

from lstm_lib.tasks.agreement import place


@dataclass(frozen=True, eq=False)
class Loss:
    """value: L. direct: its own derivatives by h_t, (T, H), what `trace.backward` takes. forms: the (right,
    wrong) forms of a margin; None for a sum."""

    value: float
    direct: np.ndarray
    forms: tuple[str, str] | None


def loss_of(run):
    """The Loss of a run: a Reading of a language model, or the trace of a network that reads one sequence."""
    trace, forms = getattr(run, "trace", run), forms_asked_for(run)
    last, direct = trace.hidden[-1], np.zeros_like(trace.hidden)
    if forms is None:
        direct[-1] = 1.0
        return Loss(float(last.sum()), direct, None)
    lm = run.model
    right, wrong = (lm.index[form] for form in forms)
    direct[-1] = lm.decoder_weight[right] - lm.decoder_weight[wrong]
    value = direct[-1] @ last + lm.decoder_bias[right] - lm.decoder_bias[wrong]
    return Loss(float(value), direct, forms)


def forms_asked_for(run):
    """The forms of the margin, (right, wrong); None if the run is of no language model with two forms.

    Of the pairs of forms that one which is likeliest after the last word; right is the form that the subject
    asks for, the feminine one where the sentence does not tell.
    """
    lm = getattr(run, "model", None)
    if lm is None or not lm.feminine or len(lm.feminine) != len(lm.masculine):
        return None
    feminine, masculine = ([lm.index[form] for form in forms] for forms in (lm.feminine, lm.masculine))
    pair = int((run.probabilities[-1, feminine] + run.probabilities[-1, masculine]).argmax())
    both = (lm.feminine[pair], lm.masculine[pair])
    return both[::-1] if place(run.words).gender == "m" else both
