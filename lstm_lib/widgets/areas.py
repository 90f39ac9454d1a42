"""The areas: every network and baseline on real data and on the tasks of 1997, every seed of them."""

import traitlets

from lstm_lib import compared_areas
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber


class Areas(BookWidget):
    """One area at a time, every seed as a mark: `widgets.Areas(area="river", network="gru")`.

    area: a key of `lstm_lib.compared_areas.AREAS`; length: the length T of a generated task that has
    several, 0 for its first; network: the chosen network or baseline, by its name in the record, "" for
    the area's own LSTM.

    `.entries` has what is drawn, `.selection` the chosen one, `.best` the one of the best mean, `.paper` what
    the LSTM of the paper of 1997 needed for the same task. Raises
    ValueError for an area that is not recorded and a length that was not measured.
    """

    element = "areas"
    parts = ("title", "link", "tools", "outcome", "plot", "see", "table")

    area = traitlets.Enum(compared_areas.AREAS, "river").tag(sync=True)
    length = WholeNumber(0).tag(sync=True)
    network = traitlets.Unicode("").tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def entries(self):
        """What is drawn: a tuple of `lstm_lib.compared_areas.Entry`."""
        return compared_areas.entries(self.area, compared_areas.length_of(self.area, self.length))

    @property
    def selection(self):
        """The chosen entry; the area's LSTM where it has no network of this name."""
        return compared_areas.find(self.area, self.length, self.network)

    @property
    def best(self):
        """The entry of the best mean, None if no network learned the task."""
        return compared_areas.best(self.area, self.length)

    @property
    def paper(self):
        """(fewest, most) sequences that the LSTM of 1997 needed in the same task, else None."""
        return compared_areas.paper(self.area, self.length)

    def figure(self):
        from lstm_lib import figures

        length = compared_areas.length_of(self.area, self.length)
        return figures.areas(self.lang or "pt", self.area, length, self.selection.key)

    @traitlets.validate("length")
    def _known_length(self, proposal):
        known = sorted({T for area in compared_areas.AREAS for T in compared_areas.about(area)["lengths"]})
        if not self._from_page and proposal.value not in (0, *known):
            raise StateError(
                f"length was {proposal.value}; measured were {', '.join(map(str, known))}, "
                "and 0 stands for the first of the area."
            )
        return proposal.value
