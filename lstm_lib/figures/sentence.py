"""The static picture of "the sentence": the words with their thread, and a row of bars for each network."""

from lstm_lib.figures.drawing import Drawing
from lstm_lib.figures.figure import Figure
from lstm_lib.locale import check_language, text

WIDTH = 912


def sentence(readings, lang="pt"):
    """A Figure of several Readings of one sentence, {name: Reading}."""
    check_language(lang)
    drawing = Drawing(WIDTH, 100, text("sentence.title", lang), text("sentence.title", lang))
    words = next(iter(readings.values())).words
    drawing.text(0, 30, " ".join(words), 19, face="serif")
    return Figure([drawing], name="lstm-sentence")
