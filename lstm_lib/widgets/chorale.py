"""A chorale: the opening that Bach wrote, and how networks, a bigram and Bach himself go on."""

import math

import traitlets

from lstm_lib import continued_chorales as recorded
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber


class Chorale(BookWidget):
    """Hear and read a chorale and its continuations: `widgets.Chorale(piece=1, source="rnn")`.

    piece: number of the recorded piece, from 0; source: who goes on after the opening, "bach", "lstm",
    "rnn" or "bigram"; beat: the quarter note that is looked at, from 0; pace: times the recorded tempo,
    0.25 to 4; volume: 0 to 1; muted: voices that are not heard, of "soprano", "alto", "tenor", "bass".

    Sound is made by the browser, only after the reader has pressed for it; no state starts it. `.frames` has
    the notes of the piece with the chosen continuation, one list of four MIDI numbers (None: a rest) for each
    quarter. Raises ValueError for what the record does not have.
    """

    element = "chorale"
    parts = ("title", "link", "pieces", "source", "transport", "voices", "roll", "chord", "surprise", "see",
             "table")  # fmt: skip

    piece = WholeNumber(0).tag(sync=True)
    source = traitlets.Enum(recorded.SOURCES, "lstm").tag(sync=True)
    beat = WholeNumber(0).tag(sync=True)
    pace = traitlets.Float(1.0).tag(sync=True)
    volume = traitlets.Float(0.6).tag(sync=True)
    muted = traitlets.List(traitlets.Unicode()).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def recorded(self):
        """The chosen piece, as recorded: a `lstm_lib.continued_chorales.Piece`."""
        pieces = recorded.pieces()
        return pieces[min(max(self.piece, 0), len(pieces) - 1)]

    @property
    def frames(self):
        """Soprano, alto, tenor and bass of every quarter note, with the chosen continuation."""
        return self.recorded.line(self.source)

    @property
    def place(self):
        """The quarter that is looked at; what a page sent is held to the piece."""
        return min(max(self.beat, 0), len(self.recorded.frames) - 1)

    def figure(self):
        from lstm_lib import figures

        return figures.chorale(self.lang or "pt", self.recorded.number, self.source, self.place)

    @traitlets.validate("piece")
    def _known_piece(self, proposal):
        count = len(recorded.pieces())
        if not self._from_page and not 0 <= proposal.value < count:
            raise StateError(f"piece was {proposal.value}; there are {count}, so 0 to {count - 1}.")
        return proposal.value

    @traitlets.validate("beat")
    def _within(self, proposal):
        last = len(self.recorded.frames) - 1
        if not self._from_page and not 0 <= proposal.value <= last:
            raise StateError(f"beat was {proposal.value}; this piece has quarters 0 to {last}.")
        return proposal.value

    @traitlets.validate("pace", "volume")
    def _possible(self, proposal):
        low, high = {"pace": (0.25, 4), "volume": (0, 1)}[proposal.trait.name]
        if not self._from_page and not (math.isfinite(proposal.value) and low <= proposal.value <= high):
            raise StateError(f"{proposal.trait.name} was {proposal.value}, expected {low:g} to {high:g}.")
        return proposal.value

    @traitlets.validate("muted")
    def _known_voices(self, proposal):
        unknown = [voice for voice in proposal.value if voice not in recorded.VOICES]
        if unknown and not self._from_page:
            raise StateError(f"muted was {proposal.value!r}; the voices are {', '.join(recorded.VOICES)}.")
        return proposal.value
