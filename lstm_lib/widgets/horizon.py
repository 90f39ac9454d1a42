"""The learning horizon: every recorded training, by the shortest dependency in its sentences."""

import traitlets

from lstm_lib import horizon
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber

AGAINST = ("distance", "distractors")


class Horizon(BookWidget):
    """Accuracy against the minimal lag of the training data: `widgets.Horizon(network="rnn", lag=25)`.

    network: the selected one, a key of `lstm_lib.horizon.NETWORKS`; lag: the minimal lag d of its training,
    one of `lstm_lib.horizon.LAGS` (it then saw distances from d to d + 15), or 0 for the mixture of 5 to 40;
    networks: which are drawn, the usual ones if empty, the selected one always; against: what the sentence
    under the plots is about, "distance" or "distractors"; seeds: every seed as a mark of its own.

    `.selection` has the recorded runs of the selected point, in the order of their seeds. Raises ValueError
    for a network or lag that was not measured.
    """

    element = "horizon"
    parts = ("title", "link", "tools", "plot", "scrubber", "second", "point", "see", "table")

    networks = traitlets.List(traitlets.Unicode()).tag(sync=True)
    network = traitlets.Unicode("lstm-b3").tag(sync=True)
    lag = WholeNumber(25).tag(sync=True)
    against = traitlets.Enum(AGAINST, "distance").tag(sync=True)
    seeds = traitlets.Bool(True).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def selection(self):
        """The runs of the selected network and lag: a list of `lstm_lib.horizon.Run`, empty if none is
        recorded."""
        from lstm_lib.figures.horizon_points import runs_of

        return runs_of(horizon.results(), self.network, self.lag)

    def figure(self):
        from lstm_lib import figures

        known = list(horizon.NETWORKS)
        network = self.network if self.network in known else known[0]
        lag = self.lag and min(horizon.LAGS, key=lambda lag: abs(lag - self.lag))
        shown = [key for key in self.networks if key in known]
        return figures.learning_horizon(self.lang or "pt", network, lag, shown)

    @traitlets.validate("network", "networks")
    def _known_networks(self, proposal):
        named = [proposal.value] if proposal.trait.name == "network" else proposal.value
        unknown = [key for key in named if key not in horizon.NETWORKS]
        if unknown and not self._from_page:
            raise StateError(
                f"{proposal.trait.name} was {proposal.value!r}; there are {', '.join(horizon.NETWORKS)}."
            )
        return proposal.value

    @traitlets.validate("lag")
    def _known_lag(self, proposal):
        if proposal.value not in (0, *horizon.LAGS) and not self._from_page:
            raise StateError(
                f"lag was {proposal.value}; measured were {', '.join(map(str, horizon.LAGS))}, "
                "and 0 stands for the mixture of 5 to 40."
            )
        return proposal.value
