"""Cut the book's fonts to the letters and weights it uses.

    npm pack @fontsource-variable/source-serif-4@5.3.1 @fontsource-variable/source-sans-3@5.3.0 \
             @fontsource-variable/source-code-pro@5.3.0        # and unpack, or: npm ci in lstm_lib/frontend
    python book/_assets/fonts/make_fonts.py lstm_lib/frontend/node_modules/@fontsource-variable

Writes nine .woff2 files next to this script; a page loads the Greek ones only if it uses them. Portuguese
and English need Latin-1 only; the rest is punctuation and the few signs of formulas that stand in text and
drawings. A sign that a face does not have is listed.

The faces are Source Serif 4, Source Sans 3 and Source Code Pro, under the SIL Open Font License (OFL.txt).
"Source" is a reserved name: a changed font, and a cut one is changed, may not carry it. Hence "LSTM Book
Serif", "Sans" and "Code" inside the files and "Book Serif", "Book Sans", "Book Code" in css/book.css. The
copyright and the licence stay in every file.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100)]
MARKS = [
    ord(c) for c in "Œœ–—‘’“”„†•…‰′″‹›⁄€−×÷±≤≥≠≈∞∂∑√∏∫←↑→↓↔◇ΔΣΩαβγδεθλμπρστφω₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹ₜₙ⊙\u2009"
]
LETTERS = LATIN + MARKS

# name, package, file stem (latin part), axes to keep or fix, unicodes
CUTS = [
    (
        "serif",
        "source-serif-4",
        "source-serif-4-{part}-opsz-normal",
        {"wght": (380, 640), "opsz": 19},
        LETTERS,
    ),
    (
        "serif-italic",
        "source-serif-4",
        "source-serif-4-{part}-opsz-italic",
        {"wght": (380, 640), "opsz": 19},
        LETTERS,
    ),
    (
        "serif-display",
        "source-serif-4",
        "source-serif-4-{part}-opsz-normal",
        {"wght": 380, "opsz": 60},
        LATIN + [ord(c) for c in "–—‘’“”…−"],
    ),
    ("sans", "source-sans-3", "source-sans-3-{part}-wght-normal", {"wght": (400, 640)}, LETTERS),
    ("code", "source-code-pro", "source-code-pro-{part}-wght-normal", {"wght": 400}, LETTERS),
]
NAMES = {
    "serif": ("Serif", "Regular"),
    "serif-italic": ("Serif", "Italic"),
    "serif-display": ("Serif Display", "Regular"),
    "sans": ("Sans", "Regular"),
    "code": ("Code", "Regular"),
}
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
FEATURES = ["kern", "liga", "ccmp", "locl", "tnum", "lnum"]


def cut(source: Path, axes: dict, unicodes: list[int]) -> TTFont:
    """One part of a family (latin, greek) limited to `axes` and `unicodes`."""
    font = TTFont(source)
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = [0, 13, 14]  # copyright and licence; `rename` gives the others
    sub = Subsetter(options)
    sub.populate(unicodes=unicodes)
    sub.subset(font)  # before the axes are cut: the other way round leaves variations of glyphs that are gone
    have = {a.axisTag for a in font["fvar"].axes}
    font = instantiateVariableFont(font, {k: v for k, v in axes.items() if k in have})
    font.recalcTimestamp = False  # same packages, same bytes
    return font


def rename(font: TTFont, family: str, style: str) -> None:
    """The book's own names (IDs 1 family, 2 style, 3 unique, 4 full, 6 PostScript, 16 and 17 typographic)."""
    full = f"LSTM Book {family} {style}"
    names = {
        1: f"LSTM Book {family}",
        2: style,
        3: full,
        4: full,
        6: f"LSTMBook{family}-{style}".replace(" ", ""),
        13: LICENCE,
        16: f"LSTM Book {family}",
        17: style,
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def main(root: Path) -> None:
    """Cut every face, one file for Latin and one for Greek, so that a page loads only what it needs."""
    total = 0
    seen: dict[str, set[int]] = {}
    for name, package, stem, axes, unicodes in CUTS:
        for part in ("latin", "greek"):
            source = root / package / "files" / (stem.format(part=part) + ".woff2")
            if not source.exists():
                continue
            wanted = [u for u in unicodes if u not in seen.setdefault(name, set())]
            got = set(TTFont(source).getBestCmap()) & set(wanted)
            if not got:
                continue
            font = cut(source, axes, sorted(got))
            rename(font, *NAMES[name])
            seen[name] |= got
            out = HERE / (f"{name}.woff2" if part == "latin" else f"{name}-{part}.woff2")
            font.flavor = "woff2"
            font.save(out)
            total += out.stat().st_size
            print(f"{out.name:28} {out.stat().st_size / 1000:6.1f} kB  {len(got)} characters")
        missing = [chr(u) for u in unicodes if u not in seen[name]]
        print(f"  {name}: not in the face: {''.join(missing)!r}")
    print(f"total {total / 1000:.1f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "lstm_lib/frontend/node_modules/@fontsource-variable"))
