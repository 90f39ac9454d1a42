"""Counting parameters: the arrays of every cell, networks of equal size, the explorable and its picture."""

import re

import pytest
import torch

import lstm_lib as ll
from lstm_lib import figures, parameters, widgets
from lstm_lib.locale import LANGUAGES, integer

MODULES = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}
SIZES = [(1, 1), (3, 4), (16, 32), (300, 7)]


@pytest.mark.parametrize("cell", parameters.CELLS)
@pytest.mark.parametrize(("inputs", "units"), SIZES)
def test_the_arrays_are_those_of_torch_and_of_the_library(cell, inputs, units):
    module = MODULES[cell](inputs, units)
    shapes = {name.removesuffix("_l0"): tuple(array.shape) for name, array in module.named_parameters()}
    assert parameters.shapes(cell, inputs, units) == shapes
    network = parameters.CELLS[cell].init(inputs, units)
    assert {name: array.shape for name, array in network.weights.items()} == shapes
    total = sum(array.numel() for array in module.parameters())
    assert parameters.count(cell, inputs, units) == network.parameter_count == total
    rows = len(network.weight_hh)
    assert parameters.count(cell, inputs, units, biases=1) == total - rows
    assert parameters.count(cell, inputs, units, biases=0) == total - 2 * rows


@pytest.mark.parametrize("cell", parameters.CELLS)
@pytest.mark.parametrize("biases", [0, 1, 2])
def test_equal_sizes_are_the_nearest_there_are(cell, biases):
    for inputs in (1, 16, 300):
        for wanted in (1, 7, 100, 999, 6400, 20_001):
            found = parameters.equal_size(cell, inputs, wanted, biases)
            gaps = {H: abs(parameters.count(cell, inputs, H, biases) - wanted) for H in range(1, 180)}
            assert gaps[found] == min(gaps.values()) and found == min(gaps, key=gaps.get)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: parameters.count("LSTM", 1, 1), r"cell is 'LSTM', expected"),
        (lambda: parameters.count("lstm", 0, 1), r"input_size is 0, expected at least 1"),
        (lambda: parameters.count("lstm", 1, 1, biases=3), r"biases is 3, expected from 0 to 2"),
        (lambda: parameters.equal_size("gru", 0, 10), r"input_size is 0, expected at least 1"),
        (lambda: widgets.Parameters(hidden_size=2000), r"hidden_size was 2000, expected 1 to 1024"),
    ],
)
def test_bad_sizes_are_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_network_brings_its_sizes():
    for given in (ll.GRU.init(5, 9), torch.nn.GRU(5, 9)):
        widget = widgets.Parameters(given)
        assert (widget.cell, widget.input_size, widget.hidden_size) == ("gru", 5, 9)
        assert widget.count == ll.GRU.init(5, 9).parameter_count and widget.shapes["weight_hh"] == (27, 9)
    with pytest.raises(TypeError, match="says its hidden_size"):
        widgets.Parameters(ll.RNN.init(2, 3), hidden_size=4)
    assert widgets.Parameters(ll.load("agreement/rnn").network).count == 6480
    widget = widgets.Parameters()
    assert widget.networks == {"rnn": (32, 1600), "gru": (32, 4800), "lstm": (32, 6400)}
    widget.compare = "parameters"
    assert widget.networks == {"rnn": (72, 6480), "gru": (38, 6384), "lstm": (32, 6400)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_areas_in_the_picture_are_numbers_of_parameters(lang):
    figure = figures.parameters("gru", 24, 40, 2, "parameters", lang)
    sizes = widgets.Parameters(cell="gru", input_size=24, hidden_size=40, compare="parameters").networks
    for units, total in sizes.values():
        assert integer(units, lang) in figure.alt and integer(total, lang) in figure.alt
    svg = figure.panels[0].to_svg()
    found = re.findall(r'<rect [^>]*width="([\d.]+)" height="([\d.]+)"', svg)
    boxes = [(float(width), float(height)) for width, height in found]
    heights = [len(parameters.CELLS[cell].blocks) * [units] for cell, (units, _) in sizes.items()]
    units = [size for each in heights for size in each]
    assert len(boxes) == 2 * len(units)                   # W and U of every block
    scale = boxes[1][0] / units[0]
    for size, (w, u) in zip(units, zip(boxes[::2], boxes[1::2], strict=True), strict=True):
        assert w[0] == pytest.approx(24 * scale, rel=0.01) and u[0] == pytest.approx(size * scale, rel=0.01)
        assert w[1] == u[1] == pytest.approx(size * scale - 0.75, rel=0.01)
