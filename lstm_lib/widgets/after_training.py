"""Before and after training: what a gradient says of a network that has learned, and the numbers that say the
rest."""

import dataclasses

import numpy as np
import traitlets

from lstm_lib import after_training
from lstm_lib.cells import LSTM
from lstm_lib.widgets.base import StateError, WholeNumber
from lstm_lib.widgets.pair import MODELS, PairReaders
from lstm_lib.widgets.reading import Models

PUSHES, PUSH_STEP = 51, 2  # points of the curve, per cent from one to the next


@dataclasses.dataclass(frozen=True)
class Selection:
    """Where the reader is: step, word, and what the lines of the chart say there, {name of the line: log10};
    a line that is exactly zero has -inf."""

    step: int
    word: str
    logs: dict


class AfterTraining(PairReaders):
    """A gradient before and after training: `widgets.AfterTraining(["agreement/rnn", "agreement/lstm"])`.

    models: one to four networks, each the name of a shipped one or a LanguageModel. trained: False for
    networks of the same sizes with fresh weights (`lstm_lib.after_training.untrained`). quantity: what the
    chart draws, "gradient", "jacobian", "kept" or "difference" (`lstm_lib.after_training` says what they
    are). sentence: what is read, a text or a list of words, with a subject of either gender; the other one is
    made (see `.pair`). distance: words from the main noun to the adjective; 0, or less than the sentence has,
    leaves it as it is. step: the chosen word; -1 is the end of the way, the main noun for the three slopes
    and the last word for the difference. unit: of the LSTMs, whose cell is followed; -1 for their
    `after_training.storing_unit`. push: 0 to 100 per cent of the way from the state after the one subject to
    that after the other. theory: draw what theory gives for RNNs. hide, lang; weights holds the bytes of
    networks by name, and is filled by itself. id: id of the element on the page, used by links such as
    #trained?quantity=difference&trained=false.

    `.pair`, `.measures`, `.lines`, `.verdicts`, `.right`, `.pushes`, `.flips` and `.selection` are computed
    from the state as it is now. Raises TypeError or ValueError if the arguments don't fit; then nothing is
    made or changed.
    """

    element = "after-training"
    usual_unit = "the one that stores the gender"
    # fmt: off
    parts = ("title", "link", "composer", "distance", "strip", "training", "networks", "quantity", "chart",
             "theory", "scrubber", "rows", "push", "see", "table")
    # fmt: on

    models = Models(MODELS).tag(sync=True)
    trained = traitlets.Bool(True).tag(sync=True)
    quantity = traitlets.Enum(after_training.QUANTITIES, "gradient").tag(sync=True)
    distance = WholeNumber(40).tag(sync=True)
    step = WholeNumber(-1).tag(sync=True)
    unit = WholeNumber(-1).tag(sync=True)
    push = WholeNumber(0).tag(sync=True)
    theory = traitlets.Bool(False).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def networks(self):
        """The LanguageModels that are measured, trained or fresh: {name: LanguageModel}."""
        models = self.language_models
        return models if self.trained else {n: after_training.untrained(lm) for n, lm in models.items()}

    @property
    def measures(self):
        """All that is measured of each network: {name: lstm_lib.after_training.Measures}."""
        pair, found = self.pair, {}
        for name, lm in self.networks.items():
            unit = None
            if self.unit >= 0 and isinstance(lm.network, LSTM):
                unit = min(self.unit, lm.network.hidden_size - 1)
            found[name] = after_training.measure(lm, pair, unit=unit)
        return found

    @property
    def lines(self):
        """Every line of the chart, a list of lstm_lib.after_training.Line: hidden states first, then
        cells."""
        return after_training.lines(self.measures, self.quantity)

    @property
    def verdicts(self):
        """What became of each of the four quantities: {name: {quantity: word}}, None where there is none."""
        return {name: after_training.verdicts(one) for name, one in self.measures.items()}

    @property
    def right(self):
        """Whether each network finds the right form likelier in both sentences: {name: bool}."""
        return {name: one.right for name, one in self.measures.items()}

    @property
    def pushes(self):
        """Score of the first sentence's right form for each push: {name: (51,)}, from 0 to 100 per cent."""
        return {name: after_training.push(lm, self.pair, PUSHES)[1] for name, lm in self.networks.items()}

    @property
    def flips(self):
        """The first push, in per cent, at which the answer is another: {name: int or None}."""
        found = {}
        for name, scores in self.pushes.items():
            other = np.flatnonzero((scores > 0) != (scores[0] > 0))
            found[name] = int(other[0]) * PUSH_STEP if other.size else None
        return found

    @property
    def selection(self):
        """The chosen step, its word, and each line's value there."""
        words, lines = self.pair[0].words, self.lines
        step = self.step if 0 <= self.step < len(words) else self._end()
        return Selection(step, words[step], {line.key: float(line.logs[step]) for line in lines})

    def figure(self):
        from lstm_lib import figures

        if not self._read_words():
            return None
        return figures.after_training(
            self.measures, self.quantity, self.pushes, self.step, lang=self.lang or "pt"
        )

    def _end(self):
        """Where the way of the present quantity ends."""
        pair = self.pair
        return len(pair[0].words) - 1 if self.quantity == "difference" else pair[0].subject_position

    @traitlets.validate("push")
    def _is_a_push(self, proposal):
        if not 0 <= proposal.value <= 100 and not self._from_page:
            raise StateError(f"push was {proposal.value}, expected 0 to 100 per cent.")
        return proposal.value
