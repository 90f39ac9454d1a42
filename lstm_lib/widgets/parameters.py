"""How many parameters a recurrent layer has, drawn as its matrices."""

import traitlets

from lstm_lib import convert, parameters
from lstm_lib.cells import Network
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber

MOST = 1024  # inputs or units that the drawing and its sliders go to


class Parameters(BookWidget):
    """The arrays of an RNN, a GRU and an LSTM at one scale: `widgets.Parameters(cell="gru", hidden_size=64)`.

    Or of a network: `widgets.Parameters(net)`, an RNN, GRU or LSTM of this package or a torch module of one
    layer. cell: "rnn", "gru" or "lstm", the network that is counted array by array; input_size I and
    hidden_size H: its sizes, 1 to 1024; biases: 2 as in PyTorch, 1 as in the equations; compare: the other
    two are drawn with the same H ("size") or with the H that gives them about as many parameters
    ("parameters"). hide, lang. id: id of the element on the page, used by links such as
    #parameters?hidden_size=64.

    `.count`, `.shapes` and `.networks` are computed from the state as it is now. Raises TypeError or
    ValueError for a state that can't be; then nothing is changed.
    """

    element = "parameters"
    parts = ("title", "link", "choices", "dials", "formula", "drawing", "see", "table")

    cell = traitlets.Enum(tuple(parameters.CELLS), "lstm").tag(sync=True)
    input_size = WholeNumber(16).tag(sync=True)
    hidden_size = WholeNumber(32).tag(sync=True)
    biases = traitlets.Enum((1, 2), 2).tag(sync=True)
    compare = traitlets.Enum(("size", "parameters"), "size").tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, network=None, **state):
        if network is not None:
            if not isinstance(network, Network):
                network = convert.from_torch(network)
            given = {"cell": network.kind.split("_")[0], "input_size": network.input_size,
                     "hidden_size": network.hidden_size}  # fmt: skip
            twice = sorted(set(given) & set(state))
            if twice:
                raise TypeError(f"A network was given, which says its {', '.join(twice)}: leave it out.")
            state |= given
        super().__init__(**state)

    @property
    def shapes(self):
        """The arrays of the chosen network: {"weight_ih": (128, 16), ...}."""
        return parameters.shapes(self.cell, self.input_size, self.hidden_size, self.biases)

    @property
    def count(self):
        """How many parameters the chosen network has."""
        return parameters.count(self.cell, self.input_size, self.hidden_size, self.biases)

    @property
    def networks(self):
        """{"rnn": (H, count), "gru": ..., "lstm": ...}: what is drawn."""
        found = {}
        for cell in parameters.CELLS:
            units = self.hidden_size
            if cell != self.cell and self.compare == "parameters":
                units = parameters.equal_size(cell, self.input_size, self.count, self.biases)
            found[cell] = (units, parameters.count(cell, self.input_size, units, self.biases))
        return found

    def figure(self):
        from lstm_lib import figures

        size = (_held(self.input_size), _held(self.hidden_size))
        return figures.parameters(self.cell, *size, self.biases, self.compare, self.lang or "pt")

    @traitlets.validate("input_size", "hidden_size")
    def _can_be_drawn(self, proposal):
        if not 1 <= proposal.value <= MOST and not self._from_page:
            raise StateError(f"{proposal.trait.name} was {proposal.value}, expected 1 to {MOST}.")
        return proposal.value


def _held(size):
    return min(max(size, 1), MOST)
