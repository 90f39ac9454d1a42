"""What several figures write alike: the names of networks, very small shares."""

import math

from lstm_lib.locale import integer, number, text, texts


def network_name(name, lang, short=False):
    """What a language model is called on the page; another than the shipped ones keeps its name."""
    key = f"sentences.network.{name.removeprefix('agreement/')}{'.short' if short else ''}"
    return texts(lang).get(key, name)


def one_in(many, lang):
    """A small share as one part in so `many`, with two significant digits: "1 in 5.8 billion"."""
    size = 10.0 ** max(0, math.floor(math.log10(many)) - 1)
    rounded = math.floor(many / size + 0.5) * size
    for unit, key in ((1e9, "billion"), (1e6, "million")):
        if rounded >= unit:
            count = rounded / unit
            written = number(count, lang, 1 if count < 10 and count % 1 else 0)
            return text(f"difference.share.{key}{'_one' if count < 2 else ''}", lang, count=written)
    return text("difference.share.one_in", lang, count=integer(round(rounded), lang))
