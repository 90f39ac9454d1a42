"""The cliff: the error of one unit as a landscape, and a walk down it with and without norm clipping."""

import math

import traitlets

from lstm_lib import error_surface
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber

#: What the picture shows; frontend/src/widgets/cliff/state.ts has the same.
PICTURE = {"weight": (0.4, 2.8), "bias": (-1.1, 0.7)}
_RANGES = {"weight": PICTURE["weight"], "bias": PICTURE["bias"], "steps": (2, 50), "initial": (-0.99, 0.99),
           "target": (-1, 1), "learning_rate": (1e-6, 100), "max_norm": (1e-6, 1e6), "moves": (1, 200),
           "move": (0, 200)}  # fmt: skip


class Cliff(BookWidget):
    """The error E = (h_T - target)^2 of a unit h_t = tanh(w h_(t-1) + b) over w and b, and two walks down it.

    weight, bias: where both walks start. steps: T, 2 to 50; initial: h_0; target. learning_rate; max_norm:
    the gradient of the second walk is clipped to this norm; the first is not clipped. moves: how many steps
    of training are computed, 1 to 200; move: how many of them are shown. hide, lang. id: id of the element on
    the page, used by links such as #cliff?weight=2&bias=0.4&move=40.

    `.walks` (error_surface.Walk by name, "free" and "clipped"), `.outcomes`, `.edge` and `.surface(w, b)` are
    computed from the state as it is now. Raises TypeError or ValueError for a state that can't be; then
    nothing is changed.
    """

    element = "cliff"
    parts = ("title", "link", "picture", "walk", "chart", "now", "dials", "see", "table")

    weight = traitlets.Float(2.1).tag(sync=True)
    bias = traitlets.Float(0.1).tag(sync=True)
    steps = WholeNumber(error_surface.STEPS).tag(sync=True)
    initial = traitlets.Float(error_surface.INITIAL).tag(sync=True)
    target = traitlets.Float(error_surface.TARGET).tag(sync=True)
    learning_rate = traitlets.Float(0.3).tag(sync=True)
    max_norm = traitlets.Float(1.0).tag(sync=True)
    moves = WholeNumber(40).tag(sync=True)
    move = WholeNumber(0).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def held(self, name):
        """A key as it is used: what a page sent is held to its range."""
        low, high = _RANGES[name]
        return min(max(getattr(self, name), low), self.held("moves") if name == "move" else high)

    @property
    def unit(self):
        """{"steps", "initial", "target"} of the unit and its error."""
        return {name: self.held(name) for name in ("steps", "initial", "target")}

    @property
    def start(self):
        return self.held("weight"), self.held("bias")

    @property
    def walks(self):
        """{"free": Walk, "clipped": Walk}, all moves of both."""
        limits = {"free": None, "clipped": self.held("max_norm")}
        return {name: error_surface.walk(self.start, self.held("moves"), self.held("learning_rate"), limit,
                                         **self.unit) for name, limit in limits.items()}  # fmt: skip

    @property
    def outcomes(self):
        """What has become of each walk after `move` steps: "down", "thrown", "flat" or "walking"."""
        return {name: walk.outcome(self.held("move")) for name, walk in self.walks.items()}

    @property
    def edge(self):
        """The bias at which, with the weight of the start, the unit stays at its first state."""
        return float(error_surface.edge(self.start[0], self.held("initial")))

    def surface(self, weight, bias):
        """E(w, b) of this unit: `error_surface.surface`."""
        return error_surface.surface(weight, bias, **self.unit)

    def figure(self):
        from lstm_lib import figures

        return figures.cliff(self, self.lang or "pt")

    @traitlets.validate(*_RANGES)
    def _possible(self, proposal):
        name, value = proposal.trait.name, proposal.value
        low, high = _RANGES[name]
        if not self._from_page and not (math.isfinite(value) and low <= value <= high):
            raise StateError(f"{name} was {value}, expected {low:g} to {high:g}.")
        return value
