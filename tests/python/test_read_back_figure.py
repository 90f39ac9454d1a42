"""The figure of what can still be read from a layer's state."""

import re

import pytest

from lstm_lib import figures
from lstm_lib.locale import LANGUAGES, percent, texts

SHARES = [1.0, 0.9, 0.625, 0.5]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_share_is_drawn_and_said(lang):
    figure = figures.read_back(SHARES, lang=lang)
    for share in SHARES:
        assert percent(share, lang) in figure.alt
    for shown in (figure.to_svg(), figure.narrow.to_svg("narrow")):
        assert len(re.findall("<circle", shown)) == len(SHARES)
        assert texts(lang)["figures.readback-chance"] in shown


def test_a_lower_share_lies_lower():
    dots = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', figures.read_back(SHARES).to_svg())
    across, down = zip(*[tuple(map(float, dot)) for dot in dots], strict=True)
    assert list(across) == sorted(across) and list(down) == sorted(down) and len(set(down)) == len(SHARES)


@pytest.mark.parametrize("shares", [[], [0.5], [0.5, 1.2], [float("nan"), 0.5]])
def test_what_cannot_be_drawn_is_refused_in_words(shares):
    with pytest.raises(ValueError, match="two or more numbers from 0 to 1"):
        figures.read_back(shares)
