"""One LSTM that reads a sentence or a sequence of numbers: what the explorables that look into it share."""

import traitlets

from lstm_lib import arrays, language_model
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber
from lstm_lib.widgets.reading import SENTENCE, Text, as_text
from lstm_lib.widgets.source import lower_layers, random_inputs, source_from_page, source_of


class Rows(traitlets.List):
    """Rows of numbers, also as an array or a tensor."""

    def validate(self, obj, value):
        return super().validate(obj, value.tolist() if hasattr(value, "tolist") else value)


class OneLSTM(BookWidget):
    """The network, what it reads, and where the reader is: the traits and rules of `Gates` and `StepThrough`.

    network, sentence, inputs, layer, direction: as in `Gates`.
    """

    model = traitlets.Unicode("").tag(sync=True)
    weights = traitlets.Bytes(b"").tag(sync=True)
    sentence = Text("").tag(sync=True)
    inputs = Rows().tag(sync=True)
    step = WholeNumber(0).tag(sync=True)
    unit = WholeNumber(0).tag(sync=True)

    def __init__(self, network=None, *, sentence=None, inputs=None, layer=0, direction=0, id="", **state):
        if "weights" in state:
            raise TypeError("weights can't be given here; give the network, or what load_network reads.")
        named = state.pop("model", "")
        if network is not None and named:
            raise TypeError(f"A network and model={named!r} were given; one of them says what is shown.")
        if network is None:
            network = named or "agreement/lstm"
        self._source, shown = _prepared(network, sentence, inputs, layer, direction)
        super().__init__(id=id, **shown, **state)

    def show(self, network, *, sentence=None, inputs=None, layer=0, direction=0):
        """Put another network with its sentence or inputs in the place of the present one.

        The arguments are those with which the explorable is made; the selection stays where it fits. Raises
        what making it raises; then nothing has changed.
        """
        source, shown = _prepared(network, sentence, inputs, layer, direction)
        steps = len(source.language_model and language_model.tokenize(shown["sentence"]) or shown["inputs"])
        self.update(**shown, **self._where_it_fits(steps, source.network.hidden_size))
        self._source = source

    def _where_it_fits(self, steps, units):
        """The state of the selection in a sequence of so many steps and a network of so many units."""
        return {"step": clamp(self.step, steps), "unit": clamp(self.unit, units)}

    def update(self, **state):
        before = self._source
        first = [key for key in ("model", "weights") if key in state]  # they decide what else can be
        try:
            super().update(**{key: state[key] for key in [*first, *state]})
        except Exception:
            self._source = before
            raise

    @property
    def _current(self):
        """The Source of the present state; read again only when the page has sent other weights."""
        self._source = self._source_for(self.model, self.weights)
        return self._source

    def _source_for(self, model, weights):
        source = self._source
        if (source.model, source.weights) == (model, weights):
            return source
        return source_from_page(model, weights) or source

    @property
    def network(self):
        """The lstm_lib.LSTM that is shown."""
        return self._current.network

    @property
    def language_model(self):
        """The LanguageModel that is shown, or None for a network that reads numbers."""
        return self._current.language_model

    @property
    def words(self):
        """The words of the sentence; None for a network that reads numbers."""
        return language_model.tokenize(self.sentence) if self.language_model else None

    @property
    def trace(self):
        """The run that is on screen."""
        if self.language_model is not None:
            return self.reading.trace
        return self.network.forward(self.inputs)

    @property
    def reading(self):
        """What the language model makes of the sentence; None for other networks."""
        return None if self.language_model is None else self.language_model.read(self.sentence)

    def static_state(self):
        state = super().static_state()
        if self.model:
            state.pop("weights", None)  # a shipped network is beside the site's script; its name is enough
        return state

    @traitlets.validate("sentence")
    def _has_words(self, proposal):
        text = proposal.value
        if self.language_model is not None and not language_model.tokenize(text) and not self._from_page:
            raise StateError(f"The sentence was {text!r}, in which there is no word to read.")
        return text

    @traitlets.validate("inputs")
    def _fits_the_network(self, proposal):
        if self._from_page or (self.language_model and not proposal.value):
            return proposal.value
        if self.language_model:
            raise StateError(f"{self.language_model.name} reads words: set sentence, not inputs.")
        try:
            return arrays.one_sequence("inputs", proposal.value, self.network.input_size).tolist()
        except (TypeError, ValueError) as error:
            raise StateError(str(error)) from None

    @traitlets.validate("model", "weights")
    def _is_a_network(self, proposal):
        """A name or bytes of a network that reads the present sentence or inputs."""
        if self._from_page:
            return proposal.value
        model, data = self.model, self.weights
        if proposal.trait.name == "model":
            model = proposal.value
        else:
            data = proposal.value
        try:
            if model and model != self._source.model:
                source = source_of(model)
            elif not data:
                raise ValueError("weights is empty, expected the bytes of a safetensors file.")
            else:
                source = self._source_for(model, data)
            self._check_fit(source)
        except (TypeError, ValueError) as error:
            raise StateError(str(error)) from None
        return proposal.value

    def _check_fit(self, source):
        together = "" if source is self._source else " Use show(network, ...) to change both together."
        try:
            if source.language_model is None:
                arrays.one_sequence("inputs", self.inputs, source.network.input_size)
            elif not language_model.tokenize(self.sentence):
                raise ValueError(f"The sentence was {self.sentence!r}, in which there is no word to read.")
        except (TypeError, ValueError) as error:
            raise ValueError(f"{error}{together}") from None

    @traitlets.validate("step")
    def _within_the_sequence(self, proposal):
        return self.within(proposal, len(self.words or self.inputs or [0]), "the sequence has {} steps")

    @traitlets.validate("unit")
    def _within_the_layer(self, proposal):
        return self.within(proposal, self.network.hidden_size, "the network has {} units")

    def within(self, proposal, count, has):
        if not 0 <= proposal.value < count and not self._from_page:
            has = has.format(count)
            raise StateError(f"{proposal.trait.name} was {proposal.value}; {has}, so 0 to {count - 1}.")
        return proposal.value

    @traitlets.observe("model")
    def _brings_its_weights(self, change):
        if self.model and not self._from_page:
            self.weights = source_of(self.model).weights

    @traitlets.observe("weights")
    def _stay_within_the_layer(self, change):
        if not self._from_page:
            if self.model and self.weights != source_of(self.model).weights:
                self.model = ""  # it would name another network on a page
            self._stay_below("unit", self.network.hidden_size)

    @traitlets.observe("sentence", "inputs")
    def _stay_within(self, change):
        """A shorter sequence moves the selection to its end (the page does the same by itself)."""
        if self._from_page:
            return
        self._stay_below("step", max(len(self.words or self.inputs), 1))

    def _stay_below(self, place, count):
        setattr(self, place, min(getattr(self, place), count - 1))


def clamp(value, count):
    return min(max(value, 0), count - 1)


def _prepared(network, sentence, inputs, layer, direction):
    """The Source of what the caller gives, and the state that shows it: model, weights, sentence, inputs."""
    source = source_of(network, layer, direction)
    if source.language_model is None:
        if sentence:
            raise TypeError("This network reads numbers, not words: give inputs=, an array (T, input_size).")
        if inputs is None:
            inputs = random_inputs(source.network.input_size if layer == 0 else network.input_size)
        else:
            inputs = arrays.one_sequence("inputs", inputs, network.input_size)
        if layer:
            inputs = lower_layers(network, inputs, layer)
        if direction:
            inputs = inputs[::-1]
        inputs, sentence = inputs.tolist(), ""
    else:
        if inputs is not None:
            raise TypeError(
                f"{source.language_model.name} reads words: give sentence=, a text or a list of words."
            )
        sentence, inputs = as_text(SENTENCE if sentence is None else sentence), []
    return source, {"model": source.model, "weights": source.weights, "sentence": sentence, "inputs": inputs}
