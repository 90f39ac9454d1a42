"""Published landmark results of LSTM networks, and how much of the error each removed where that can be said.

The figures are data, ``results/landmarks.json``: decimals as the papers print them. The words (data set,
system, what it was compared with, the caveat) are in ``locale/<language>/landmarks.json`` under the row's id.

    error removed = (error of the baseline - error of the system) / error of the baseline

is given only for a row that is `fair`: both figures are error rates, or 100 - accuracy, on the same test set,
and the baseline is either another network in the same recipe or another whole system for the same task. A
row that is not says why.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lstm_lib.locale import check_language, integer, number, percent, text

FILE = Path(__file__).parent / "results" / "landmarks.json"

#: The orders in which the rows can be told.
SORTS = ("removed", "year", "area")


@dataclass(frozen=True)
class Work:
    """What is cited: a key of book/references.bib, as much of it as a short citation needs."""

    key: str
    authors: tuple
    et_al: bool
    year: int
    title: str


@dataclass(frozen=True)
class Landmark:
    """One published result.

    value, baseline: the figures as printed, strings such as "33.30" (baseline None where none is confirmed);
    kind: "error" or "accuracy" in per cent, "other" for any other measure; better: "higher" or "lower";
    fair: whether error_removed means something, against: then "network" or "system", why: else the
    reasons, keys of the texts landmarks.why.*; key, other_keys: entries of book/references.bib; also:
    further figures that the caveat names.
    """

    id: str
    area: str
    year: int
    metric: str
    kind: str
    unit: str
    better: str
    value: str
    baseline: str | None
    fair: bool
    against: str
    why: tuple
    key: str
    other_keys: tuple
    also: dict

    @property
    def errors(self):
        """(error of the baseline, error of the system) in per cent, as floats; None for another measure."""
        if self.kind == "other" or self.baseline is None:
            return None
        printed = (float(self.baseline), float(self.value))
        if self.kind == "error":
            return printed
        places = max(decimals(self.baseline), decimals(self.value))
        return tuple(round(100 - value, places) for value in printed)

    @property
    def error_removed(self):
        """Share of the baseline's error that the system removed, 0 to 1; None where that is not fair."""
        return error_removed(*self.errors) if self.fair else None


def error_removed(baseline_error, error):
    """(baseline_error - error) / baseline_error: 1 removes every error, 0 none, below 0 adds some.

    Both are error rates of comparable systems on one test set, in the same unit. Raises ValueError for a
    negative error or a baseline that makes none.
    """
    if not (baseline_error > 0 and error >= 0):
        raise ValueError(
            f"The errors were {baseline_error} and {error}; expected a baseline above 0 and an error of at "
            "least 0 (for an accuracy, give 100 - accuracy)."
        )
    return (baseline_error - error) / baseline_error


def decimals(printed):
    """How many decimals a printed figure has: "33.30" has 2."""
    return len(printed.partition(".")[2])


@cache
def _file():
    return json.loads(FILE.read_text(encoding="utf-8"))


@cache
def load():
    """All landmarks as a tuple of Landmark, by area (the oldest first) and year."""
    measures = _file()["measures"]
    return tuple(
        Landmark(
            **{name: row[name] for name in ("id", "area", "year", "metric", "better", "value", "baseline")},
            **measures[row["metric"]], fair=row["fair"], against=row.get("against", ""),
            why=tuple(row.get("why", ())), key=row["key"], other_keys=tuple(row.get("other_keys", ())),
            also=row.get("also", {}),
        )
        for row in _file()["rows"]
    )  # fmt: skip


def areas():
    """Keys of the areas, in the order of their first result."""
    return tuple(_file()["areas"])


def events():
    """{year: key of the work} of what the time line marks besides the results."""
    return {int(year): key for year, key in _file()["events"].items()}


def work(key):
    """The Work of a key; KeyError for one that no row cites."""
    found = _file()["works"][key]
    return Work(key, tuple(found["authors"]), found["et_al"], found["year"], found["title"])


def find(id):
    """The landmark with this id; ValueError if there is none."""
    for row in load():
        if row.id == id:
            return row
    raise ValueError(f"There is no landmark {id!r}; there are {', '.join(row.id for row in load())}.")


