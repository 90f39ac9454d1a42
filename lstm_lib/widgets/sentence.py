"""The sentence: several trained networks read the same words, and show which ending they expect."""

import traitlets

from lstm_lib import language_model
from lstm_lib.tasks import agreement
from lstm_lib.widgets import models as networks
from lstm_lib.widgets.base import BookWidget, StateError
from lstm_lib.widgets.gates import SENTENCE, _Text

GUESSES = ("", "feminine", "masculine")
MODELS = ("agreement/lstm", "agreement/rnn")
MOST_MODELS = 4
MOST_WORDS = 1000  # as on the page: a longer text is read up to here


class _Models(traitlets.List):
    """Names of networks; also LanguageModels, whose bytes are put into the weights of the widget."""

    def validate(self, obj, value):
        if obj._from_page:
            return super().validate(obj, value)
        try:
            names, own = networks.names_and_bytes(value, MOST_MODELS, obj.weights or obj._given)
        except (TypeError, ValueError) as error:
            raise StateError(str(error)) from None
        if own:
            obj.weights = {**obj.weights, **own}
        return super().validate(obj, names)


class Sentence(BookWidget):
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

    models = _Models(traitlets.Unicode(), list(MODELS)).tag(sync=True)
    weights = traitlets.Dict().tag(sync=True)
    sentence = _Text(SENTENCE).tag(sync=True)
    step = traitlets.Int(-1).tag(sync=True)
    guess = traitlets.Enum(GUESSES, "").tag(sync=True)
    reveal = traitlets.Bool(False).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, models=MODELS, *, id="", **state):
        if "weights" in state:
            raise TypeError("weights can't be given here; give LanguageModels in models.")
        names, own = networks.names_and_bytes(models, MOST_MODELS)
        self._given = {**networks.shipped_bytes(), **own}
        super().__init__(id=id, models=names, weights=self._given, **state)

    @property
    def language_models(self):
        """The LanguageModels that read, {name: LanguageModel}."""
        return networks.read_all(self.models, self.weights)

    @property
    def words(self):
        """The words that are read: up to the place of the adjective if there is one, and not too many."""
        words = language_model.tokenize(self.sentence)[:MOST_WORDS]
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

    def static_state(self):
        state = super().static_state()
        state.pop("weights", None)
        own = networks.not_shipped(self.weights)  # the others are beside the site's script, by name
        return {**state, "weights": own} if own else state

    @traitlets.validate("sentence")
    def _has_words(self, proposal):
        if not language_model.tokenize(proposal.value) and not self._from_page:
            raise StateError(f"The sentence was {proposal.value!r}, in which there is no word to read.")
        return proposal.value

    @traitlets.validate("step")
    def _within(self, proposal):
        count = len(self.words)
        if not -1 <= proposal.value < count and not self._from_page:
            raise StateError(
                f"step was {proposal.value}; the sentence has {count} words, so -1 (the last) to {count - 1}."
            )
        return proposal.value

    @traitlets.observe("sentence")
    def _stay_within(self, change):
        if not self._from_page and self.step >= len(self.words):
            self.step = -1
