"""Gates of a trained network: an LSTM reads a sentence or a sequence of numbers, and every gate can be
looked at."""

import dataclasses
import math

import traitlets

from lstm_lib import cells
from lstm_lib.widgets.base import StateError, WholeNumber
from lstm_lib.widgets.one_lstm import OneLSTM, clamp

QUANTITIES = ("forget_gate", "input_gate", "candidate", "output_gate", "cell", "hidden")
ACTIONS = ("none", "off", "flip")


@dataclasses.dataclass(frozen=True)
class Selection:
    """Where the reader is: step and unit (clamped to the sequence and the network), the word and the value
    there."""

    step: int
    unit: int
    quantity: str
    word: str | None
    value: float


class Gates(OneLSTM):
    """An LSTM at work: `widgets.Gates(network, sentence=..., step=..., unit=...)`.

    network: an lstm_lib.LSTM, a LanguageModel, the name of a shipped one ("agreement/lstm"), or a torch
    nn.LSTM; of one with several layers or directions, `layer` and `direction` choose what is shown (the
    layers below it are run too). sentence: what a language model reads (text, or a list of words); inputs:
    what any other network reads, (T, I). If none is given a language model reads the book's sentence,
    another network 20 steps of random numbers, always the same. id: id of the element on the page, used by
    links such as #gates?step=11&unit=18. The other arguments are the state, see `Gates.state_keys()`.

    `.trace`, `.reading` and `.selection` are computed from the state as it is now: after the reader has
    moved something, they are what the reader sees. `.show(network, ...)` puts another network in the place of
    this one; sentence, inputs and weights may also be assigned. Raises TypeError or ValueError if the
    arguments don't fit; then nothing is made or changed.
    """

    element = "gates"
    # fmt: off
    parts = ("title", "composer", "scrubber", "share", "cell", "unit", "actions", "maps", "terms", "see",
             "table", "own", "shift", "link")
    # fmt: on

    quantity = traitlets.Enum(QUANTITIES, "forget_gate").tag(sync=True)
    action = traitlets.Enum(ACTIONS, "none").tag(sync=True)
    action_unit = WholeNumber(0).tag(sync=True)
    action_step = WholeNumber(0).tag(sync=True)
    forget_bias_shift = traitlets.Float(0.0).tag(sync=True)
    compare = traitlets.Unicode("").tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)
    autoplay = traitlets.Bool(False).tag(sync=True)

    def show(self, network, *, sentence=None, inputs=None, layer=0, direction=0):
        """Put another network with its sentence or inputs in the place of the present one.

        The arguments are those of `Gates(...)`; the selection stays where it fits, an intervention ends.
        Raises what `Gates(...)` raises; then nothing has changed.
        """
        super().show(network, sentence=sentence, inputs=inputs, layer=layer, direction=direction)

    def _where_it_fits(self, steps, units):
        return super()._where_it_fits(steps, units) | {
            "action": "none",
            "action_step": clamp(self.action_step, steps),
            "action_unit": clamp(self.action_unit, units),
        }

    @property
    def reading(self):
        """What the language model makes of the sentence, with the reader's interventions; None for other
        networks."""
        if self.language_model is None:
            return None
        return self.language_model.read(self.sentence, **self._interventions(len(self.words)))

    @property
    def trace(self):
        """The run that is on screen, with the reader's interventions."""
        if self.language_model is not None:
            return self.reading.trace
        return self.network.forward(self.inputs, **self._interventions(len(self.inputs)))

    @property
    def selection(self):
        """The selected step, unit, quantity, word and value."""
        trace, words = self.trace, self.words
        step, unit = clamp(self.step, trace.steps), clamp(self.unit, trace.network.hidden_size)
        value = float(getattr(trace, self.quantity)[step, unit])
        return Selection(step, unit, self.quantity, words[step] if words else None, value)

    def figure(self):
        from lstm_lib import figures

        where = self.selection
        return figures.gates(self.reading or self.trace, where.step, where.unit, lang=self.lang or "pt")

    def _interventions(self, steps):
        H = self.network.hidden_size
        unit, step = clamp(self.action_unit, H), clamp(self.action_step, steps)
        factor = None if self.action == "none" else cells.cell_factor(steps, H, unit, self.action, step)
        return {"cell_factor": factor, "forget_bias_shift": self.forget_bias_shift}

    @traitlets.validate("forget_bias_shift")
    def _is_finite(self, proposal):
        if not math.isfinite(proposal.value) and not self._from_page:
            raise StateError(f"forget_bias_shift was {proposal.value}, expected a finite number.")
        return proposal.value

    @traitlets.validate("action_step")
    def _acts_within_the_sequence(self, proposal):
        return self.within(proposal, len(self.words or self.inputs or [0]), "the sequence has {} steps")

    @traitlets.validate("action_unit")
    def _acts_within_the_layer(self, proposal):
        return self.within(proposal, self.network.hidden_size, "the network has {} units")

    def _stay_below(self, place, count):
        super()._stay_below(place, count)
        super()._stay_below(f"action_{place}", count)
