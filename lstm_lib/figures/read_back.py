"""How well what a layer has read can be read back from its state: a dot for each step into the past."""

from lstm_lib.figures.drawing import Circle, Drawing
from lstm_lib.figures.figure import Figure
from lstm_lib.locale import check_language, percent, text


def read_back(shares, lang="pt"):
    """A Figure of how often a bit is told right from the state, against how long ago it was read.

    shares: for 0, 1, 2, ... steps back, the share (0 to 1) of bits told right; one half is chance. Raises
    ValueError for fewer than two shares, or one outside 0 to 1.
    """
    check_language(lang)
    shares = [float(share) for share in shares]
    if len(shares) < 2 or not all(0 <= share <= 1 for share in shares):
        raise ValueError(f"shares was {shares}; give two or more numbers from 0 to 1, the newest bit first.")
    told = ", ".join(f"{steps}: {percent(share, lang)}" for steps, share in enumerate(shares))
    description = text("figures.readback-alt", lang, shares=told)
    wide = _draw(shares, lang, description, 912, 360, left=64, small=15, every=5)
    narrow = _draw(shares, lang, description, 358, 260, left=48, small=13, every=5)
    return Figure([wide], narrow=narrow, name="read-back")


def _draw(shares, lang, description, width, height, left, small, every):
    drawing = Drawing(width, height, text("figures.readback-title", lang), description)
    right, top, bottom = width - 14, 44, height - 58
    low, last = min(0.4, *shares), len(shares) - 1

    def at(steps, share):
        return left + (right - left) * steps / last, top + (bottom - top) * (1 - share) / (1 - low)

    drawing.text(0, 16, text("figures.readback-y", lang), small, colour="ink-2")
    for share in (1.0, 0.75, 0.5):
        level = at(0, share)[1]
        drawing.line([(left, level), (right, level)], "rule-2" if share == 0.5 else "rule")
        drawing.text(left - 10, level + 4.5, percent(share, lang), small, "end", "ink-3")
    chance = at(last, 0.5)[1] + 1.6 * small
    drawing.text(right, chance, text("figures.readback-chance", lang), small, "end", "ink-2")
    for steps in range(0, last + 1, every):
        drawing.text(at(steps, low)[0], bottom + 18, str(steps), small, "middle", "ink-3")
    drawing.text(left - 6, bottom + 44, text("figures.readback-x", lang), small, colour="ink-2")

    points = [at(steps, share) for steps, share in enumerate(shares)]
    drawing.line(points, "q-h", 2)
    for steps, (x, y) in enumerate(points):
        drawing.add(Circle(x, y, 4.5, "paper" if shares[steps] < 0.995 else "q-h", "q-h", 2))
    return drawing
