"""Gradient through time: the error of the last step sent back, step by step, through an RNN, a GRU and an
LSTM."""

import math

import numpy as np
import traitlets

from lstm_lib import gradient_flow
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber

NETWORKS = ("rnn", "gru", "lstm")
MOST_STEPS, MOST_GAIN, MOST_BIAS = 400, 4.0, 5.0


class GradientFlow(BookWidget):
    """How much of the error of the last step each earlier step still hears: `widgets.GradientFlow(gain=2.5)`.

    Three untrained networks of about equal size read the same sequence of `steps` steps;
    L = the sum of the units of h_T (lstm_lib.gradient_flow says how they are made). gain: multiplies the
    recurrent weights of all of them, 0 to 4. activation: "tanh" or "relu", of the RNN. forget_bias: of the
    LSTM, 0 to 5. scheme: "torch", "orthogonal", "identity" or "chrono". seed: of weights and inputs. window:
    the error goes back at most so many steps; 0 is all of them. clip: the gradient of the weights is scaled
    down to this norm; 0 is not at all.

    networks: the lines that are drawn, some of "rnn", "gru", "lstm"; none is all. network: the one that is
    unrolled and looked at closely. of: "hidden" for the gradient of h in all of them, "cell" for that of c in
    the LSTM. step: the time step that the error has come back to, from `steps` (it just arrived) to 1; 0 is
    all the way. theory: whether the predicted lines are drawn. playing: whether the error is on its way.
    hide, lang. id: id of the element on the page, used by links such as #flow?gain=2.5&step=12.

    `.flows`, `.flow`, `.lines`, `.verdicts`, `.position`, `.factor` and `.clipping` are computed from the
    state as it is now. Raises TypeError or ValueError for a state that can't be; then nothing is changed.
    """

    element = "gradient-flow"
    # fmt: off
    parts = ("title", "link", "cases", "dials", "graph", "plot", "factors", "scrubber", "facts", "settings",
             "see", "table")
    # fmt: on

    steps = WholeNumber(40).tag(sync=True)
    gain = traitlets.Float(1.0).tag(sync=True)
    activation = traitlets.Enum(("tanh", "relu"), "tanh").tag(sync=True)
    forget_bias = traitlets.Float(1.0).tag(sync=True)
    scheme = traitlets.Enum(("torch", "orthogonal", "identity", "chrono"), "torch").tag(sync=True)
    seed = WholeNumber(0).tag(sync=True)
    window = WholeNumber(0).tag(sync=True)
    clip = traitlets.Float(0.0).tag(sync=True)
    networks = traitlets.List(traitlets.Enum(NETWORKS)).tag(sync=True)
    network = traitlets.Enum(NETWORKS, "rnn").tag(sync=True)
    of = traitlets.Enum(("hidden", "cell"), "cell").tag(sync=True)
    step = WholeNumber(0).tag(sync=True)
    theory = traitlets.Bool(True).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def settings(self):
        """The lstm_lib.gradient_flow.Settings of this state."""
        return gradient_flow.Settings(
            steps=_within(self.steps, 2, MOST_STEPS),
            gain=_within(self.gain, 0.0, MOST_GAIN),
            activation=self.activation,
            forget_bias=_within(self.forget_bias, 0.0, MOST_BIAS),
            scheme=self.scheme,
            seed=max(self.seed, 0),
            window=_within(self.window, 0, MOST_STEPS),
        )

    @property
    def flows(self):
        """The run of the three networks: {"rnn": Flow, "gru": Flow, "lstm": Flow}."""
        return gradient_flow.run(self.settings)

    @property
    def flow(self):
        """The Flow of the unrolled network."""
        return self.flows[self.network]

    @property
    def shown(self):
        """Names of the networks whose lines are drawn, the unrolled one always among them."""
        chosen = set(self.networks) | {self.network} if self.networks else set(NETWORKS)
        return [name for name in NETWORKS if name in chosen]

    @property
    def position(self):
        """The time step that the error has come back to, 1 to T."""
        steps = self.settings.steps
        return min(self.step, steps) if self.step > 0 else 1

    @property
    def lines(self):
        """log10 of the norm that is drawn for each network, clipping included: {name: (T,)}."""
        return {name: self._line(flow) + math.log10(self._clip(flow)[2])
                for name, flow in self.flows.items() if name in self.shown}  # fmt: skip

    @property
    def verdicts(self):
        """What became of the error at the first step: {name: word}, see lstm_lib.gradient_flow.Flow."""
        return {name: flow.verdicts[self._of(flow)] for name, flow in self.flows.items()
                if name in self.shown}  # fmt: skip

    @property
    def factor(self):
        """By what the last step back multiplied the norm that is drawn for the unrolled network; None at T,
        where the error has not gone back yet, and where it is zero already."""
        t, line = self.position, self._line(self.flow)
        if t == self.settings.steps or line[t] == -math.inf:
            return None
        return float(10.0 ** (line[t - 1] - line[t]))

    @property
    def clipping(self):
        """(log10 of ||dL/dθ||, the same after clipping, factor) of each network."""
        return {name: self._clip(flow) for name, flow in self.flows.items()}

    def figure(self):
        from lstm_lib import figures

        return figures.gradient_flow(self, self.lang or "pt")

    def fallback_html(self):
        """Without the script nothing can be sent back: the picture shows the error all the way."""
        whole = type(self)(**self.state | {"step": 0})
        return whole.figure().to_html()

    def _of(self, flow):
        return "cell" if self.of == "cell" and flow.cell is not None else "hidden"

    def _line(self, flow):
        return getattr(flow, self._of(flow))

    def _clip(self, flow):
        log = float(flow.weight_norm)
        if self.clip <= 0 or not math.isfinite(log):
            return log, log, 1.0
        shift = min(0.0, math.log10(self.clip) - log)
        return log, log + shift, 10.0**shift

    @traitlets.validate("steps", "window", "seed", "step")
    def _whole(self, proposal):
        name, value = proposal.trait.name, proposal.value
        lowest, highest = {"steps": (2, MOST_STEPS), "seed": (0, 2**31 - 1)}.get(name, (0, MOST_STEPS))
        if not self._from_page and not lowest <= value <= highest:
            raise StateError(f"{name} was {value}, expected {lowest} to {highest}.")
        return value

    @traitlets.validate("gain", "forget_bias", "clip")
    def _size(self, proposal):
        name, value = proposal.trait.name, proposal.value
        highest = {"gain": MOST_GAIN, "forget_bias": MOST_BIAS}.get(name, math.inf)
        if not self._from_page and not (math.isfinite(value) and 0 <= value <= highest):
            wanted = f"0 to {highest:g}" if math.isfinite(highest) else "a finite norm, or 0 for none"
            raise StateError(f"{name} was {value}, expected {wanted}.")
        return value


def _within(value, low, high):
    return float(np.clip(value, low, high)) if isinstance(low, float) else int(min(max(value, low), high))
