"""The static picture of "the sentence": words, the thread from the subject to the adjective, and for each
network a row of bars and what it expects at the end."""

import dataclasses
from collections.abc import Mapping

from lstm_lib.figures.drawing import Circle, Drawing, Path, Rect
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import even_rows, lines
from lstm_lib.figures.raster import text_width
from lstm_lib.figures.wording import network_name
from lstm_lib.locale import check_language, percent, text
from lstm_lib.tasks import agreement

MOST_WORDS = 90  # of a longer text its end is drawn
TIE = 0.1  # as on the page: so near to one half, a share decides little


@dataclasses.dataclass(frozen=True)
class _Size:
    """Measures of a picture in px: its width, the gutter for the names, words, thread, bars, gaps."""

    width: float
    gutter: float
    word: float
    line: float
    thread: float
    bar: float
    under: float
    gap: float


WIDE = _Size(912, 62, 24, 36, 22, 36, 18, 20)
WIDE_DENSE = _Size(912, 62, 19, 29, 16, 24, 8, 16)
NARROW = _Size(358, 50, 20, 30, 18, 30, 18, 14)
NARROW_DENSE = _Size(358, 50, 18, 27, 14, 22, 8, 12)


def sentence(readings, lang="pt"):
    """A Figure of one sentence as several networks read it.

    readings: {name: Reading} of the same words by one model each. Everything in it is read off them and off
    the rule (`lstm_lib.tasks.agreement.place` and `answers`). Raises ValueError if there is no reading, or if
    the readings are not of the same words.
    """
    check_language(lang)
    if not isinstance(readings, Mapping):
        raise TypeError(f"readings was of type {type(readings).__name__}, expected {{name: Reading}}.")
    if not readings or not len(next(iter(readings.values()))):
        raise ValueError("There is nothing to draw: give one Reading or more, of one word or more.")
    words = next(iter(readings.values())).words
    for name, reading in readings.items():
        if reading.words != words:
            raise ValueError(
                f"The Readings are not of the same words: {name} read {' '.join(reading.words)!r}."
            )
    place, answers = agreement.place(words), agreement.answers(readings)
    description = _description(words, place, answers, lang)
    dense = min(len(words), MOST_WORDS) * max(2, len(readings)) > 64
    sizes = (WIDE_DENSE, NARROW_DENSE) if dense else (WIDE, NARROW)
    wide, narrow = (_Score(readings, place, answers, lang, size, dense).draw(description) for size in sizes)
    return Figure([wide], narrow=narrow, name="lstm-sentence")


def write_share(share, lang):
    """A share as a percentage: with one decimal where none would claim 0 or 100."""
    whole = round(100 * share)
    return percent(share, lang, 1 if whole in (0, 100) and abs(100 * share - whole) >= 0.05 else 0)


def _description(words, place, answers, lang):
    """The sentence, whose adjective it is, and what each network expects."""
    said = []
    for name, answer in answers.items():
        kind = (
            "unlikely" if not answer.likely else {None: "open", True: "right", False: "wrong"}[answer.right]
        )
        if kind in ("right", "wrong") and abs(answer.share - 0.5) < TIE:
            kind += ".close"
        values = {"form": answer.expected, "share": write_share(answer.share, lang)}
        wanted = {"network": network_name(name, lang), **values}
        said.append(text(f"sentence.see.{kind}", lang, **wanted))
    shown = words[-MOST_WORDS:]
    parts = [
        f"{'… ' if len(shown) < len(words) else ''}{' '.join(shown)} ___.",
        text("sentence.rule", lang),
        _rule(words, place, lang),
        text("common.what_you_see", lang),
        text("sentence.see.end", lang, word=words[-1], verdicts="; ".join(said)),
    ]
    return " ".join(parts).replace("*", "")


def _rule(words, place, lang):
    """Whose adjective it is, and which form the rule asks for: the words of the page."""
    name = "" if place.subject is None else words[place.subject]
    verb = "" if place.copula is None else words[place.copula]
    if place.subject is None:
        kind = "nothing" if place.copula is None else "nobody"
    elif place.copula is None:
        kind = "unfinished"
    else:
        kind = "beside" if place.beside else "first"
    said = text(f"sentence.rule.{kind}", lang, name=name, verb=verb)
    if place.subject is None or place.copula is None:
        return said
    return f"{said} {text('sentence.rule.gender.' + (place.gender or 'unknown'), lang, name=name)}"


