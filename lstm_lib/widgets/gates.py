"""Gates of a trained network: an LSTM reads a sentence or a sequence of numbers, and every gate can be
looked at."""

import dataclasses
import math

import traitlets

from lstm_lib import arrays, cells, language_model
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber
from lstm_lib.widgets.reading import SENTENCE, Text, as_text
from lstm_lib.widgets.source import lower_layers, random_inputs, source_from_page, source_of

QUANTITIES = ("forget_gate", "input_gate", "candidate", "output_gate", "cell", "hidden")
ACTIONS = ("none", "off", "flip")


@dataclasses.dataclass(frozen=True)
class Selection:
    """Where the reader is: step and unit (clamped to the sequence and the network), the word and the value
    there."""

    step: int
    unit: int
    quantity: str
    word: str | None
    value: float


class _Rows(traitlets.List):
    """Rows of numbers, also as an array or a tensor."""

    def validate(self, obj, value):
        return super().validate(obj, value.tolist() if hasattr(value, "tolist") else value)


class Gates(BookWidget):
    """An LSTM at work: `widgets.Gates(network, sentence=..., step=..., unit=...)`.

    network: an lstm_lib.LSTM, a LanguageModel, the name of a shipped one ("agreement/lstm"), or a torch
    nn.LSTM; of one with several layers or directions, `layer` and `direction` choose what is shown (the
    layers below it are run too). sentence: what a language model reads (text, or a list of words); inputs:
    what any other network reads, (T, I). If none is given a language model reads the book's sentence,
    another network 20 steps of random numbers, always the same. id: id of the element on the page, used by
    links such as #gates?step=11&unit=18. The other arguments are the state, see `Gates.state_keys()`.

    `.trace`, `.reading` and `.selection` are computed from the state as it is now: after the reader has
    moved something, they are what the reader sees. `.show(network, ...)` puts another network in the place of
    this one; sentence, inputs and weights may also be assigned. Raises TypeError or ValueError if the
    arguments don't fit; then nothing is made or changed.
    """

    element = "gates"
    # fmt: off
    parts = ("title", "composer", "scrubber", "share", "cell", "unit", "actions", "maps", "terms", "see",
             "table", "own", "shift", "link")
    # fmt: on

    model = traitlets.Unicode("").tag(sync=True)
    weights = traitlets.Bytes(b"").tag(sync=True)
    sentence = Text("").tag(sync=True)
    inputs = _Rows().tag(sync=True)
    step = WholeNumber(0).tag(sync=True)
    unit = WholeNumber(0).tag(sync=True)
    quantity = traitlets.Enum(QUANTITIES, "forget_gate").tag(sync=True)
    action = traitlets.Enum(ACTIONS, "none").tag(sync=True)
    action_unit = WholeNumber(0).tag(sync=True)
    action_step = WholeNumber(0).tag(sync=True)
    forget_bias_shift = traitlets.Float(0.0).tag(sync=True)
    compare = traitlets.Unicode("").tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)
    autoplay = traitlets.Bool(False).tag(sync=True)

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

        The arguments are those of `Gates(...)`; the selection stays where it fits, an intervention ends.
        Raises what `Gates(...)` raises; then nothing has changed.
        """
        source, shown = _prepared(network, sentence, inputs, layer, direction)
        steps = len(source.language_model and language_model.tokenize(shown["sentence"]) or shown["inputs"])
        units = source.network.hidden_size
        self.update(
            **shown,
            step=_clamp(self.step, steps),
            unit=_clamp(self.unit, units),
            action="none",
            action_step=_clamp(self.action_step, steps),
            action_unit=_clamp(self.action_unit, units),
        )
        self._source = source

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
    def reading(self):
        """What the language model makes of the sentence, with the reader's interventions; None for other
        networks."""
        if self.language_model is None:
            return None
        return self.language_model.read(self.sentence, **self._interventions(len(self.words)))

    @property
    def trace(self):
        """The run that is on screen, with the reader's interventions."""
        if self.language_model is not None:
            return self.reading.trace
        return self.network.forward(self.inputs, **self._interventions(len(self.inputs)))

    @property
    def selection(self):
        """The selected step, unit, quantity, word and value."""
        trace, words = self.trace, self.words
        step, unit = _clamp(self.step, trace.steps), _clamp(self.unit, trace.network.hidden_size)
        value = float(getattr(trace, self.quantity)[step, unit])
        return Selection(step, unit, self.quantity, words[step] if words else None, value)

    def figure(self):
        from lstm_lib import figures

        where = self.selection
        return figures.gates(self.reading or self.trace, where.step, where.unit, lang=self.lang or "pt")

    def static_state(self):
        state = super().static_state()
        if self.model:
            state.pop("weights", None)  # a shipped network is beside the site's script; its name is enough
        return state

    def _interventions(self, steps):
        H = self.network.hidden_size
        unit, step = _clamp(self.action_unit, H), _clamp(self.action_step, steps)
        factor = None if self.action == "none" else cells.cell_factor(steps, H, unit, self.action, step)
        return {"cell_factor": factor, "forget_bias_shift": self.forget_bias_shift}

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

    @traitlets.validate("forget_bias_shift")
    def _is_finite(self, proposal):
        if not math.isfinite(proposal.value) and not self._from_page:
            raise StateError(f"forget_bias_shift was {proposal.value}, expected a finite number.")
        return proposal.value

    @traitlets.validate("step", "action_step")
    def _within_the_sequence(self, proposal):
        return self._within(proposal, len(self.words or self.inputs or [0]), "the sequence has {} steps")

    @traitlets.validate("unit", "action_unit")
    def _within_the_layer(self, proposal):
        return self._within(proposal, self.network.hidden_size, "the network has {} units")

    def _within(self, proposal, count, has):
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
            last = self.network.hidden_size - 1
            self.unit, self.action_unit = min(self.unit, last), min(self.action_unit, last)

    @traitlets.observe("sentence", "inputs")
    def _stay_within(self, change):
        """A shorter sequence moves the selection to its end (the page does the same by itself)."""
        if self._from_page:
            return
        last = max(len(self.words or self.inputs) - 1, 0)
        self.step, self.action_step = min(self.step, last), min(self.action_step, last)


def _clamp(value, count):
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
