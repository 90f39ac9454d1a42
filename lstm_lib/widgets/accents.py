"""The accents: two small networks put them back on a word, one having seen its beginning, the other all."""

import traitlets

from lstm_lib import accents
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber


class Accents(BookWidget):
    """Two networks that put the accents back on a word: `widgets.Accents(word="estacao")`.

    word: one Portuguese word; with accents, they are what the networks should find. letter: the chosen
    letter, from 0, or -1 for the one on which the networks differ most. `.readings` is {"lstm": Reading,
    "bilstm": Reading} of the word as it is now, {} while the page has no letter to read. Raises ValueError
    for what is no word and for a letter that it does not have.
    """

    element = "accents"
    parts = ("title", "link", "choose", "drawing", "scrubber", "letter", "right", "see", "table")

    word = traitlets.Unicode("estacao").tag(sync=True)
    letter = WholeNumber(-1).tag(sync=True)
    weights = traitlets.Dict().tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, *, id="", **state):
        if "weights" in state:
            raise TypeError("weights can't be given: this explorable has the two shipped networks.")
        files = {f"accents/{name}": (accents.SHIPPED / f"{name}.safetensors").read_bytes()
                 for name in accents.NAMES}  # fmt: skip
        super().__init__(id=id, weights=files, **state)

    @property
    def readings(self):
        """What each network makes of the word: {name: lstm_lib.accents.Reading}."""
        try:
            return {name: accents.load(name).read(self.word) for name in accents.NAMES}
        except ValueError:  # what the page sends may be no word yet
            return {}

    def static_state(self):
        state = super().static_state()
        state.pop("weights", None)  # the site keeps them beside its script, by name
        return state

    def figure(self):
        from lstm_lib import figures

        if not self.readings:
            return None
        return figures.accents(self.word, self.letter, self.lang or "pt")

    @traitlets.validate("word")
    def _is_a_word(self, proposal):
        if not self._from_page:
            try:
                accents.bare_letters(proposal.value)
            except ValueError as error:
                raise StateError(str(error)) from None
        return proposal.value

    @traitlets.validate("letter")
    def _within_the_word(self, proposal):
        if not self._from_page:
            count = len(accents.bare_letters(self.word))
            if not -1 <= proposal.value < count:
                raise StateError(
                    f"letter was {proposal.value}; {self.word!r} has the letters 0 to {count - 1}, "
                    "and -1 stands for the one on which the networks differ most."
                )
        return proposal.value

    @traitlets.observe("word")
    def _stay_within(self, change):
        if not self._from_page and self.letter >= len(accents.bare_letters(self.word)):
            self.letter = -1
