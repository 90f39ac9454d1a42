"""The sentence: several trained networks read the same words, and show which ending they expect."""

import traitlets

from lstm_lib.tasks import agreement
from lstm_lib.widgets.base import WholeNumber
from lstm_lib.widgets.reading import Models, SeveralReaders

GUESSES = ("", "feminine", "masculine")
MODELS = ("agreement/lstm", "agreement/rnn")


class Sentence(SeveralReaders):
    """Networks that read one sentence: `widgets.Sentence(["agreement/lstm", "agreement/rnn"], sentence=...)`.

    models: one to four networks, each the name of a shipped one ("agreement/lstm", "agreement/gru",
    "agreement/rnn", "agreement/rnn-long") or a LanguageModel. sentence: a text, or a list of words, up to the
    word before the adjective. id: id of the element on the page, used by links such as
    #sentence?reveal=true&step=11.

    State: models, sentence, step (position of the reader; -1 is the last word), guess ("", "feminine" or
    "masculine": what the reader predicts), reveal (whether the networks' answers are shown), hide (with
    "predict" in it there is nothing to predict, and the answers are shown at once), lang; weights holds the
    bytes of networks by name, and is filled by itself.

    `.readings` is {name: Reading}, `.place` says where the adjective goes and which noun decides its form,
    `.answers` is {name: Answer}: all computed from the state as it is now. models and sentence may be
    assigned. Raises TypeError or ValueError if the arguments don't fit; then nothing is made or changed.
    """

    element = "sentence"
    parts = ("title", "networks", "composer", "predict", "scrubber", "see", "table", "link")

    models = Models(MODELS).tag(sync=True)
    step = WholeNumber(-1).tag(sync=True)
    guess = traitlets.Enum(GUESSES, "").tag(sync=True)
    reveal = traitlets.Bool(False).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, models=MODELS, *, id="", **state):
        super().__init__(models, id=id, **state)

    @property
    def words(self):
        """The words that are read: up to the place of the adjective if there is one, and not too many."""
        words = self._read_words()
        last = agreement.place(words).last
        return words if last is None else words[: last + 1]

    @property
    def readings(self):
        """What each network makes of the sentence: {name: Reading}; {} while the page has no word to read."""
        words = self.words
        return {name: model.read(words) for name, model in self.language_models.items()} if words else {}

    @property
    def place(self):
        """Where the adjective goes, and which noun decides its form: an agreement.Place."""
        return agreement.place(self.words)

    @property
    def answers(self):
        """What each network expects there, and whether it is right by the rule: {name: agreement.Answer}."""
        return agreement.answers(self.readings)

    def figure(self):
        from lstm_lib import figures

        return figures.sentence(self.readings, lang=self.lang or "pt") if self.words else None

    @traitlets.validate("step")
    def _within(self, proposal):
        return self._check_step(proposal.value, len(self.words))

    @traitlets.observe("sentence")
    def _stay_within(self, change):
        if not self._from_page and self.step >= len(self.words):
            self.step = -1
