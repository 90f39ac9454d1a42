"""The networks of gradient flow and what they read: one recipe for an RNN, a GRU and an LSTM of equal size.

gradient_flow.json holds what this shares with the explorable (frontend/src/core/flow_networks.ts): defaults,
limits, the words for what is left of a gradient. Inputs and weights come from `shared_random`, so that both
have the same networks.
"""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np

from lstm_lib import arrays, parameters
from lstm_lib.cells import GRU, LSTM, RNN
from lstm_lib.shared_random import SharedRandom

SHARED = json.loads(Path(__file__).with_name("gradient_flow.json").read_text(encoding="utf-8"))

#: The networks, in the order in which they are shown.
NETWORKS = ("rnn", "gru", "lstm")
INPUTS, SCHEMES, LIMITS = SHARED["inputs"], tuple(SHARED["schemes"]), SHARED["limits"]
_DEFAULTS = SHARED["defaults"]


@dataclass(frozen=True)
class Settings:
    """What the networks are made of and how the error goes back.

    steps        T, 2 to 400
    gain         0 to 4, multiplies the recurrent matrix weight_hh of all three networks
    activation   of the RNN, "tanh" or "relu"
    forget_bias  0 to 5, of the LSTM's forget gate (the GRU has none, and keeps the scheme's biases)
    scheme       "torch", "orthogonal", "identity" (the RNN's recurrent matrix is the identity and its biases
                 are zero; GRU and LSTM as "torch") or "chrono" (GRU and LSTM with max_lag = steps, and no use
                 for forget_bias; the RNN as "torch")
    seed         a whole number from 0
    hidden_size  H of the LSTM, 1 to 64; RNN and GRU have the H that comes nearest to its parameter count
    window       how many steps back the error goes at most (truncated BPTT), 0: all the way
    """

    steps: int = _DEFAULTS["steps"]
    gain: float = _DEFAULTS["gain"]
    activation: str = _DEFAULTS["activation"]
    forget_bias: float = _DEFAULTS["forget_bias"]
    scheme: str = _DEFAULTS["scheme"]
    seed: int = _DEFAULTS["seed"]
    hidden_size: int = _DEFAULTS["hidden_size"]
    window: int = _DEFAULTS["window"]

    def __post_init__(self):
        for name in ("steps", "hidden_size"):
            low, high = LIMITS[name]
            arrays.whole_number(name, getattr(self, name), low, high + 1)
        for name in ("gain", "forget_bias"):
            low, high = LIMITS[name]
            value = arrays.real_array(name, getattr(self, name))
            if value.ndim or not low <= value <= high:
                raise ValueError(f"{name} is {getattr(self, name)}, expected a number from {low} to {high}.")
        arrays.one_of("activation", self.activation, ("tanh", "relu"))
        arrays.one_of("scheme", self.scheme, SCHEMES)
        arrays.whole_number("seed", self.seed, 0, 2**32)
        arrays.whole_number("window", self.window, 0, None)


def inputs(settings=None, **changes):
    """x (T, 16): uniform numbers of mean 0 and variance 1. A shorter T is the beginning of a longer one."""
    s = settings_of(settings, changes)
    rng = SharedRandom(s.seed, SHARED["streams"]["inputs"])
    return rng.uniform(-np.sqrt(3), np.sqrt(3), (s.steps, INPUTS))


def networks(settings=None, **changes):
    """{"rnn": RNN, "gru": GRU, "lstm": LSTM}: untrained networks by one recipe, about equal in size."""
    s = settings_of(settings, changes)
    sizes = hidden_sizes(s.hidden_size)
    rng = {name: SharedRandom(s.seed, SHARED["streams"][name]) for name in NETWORKS}
    gated = {"scheme": "torch" if s.scheme == "identity" else s.scheme}
    if s.scheme == "chrono":
        gated["max_lag"] = max(3, s.steps)
    plain = "torch" if s.scheme == "chrono" else s.scheme
    made = {
        "rnn": RNN.init(INPUTS, sizes["rnn"], rng["rnn"], nonlinearity=s.activation, scheme=plain),
        "gru": GRU.init(INPUTS, sizes["gru"], rng["gru"], **gated),
        "lstm": LSTM.init(INPUTS, sizes["lstm"], rng["lstm"], forget_bias=float(s.forget_bias), **gated),
    }
    return {name: net.replace(weight_hh=s.gain * net.weight_hh) for name, net in made.items()}


def hidden_sizes(hidden_size):
    """H of each network: that whose parameter count is nearest to an LSTM's with this hidden_size."""
    wanted = parameters.count("lstm", INPUTS, hidden_size)
    return {name: parameters.equal_size(name, INPUTS, wanted) for name in NETWORKS}


def settings_of(settings, changes):
    """A Settings with `changes` (a dict) made to it; None stands for the defaults."""
    if settings is None:
        settings = Settings()
    if not isinstance(settings, Settings):
        raise TypeError(f"settings is a {type(settings).__name__}, expected gradient_flow.Settings(...), or "
                        "its entries by name, as in run(steps=100, gain=1.5).")
    unknown = set(changes) - {field.name for field in fields(Settings)}
    if unknown:
        raise TypeError(f"{', '.join(sorted(unknown))} is no setting; there are "
                        f"{', '.join(asdict(settings))}.")
    return replace(settings, **changes)
