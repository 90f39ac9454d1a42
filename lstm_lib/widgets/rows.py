"""Digits read row by row, drawn ones and spoken ones, and what three networks think after each row."""

import traitlets

from lstm_lib import read_rows as recorded
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber


class Rows(BookWidget):
    """What RNN, GRU and LSTM answer while they read: `widgets.Rows(set="images", item=3, row=13)`.

    set: "images" (drawings of digits, row by row) or "speech" (spoken digits, frame by frame); item: number
    of the recorded example, from 0; row: the last row that has been read, from 0.

    `.example` is the recorded example, `.probability` what each network gives to the ten digits after this
    row. Raises ValueError for an example or a row that is not recorded.
    """

    element = "rows"
    parts = ("title", "link", "sets", "items", "transport", "picture", "bars", "see", "table")

    set = traitlets.Enum(recorded.SETS, "images").tag(sync=True)
    item = WholeNumber(0).tag(sync=True)
    row = WholeNumber(13).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def example(self):
        """The chosen example: a `lstm_lib.read_rows.Item`."""
        items = recorded.items(self.set)
        return items[min(max(self.item, 0), len(items) - 1)]

    @property
    def place(self):
        """The last row that has been read; what a page sent is held to the example."""
        return min(max(self.row, 0), len(self.example.rows) - 1)

    @property
    def probability(self):
        """{"rnn": ten probabilities, "gru": ..., "lstm": ...} after this row."""
        return {network: self.example.probability[network][self.place] for network in self.example.readers}

    def figure(self):
        from lstm_lib import figures

        return figures.rows(self.lang or "pt", self.set, self.example.number, self.place)

    @traitlets.validate("item")
    def _known_item(self, proposal):
        count = len(recorded.items(self.set))
        if not self._from_page and not 0 <= proposal.value < count:
            raise StateError(f"item was {proposal.value}; {self.set} has {count}, so 0 to {count - 1}.")
        return proposal.value

    @traitlets.validate("row")
    def _within(self, proposal):
        last = len(self.example.rows) - 1
        if not self._from_page and not 0 <= proposal.value <= last:
            raise StateError(f"row was {proposal.value}; this example has rows 0 to {last}.")
        return proposal.value
