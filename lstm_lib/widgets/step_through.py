"""Step through one cell: every symbol of the equations with its number, forward and backward."""

import traitlets

from lstm_lib.losses import loss_of
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

    `.trace`, `.reading`, `.loss`, `.gradients` and `.paths` are computed from the state as it is now: after
    the reader has moved something, they are what the reader sees. `.show(network, ...)` puts another network
    in the place of this one. Raises TypeError or ValueError if the arguments don't fit; then nothing is made
    or changed.
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
    def loss(self):
        """What is differentiated: the margin of a language model, the sum of h_T for numbers
        (`lstm_lib.losses`)."""
        return loss_of(self.reading or self.trace)

    @property
    def gradients(self):
        """What comes back: the Gradients of the loss, with the shares of every path."""
        trace = self.trace
        return trace.backward(self.loss.direct)

    @property
    def paths(self):
        """How the derivatives of the chosen unit at the chosen step arrive, by path.

        {"cell": {path: share}, "hidden": {path: share}}: numbers that add up to dL/dc_t and to dL/dh_t. The
        paths are those of `Gradients.paths`.
        """
        found, (step, unit) = self.gradients.paths, self._place
        return {of: {path: float(share[step, unit]) for path, share in shares.items()}
                for of, shares in found.items()}  # fmt: skip

    @property
    def _place(self):
        """Step and unit, within what the sequence and the network have."""
        steps = len(self.words or self.inputs)
        return clamp(self.step, steps), clamp(self.unit, self.network.hidden_size)

    def figure(self):
        from lstm_lib import figures

        step, unit = self._place
        return figures.step_through(self.reading or self.trace, step, unit, self.view, self.lang or "pt")

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
