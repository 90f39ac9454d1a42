"""The explorables of the book, as widgets for notebooks and as elements for the site."""

from lstm_lib.widgets.accents import Accents
from lstm_lib.widgets.after_training import AfterTraining
from lstm_lib.widgets.areas import Areas
from lstm_lib.widgets.base import BookWidget, is_static
from lstm_lib.widgets.chorale import Chorale
from lstm_lib.widgets.cliff import Cliff
from lstm_lib.widgets.difference import Difference
from lstm_lib.widgets.gates import Gates
from lstm_lib.widgets.gates_by_hand import GatesByHand
from lstm_lib.widgets.gradient_flow import GradientFlow
from lstm_lib.widgets.horizon import Horizon
from lstm_lib.widgets.landmarks import Landmarks
from lstm_lib.widgets.memory import Memory
from lstm_lib.widgets.parameters import Parameters
from lstm_lib.widgets.question import Question
from lstm_lib.widgets.retrain import Retrain
from lstm_lib.widgets.river import River
from lstm_lib.widgets.rows import Rows
from lstm_lib.widgets.sentence import Sentence
from lstm_lib.widgets.step_through import StepThrough

__all__ = [
    "Accents",
    "AfterTraining",
    "Areas",
    "BookWidget",
    "Chorale",
    "Cliff",
    "Difference",
    "Gates",
    "GatesByHand",
    "GradientFlow",
    "Horizon",
    "Landmarks",
    "Memory",
    "Parameters",
    "Question",
    "Retrain",
    "River",
    "Rows",
    "Sentence",
    "StepThrough",
    "is_static",
]
