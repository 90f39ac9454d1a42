"""What the explorables share in which language models read a sentence: the traits, and what follows from
them."""

import traitlets

from lstm_lib import language_model
from lstm_lib.widgets import models as networks
from lstm_lib.widgets.base import BookWidget, StateError

SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
MOST_MODELS = 4
MOST_WORDS = 1000  # as on the page: a longer text is read up to here


class Text(traitlets.Unicode):
    """A text, or a list of words."""

    def validate(self, obj, value):
        try:
            return super().validate(obj, as_text(value))
        except TypeError as error:
            raise traitlets.TraitError(str(error)) from None


class Models(traitlets.List):
    """Names of networks; also LanguageModels, whose bytes are put into the weights of the widget."""

    def __init__(self, default):
        super().__init__(traitlets.Unicode(), list(default))

    def validate(self, obj, value):
        if obj._from_page:
            return super().validate(obj, value)
        try:
            names, own = networks.names_and_bytes(value, MOST_MODELS, obj.weights)
        except (TypeError, ValueError) as error:
            raise StateError(str(error)) from None
        if own:
            obj.weights = {**obj.weights, **own}
        return super().validate(obj, names)


class SeveralReaders(BookWidget):
    """Base of the explorables in which up to four networks read one sentence.

    A subclass adds `models`, a Models trait with its own default. models and sentence may be assigned.
    """

    weights = traitlets.Dict().tag(sync=True)
    sentence = Text(SENTENCE).tag(sync=True)

    def __init__(self, models, *, id="", **state):
        if "weights" in state:
            raise TypeError("weights can't be given here; give LanguageModels in models.")
        names, own = networks.names_and_bytes(models, MOST_MODELS)
        # the weights first: with them the names alone are enough
        super().__init__(id=id, weights={**networks.shipped_bytes(), **own}, models=names, **state)

    @property
    def language_models(self):
        """The LanguageModels that read, {name: LanguageModel}."""
        return networks.read_all(self.models, self.weights)

    def static_state(self):
        state = super().static_state()
        state.pop("weights", None)
        own = networks.not_shipped(self.weights)  # the others are beside the site's script, by name
        return {**state, "weights": own} if own else state

    @traitlets.validate("weights")
    def _are_networks(self, proposal):
        if not self._from_page:
            try:
                networks.read_all(proposal.value, proposal.value)
            except (TypeError, ValueError) as error:
                raise StateError(str(error)) from None
        return proposal.value

    @traitlets.validate("sentence")
    def _has_words(self, proposal):
        if not language_model.tokenize(proposal.value) and not self._from_page:
            raise StateError(f"The sentence was {proposal.value!r}, in which there is no word to read.")
        return proposal.value

    def _read_words(self):
        """The words of the sentence, as many as are read."""
        return language_model.tokenize(self.sentence)[:MOST_WORDS]

    def _check_step(self, step, count):
        """A step that Python sets: -1 stands for the last one."""
        if not -1 <= step < count and not self._from_page:
            raise StateError(
                f"step was {step}; the sentence has {count} words, so -1 (the last) to {count - 1}."
            )
        return step


def as_text(sentence):
    """The text of a text or a list of words; TypeError for anything else."""
    if isinstance(sentence, str):
        return sentence
    words = sentence if isinstance(sentence, list | tuple) else [sentence]
    if not all(isinstance(word, str) for word in words):
        raise TypeError(f"sentence was {sentence!r}, expected a text or a list of words.")
    return " ".join(words)
