"""The river of the results, day by day: what flowed and what networks with more or less of a past said."""

import traitlets

from lstm_lib import river_story
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber


class River(BookWidget):
    """Measured and predicted flow of the test years: `widgets.River(day=449, model="lstm-10")`.

    day: number of the chosen day, from 0; the default is in the flood of March 1987. model: who predicts, one
    of `lstm_lib.river_story.MODELS`: a network with the days of weather that it reads, or the regression.

    `.date` is the day's date, `.observed` and `.predicted` its flow in m³/s. Raises ValueError for a day
    that is not recorded.
    """

    element = "river"
    parts = ("title", "link", "models", "plot", "scrubber", "values", "past", "see", "table")

    day = WholeNumber(449).tag(sync=True)
    model = traitlets.Enum(river_story.MODELS, "lstm-90").tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def place(self):
        """The chosen day; what a page sent is held to the record."""
        return min(max(self.day, 0), river_story.count() - 1)

    @property
    def date(self):
        """The chosen day as a datetime.date."""
        return river_story.date(self.place)

    @property
    def observed(self):
        """What flowed that day, m³/s."""
        return river_story.record()["observed"][self.place]

    @property
    def predicted(self):
        """What the chosen model said of it, m³/s."""
        return river_story.record()["predicted"][self.model][self.place]

    def figure(self):
        from lstm_lib import figures

        return figures.river(self.lang or "pt", self.place, self.model)

    @traitlets.validate("day")
    def _recorded_day(self, proposal):
        last = river_story.count() - 1
        if not self._from_page and not 0 <= proposal.value <= last:
            raise StateError(f"day was {proposal.value}; the test years have the days 0 to {last}.")
        return proposal.value
