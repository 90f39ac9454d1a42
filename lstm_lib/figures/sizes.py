"""How the size of a gradient is written, from its log10: nothing over- or underflows, nothing is rounded to
zero."""

import math

from lstm_lib.figures.drawing import Run
from lstm_lib.figures.wording import one_in
from lstm_lib.locale import number, percent, text


def write_size(log, lang):
    """A size by its log10, as runs: a plain number where that is short, else a power of ten."""
    if log == -math.inf:
        return [Run("0")]
    if -3 <= log < 4:
        value = 10.0**log
        digits = next(d for least, d in ((100, 0), (10, 1), (0.1, 2), (0.01, 3), (0, 4)) if value >= least)
        return [Run(number(value, lang, digits))]
    return [Run("10"), Run(number(log, lang, 1), shift="super")]


def say_size(log, lang):
    """The same for those who don't see it."""
    runs = write_size(log, lang)
    return text("gradient-flow.power", lang, power=runs[1].text) if len(runs) > 1 else runs[0].text


def write_share(log, lang):
    """What is left, as runs: a percentage, one part in so many, so many times, or a power of ten."""
    if log == -math.inf:
        return [Run(text("gradient-flow.left.none", lang))]
    if log >= 6 or log < -12:
        key = "times" if log > 0 else "power"
        before, after = text(f"gradient-flow.left.{key}", lang, count="\0", power="\0").split("\0")
        return [Run(before), *write_size(log, lang), Run(after)]
    if log >= 1:
        return [Run(text("gradient-flow.left.times", lang, count=number(10.0**log, lang, 0)))]
    if log >= -2:
        share = percent(10.0**log, lang, 1 if log < -1 else 0)
        return [Run(text("gradient-flow.left.all", lang, share=share))]
    return [Run(one_in(10.0**-log, lang))]


def write_factor(factor, lang):
    """A factor of one step: how far it is from 1 has two digits, since a power of it hangs on that."""
    apart = abs(factor - 1)
    near = 2 if factor == 1 else 4 if apart < 0.00995 else 3 if apart < 0.0995 else 2
    digits = 0 if factor >= 100 else 1 if factor >= 10 else 3 if 0 < factor < 0.1 else near
    return number(factor, lang, digits)
