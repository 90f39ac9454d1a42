"""Number agreement in real corpora: plain RNN against LSTM by the number of attractors, with how sure the few
sentences let us be (Gulordava et al., 2018, computed again from the authors' released scores)."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path as File

from lstm_lib import arrays
from lstm_lib.figures import network_marks as marks
from lstm_lib.figures.drawing import Drawing
from lstm_lib.figures.figure import Figure
from lstm_lib.figures.layout import apart, lines
from lstm_lib.locale import check_language, integer, number, percent, text

FILE = File(__file__).parents[1] / "results" / "gulordava2018.json"
LANGUAGES = ("it", "he", "en")  # of the corpora, in the order of the panels
NETWORKS = {"rnn": "rnn", "lstm": "lstm-b3"}  # of the file: as which network of the horizon it is drawn
FEW = 100  # with fewer items that have an attractor nothing is said
CHANCE, LOWEST = 0.5, 0.25
LEVELS = (1.0, 0.75, 0.5, 0.25)


@dataclass(frozen=True)
class Group:
    """One network on the items of one language that have so many attractors (2: two or more).

    low, high: ends of the 95 % Wilson interval of the accuracy, as if the items were independent.
    """

    language: str
    attractors: int
    network: str
    items: int
    right: int

    @property
    def accuracy(self):
        return self.right / self.items

    @property
    def low(self):
        return wilson(self.right, self.items)[0]

    @property
    def high(self):
        return wilson(self.right, self.items)[1]

    @property
    def includes_chance(self):
        return self.low <= CHANCE <= self.high


def wilson(right, items, z=1.959964):
    """The interval (low, high) of a share of which `right` of `items` were seen (Wilson, 1927); z = 1.96 is
    95 %.

    Unlike share ± error it stays within 0 and 1 and is sound for few items. Raises ValueError for no items
    or more right than there are.
    """
    items = arrays.whole_number("items", items, 1, None)
    right = arrays.whole_number("right", right, 0, items + 1)
    share, weight = right / items, z * z / items
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * (share * (1 - share) / items + weight / (4 * items)) ** 0.5
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


@cache
def evidence():
    """Every group of the file: a tuple of Group. The counts follow from the printed percentages, which are
    exact to one decimal."""
    found = json.loads(FILE.read_text(encoding="utf-8"))["languages"]
    return tuple(
        Group(language, row["attractors"], network, row["items"], round(row[network] * row["items"] / 100))
        for language in LANGUAGES
        for row in found[language]["by_attractors"]
        for network in NETWORKS
    )


def group(language, attractors, network):
    """One Group: language "it", "he" or "en", 0, 1 or 2 (or more) attractors, "rnn" or "lstm"."""
    for name, value, known in (("language", language, LANGUAGES), ("network", network, list(NETWORKS))):
        arrays.one_of(name, value, known)
    wanted = (language, arrays.whole_number("attractors", attractors, 0, 3), network)
    return next(g for g in evidence() if (g.language, g.attractors, g.network) == wanted)


def finding(language, lang="pt"):
    """What the items with attractors say about one language, in words: computed from the intervals."""
    items = sum(group(language, attractors, "rnn").items for attractors in (1, 2))
    most = group(language, 2, "rnn").items
    if items < FEW:
        return text("figures.corpora-few", lang, items=items, most=most)
    rnn, lstm = (_against_chance(language, network) for network in NETWORKS)
    return text("figures.corpora-finding", lang, rnn=text(f"figures.corpora-{rnn}", lang),
                lstm=text(f"figures.corpora-{lstm}-too", lang))  # fmt: skip


def _against_chance(language, network):
    found = group(language, 2, network)
    return "chance" if found.includes_chance else "above" if found.low > CHANCE else "below"


def corpora(lang="pt"):
    """A Figure of the accuracy of a plain RNN and an LSTM on number agreement in Italian, Hebrew and English
    text, by how many nouns of the other number stand in between; bars are Wilson intervals."""
    check_language(lang)
    told = [_told(language, lang) for language in LANGUAGES]
    description = f"{text('figures.corpora-alt', lang)} {' '.join(told)} {text('figures.corpora-note', lang)}"
    wide = Drawing(912, 0, text("figures.corpora-title", lang), description)
    lefts = (46, 350, 654)
    for language, left in zip(LANGUAGES, lefts, strict=True):
        _panel(wide, language, left, left + 172, 92, 352, lang, numbers=language == LANGUAGES[0])
    wide.height = _note(wide, 0, 440, 912, lang)
    narrow = Drawing(358, 0, text("figures.corpora-title", lang), description)
    for row, language in enumerate(LANGUAGES):
        top = 92 + row * 372
        _panel(narrow, language, 44, 236, top, top + 196, lang, numbers=True)
    narrow.height = _note(narrow, 0, 92 + 3 * 372 - 82, 358, lang)
    return Figure([wide], name="corpora", narrow=narrow)


def _told(language, lang):
    """One language's numbers for those who don't see the drawing."""
    rows = []
    for attractors in (0, 1, 2):
        rnn, lstm = (group(language, attractors, network) for network in NETWORKS)
        rows.append(text("figures.corpora-row", lang, attractors=text(f"figures.corpora-{attractors}", lang),
                         items=integer(rnn.items, lang), rnn=_with_interval(rnn, lang),
                         lstm=_with_interval(lstm, lang)))  # fmt: skip
    return f"{text(f'figures.corpora-{language}', lang)}: {'; '.join(rows)}. {finding(language, lang)}"


def _with_interval(found, lang):
    ends = (number(100 * end, lang, 0) for end in (found.low, found.high))
    return f"{percent(found.accuracy, lang, 1)} ({'–'.join(ends)})"


def _panel(drawing, language, left, right, top, bottom, lang, numbers):
    def y(share):
        return bottom - (bottom - top) * (share - LOWEST) / (1 - LOWEST)

    drawing.text(
        left if numbers else left - 6, top - 74, text(f"figures.corpora-{language}", lang), 19, face="serif"
    )
    for k, line in enumerate(lines(finding(language, lang), 14, 262)):
        drawing.text(left if numbers else left - 6, top - 52 + 18 * k, line, 14, colour="ink-2")
    for level in LEVELS:
        style = ("rule-2", 1.5) if level == CHANCE else ("rule", 1)
        drawing.line([(left - 6, y(level)), (right - 12, y(level))], *style)
        if numbers:
            written = percent(1, lang) if level == 1 else number(100 * level, lang, 0)
            drawing.text(left - 14, y(level) + 4.5, written, 13, "end", "ink-3")
    if numbers:
        drawing.text(left - 4, y(CHANCE) + 17, text("horizon.chance", lang, share=percent(CHANCE, lang)), 13,
                     colour="ink-2")  # fmt: skip
    places = [left + 16 + (right - left - 40) * k / 2 for k in range(3)]
    for attractors, x in enumerate(places):
        drawing.line([(x, bottom), (x, bottom + 5)], "rule-2")
        drawing.text(x, bottom + 20, text(f"figures.corpora-{attractors}", lang), 13, "middle", "ink-2")
        items = integer(group(language, attractors, "rnn").items, lang)
        drawing.text(x, bottom + 38, items, 13, "middle", "ink-3")
    if numbers:
        drawing.text(left - 6, bottom + 57, text("figures.corpora-axis", lang), 13, colour="ink-3")
    ends = []
    for network, offset in zip(NETWORKS, (-5, 5), strict=True):
        found = [group(language, attractors, network) for attractors in (0, 1, 2)]
        colour = "ink" if network == "lstm" else "ink-2"
        for one, x in zip(found, places, strict=True):
            at = x + offset
            drawing.line([(at, y(one.low)), (at, y(one.high))], "ink-3", 1.25)
            for end in (one.low, one.high):
                drawing.line([(at - 3, y(end)), (at + 3, y(end))], "ink-3", 1.25)
        means = [(x + offset, y(one.accuracy)) for one, x in zip(found, places, strict=True)]
        marks.line(drawing, NETWORKS[network], means, colour)
        for mean in means:
            marks.mark(drawing, NETWORKS[network], *mean, colour)
        ends.append((network, found[-1], colour))
    for (network, last, colour), level in zip(ends, apart([y(e[1].accuracy) for e in ends], 20), strict=True):
        label = f"{network.upper()}\N{NO-BREAK SPACE}{percent(last.accuracy, lang, 1)}"
        drawing.text(right - 4, level + 4.5, label, 14, colour=colour, bold=network == "lstm")


def _note(drawing, x, y, width, lang):
    """The caveats, as long as the picture is wide; returns the y below."""
    for line in lines(text("figures.corpora-note", lang), 14, 0.94 * width):
        drawing.text(x, y, line, 14, colour="ink-2")
        y += 20
    return y - 8
