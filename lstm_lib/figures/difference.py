"""The static picture of "the trace of a difference"."""

from lstm_lib.figures.drawing import Drawing
from lstm_lib.figures.figure import Figure
from lstm_lib.locale import check_language, text


def difference(pair, lines, step=-1, lang="pt"):
    """A Figure of the lines (lstm_lib.difference.Line) of a pair of sentences."""
    check_language(lang)
    drawing = Drawing(912, 100, text("difference.title", lang), text("difference.title", lang))
    return Figure([drawing], name="lstm-difference")
