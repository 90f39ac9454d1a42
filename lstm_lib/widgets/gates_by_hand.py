"""Gates by hand: memory puzzles for one cell whose gates the reader sets."""

import math

import traitlets

from lstm_lib.puzzles import GATES, problems, puzzles, run
from lstm_lib.widgets.base import BookWidget, StateError, WholeNumber


class GatesByHand(BookWidget):
    """A memory puzzle: `widgets.GatesByHand(puzzle="first-bit")`, one of `puzzles()`.

    forget_gate, input_gate, output_gate: one opening from 0 to 1 for each step; an empty list is "as the
    puzzle starts", open. Gates that the puzzle locks or shares over all steps obey it, whatever is given.
    `.trace`, `.problems` and `.is_solved` are computed from the state as it is now. Raises ValueError for
    an unknown puzzle or impossible openings.
    """

    element = "gates-by-hand"
    parts = ("title", "link", "puzzles", "task", "cases", "cell", "how", "panel", "verdict", "see", "table")

    puzzle = traitlets.Unicode("first-bit").tag(sync=True)
    forget_gate = traitlets.List(traitlets.Float()).tag(sync=True)
    input_gate = traitlets.List(traitlets.Float()).tag(sync=True)
    output_gate = traitlets.List(traitlets.Float()).tag(sync=True)
    step = WholeNumber(0).tag(sync=True)
    solved = traitlets.List(traitlets.Unicode()).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def steps(self):
        """How many steps the puzzle has."""
        return len(self._puzzle["cases"][0]["inputs"])

    @property
    def trace(self):
        """The run with the present gates, all cases side by side: a HandTrace."""
        return run(self._puzzle, **self._settled())

    @property
    def problems(self):
        """What is still wrong: a list of Problem, empty when solved."""
        return problems(self._puzzle, self.trace)

    @property
    def is_solved(self):
        """True if every target of every case is met."""
        return not self.problems

    def figure(self):
        from lstm_lib import figures

        return figures.gates_by_hand(
            self._puzzle, self.trace, min(self.step, self.steps - 1), self.lang or "pt"
        )

    @property
    def _puzzle(self):
        known = puzzles()
        return known.get(self.puzzle) or next(iter(known.values()))

    def _settled(self):
        """The gates as the puzzle allows them; 1 where nothing usable is given, as in the front end."""
        gates = {}
        for name in GATES:
            given = getattr(self, name)
            usable = len(given) == self.steps and all(map(math.isfinite, given))
            values = [min(max(value, 0.0), 1.0) for value in given] if usable else [1.0] * self.steps
            if name in self._puzzle.get("shared", ()):
                values = [values[0]] * self.steps
            gates[name] = [float(self._puzzle.get("locked", {}).get(name, value)) for value in values]
        return gates

    @traitlets.validate("puzzle")
    def _known_puzzle(self, proposal):
        if proposal.value not in puzzles() and not self._from_page:
            raise StateError(f"The puzzle was {proposal.value!r}; there are {', '.join(puzzles())}.")
        return proposal.value

    @traitlets.validate(*GATES)
    def _openings(self, proposal):
        name, values = proposal.trait.name, proposal.value
        if not self._from_page and values:
            if len(values) != self.steps:
                raise StateError(
                    f"{name} has {len(values)} openings, expected {self.steps}, one for each step."
                )
            if not all(0 <= value <= 1 for value in values):
                raise StateError(f"{name} was {values}; an opening is from 0 (closed) to 1 (open).")
        return values

    @traitlets.validate("step")
    def _within_the_sequence(self, proposal):
        if not self._from_page and not 0 <= proposal.value < self.steps:
            raise StateError(
                f"step was {proposal.value}; the puzzle has {self.steps} steps, 0 to {self.steps - 1}."
            )
        return proposal.value

    @traitlets.observe("puzzle")
    def _start_anew(self, change):
        """Another puzzle has its own number of steps: gates that no longer fit start open (so does the
        page)."""
        if not self._from_page:
            with self.hold_sync():
                for name in GATES:
                    if len(getattr(self, name)) not in (0, self.steps):
                        setattr(self, name, [])
                self.step = min(self.step, self.steps - 1)
