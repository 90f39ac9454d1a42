"""Step through one cell: every symbol of the equations with its number, forward and backward."""

import numpy as np
import traitlets

from lstm_lib.tasks.agreement import place
from lstm_lib.widgets.base import StateError
from lstm_lib.widgets.one_lstm import OneLSTM, clamp

# The names of lstm_lib/equations.py; the six quantities that every explorable shows keep their long names.
SYMBOLS = (
    "x", "h_before", "c_before",
    *(f"{kind}_{block}" for block in "ifgo" for kind in "WUba"),
    "input_gate", "forget_gate", "candidate", "output_gate", "kept", "written", "cell", "squashed", "hidden",
)  # fmt: skip
VIEWS = ("forward", "backward")
STRIDES = ("step", "line")
CONDITIONS = ("forget_gate<0.5", "input_gate>0.5", "output_gate>0.5", "cell_changes_sign", "highway<0.5",
              "gradient_changes_sign")  # fmt: skip


class StepThrough(OneLSTM):
    """One step, symbol by symbol: `widgets.StepThrough(network, sentence=..., step=..., unit=...)`.

    network, sentence, inputs, layer and direction are those of `widgets.Gates`. quantity: the symbol that is
    lit, a name in SYMBOLS. view: "forward" or "backward". playing, pace (steps or lines per second), stride
    ("step" or "line"): how it plays. breakpoints: where it stops, steps from 0 and names in CONDITIONS.
    hide, lang. id: id of the element on the page, used by links such as #step?step=8&view=backward.

    `.trace`, `.direct` and `.gradients` are computed from the state as it is now. `.show(network, ...)` puts
    another network in the place of this one. Raises TypeError or ValueError if the arguments don't fit.
    """

    element = "step-through"
    parts = ("title", "link", "composer", "own", "scrubber", "transport", "breakpoints", "backward",
             "equations", "cell", "card", "weights", "code", "terms", "see")  # fmt: skip

    quantity = traitlets.Enum(SYMBOLS, "forget_gate").tag(sync=True)
    view = traitlets.Enum(VIEWS, "forward").tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    pace = traitlets.Float(1.0).tag(sync=True)
    stride = traitlets.Enum(STRIDES, "step").tag(sync=True)
    breakpoints = traitlets.List().tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def forms(self):
        """The pair of forms whose margin is the loss, (right, wrong): of the pairs of the language model the
        likeliest after the last word, and of the two the form that the subject asks for, the feminine one
        where the sentence does not tell. None for a network that reads numbers."""
        lm = self.language_model
        if lm is None or not lm.feminine or len(lm.feminine) != len(lm.masculine):
            return None
        feminine, masculine = ([lm.index[form] for form in forms] for forms in (lm.feminine, lm.masculine))
        last = self.reading.probabilities[-1]
        pair = int((last[feminine] + last[masculine]).argmax())
        both = (lm.feminine[pair], lm.masculine[pair])
        return both[::-1] if place(self.words).gender == "m" else both

    @property
    def direct(self):
        """The loss's own derivatives dL/dh_t, (T, H), zero before the last step.

        The loss is the margin of a language model, the score (logit) of the right form minus that of the
        wrong one, and the sum of h_T for a network that reads numbers.
        """
        direct, lm = np.zeros_like(self.trace.hidden), self.language_model
        if self.forms is None:
            direct[-1] = 1.0
        else:
            right, wrong = (lm.index[form] for form in self.forms)
            direct[-1] = lm.decoder_weight[right] - lm.decoder_weight[wrong]
        return direct

    @property
    def gradients(self):
        """What comes back: the Gradients of the loss, with the shares of every path."""
        return self.trace.backward(self.direct)

    def figure(self):
        from lstm_lib import figures

        trace = self.trace
        step, unit = clamp(self.step, trace.steps), clamp(self.unit, self.network.hidden_size)
        back = self.gradients if self.view == "backward" else None
        return figures.step_through(self.reading or trace, step, unit, back, self.lang or "pt")

    @traitlets.validate("pace")
    def _goes_on(self, proposal):
        if not 0 < proposal.value <= 20 and not self._from_page:
            raise StateError(f"pace was {proposal.value}, expected steps per second above 0, at most 20.")
        return proposal.value

    @traitlets.validate("breakpoints")
    def _can_stop(self, proposal):
        for point in proposal.value:
            whole = isinstance(point, int) and not isinstance(point, bool) and point >= 0
            if not (whole or point in CONDITIONS or self._from_page):
                known = ", ".join(CONDITIONS)
                raise StateError(f"A breakpoint was {point!r}, expected a step from 0 or one of {known}.")
        return proposal.value
