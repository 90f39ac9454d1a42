"""Make the fonts of the PNG pictures: one weight each, cut out of the variable web fonts of the pages.

    python lstm_lib/figures/fonts/make_fonts.py

needs lstm_lib/frontend/node_modules (npm ci), fonttools and brotli. The faces are Source Sans 3 and Source
Serif 4, under the SIL Open Font License (OFL.txt). Its reserved name may not be kept by a changed font:
hence "LSTM Book".
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).parent
PACKAGES = HERE.parents[1] / "frontend" / "node_modules" / "@fontsource-variable"
SANS = "source-sans-3/files/source-sans-3-latin-wght-normal.woff2"
SERIF = "source-serif-4/files/source-serif-4-latin-opsz-{}.woff2"

FACES = {
    "Sans-Regular": (SANS, {"wght": 400}),
    "Sans-Semibold": (SANS, {"wght": 600}),
    "Serif-Regular": (SERIF.format("normal"), {"wght": 400, "opsz": 16}),
    "Serif-Italic": (SERIF.format("italic"), {"wght": 480, "opsz": 16}),
}


def make(name, source, location):
    font = instancer.instantiateVariableFont(TTFont(PACKAGES / source), location)
    options = Options()
    options.layout_features, options.hinting, options.glyph_names = ["kern"], False, False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(font.getBestCmap()))
    subsetter.subset(font)
    family, style = name.split("-")
    for number in {record.nameID for record in font["name"].names}:
        font["name"].removeNames(nameID=number)
    for number, text in {
        1: f"LSTM Book {family}",
        2: style,
        4: f"LSTM Book {family} {style}",
        6: f"LSTMBook{name}",
    }.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700 if style == "Semibold" else 400  # the one bold of its family
    font.flavor = None
    font.recalcTimestamp = False
    font.save(HERE / f"LSTMBook{name}.ttf")


if __name__ == "__main__":
    for name, (source, location) in FACES.items():
        make(name, source, location)
