"""The recorded areas side by side: every seed of every network and baseline, who wins and who ties.

The record is `results/areas.json`; `compared_areas.json` says how an area is shown. The explorable reads the
same two files and says the same. One network *wins* over another if its worst seed is ahead of the other's
best; if the seeds mix, it is a tie. In a generated task the score is the number of sequences until the
criterion, and a run that never met it is behind every one that did; two networks of which no run met it do
not tie: neither learned. What the LSTM of 1997 needed stands in `results/papers1997.json`.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from lstm_lib import results
from lstm_lib.locale import check_language, integer, number, percent, text

_SHOWN = json.loads((Path(__file__).parent / "compared_areas.json").read_text(encoding="utf-8"))
_PAPER = json.loads((Path(results.__file__).parent / "papers1997.json").read_text(encoding="utf-8"))

#: Keys of the areas in the order in which they are offered: real data first, then the tasks of 1997.
AREAS = tuple(_SHOWN["areas"])
MARKS = _SHOWN["marks"]


@dataclass(frozen=True)
class Entry:
    """What one network or baseline did in an area.

    key: its name in the record; name: the key of its shown name; network: False for a baseline; values: its
    scores, one for each seed (of a task: sequences read); learned: whether each met its task's criterion,
    always True on real data; parameters: None for a baseline; seconds: mean CPU time of a run.
    """

    key: str
    name: str
    network: bool
    values: tuple
    learned: tuple
    parameters: int | None
    seconds: float

    @property
    def mean(self):
        """The mean over the seeds, of a task over those that learned; None if none did."""
        kept = [value for value, learned in zip(self.values, self.learned, strict=True) if learned]
        return float(np.mean(kept)) if kept else None


def about(area):
    """How an area is shown; ValueError for one that is not recorded."""
    if area not in AREAS:
        raise ValueError(f"The area was {area!r}; there are {', '.join(AREAS)}.")
    return _SHOWN["areas"][area]


def is_task(area):
    """Is its data generated, as in the paper of 1997?"""
    return bool(about(area).get("log"))


def length_of(area, length):
    """A length T that was measured in this area: the one asked for, else the first; 0 where there is none."""
    lengths = about(area)["lengths"]
    return length if length in lengths else (lengths or [0])[0]


def entries(area, length=0):
    """A tuple of Entry: the networks in the order of the record, then the baselines that have this score."""
    return _entries(area, length_of(area, length))


@cache
def _entries(area, T):
    head = results.load().area(area)
    found = []
    for key in (*head["networks"], *head["baselines"]):
        runs = [
            run
            for stage in ("test", "baseline")
            for run in results.load().select(area, stage, key, **({"T": T} if T else {}))
            if head["metric"] in run.scores
        ]
        if runs:
            runs.sort(key=lambda run: run.seed)
            found.append(Entry(
                key, _SHOWN["called"].get(area, {}).get(key, key), key in head["networks"],
                tuple(run.scores[head["metric"]] for run in runs),
                tuple(run.learned is not False for run in runs),
                runs[0].parameters, float(np.mean([run.seconds for run in runs])),
            ))  # fmt: skip
    return tuple(found)


def _signed(area, entry):
    """Its scores so that higher is better, minus infinity where the criterion was never met."""
    sign = 1 if results.load().area(area)["better"] == "higher" else -1
    runs = zip(entry.values, entry.learned, strict=True)
    return [sign * value if learned else -math.inf for value, learned in runs]


def wins(area, one, other):
    """Is the worst seed of `one` ahead of the best of `other`?"""
    return min(_signed(area, one)) > max(_signed(area, other))


KINDS = ("neither", "wins", "ties", "loses")


def against(area, length, entry):
    """{"neither", "wins", "ties", "loses"}: the other entries that like `entry` never learned the task, and
    those that it is ahead of, mixed with, behind."""
    found = {kind: [] for kind in KINDS}
    for other in entries(area, length):
        if other is not entry:
            found[_kind(area, entry, other)].append(other)
    return found


def _kind(area, entry, other):
    if not any(entry.learned + other.learned):
        return "neither"
    return "wins" if wins(area, entry, other) else "loses" if wins(area, other, entry) else "ties"


def best(area, length=0):
    """The entry of the best mean; in a task, among those that learned most often. None if nothing learned."""
    higher = results.load().area(area)["better"] == "higher"
    known = [entry for entry in entries(area, length) if entry.mean is not None]
    order = sorted(known, key=lambda e: (-sum(e.learned) / len(e.learned), -e.mean if higher else e.mean))
    return order[0] if order else None


def find(area, length, key):
    """The entry of this key; with "", or where the area has none, that of the area's own LSTM."""
    known = {entry.key: entry for entry in entries(area, length)}
    return next(known[k] for k in (key, *_SHOWN["own"]) if k in known)


