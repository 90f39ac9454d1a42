"""The piano roll of a chorale with its continuations, and how much Bach's own surprised the networks."""

from lstm_lib.continued_chorales import VOICES, note_name, notes, piece_name, pieces, see
from lstm_lib.figures import network_marks as marks
from lstm_lib.figures.drawing import Drawing, Rect
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import apart
from lstm_lib.locale import check_language, number, plain, text

FULL = (True, False, True, False)  # neighbouring voices are filled and empty in turn


def chorale(lang="pt", piece=0, source="lstm", beat=0):
    """A Figure of one recorded piece: four voices over time, Bach's notes behind those of `source`, and below
    it the surprise of the networks at Bach's notes; the line is at `beat`.

    Raises ValueError for a piece, source or quarter that is not recorded.
    """
    check_language(lang)
    known = pieces()
    if not 0 <= piece < len(known):
        raise ValueError(f"piece was {piece}; there are {len(known)}, so 0 to {len(known) - 1}.")
    chosen = known[piece]
    if not 0 <= beat < len(chosen.line(source)):
        raise ValueError(f"beat was {beat}; this piece has quarters 0 to {len(chosen.frames) - 1}.")
    seen = plain(see(chosen, source, beat, lang))
    description = f"{text('chorale.title', lang)}: {seen}"
    wide, narrow = (_draw(chosen, source, beat, width, lang, description) for width in (912, 358))
    return Figure([wide], name="chorale", narrow=narrow)


class _Place:
    """Where a quarter and a pitch stand, as in frontend/src/widgets/chorale/layout.ts."""

    def __init__(self, piece, width):
        roomy = width >= 560
        lines = [piece.line(source) for source in piece.sources]
        pitches = [pitch for line in lines for chord in line for pitch in chord if pitch is not None]
        self.low, self.high = min(pitches), max(pitches)
        self.left, self.right = (44, width - 96) if roomy else (34, width - 66)
        self.top, self.row = 30, 7.5 if roomy else 6.5
        self.column = (self.right - self.left) / len(piece.frames)
        self.bottom = self.top + (self.high - self.low + 3) * self.row
        self.roomy, self.curve = roomy, self.bottom + 62

    def x(self, beat):
        return self.left + beat * self.column

    def y(self, pitch):
        return self.top + (self.high + 1.5 - pitch) * self.row


def _draw(piece, source, beat, width, lang, description):
    at = _Place(piece, width)
    drawing = Drawing(width, at.curve + 118, "", "")
    for pitch in range(24, 97, 12):
        if at.low - 1 <= pitch <= at.high + 1:
            colour = "rule-2" if pitch == 60 else "rule"
            drawing.line([(at.left, at.y(pitch)), (at.right, at.y(pitch))], colour)
            name = note_name(pitch, "C major", lang)
            drawing.text(at.left - 6, at.y(pitch) + 4.5, name, 13, "end", "ink-3")
    for quarter in range(0, len(piece.frames), 8):
        drawing.line([(at.x(quarter), at.bottom), (at.x(quarter), at.bottom + 5)], "rule-2")
        middle = at.x(quarter + 0.5)
        drawing.text(middle, at.bottom + 19, str(quarter + 1), 13, "middle", "ink-3")
    written = notes(piece.line(source), piece.given)
    if source != "bach":
        for _, pitch, start, length in notes(piece.frames, piece.given):
            if start >= piece.given:
                drawing.line([(at.x(start) + 1, at.y(pitch)), (at.x(start + length) - 1, at.y(pitch))],
                             "ink-3", 1.5)  # fmt: skip
    _voices(drawing, at, piece, source, written)
    across = at.x(piece.given)
    drawing.line([(across, 14), (across, at.bottom + 5)], "ink-2", 1.5, (2, 4))
    drawing.text(across - 7, 20, "Bach", 14, "end", "ink-2", bold=True)
    key = "chorale.side.bach" if source == "bach" else "chorale.side"
    label = text(key, lang) if source == "bach" else text(key, lang, who=text(f"chorale.name.{source}", lang))
    drawing.text(across + 7, 20, label, 14, colour="ink-2" if source == "bach" else "accent", bold=True)
    now = at.x(beat + 0.5)
    drawing.line([(now, at.top - 4), (now, at.bottom)], "ink", 1.5)
    _names(drawing, at, written, lang)
    _surprise(drawing, at, piece, source, beat, lang)
    head = 40 if at.roomy else 62
    whole = Drawing(width, head + drawing.height, text("chorale.title", lang), description)
    whole.text(0, 16, whole.title, 17, bold=True)
    name = piece_name(piece, lang)
    whole.text(*((width, 16, name, 14, "end") if at.roomy else (0, 38, name, 14)), colour="ink-2")
    whole.place(drawing, 0, head)
    return whole


