"""Memory: one recurrent unit, or a layer of two, and how long it remembers what it has heard."""

import math

import numpy as np
import traitlets

from lstm_lib import convert, dynamics, signals
from lstm_lib.cells import RNN, Network
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber

MOST_STEPS = 40


class Memory(BookWidget):
    """A unit h_t = tanh(w h_(t-1) + u x_t + b), or a layer of two, and its echo of what it reads.

    `widgets.Memory(mode="unit", weight=-0.8)`, or `widgets.Memory(net)` with an ll.RNN (or torch nn.RNN, of
    one layer) with tanh, one input and one or two units.

    mode: "unit" or "layer". weight w, input_weight u, bias b: the unit. The layer's recurrent matrix is
    gain · R(angle) · [[1, skew], [0, 1]] (`dynamics.recurrent_matrix`, angle in degrees), or the four numbers
    of `matrix`, row by row; x_t enters along `direction` (degrees; 0 is unit 1, 90 unit 2) with length
    input_weight, or by the two numbers of `vector`; its biases are the two numbers of `biases`, or both bias.
    The sequence is `inputs` (1 to 40 numbers); if empty, what `text` says (`dynamics.signal`); if that is
    empty too, the `preset` ("impulse", "pulse", "rewrite") over `steps` steps. step: the reading position.
    follow: the step whose echo is followed; −1, or a silent one, is the first that is not silent. unfolded:
    the recurrent link of the one drawing as a loop, or as copies in time.

    `.trace`, `.echo`, `.half_life`, `.regime`, `.course`, `.spectral_radius` and `.largest_singular_value`
    are computed from the state as it is now. Raises TypeError or ValueError for a network or a state that
    can't be.
    """

    element = "memory"
    parts = ("title", "link", "presets", "weights", "drawing", "fold", "sequence", "map", "facts", "see",
             "table")  # fmt: skip

    mode = traitlets.Enum(("unit", "layer"), "unit").tag(sync=True)
    weight = traitlets.Float(0.9).tag(sync=True)
    input_weight = traitlets.Float(1.0).tag(sync=True)
    bias = traitlets.Float(0.0).tag(sync=True)
    gain = traitlets.Float(0.9).tag(sync=True)
    angle = traitlets.Float(30.0).tag(sync=True)
    skew = traitlets.Float(0.0).tag(sync=True)
    direction = traitlets.Float(0.0).tag(sync=True)
    matrix = traitlets.List(traitlets.Float()).tag(sync=True)
    vector = traitlets.List(traitlets.Float()).tag(sync=True)
    biases = traitlets.List(traitlets.Float()).tag(sync=True)
    preset = traitlets.Enum(signals.presets(), "impulse").tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
    inputs = traitlets.List(traitlets.Float()).tag(sync=True)
    steps = WholeNumber(16).tag(sync=True)
    step = WholeNumber(0).tag(sync=True)
    follow = WholeNumber(-1).tag(sync=True)
    unfolded = traitlets.Bool(False).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, net=None, *, id="", **state):
        super().__init__(id=id, **state)
        if net is not None:
            self.show(net)

    def show(self, net):
        """Show a network: an ll.RNN or torch nn.RNN of one layer, tanh, one input, one or two units."""
        if not isinstance(net, Network) and hasattr(net, "named_parameters"):
            net = convert.from_torch(net)
        if not isinstance(net, RNN) or net.nonlinearity != "tanh":
            kind = f"RNN with {net.nonlinearity}" if isinstance(net, RNN) else type(net).__name__
            raise TypeError(f"The network was of type {kind}, expected an RNN (lstm_lib's or torch's) "
                            "with tanh.")  # fmt: skip
        if net.input_size != 1 or net.hidden_size > 2:
            raise ValueError(f"The network has {net.input_size} inputs and {net.hidden_size} units, expected "
                             "one input and one or two units.")  # fmt: skip
        biases = net.bias_ih + net.bias_hh
        if net.hidden_size == 1:
            self.update(mode="unit", weight=float(net.weight_hh[0, 0]), bias=float(biases[0]),
                        input_weight=float(net.weight_ih[0, 0]))  # fmt: skip
        else:
            self.update(mode="layer", matrix=net.weight_hh.ravel().tolist(), biases=biases.tolist(),
                        vector=net.weight_ih[:, 0].tolist())  # fmt: skip

    @property
    def sequence(self):
        """The numbers that are read, at most 40."""
        if _usable(self.inputs):
            return list(self.inputs)[:MOST_STEPS]
        if self.text:
            try:
                return signals.signal(self.text)[:MOST_STEPS]
            except ValueError:
                pass
        return signals.preset(self.preset, min(max(self.steps, 2), MOST_STEPS))

    @property
    def words(self):
        """The words of `text` if it is a sentence with a word for each step, else an empty list."""
        words = signals.sentence_words(self.text)[:MOST_STEPS]
        return words if len(words) == len(self.sequence) else []

    @property
    def network(self):
        """The unit or the layer as an ll.RNN with one input."""
        if self.mode == "unit":
            return RNN([[self.input_weight]], [[self.weight]], [self.bias])
        angle = math.radians(self.direction)
        vector = [self.input_weight * math.cos(angle), self.input_weight * math.sin(angle)]
        vector = self.vector if _usable(self.vector, 2) else vector
        biases = self.biases if _usable(self.biases, 2) else [self.bias] * 2
        return RNN([[v] for v in vector], self.recurrent_matrix, biases)

    @property
    def recurrent_matrix(self):
        """The layer's recurrent matrix, (2, 2); the unit's, (1, 1)."""
        if self.mode == "unit":
            return np.array([[self.weight]])
        if _usable(self.matrix, 4):
            return np.array(self.matrix).reshape(2, 2)
        return dynamics.recurrent_matrix(self.gain, self.angle, self.skew)

    @property
    def trace(self):
        """The run over the sequence: an RNNTrace, hidden (T, 1) or (T, 2)."""
        return self.network.forward(np.array(self.sequence)[:, None])

    @property
    def origin(self):
        """The step whose echo is followed: `follow`, or the first that is not silent (0 if all are)."""
        heard = np.flatnonzero(self.sequence).tolist()
        return self.follow if self.follow in heard else heard[0] if heard else 0

    @property
    def echo(self):
        """How much of what was read at `origin` is still in the state, (T,): `dynamics.echo`."""
        return dynamics.echo(self.network, self.sequence, self.origin)

    @property
    def half_life(self):
        """Steps until less than half of the echo is left; None if that does not happen in the sequence."""
        return dynamics.half_life(self.echo)

    @property
    def course(self):
        """What becomes of the echo: `dynamics.course`."""
        return dynamics.course(self.echo)

    @property
    def fixed_points(self):
        """Where the unit stays in silence; an empty list for a layer."""
        return dynamics.fixed_points(self.weight, self.bias) if self.mode == "unit" else []

    @property
    def regime(self):
        """What the unit does with its past, by name (`dynamics.regime`); a layer's is its echo's course."""
        return dynamics.regime(self.weight, self.bias) if self.mode == "unit" else self.course

    @property
    def spectral_radius(self):
        """The largest |eigenvalue| of the recurrent matrix."""
        return dynamics.spectral_radius(self.recurrent_matrix)

    @property
    def largest_singular_value(self):
        """The largest factor by which the recurrent matrix stretches a vector."""
        return dynamics.largest_singular_value(self.recurrent_matrix)

    def figure(self):
        from lstm_lib import figures

        return figures.memory(self, self.lang or "pt")

    @traitlets.validate("weight", "input_weight", "bias", "gain", "angle", "skew", "direction")
    def _finite(self, proposal):
        if not math.isfinite(proposal.value) and not self._from_page:
            raise StateError(f"{proposal.trait.name} was {proposal.value}, expected a finite number.")
        return proposal.value

    @traitlets.validate("matrix", "vector", "biases")
    def _right_length(self, proposal):
        name, values = proposal.trait.name, proposal.value
        if not self._from_page and values:
            wanted = 4 if name == "matrix" else 2
            if not _usable(values, wanted):
                raise StateError(f"{name} was {values}, expected {wanted} finite numbers, or none.")
        return values

    @traitlets.validate("inputs")
    def _sequence(self, proposal):
        values = proposal.value
        if not self._from_page and values and (len(values) > MOST_STEPS or not _usable(values)):
            raise StateError(f"inputs was {values}, expected 1 to {MOST_STEPS} finite numbers, or none.")
        return values

    @traitlets.validate("text")
    def _readable(self, proposal):
        if proposal.value and not self._from_page:
            try:
                signals.signal(proposal.value)
            except ValueError as error:
                raise StateError(f"text was {proposal.value!r}: {error}") from None
        return proposal.value

    @traitlets.validate("steps")
    def _length(self, proposal):
        if not self._from_page and not 2 <= proposal.value <= MOST_STEPS:
            raise StateError(f"steps is {proposal.value}, expected from 2 to {MOST_STEPS}.")
        return proposal.value

    @traitlets.validate("step", "follow")
    def _within_the_sequence(self, proposal):
        name, lowest = proposal.trait.name, -1 if proposal.trait.name == "follow" else 0
        if not self._from_page and not lowest <= proposal.value < MOST_STEPS:
            raise StateError(f"{name} was {proposal.value}, expected {lowest} to {MOST_STEPS - 1}.")
        return proposal.value


def _usable(values, length=None):
    return bool(values) and len(values) == (length or len(values)) and all(map(math.isfinite, values))