def ordered(sort="removed", area=""):
    """The landmarks of an area (all of them if it is empty) as a list in one of the SORTS.

    "removed": the largest share of the error first, then those outside the scale by year; "year"; "area".
    Raises ValueError for an unknown area or order.
    """
    if sort not in SORTS:
        raise ValueError(f"The order was {sort!r}; there are {', '.join(SORTS)}.")
    if area and area not in areas():
        raise ValueError(f"The area was {area!r}; there are {', '.join(areas())}.")
    rows = [row for row in load() if row.area == area or not area]
    if sort == "removed":
        return sorted(rows, key=lambda row: (-row.error_removed, 0) if row.fair else (1, row.year))
    return sorted(rows, key=lambda row: row.year) if sort == "year" else rows


def written(printed, lang, unit=""):
    """A printed figure as the language writes it, with its decimals; a whole number above 999 in groups."""
    if isinstance(printed, int):
        return integer(printed, lang)
    value, digits = float(printed), decimals(printed)
    return percent(value / 100, lang, digits) if unit == "%" else number(value, lang, digits)


def words(row, part, lang):
    """The text of a row: part is "data", "system", "caveat", or "baseline" (not of a row whose
    reasons name "no-baseline")."""
    also = {name: written(value, lang) for name, value in row.also.items()}
    return text(f"landmarks.row.{row.id}.{part}", check_language(lang), **also)


def why(row, lang):
    """Why a row is outside the scale, in a few words; "" if it is on it."""
    return "; ".join(text(f"landmarks.why.{reason}", lang) for reason in row.why)


def outcome(row, lang):
    """What the row says at first sight: how much error was removed, or why that is not said."""
    if row.fair:
        return text("landmarks.outcome.fair", lang, share=percent(row.error_removed, lang))
    return text("landmarks.outcome.unfair", lang, why=why(row, lang))


def values(row, lang, bold=False):
    """ "18,6 % contra 37,6 %", or the one figure where nothing confirmed stands against it; bold puts the
    page's marks around each."""
    mark = "**" if bold else ""
    value = f"{mark}{written(row.value, lang, row.unit)}{mark}"
    if row.baseline is None:
        return value
    baseline = f"{mark}{written(row.baseline, lang, row.unit)}{mark}"
    return text("landmarks.values", lang, value=value, baseline=baseline)


def compared(row, lang):
    """The two systems of a row in one sentence, or the one that nothing is compared with."""
    system = words(row, "system", lang)
    if "no-baseline" in row.why:
        return capital(text("landmarks.alone", lang, system=system))
    return capital(text("landmarks.compared", lang, system=system, baseline=words(row, "baseline", lang)))


def capital(said):
    """A text with its first letter as at the start of a sentence; a name such as xLSTM stays as it is."""
    return said if said[1:2].isupper() else said[0].upper() + said[1:]


def citation(key, lang):
    """ "Graves et al. (2013)", as the book's pages cite."""
    found = work(key)
    joint = " e " if lang == "pt" else " and "
    names = f"{found.authors[0]} et al." if found.et_al else joint.join(found.authors)
    return f"{names} ({found.year})"


def sources(row, lang):
    """The citations of a row, the paper of the result first."""
    return "; ".join(citation(key, lang) for key in (row.key, *row.other_keys))


def chosen(rows, id):
    """The row of this id among `rows`, else the first of them."""
    return next((row for row in rows if row.id == id), rows[0])


def told(area, row, lang):
    """What the page says under the time line, with its marks: the results of an area ("" for all), and the
    chosen one."""
    rows = ordered("area", area)
    fair = [one for one in rows if one.fair]
    counts = {
        "area": text(f"landmarks.area.{area or row.area}", lang),
        "areas": len(areas()), "count": len(rows), "fair": len(fair),
    }  # fmt: skip
    if not area:
        removed = [one.error_removed for one in fair]
        lead = text(
            "landmarks.see.lead", lang, **counts,
            low=percent(min(removed), lang), high=percent(max(removed), lang),
            network=sum(one.against == "network" for one in fair),
        )  # fmt: skip
    else:
        kind = "some" if fair else "none_one" if len(rows) == 1 else "none"
        lead = text(f"landmarks.see.area.{kind}", lang, **counts)
    here = {
        "year": str(row.year), "data": words(row, "data", lang),
        "metric": text(f"landmarks.metric.{row.metric}", lang), "values": values(row, lang, bold=True),
    }  # fmt: skip
    if row.fair:
        said = text(
            "landmarks.see.fair", lang, **here, share=f"**{percent(row.error_removed, lang)}**",
            against=text(f"landmarks.against.{row.against}", lang),
        )  # fmt: skip
    else:
        said = text("landmarks.see.unfair", lang, **here, why=why(row, lang))
    return f"{capital(lead)} {said}"