def _voices(drawing, at, piece, source, written):
    before = None
    for note in written:
        voice, pitch, start, length = note
        made = source != "bach" and start >= piece.given
        ink = "accent" if made else "ink-2"
        if before and before[0] == voice and before[2] + before[3] == start:
            ends = [(at.x(start), at.y(before[1])), (at.x(start), at.y(pitch))]
            drawing.line(ends, "accent" if made else "ink-3")
        inset = 0.5 if FULL[voice] else 1.25
        fill, stroke = (ink, "") if FULL[voice] else ("paper", ink)
        x, y = at.x(start) + inset, at.y(pitch) - at.row / 2 + inset
        size = (length * at.column - 2 * inset, at.row - 2 * inset)
        drawing.add(Rect(x, y, *size, fill, stroke, 1.6, 1.5))
        before = note


def _names(drawing, at, written, lang):
    """The voices' names at the ends of their lines."""
    ends = [at.y([pitch for v, pitch, *_ in written if v == voice][-1]) for voice in range(len(VOICES))]
    for voice, end, level in zip(VOICES, ends, apart(ends, 18 if at.roomy else 16), strict=True):
        drawing.line([(at.right + 1, end), (at.right + 8, level)], "rule-2")
        name = text(f"chorale.voice.{voice}", lang)
        drawing.text(at.right + 11, level + 4.5, name, 14 if at.roomy else 13, colour="ink-2")


def _surprise(drawing, at, piece, source, beat, lang):
    """Both networks' surprise in the columns of the roll, with the mean at the end of each line."""
    if not piece.asked:
        return
    top, bottom = at.curve, at.curve + 104
    drawing.text(0, top - 14, text("chorale.surprise", lang), 15, bold=True)
    if at.roomy:
        drawing.text(at.right, top - 14, text("chorale.surprise.unit", lang), 14, "end", "ink-2")
    values = [value for name in piece.asked for value in piece.surprise[name] if value is not None]
    most = next(m for m in (5, 10, 15, 20, 30, 50, 100, 1000) if m >= max(values))

    def y(value):
        return bottom - (bottom - top) * value / most

    for value in (0, most / 2, most):
        drawing.line([(at.left, y(value)), (at.right, y(value))], "rule")
        written = number(value, lang, 1 if value % 1 else 0)
        drawing.text(at.left - 6, y(value) + 4.5, written, 13, "end", "ink-3")
    drawing.line([(at.x(piece.given), top), (at.x(piece.given), bottom)], "ink-2", 1.5, (2, 4))
    drawing.line([(at.x(beat + 0.5), top), (at.x(beat + 0.5), bottom)], "ink", 1.5)
    means = [y(piece.mean_surprise(network)) for network in piece.asked]
    for network, end, level in zip(piece.asked, means, apart(means, 19), strict=True):
        colour, mark = "accent" if network == source else "ink-2", mark_name(network)
        points = [(at.x(t + 0.5), y(value)) for t, value in enumerate(piece.surprise[network])
                  if value is not None]  # fmt: skip
        marks.line(drawing, mark, points, colour)
        drawing.line([(at.right + 1, end), (at.right + 7, level)], "rule-2")
        marks.mark(drawing, mark, at.right + 14, level, colour)
        name = text(f"chorale.name.{network}", lang)
        label = f"{name} {number(piece.mean_surprise(network), lang)}" if at.roomy else name
        drawing.text(at.right + 24, level + 4.5, label, 14, colour=colour, bold=network == source)


def mark_name(network):
    """How a network of this chapter is marked: its LSTM starts with forget bias 1."""
    return "lstm-b1" if network == "lstm" else network