class _Score:
    """One shape of the picture."""

    def __init__(self, readings, place, answers, lang, size, dense):
        self.readings, self.place, self.answers, self.lang, self.size = readings, place, answers, lang, size
        self.dense = dense
        words = next(iter(readings.values())).words
        self.words, self.start = words, max(0, len(words) - MOST_WORDS)
        pair = next(iter(answers.values())).pair
        wanted = place.last is not None and place.gender
        self.due = pair["fm".index(place.gender)] if wanted else ""

    def draw(self, description):
        size, rows = self.size, list(self.readings)
        drawing = Drawing(size.width, 0, text("sentence.title", self.lang), description)
        height = size.line + size.thread + len(rows) * (size.bar + size.under)
        widths = [self._width(k) for k in range(self.start, len(self.words) + 1)]
        y = 0.0
        rows_of_words = even_rows(widths, size.width - size.gutter)
        # The last row is no looser than the others.
        usual = max((self._spare(widths, line) for line in rows_of_words[:-1]), default=0.0)
        for line in rows_of_words:
            used = sum(widths[k] for k in line)
            last = line[-1] == len(widths) - 1
            spare = min(usual, self._spare(widths, line)) if last else self._spare(widths, line)
            for number, name in enumerate(rows):
                middle = y + size.line + size.thread + number * (size.bar + size.under) + size.bar / 2
                self._name(drawing, name, middle)
                end = size.gutter + used + spare * len(line) - (widths[-1] + spare if last else 0)
                drawing.line([(size.gutter, middle), (end, middle)], "rule-2")
            places = [size.gutter + sum(widths[j] + spare for j in line[:n]) for n in range(len(line))]
            self._thread(drawing, line, places, y, [widths[k] + spare for k in line])
            for k, x in zip(line, places, strict=True):
                if k < len(widths) - 1:
                    self._word(drawing, self.start + k, x, y, widths[k] + spare)
                else:
                    self._blank(drawing, x, y)
            y += height + size.gap
        for line in lines(text("sentence.figure_key", self.lang), 14, size.width):
            drawing.text(0, y + 14, line, 14, colour="ink-2")
            y += 20
        drawing.height = y + 4
        return drawing

    def _thread(self, drawing, line, places, y, widths):
        """The stretch of the thread on one line: from the subject, or from the left, to the adjective, or to
        the right."""
        if not self._has_thread() or self.start + line[-1] < self.place.subject:
            return
        from_here = self.place.subject - self.start in line
        at = line.index(self.place.subject - self.start) if from_here else 0
        start = places[at] + widths[at] / 2 if from_here else self.size.gutter
        end = places[-1] + widths[-1]
        if self.start + line[-1] == len(self.words):
            end = places[-1] + 8 + self._due_width() / 2
        level = y + self.size.line + self.size.thread / 2
        drawing.line([(start, level), (end, level)], "q-c", 5)

    def _due_width(self):
        return text_width(self.due, self.size.word, "serif", bold=True) if self.due else 96

    def _spare(self, widths, line):
        """What each word of a line gets beyond its own width, so that the line is full."""
        return (self.size.width - self.size.gutter - sum(widths[k] for k in line)) / len(line)

    def _width(self, k):
        if k < len(self.words):
            return (
                max(text_width(self._shown(k), self.size.word, "serif", bold=k == self.place.subject), 14)
                + 14
            )
        said = [text_width(self._said(name), 19, "serif") + 120 for name in self.readings]
        return max([text_width(self.due, self.size.word, "serif", bold=True), 96, *said]) + 14

    def _shown(self, k):
        """The word, cut where it is wider than a line."""
        word, most = self.words[k], self.size.width - self.size.gutter - 40
        while len(word) > 4 and text_width(word, self.size.word, "serif") > most:
            word = word[:-2] + "…"
        return word

    def _name(self, drawing, name, middle):
        parts = network_name(name, self.lang, short=True).split(" ", 1)
        for part, written in enumerate(parts):
            y = middle + 5 + (part - (len(parts) - 1) / 2) * 14
            drawing.text(0, y, written, 13, colour="ink-2")

    def _word(self, drawing, k, x, y, width):
        size, place, centre = self.size, self.place, x + width / 2
        noun = k in place.nouns
        lure = noun and place.subject is not None and k > place.subject
        drawing.text(centre, y + size.line * 0.68, self._shown(k), size.word, "middle", face="serif",
                     bold=k == place.subject, italic=lure)  # fmt: skip
        level = y + size.line + size.thread / 2
        if self._has_thread() and k >= place.subject:
            if k == place.subject:
                drawing.add(Circle(centre, level, 5.5, "paper", "q-c", 2.5))
            elif lure:
                drawing.add(_diamond(centre, level))
        for number, reading in enumerate(self.readings.values()):
            top = y + size.line + size.thread + number * (size.bar + size.under)
            likely = self._mass(reading, k) >= agreement.LIKELY
            self._bar(drawing, centre, top, float(reading.share_feminine[k]), likely)
            if likely and not self.dense:
                written = write_share(reading.share_feminine[k], self.lang).rstrip("%\N{NO-BREAK SPACE}")
                drawing.text(centre, top + size.bar + 14, written, 13, "middle", "ink-2")

    def _has_thread(self):
        return self.place.last is not None and self.place.subject is not None

    @staticmethod
    def _mass(reading, k):
        model = reading.model
        rows = [model.index[form] for form in (*model.feminine, *model.masculine)]
        return float(reading.probabilities[k, rows].sum())

    def _bar(self, drawing, x, top, share, likely):
        height = self.size.bar
        half, end = top + height / 2, top + height * (1 - share)
        drawing.add(Rect(x - 5, top, 10, height, "paper-3"))
        if likely:
            drawing.add(Rect(x - 5, min(half, end), 10, abs(half - end), "ink-2"))
        else:
            points = [
                point
                for k in range(4)
                for point in (("M", x - 4.5 + 3 * k, half), ("L", x - 4.5 + 3 * k, end))
            ]
            drawing.add(Path(tuple(points), "ink-3", 1))
        drawing.line([(x - 5, half), (x + 5, half)], "rule-2")

    def _said(self, name):
        answer = self.answers[name]
        return answer.expected if answer.likely else text("sentence.said.unlikely", self.lang)

    def _blank(self, drawing, x, y):
        size, left = self.size, x + 8
        width = self._due_width()
        if self.due:
            drawing.text(left, y + size.line * 0.68, self.due, size.word, face="serif", bold=True)
        else:
            drawing.line([(left, y + size.line * 0.76), (left + width, y + size.line * 0.76)], "ink-2", 2)
        level = y + size.line + size.thread / 2
        if self._has_thread():
            drawing.add(Circle(left + width / 2, level, 7, "q-c"))
        for number, (name, answer) in enumerate(self.answers.items()):
            middle = y + size.line + size.thread + number * (size.bar + size.under) + size.bar / 2
            if not answer.likely:
                drawing.text(left, middle + 5, self._said(name), 14, colour="ink-2")
                continue
            if answer.right is None:
                drawing.text(left, middle + 6, answer.expected, 19, face="serif", bold=True)
                continue
            colour, close = "ok" if answer.right else "no", abs(answer.share - 0.5) < TIE
            sign = [(0, 1), (5, 6), (14, -6)] if answer.right else [(1, -6), (13, 6)]
            drawing.line([(left + dx, middle + dy) for dx, dy in sign], colour, 2.6)
            if not answer.right:
                drawing.line([(left + 13, middle - 6), (left + 1, middle + 6)], colour, 2.6)
            drawing.text(
                left + 21, middle + 6, answer.expected, 19, colour=colour, face="serif", bold=not close
            )
            after = left + 28 + text_width(answer.expected, 19, "serif", bold=not close)
            word = f"sentence.said.{'right' if answer.right else 'wrong'}{'.close' if close else ''}"
            drawing.text(after, middle + 5, text(word, self.lang), 14, colour=colour)


def _diamond(x, y, r=6.5):
    return Path((("M", x, y - r), ("L", x + r, y), ("L", x, y + r), ("L", x - r, y), ("Z",)), "ink", 1.75,
                fill="paper")  # fmt: skip
