"""The error of one unit, its cliff and the walks on it; the explorable in Python and its still picture."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

import lstm_lib as ll
from lstm_lib import error_surface, widgets
from lstm_lib.locale import LANGUAGES, number

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
sys.path.insert(0, str(VECTORS))

import make_error_surface  # noqa: E402  (tests/vectors/make_error_surface.py)

PLACES = [(2.1, 0.1), (2.1, -0.32), (0.7, -0.2), (1.4, -0.1), (-1.2, 0.3)]


@pytest.mark.parametrize("steps", [1, 2, 10, 40])
@pytest.mark.parametrize(("w", "b"), PLACES)
def test_the_gradient_is_that_of_autograd_and_of_the_librarys_rnn(w, b, steps):
    error, by_weight, by_bias = error_surface.gradient(w, b, steps)
    weights = torch.tensor([w, b], dtype=torch.float64, requires_grad=True)
    h = torch.tensor(error_surface.INITIAL, dtype=torch.float64)
    for _ in range(steps):
        h = torch.tanh(weights[0] * h + weights[1])
    loss = (h - error_surface.TARGET) ** 2
    loss.backward()
    np.testing.assert_allclose([by_weight, by_bias], weights.grad.numpy(), rtol=1e-9, atol=1e-300)
    np.testing.assert_allclose(error, loss.item(), rtol=1e-12)
    net = ll.RNN([[0.0]], [[w]], [b])
    trace = net.forward(np.zeros((steps, 1)), h0=[error_surface.INITIAL])
    direct = np.zeros((steps, 1))
    direct[-1] = 2 * (trace.hidden[-1] - error_surface.TARGET)
    grads = trace.backward(direct).weights
    np.testing.assert_allclose(by_weight, grads["weight_hh"][0, 0], rtol=1e-9, atol=1e-300)
    np.testing.assert_allclose(by_bias, grads["bias_ih"][0], rtol=1e-9, atol=1e-300)


def test_the_gradient_is_the_slope_of_the_surface():
    for w, b in PLACES[1:3]:
        _, by_weight, by_bias = error_surface.gradient(w, b, 4)
        nudge = 1e-6
        rise = [error_surface.surface(w + nudge, b, 4) - error_surface.surface(w - nudge, b, 4),
                error_surface.surface(w, b + nudge, 4) - error_surface.surface(w, b - nudge, 4)]  # fmt: skip
        np.testing.assert_allclose(np.array(rise) / (2 * nudge), [by_weight, by_bias], rtol=1e-6)


def test_on_the_edge_the_gradient_is_a_geometric_sum_and_beyond_it_the_error_jumps():
    w, h0, target = 2.1, error_surface.INITIAL, error_surface.TARGET
    edge, slope = float(error_surface.edge(w)), w * (1 - h0**2)
    for steps in (2, 10, 20):
        _, by_weight, by_bias = error_surface.gradient(w, edge, steps)
        expected = 2 * (h0 - target) * (slope**steps - 1) / (slope - 1) * (1 - h0**2)
        np.testing.assert_allclose(by_bias, expected, rtol=1e-6)
        np.testing.assert_allclose(by_weight, h0 * by_bias, rtol=1e-6)
    above, below = error_surface.surface(w, [edge + 0.01, edge - 0.01], 40)
    assert above > 1.5 and below < 0.5                     # a hundredth of bias decides
    flat = error_surface.surface(0.7, float(error_surface.edge(0.7)) + np.array([0.01, -0.01]), 40)
    assert abs(flat[0] - flat[1]) < 0.1                    # no cliff where the slope is below 1


def test_at_the_start_clipping_decides():
    free, clipped = error_surface.walk((2.1, 0.1)), error_surface.walk((2.1, 0.1), max_norm=1.0)
    assert free.outcome() == "thrown" and free.lengths.max() > 20
    assert clipped.outcome() == "down" and clipped.lengths.max() <= 0.3 + 1e-12
    first = int(np.argmax(free.norms > 1.0))
    np.testing.assert_array_equal(free.places[: first + 1], clipped.places[: first + 1])
    # It does not help everywhere: on the plateau both hardly move.
    assert error_surface.walk((2.1, 0.6), max_norm=1.0, moves=20).outcome() != "down"


def test_the_vectors_are_current():
    kept = json.loads((VECTORS / "error_surface.json").read_text(encoding="utf-8"))
    made = make_error_surface.contents()
    assert kept.keys() == made.keys()
    for key, entries in made.items():
        for before, now in zip(kept[key], entries, strict=True):
            named = isinstance(now, dict)
            pairs = zip(before.values(), now.values(), strict=True) if named else [(before, now)]
            for old, new in pairs:
                assert old == new if isinstance(new, str) else np.allclose(old, new, rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: error_surface.surface(1.0, 0.0, steps=0), "steps is 0, expected from 1 to 1000"),
        (lambda: error_surface.surface(1.0, np.nan), "bias"),
        (lambda: error_surface.surface(1.0, 0.0, initial=1.0), "initial is 1.0, expected a state"),
        (lambda: error_surface.walk((1.0, 2.0, 3.0)), "expected two numbers"),
        (lambda: error_surface.walk((1.0, 2.0), learning_rate=0), "above 0"),
        (lambda: widgets.Cliff(weight=9.0), "weight was 9.0, expected 0.4 to 2.8"),
        (lambda: widgets.Cliff(moves=0), "moves was 0, expected 1 to 200"),
    ],
)
def test_what_cannot_be_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_object_and_its_picture_tell_the_walks(lang):
    widget = widgets.Cliff(lang=lang, move=40)
    assert widget.outcomes == {"free": "thrown", "clipped": "down"}
    longest, ends = widget.walks["free"].lengths.max(), widget.walks["clipped"].errors[-1]
    alt = widget.figure().alt
    assert number(longest, lang, 1) in alt and number(ends, lang, 4) in alt
    widget.update(move=3, max_norm=0.5)
    assert set(widget.outcomes.values()) == {"walking"} and len(widget.walks["free"].lengths) == 40
    assert number(longest, lang, 1) not in widget.figure().alt