def paper(area, length=0):
    """(fewest, most) sequences that the LSTM of the paper of 1997 needed in the same task at this length, the
    same number twice where one is printed; None where the paper has no such experiment."""
    if "paper" not in about(area):
        return None
    same, T = about(area)["paper"].items(), length_of(area, length)
    rows = [row for row in _PAPER["experiments"][area]["rows"] if same <= row.items()]
    needed = [row["sequences"] for row in rows if row.get("T", T) == T]
    return (min(needed), max(needed)) if needed else None


# Words


def name(entry, lang):
    """Its name in a language."""
    return text(f"areas.name.{entry.name}", lang)


def written(area, value, lang):
    """A score as the area writes it; sequences as a whole number."""
    shown = about(area)
    if shown.get("log"):
        return integer(round(value), lang)
    return (percent if shown.get("percent") else number)(value, lang, shown["digits"])


def ticked(area, value, lang):
    """A number of the axis."""
    shown = about(area)
    if shown.get("log"):
        return integer(value, lang)
    return percent(value, lang) if shown.get("percent") else number(value, lang, len(f"{value:g}"[2:]))


def mean_text(area, entry, lang):
    """The mean as the row shows it, or in how many seeds the task was learned."""
    count = len(entry.learned)
    if all(entry.learned):
        return written(area, entry.mean, lang)
    return text("areas.learned", lang, learned=sum(entry.learned), count=count)


def seconds_text(entry, lang):
    """CPU seconds of a run."""
    return text("areas.seconds", lang, seconds=number(entry.seconds, lang, 1 if entry.seconds < 10 else 0))


def joined(found, lang):
    """ "A, B e C"."""
    names = [name(entry, lang) for entry in found]
    return text("areas.and", lang, first=", ".join(names[:-1]), last=names[-1]) if names[1:] else names[0]


def paper_text(area, length, lang):
    """What the LSTM of the paper needed, "74 000" or a range; "" where the paper has no such experiment."""
    found = paper(area, length)
    if found is None:
        return ""
    low, high = (written(area, value, lang) for value in found)
    return low if low == high else text("areas.range", lang, low=low, high=high)


def outcome(area, length, lang):
    """The result at first sight: who has the best mean, and whose seeds mix with theirs."""
    first = best(area, length)
    if first is None:
        return _capital(text("areas.outcome.none", lang))
    ties, known = against(area, length, first)["ties"], {"best": name(first, lang)}
    if not ties:
        return _capital(text("areas.outcome.alone", lang, **known))
    if len(ties) > 3:
        return _capital(text("areas.outcome.many", lang, count=str(len(ties)), **known))
    return _capital(text("areas.outcome.ties", lang, others=joined(ties, lang), **known))


def _capital(said):
    return said[0].upper() + said[1:]


def _scores(area, entry, lang):
    low, high = min(entry.values), max(entry.values)
    if not any(entry.learned):
        allowed = written(area, high, lang)
        return text("areas.see.never", lang, count=str(len(entry.values)), allowed=allowed)
    if not all(entry.learned):
        count = {"learned": str(sum(entry.learned)), "count": str(len(entry.learned))}
        return text("areas.see.sometimes", lang, mean=f"**{written(area, entry.mean, lang)}**", **count)
    mean = f"**{written(area, entry.mean, lang)}**"
    if len(entry.values) == 1:
        return text("areas.see.once", lang, mean=mean)
    ends = {"low": written(area, low, lang), "high": written(area, high, lang)}
    return text("areas.see.seeds", lang, mean=mean, count=str(len(entry.values)), **ends)


def see(area, length, entry, lang):
    """The sentence under the drawing, with its marks: the area, the chosen entry, and whom it is ahead of."""
    check_language(lang)
    T, first = length_of(area, length), best(area, length)
    where = text("areas.see.at", lang, area=text(f"areas.area.{area}", lang), T=str(T)) if T else (
        text(f"areas.area.{area}", lang))  # fmt: skip
    where = _capital(where)
    lead = text("areas.see.none", lang, where=where) if first is None else (
        text("areas.see.lead", lang, where=where, best=name(first, lang),
             metric=text(f"areas.metric.{'task' if is_task(area) else area}", lang)))  # fmt: skip
    found = against(area, length, entry)
    parts = [
        text(f"areas.see.{kind}", lang, others=joined(found[kind], lang)) for kind in KINDS if found[kind]
    ]
    said = text("areas.see.entry", lang, name=name(entry, lang), scores=_scores(area, entry, lang),
                against="; ".join(parts))  # fmt: skip
    told = [text(f"areas.told.{area}", lang)] if area in _SHOWN["told"] else []
    if needed := paper_text(area, length, lang):
        told = [text("areas.see.paper", lang, value=f"**{needed}**")]
    return " ".join([lead, _capital(said), *told])
