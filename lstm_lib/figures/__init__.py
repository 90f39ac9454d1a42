"""The book's figures, drawn from a trace: SVG that follows light and dark, PNG, and a text alternative for
each."""

from lstm_lib.figures.accents import accents
from lstm_lib.figures.after_training import after_training
from lstm_lib.figures.areas import areas
from lstm_lib.figures.cell import cell_steps
from lstm_lib.figures.chorale import chorale
from lstm_lib.figures.cliff import cliff
from lstm_lib.figures.corpora import corpora
from lstm_lib.figures.difference import difference
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.gradient_flow import gradient_flow
from lstm_lib.figures.gradient_horizon import horizon, horizon_lines
from lstm_lib.figures.hand_gates import gates_by_hand
from lstm_lib.figures.landmarks import landmarks
from lstm_lib.figures.learning_horizon import learning_horizon
from lstm_lib.figures.memory import memory
from lstm_lib.figures.narrow_windows import narrow_windows
from lstm_lib.figures.parameters import parameters
from lstm_lib.figures.read_back import read_back
from lstm_lib.figures.river import river
from lstm_lib.figures.rows import rows
from lstm_lib.figures.sentence import sentence
from lstm_lib.figures.step_through import step_through
from lstm_lib.figures.trained_gates import gates

__all__ = [
    "Figure",
    "accents",
    "after_training",
    "areas",
    "cell_steps",
    "chorale",
    "cliff",
    "corpora",
    "difference",
    "gates",
    "gates_by_hand",
    "gradient_flow",
    "horizon",
    "horizon_lines",
    "landmarks",
    "learning_horizon",
    "memory",
    "narrow_windows",
    "parameters",
    "read_back",
    "river",
    "rows",
    "sentence",
    "step_through",
]
