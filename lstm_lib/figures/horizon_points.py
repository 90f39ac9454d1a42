"""What the recorded runs of the learning horizon say about one point, and in which words."""

from dataclasses import dataclass

import numpy as np

from lstm_lib import horizon
from lstm_lib.figures.network_marks import name, shared
from lstm_lib.locale import percent, text

MIXTURE = 0  # the lag that stands for the mixture of short and long sentences
KINDS = ("learned", "window", "half", "guesses")


@dataclass(frozen=True)
class Spread:
    """Several runs at one place: their accuracies and kinds, in the order of the seeds."""

    at: int
    values: tuple[float, ...]
    kinds: tuple[str, ...]

    @property
    def low(self):
        return min(self.values)

    @property
    def high(self):
        return max(self.values)

    @property
    def mean(self):
        return float(np.mean(self.values))


def runs_of(results, network, lag):
    """The runs of a network at a minimal lag, or with lag 0 on the mixture, by seed; empty if there are
    none."""
    wanted = ("mixture" if lag == MIXTURE else "horizon", network, window_of(lag))
    found = [run for run in results.runs if (run.experiment, run.network, tuple(run.window)) == wanted]
    return sorted(found, key=lambda run: run.seed)


def window_of(lag):
    """The distances that a training with this minimal lag saw, (first, last)."""
    return horizon.MIXTURE if lag == MIXTURE else (lag, lag + horizon.WIDTH)


def own(results, network, lag):
    """The accuracies on the window of the training: a Spread, None without runs."""
    runs = runs_of(results, network, lag)
    return Spread(lag, tuple(r.accuracy() for r in runs), tuple(run.kind for run in runs)) if runs else None


def curve(results, network, lag, against="distance"):
    """The accuracies at every tested distance, or number of distractors: a list of Spread."""
    runs = runs_of(results, network, lag)

    def value(run, at):
        if against == "distance":
            return run.accuracy(at)
        return run.accuracy(horizon.DISTRACTORS_AT, at)

    tested = sorted(
        {at for r in runs for at in (r.right if against == "distance" else r.right_by_distractors)}
    )
    kinds = tuple(run.kind for run in runs)
    return [Spread(at, tuple(value(run, at) for run in runs), kinds) for at in tested]


def reach(results, network):
    """(the largest lag up to which every seed learned, the smallest from which none did); None: there is
    none."""
    known = [spread for lag in horizon.LAGS if (spread := own(results, network, lag))]
    every, none = None, None
    for spread in known:
        if set(spread.kinds) != {"learned"}:
            break
        every = spread.at
    for spread in reversed(known):
        if "learned" in spread.kinds:
            break
        none = spread.at
    return every, none


# In words


def share(value, lang):
    """A share of right answers; counts out of 500 are exact to one decimal."""
    whole = abs(100 * value - round(100 * value)) < 1e-9
    return percent(value, lang, 0 if whole else 1)


def between(spread, lang):
    """ "99,4 % a 100 %", or one value where all are equal."""
    if spread.low == spread.high:
        return share(spread.low, lang)
    return text("horizon.range", lang, low=share(spread.low, lang), high=share(spread.high, lang))


def kinds_text(spread, lang):
    """How many seeds did what."""
    count, told = len(spread.kinds), []
    for kind_ in KINDS:
        n = spread.kinds.count(kind_)
        if n:
            number = "one" if n == 1 else "all" if n == count else "many"
            right = percent(shared()["thresholds"]["right"], lang)
            told.append(text(f"horizon.kind.{kind_}.{number}", lang, n=n, share=right))
    return "; ".join(told)


def told(results, network, lag, lang):
    """One sentence about a point: what was trained, what became of it."""
    first, last = window_of(lag)
    key = "horizon.see.mixed" if lag == MIXTURE else "horizon.see.lag"
    lead = text(key, lang, name=name(network, lang), **{"from": first, "to": last})
    spread = own(results, network, lag)
    if spread is None:
        return f"{lead}: {text('horizon.see.missing', lang)}"
    return text("horizon.see", lang, lead=lead, kinds=kinds_text(spread, lang), range=between(spread, lang))


def reach_text(results, network, lang):
    """How far the network's line reaches."""
    every, none = reach(results, network)
    if every is None and none is None:
        return text("horizon.reach.neither", lang)
    if every is None:
        return text("horizon.reach.none", lang, none=none)
    if none is None:
        return text("horizon.reach.all", lang, all=every)
    return text("horizon.reach.both", lang, all=every, none=none)
