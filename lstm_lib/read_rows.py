"""Digits as they were read, row by row or frame by frame: what three networks answered, and what is said.

The record is `results/examples/images.json` and `speech.json` (results/areas/images.py and speech.py make
it). The explorable reads the same files and says the same."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from lstm_lib.locale import percent, text

FOLDER = Path(__file__).parent / "results" / "examples"
SETS = ("images", "speech")
NETWORKS = ("rnn", "gru", "lstm")
LIMIT = 3  # standard deviations at the ends of the colours of a coefficient
_KEYS = {"images": ("drawings", "pixels"), "speech": ("recordings", "frames")}


@dataclass(frozen=True)
class Item:
    """One recorded example: rows (T, W) in the order in which they are read, shades 0 to 1 or standardised
    coefficients; probability: by network, after each row, of each of the ten digits."""

    kind: str
    number: int
    label: int
    rows: tuple
    probability: dict

    @property
    def readers(self):
        """Those that read it, in the order in which they are drawn."""
        return [network for network in NETWORKS if self.probability.get(network)]

    def answer(self, network, row):
        """(the most probable digit after a row, its probability, whether it is right)"""
        shares = self.probability[network][row]
        digit = int(np.argmax(shares))
        return digit, shares[digit], digit == self.label

    def settled(self, network):
        """The first row from which on the most probable digit is the last one's."""
        answers = [self.answer(network, row)[0] for row in range(len(self.rows))]
        row = len(answers) - 1
        while row > 0 and answers[row - 1] == answers[row]:
            row -= 1
        return row


@cache
def items(kind):
    """The recorded examples of a set. ValueError for another set."""
    if kind not in SETS:
        raise ValueError(f"The set was {kind!r}; there are {' and '.join(map(repr, SETS))}.")
    record = json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    listed, inside = _KEYS[kind]
    scale = 9 if kind == "images" else 1
    return tuple(
        Item(kind, number, found["label"], tuple(tuple(v / scale for v in row) for row in found[inside]),
             found["probability"])
        for number, found in enumerate(record[listed])
    )  # fmt: skip


def share(value, lang):
    """A recorded probability has two decimals: what it rounds to 0 or 1 is not certain."""
    if value >= 0.995:
        return text("rows.over", lang, share=percent(0.99, lang))
    return text("rows.under", lang, share=percent(0.01, lang)) if value < 0.005 else percent(value, lang)


def _list(parts, lang):
    return ", ".join(parts[:-1]) + text("rows.and", lang) + parts[-1] if len(parts) > 1 else parts[0]


def name(network, lang):
    return text(f"rows.name.{network}", lang)


def see(item, row, lang):
    """What the explorable says, with its marks of emphasis."""
    bold, total = "**{}**".format, len(item.rows)
    now = {network: item.answer(network, row) for network in item.readers}
    each = [text("rows.see.one", lang, name=name(network, lang), digit=bold(digit), share=share(p, lang))
            for network, (digit, p, _) in now.items()]  # fmt: skip
    said = [text(f"rows.see.{item.kind}", lang, row=row + 1, total=total, label=bold(item.label),
                 list=_list(each, lang))]  # fmt: skip
    right = sum(found[2] for found in now.values())
    how = "all_right" if right == len(now) else "some_right" if right else "none_right"
    values = {"right": right, "count": len(now)} if how == "some_right" else {}
    said.append(text(f"rows.see.{how}", lang, **values))
    ends = []
    for network in item.readers:
        digit, _, is_right = item.answer(network, total - 1)
        key, more = ("rows.see.settled.one", {}) if is_right else ("rows.see.settled.wrong", {"digit": digit})
        from_row = bold(item.settled(network) + 1)
        ends.append(text(key, lang, name=name(network, lang), row=from_row, **more))
    said.append(text(f"rows.see.settled.{item.kind}", lang, list=_list(ends, lang)))
    return " ".join(said)
