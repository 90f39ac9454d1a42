"""Colours and fonts of the figures: the design tokens of the pages, read from the same file."""

import re
from functools import cache
from pathlib import Path

THEMES = ("light", "dark")
TOKENS = Path(__file__).parents[1] / "widgets" / "static" / "site" / "tokens.css"
FONTS = Path(__file__).parent / "fonts"

# #: What a quantity looks like everywhere: symbol, colour token, dashes in px, and whether it is a gate (0
# to 1, no sign).
QUANTITIES = {
    "forget_gate": ("f", "q-f", (), True),
    "input_gate": ("i", "q-i", (6, 3), True),
    "candidate": ("g", "q-g", (2, 3), False),
    "output_gate": ("o", "q-o", (8, 3, 2, 3), True),
    "cell": ("c", "q-c", (), False),
    "hidden": ("h", "q-h", (), False),
}

#: The three voices of the book; in a page the tokens --serif, --sans lead, in a picture the files in fonts/.
FAMILIES = {
    "serif": '"Source Serif 4 Variable", "Source Serif 4", Charter, Georgia, serif',
    "sans": '"Source Sans 3 Variable", "Source Sans 3", "Segoe UI", system-ui, sans-serif',
}


@cache
def tokens(theme):
    """The colour tokens of a theme, as {"q-f": "#9c2f00", ...}. ValueError for an unknown theme."""
    if theme not in THEMES:
        raise ValueError(f"The theme was {theme!r}; there are {' and '.join(map(repr, THEMES))}.")
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(encoding="utf-8"), flags=re.DOTALL)
    blocks = {"light": r':root, html\[data-theme="light"\]', "dark": r'html\[data-theme="dark"\]'}
    block = re.search(blocks[theme] + r"\s*\{(.*?)\}", css, flags=re.DOTALL)[1]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})", block))


def mix(low, high, share):
    """The colour `share` of the way from low to high ("#rrggbb"), linear in the values of the screen, as
    RGB 0 to 1."""
    ends = [[int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)] for colour in (low, high)]
    return [a + (b - a) * share for a, b in zip(*ends, strict=True)]
