"""The trace of a difference: two sentences equal but for the subject, and how far apart each network's states
are."""

import dataclasses

import traitlets

from lstm_lib import difference, language_model
from lstm_lib.cells import LSTM
from lstm_lib.tasks import agreement
from lstm_lib.tasks.agreement.counterparts import copula_at_end, counterparts
from lstm_lib.widgets.base import BookWidget, StateError
from lstm_lib.widgets.gates import SENTENCE, _Text

MODELS = ("agreement/rnn-long", "agreement/rnn", "agreement/lstm", "agreement/gru")
LONGEST = 200  # of a distance that is asked for; the page's slider goes to 60
MOST_WORDS = 1000  # as on the page: a longer text is read up to here


@dataclasses.dataclass(frozen=True)
class Selection:
    """Where the reader is: step, word, and for each network the difference there and its share of the start
    (None where it starts at zero)."""

    step: int
    word: str
    differences: dict
    shares: dict


class Difference(BookWidget):
    """Two readings compared: `widgets.Difference(sentence=..., distance=..., models=[...])`.

    models: names of shipped language models. sentence: what is read, text or list of words, with a subject of
    either gender; the other one is made (see `.pair`). distance: words from the main noun to the adjective,
    reached with the lexicon's phrases; 0 or less than the sentence has leaves it as it is. step: the chosen
    word; -1 is the last. scale: "log" or "linear". of: "hidden", or "cell" to draw |c - c'| of one unit of
    each LSTM too: `unit`, or for -1 the one that keeps the largest difference.

    `.pair`, `.differences`, `.cells`, `.verdicts`, `.answers` and `.selection` are computed from the state as
    it is now. Raises ValueError or TypeError if the arguments don't fit.
    """

    element = "difference"
    parts = ("title", "link", "composer", "distance", "networks", "scale", "strip", "chart", "scrubber",
             "answers", "see", "table")  # fmt: skip

    models = traitlets.List(traitlets.Unicode(), list(MODELS[:3])).tag(sync=True)
    sentence = _Text(SENTENCE).tag(sync=True)
    distance = traitlets.Int(0).tag(sync=True)
    step = traitlets.Int(-1).tag(sync=True)
    scale = traitlets.Enum(("log", "linear"), "log").tag(sync=True)
    of = traitlets.Enum(("hidden", "cell"), "hidden").tag(sync=True)
    unit = traitlets.Int(-1).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def pair(self):
        """The two sentences that are read, (feminine, masculine), each an agreement.Sentence."""
        return counterparts(language_model.tokenize(self.sentence)[:MOST_WORDS], self.distance)

    @property
    def readings(self):
        """For each network its two readings: {name: (Reading, Reading)}."""
        pair = self.pair
        return {name: tuple(language_model.load(name).read(line.words) for line in pair)
                for name in self.models}  # fmt: skip

    @property
    def lines(self):
        """Every line of the picture, a list of lstm_lib.difference.Line: hidden states first, then cells."""
        start, readings = self.pair[0].subject_position, self.readings
        hidden = [difference.Line(name, difference.hidden_difference(one.trace, other.trace), start)
                  for name, (one, other) in readings.items()]  # fmt: skip
        if self.of == "hidden":
            return hidden
        cells = []
        for name, (one, other) in readings.items():
            if isinstance(one.trace.network, LSTM):
                unit = self.unit
                if unit < 0:
                    unit = difference.kept_unit(one.trace, other.trace, start)
                unit = min(unit, one.trace.network.hidden_size - 1)
                values = difference.cell_difference(one.trace, other.trace, unit)
                cells.append(difference.Line(name, values, start, unit))
        return hidden + cells

    @property
    def differences(self):
        """||h(feminine) - h(masculine)|| after each word: {name: (T,)}."""
        return {line.name: line.values for line in self.lines if line.unit is None}

    @property
    def cells(self):
        """|c - c'| of one unit after each word: {name: (unit, (T,))} of LSTMs if of is "cell", else {}."""
        return {line.name: (line.unit, line.values) for line in self.lines if line.unit is not None}

    @property
    def verdicts(self):
        """What became of each difference by the last word: {name: word}, see lstm_lib.difference.VERDICTS."""
        return {line.name: line.verdict for line in self.lines if line.unit is None}

    @property
    def answers(self):
        """The form of cansada/cansado that each network finds more probable, {name: (after the feminine
        sentence, after the masculine one)}."""
        forms = agreement.adjectives()[0]
        return {name: tuple(max(forms, key=lambda form, r=reading: r.probabilities[-1, r.model.index[form]])
                            for reading in both)
                for name, both in self.readings.items()}  # fmt: skip

    @property
    def expected(self):
        """What the rule wants of (feminine, masculine); None for a sentence that does not end in a copula."""
        pair = self.pair
        if copula_at_end(pair[0].words) is None:
            return None
        return pair[0].adjective, pair[1].adjective

    @property
    def selection(self):
        """The chosen step, its word, and each network's difference and share there."""
        words, lines = self.pair[0].words, [line for line in self.lines if line.unit is None]
        step = self.step if 0 <= self.step < len(words) else len(words) - 1
        values = {line.name: float(line.values[step]) for line in lines}
        shares = {line.name: None if line.shares is None else float(line.shares[step]) for line in lines}
        return Selection(step, words[step], values, shares)

    def figure(self):
        from lstm_lib import figures

        return figures.difference(self.pair, self.lines, self.selection.step, lang=self.lang or "pt")

    @traitlets.validate("models")
    def _are_shipped(self, proposal):
        if not self._from_page:
            for name in proposal.value:
                try:
                    language_model.load(name)
                except ValueError as error:
                    raise StateError(str(error)) from None
            if len(set(proposal.value)) < len(proposal.value) or not proposal.value:
                raise StateError(f"models was {proposal.value!r}, expected one name or more, each once.")
        return proposal.value

    @traitlets.validate("sentence")
    def _has_words(self, proposal):
        if not language_model.tokenize(proposal.value) and not self._from_page:
            raise StateError(f"The sentence was {proposal.value!r}, in which there is no word to read.")
        return proposal.value

    @traitlets.validate("distance")
    def _is_a_distance(self, proposal):
        if not 0 <= proposal.value <= LONGEST and not self._from_page:
            raise StateError(f"distance was {proposal.value}, expected 0 to {LONGEST} words.")
        return proposal.value
