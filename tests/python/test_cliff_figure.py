"""The still relief of the cliff: it says what the explorable says, and stays light and whole."""

import gzip
import re
from pathlib import Path

import pytest

from lstm_lib import figures, widgets
from lstm_lib.figures.cliff import place_text, plain, see, size
from lstm_lib.locale import LANGUAGES, text
from lstm_lib.widgets.cliff import PICTURE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_alternative_is_the_explorables_sentence(lang):
    widget = widgets.Cliff(lang=lang, move=40)
    told, (free, clipped) = plain(see(widget, lang)), widget.walks.values()
    assert widget.figure().alt.endswith(told[1:])
    for value in (free.norms[7], free.lengths[7], free.errors[40], clipped.errors[40], clipped.lengths.max()):
        assert size(value, lang) in told
    assert place_text(free.places[40], lang) in told and told.count(text("cliff.zero", lang)) == 1
    widget.move = 0                               # the still picture shows what the reader has yet to walk
    assert widget.figure().alt.endswith(told[1:])
    assert see(widget, lang).endswith(text("cliff.see.start", lang, norm=f"**{size(free.norms[0], lang)}**"))


def test_every_outcome_is_told_in_words():
    states = {"no cliff": {"weight": 0.8, "bias": 0.3}, "no clipping": {"max_norm": 100.0},
              "flat": {"weight": 2.8, "bias": 0.7, "steps": 50, "moves": 1, "move": 1}}  # fmt: skip
    told = {name: see(widgets.Cliff(**{"move": 40, **state}), "en") for name, state in states.items()}
    assert "no cliff" in told["no cliff"] and "No gradient was longer" in told["no clipping"]
    assert len(set(told.values())) == 3


def test_the_picture_is_light_and_whole():
    figure = widgets.Cliff(move=40).figure()
    assert len(gzip.compress(figure.to_html().encode())) < 60_000
    place = "w = \N{MINUS SIGN}6,65, b = \N{MINUS SIGN}26"
    assert figure.to_svg().count(place) >= 2      # beside the arrow, and in the description
    for state in ({"weight": 0.4, "bias": 0.7, "target": 0.9, "steps": 50}, {"initial": -0.6, "target": 0.9}):
        assert "nan" not in widgets.Cliff(**state).figure().to_svg()
    with pytest.raises(TypeError, match="expected a widgets.Cliff"):
        figures.cliff(3)


def test_page_and_picture_show_the_same_piece_of_the_landscape():
    state = (Path(widgets.__file__).parents[1] / "frontend/src/widgets/cliff/state.ts").read_text("utf-8")
    shown = re.search(r"PICTURE = \{ weight: \[(.*?)\], bias: \[(.*?)\] \}", state)
    ends = [tuple(map(float, found.split(","))) for found in shown.groups()]
    assert dict(zip(("weight", "bias"), ends, strict=True)) == PICTURE
