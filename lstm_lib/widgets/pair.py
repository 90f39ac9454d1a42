"""What the explorables share that read two sentences, equal but for the subject, with several networks."""

import traitlets

from lstm_lib.cells import LSTM
from lstm_lib.tasks.agreement.counterparts import counterparts
from lstm_lib.widgets.base import StateError
from lstm_lib.widgets.reading import SeveralReaders

MODELS = ("agreement/rnn-long", "agreement/rnn", "agreement/lstm")
LONGEST = 200  # of a distance that is asked for; the page's slider goes to 60


class PairReaders(SeveralReaders):
    """Base of explorables of a pair. A subclass has the traits `distance`, `step` and `unit`, and says in
    `usual_unit` which unit -1 stands for."""

    usual_unit = ""

    def __init__(self, models=MODELS, *, id="", **state):
        super().__init__(models, id=id, **state)

    @property
    def pair(self):
        """The two sentences that are read, (feminine, masculine), each an agreement.Sentence."""
        return counterparts(self._read_words(), max(0, self.distance))

    @traitlets.validate("distance")
    def _is_a_distance(self, proposal):
        if not 0 <= proposal.value <= LONGEST and not self._from_page:
            raise StateError(f"distance was {proposal.value}, expected 0 to {LONGEST} words.")
        return proposal.value

    @traitlets.validate("step")
    def _within_the_sentence(self, proposal):
        return self._check_step(proposal.value, self._count())

    @traitlets.validate("unit")
    def _is_a_unit(self, proposal):
        shown = [lm.network for lm in self.language_models.values()]
        most = max((network.hidden_size for network in shown if isinstance(network, LSTM)), default=1)
        if not -1 <= proposal.value < most and not self._from_page:
            raise StateError(
                f"unit was {proposal.value}, expected -1 ({self.usual_unit}) or a unit of an LSTM, "
                f"0 to {most - 1}."
            )
        return proposal.value

    @traitlets.observe("sentence", "distance")
    def _stay_within(self, change):
        if not self._from_page and self.step >= self._count():
            self.step = -1

    def _count(self):
        """How many words each of the two sentences has; 0 while the page has none."""
        return len(self.pair[0].words) if self._read_words() else 0
