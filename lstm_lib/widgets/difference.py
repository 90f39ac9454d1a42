"""The trace of a difference: two sentences equal but for the subject, and how far apart they leave each
network."""

import dataclasses

import traitlets

from lstm_lib import difference
from lstm_lib.cells import LSTM
from lstm_lib.tasks import agreement
from lstm_lib.tasks.agreement.counterparts import ADJECTIVE
from lstm_lib.widgets.base import WholeNumber
from lstm_lib.widgets.pair import MODELS, PairReaders
from lstm_lib.widgets.reading import Models


@dataclasses.dataclass(frozen=True)
class Selection:
    """Where the reader is: step, word, and for each network the difference there and its share of the start
    (None where it starts at zero)."""

    step: int
    word: str
    differences: dict
    shares: dict


class Difference(PairReaders):
    """Two readings compared: `widgets.Difference(["agreement/rnn", "agreement/lstm"], distance=40)`.

    models: one to four networks, each the name of a shipped one or a LanguageModel. sentence: what is read, a
    text or a list of words, with a subject of either gender; the other one is made (see `.pair`). distance:
    words from the main noun to the adjective, reached with the lexicon's phrases; 0, or less than the
    sentence has, leaves it as it is. step: the chosen word; -1 is the last. scale: "log" or "linear". of:
    "hidden", or "cell" to draw |c - c'| of one unit of each LSTM too: of `unit`, or, for -1, of the one that
    keeps the largest difference. hide, lang; weights holds the bytes of networks by name, and is filled by
    itself. id: id of the element on the page, used by links such as #difference?distance=40&step=20.

    `.pair`, `.readings`, `.lines`, `.differences`, `.cells`, `.verdicts`, `.answers`, `.expected` and
    `.selection` are computed from the state as it is now. Raises TypeError or ValueError if the arguments
    don't fit; then nothing is made or changed.
    """

    element = "difference"
    usual_unit = "the one that keeps most"
    # fmt: off
    parts = ("title", "link", "composer", "distance", "networks", "scale", "strip", "chart", "scrubber",
             "answers", "see", "table")
    # fmt: on

    models = Models(MODELS).tag(sync=True)
    distance = WholeNumber(0).tag(sync=True)
    step = WholeNumber(-1).tag(sync=True)
    scale = traitlets.Enum(("log", "linear"), "log").tag(sync=True)
    of = traitlets.Enum(("hidden", "cell"), "hidden").tag(sync=True)
    unit = WholeNumber(-1).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def readings(self):
        """The two readings of each network: {name: (Reading, Reading)}."""
        pair = self.pair
        return {name: tuple(lm.read(line.words) for line in pair)
                for name, lm in self.language_models.items()}  # fmt: skip

    @property
    def lines(self):
        """Every line of the picture, a list of lstm_lib.difference.Line: hidden states first, then cells."""
        pair, models = self.pair, self.language_models
        start = pair[0].subject_position
        lines = [difference.Line(name, agreement.difference(lm, pair), start) for name, lm in models.items()]
        if self.of == "hidden":
            return lines
        for name, lm in models.items():
            if isinstance(lm.network, LSTM):
                unit = difference.kept_unit(lm, pair) if self.unit < 0 else self.unit
                unit = min(unit, lm.network.hidden_size - 1)
                lines.append(difference.Line(name, agreement.difference(lm, pair, "cell", unit), start, unit))
        return lines

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
        """Which form of cansada, cansado each network finds more probable at the end: {name: (after the
        feminine sentence, after the masculine one)}."""
        forms = agreement.adjectives()[ADJECTIVE]

        def likelier(reading):
            p, index = reading.probabilities[-1], reading.model.index
            return max(forms, key=lambda form: p[index[form]] if form in index else 0.0)

        return {name: tuple(map(likelier, both)) for name, both in self.readings.items()}

    @property
    def expected(self):
        """The forms that the rule wants of the two; None for a sentence that does not end in a copula."""
        asked = [agreement.place(line.words) for line in self.pair]
        if not all(where.copula is not None and where.gender for where in asked):
            return None
        return tuple(line.adjective for line in self.pair)

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

        if not self._read_words():
            return None
        return figures.difference(self.pair, self.lines, self.selection.step, lang=self.lang or "pt")
