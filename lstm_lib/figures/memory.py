"""The static picture of "memory": the trace, and the map whose fixed points decide it."""

from lstm_lib.figures.drawing import Drawing
from lstm_lib.figures.figure import Figure
from lstm_lib.locale import text


def memory(widget, lang="pt"):
    """A Figure of a widgets.Memory in its present state."""
    drawing = Drawing(640, 240, text("memory.title.unit", lang), text("memory.title.unit", lang))
    return Figure([drawing], name="memory")
