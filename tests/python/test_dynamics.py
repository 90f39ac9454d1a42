"""Fixed points, regimes, echoes and typed signals: against brute force, and as TypeScript also has them."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_lib as ll
from lstm_lib import dynamics, signals

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
sys.path.insert(0, str(VECTORS))

import make_dynamics  # noqa: E402  (tests/vectors/make_dynamics.py)
from make import assert_equal  # noqa: E402

common = settings(max_examples=80, deadline=None, derandomize=True, database=None)
weights = st.floats(-4, 4).map(lambda w: round(w, 3))
biases = st.floats(-1.5, 1.5).map(lambda b: round(b, 3))


def settled(w, b, h, steps=4000):
    """Where the unit is after very many silent steps."""
    for _ in range(steps):
        h = np.tanh(w * h + b)
    return h


def crossings(w, b, parts=400_001):
    """Brute force: where tanh(w h + b) − h changes its sign on a fine grid."""
    grid = np.linspace(-1.0000001, 1.0000001, parts)
    gap = np.tanh(w * grid + b) - grid
    signs = np.sign(gap[gap != 0])
    return int((signs[:-1] != signs[1:]).sum()), grid[:-1][np.diff(np.sign(gap)) != 0]


# Fixed points


@common
@given(weights, biases)
def test_every_fixed_point_stays_where_it_is(w, b):
    points = dynamics.fixed_points(w, b)
    assert 1 <= len(points) <= 3
    values = [point.value for point in points]
    assert values == sorted(values)
    for point in points:
        assert np.tanh(w * point.value + b) == pytest.approx(point.value, abs=1e-9)
        assert point.slope == pytest.approx(w * (1 - point.value**2), abs=1e-9)


@settings(common, max_examples=40)
@given(weights, biases)
def test_no_fixed_point_is_missed(w, b):
    points = dynamics.fixed_points(w, b)
    if any(abs(point.slope - 1) < 0.01 for point in points):
        return  # so near to touching that a grid may miss two crossings
    count, where = crossings(w, b)
    assert len(points) == count
    for point in points:
        assert np.abs(where - point.value).min() < 1e-4


@settings(common, max_examples=40)
@given(weights, biases, st.floats(-1, 1))
def test_stable_points_are_where_the_unit_ends(w, b, start):
    points = dynamics.fixed_points(w, b)
    if any(abs(abs(point.slope) - 1) < 0.01 for point in points):
        return  # slower than the steps that are tried
    stable = [point.value for point in points if point.stable]
    if not stable:
        h = settled(w, b, start)
        assert dynamics.regime(w, b) == "flipping"
        assert np.tanh(w * np.tanh(w * h + b) + b) == pytest.approx(h, abs=1e-6)
        return
    unstable = [point.value for point in points if not point.stable]
    if not any(abs(start - value) < 1e-6 for value in unstable):
        assert min(abs(settled(w, b, start) - value) for value in stable) < 1e-6


def test_a_point_that_the_curve_only_touches_is_not_stable():
    w = 2.0
    turn = np.arctanh(np.sqrt(1 - 1 / w))
    h = -np.tanh(turn)
    b = -turn - w * h
    points = dynamics.fixed_points(w, b)
    assert len(points) == 2
    assert points[0].value == pytest.approx(h, abs=1e-6) and not points[0].stable and points[1].stable
    assert dynamics.regime(w, b) == "holding"


def test_an_input_that_is_held_moves_the_points():
    assert [p.value for p in dynamics.fixed_points(1.5, 0.1, 0.4)] == [
        p.value for p in dynamics.fixed_points(1.5, 0.5)
    ]
    assert len(dynamics.fixed_points(1.5)) == 3 and len(dynamics.fixed_points(1.5, 0, 0.5)) == 1


def test_zero_is_written_without_a_sign():
    assert str(dynamics.fixed_points(0.9)[0].value) == "0.0"


# Regimes

NAMED = [
    (0, 0, "empty"), (0.004, 0, "empty"), (0.9, 0, "fading"), (0.979, 0, "fading"), (0.981, 0, "holding"),
    (1, 0, "holding"), (1.019, 0, "holding"), (1.021, 0, "latching"), (1.5, 0, "latching"),
    (1.5, 0.2, "latching"), (1.5, 0.3, "fading"), (1, 0.3, "fading"), (-0.004, 0, "empty"),
    (-0.9, 0, "ringing"), (-1, 0, "ringing"), (-1.01, 0, "flipping"), (-1.5, 0.4, "flipping"),
    (-1.5, 2.5, "ringing"),
]  # fmt: skip


@pytest.mark.parametrize(("w", "b", "name"), NAMED)
def test_regimes_have_their_names(w, b, name):
    assert dynamics.regime(w, b) == name


@common
@given(weights, biases)
def test_the_regime_says_what_the_unit_does(w, b):
    name = dynamics.regime(w, b)
    assert name in dynamics.REGIMES
    low, high = settled(w, b, -1.0), settled(w, b, 1.0)
    if name == "latching":
        assert high - low > 0.05, "two states that it can stay in"
    elif name in ("fading", "ringing", "empty") and abs(w) < 0.98:
        assert low == pytest.approx(high, abs=1e-9), "one state to which all comes back"
    elif name == "flipping":
        assert abs(np.tanh(w * high + b) - high) > 1e-3, "no rest"


def test_one_bit_is_latched_and_kept():
    w, x = 1.5, np.zeros(200)
    net = ll.RNN([[1.0]], [[w]])
    kept = []
    for sign in (-1, 1):
        x[0] = sign
        kept.append(net.forward(x[:, None]).hidden[-1, 0])
    stable = [point.value for point in dynamics.fixed_points(w) if point.stable]
    assert kept == pytest.approx(stable)


# Echoes


@settings(common, max_examples=30)
@given(st.integers(1, 3), st.integers(1, 12), st.integers(0, 2**31), st.data())
def test_an_echo_is_the_difference_of_two_runs(units, T, seed, data):
    rng = np.random.default_rng(seed)
    net = ll.RNN.init(2, units, seed=seed)
    x, step = rng.normal(size=(T, 2)), data.draw(st.integers(0, T - 1))
    echo = dynamics.echo(net, x, step)
    silent = x.copy()
    silent[step] = 0
    h, other = np.zeros(units), np.zeros(units)
    for t in range(T):
        h = np.tanh(net.weight_ih @ x[t] + net.weight_hh @ h + net.bias_ih + net.bias_hh)
        other = np.tanh(net.weight_ih @ silent[t] + net.weight_hh @ other + net.bias_ih + net.bias_hh)
        assert echo[t] == pytest.approx(np.sqrt(((h - other) ** 2).sum()), abs=1e-12)
    assert (echo[:step] == 0).all()


@settings(common, max_examples=40)
@given(st.floats(0, 2), st.floats(-180, 180), st.floats(-3, 3), st.integers(0, 2**31))
def test_no_step_stretches_an_echo_more_than_the_largest_singular_value(gain, angle, skew, seed):
    matrix = dynamics.recurrent_matrix(gain, angle, skew)
    rng = np.random.default_rng(seed)
    echo = dynamics.echo(ll.RNN(rng.normal(size=(2, 1)), matrix), rng.normal(size=15), 0)
    sigma = dynamics.largest_singular_value(matrix)
    assert (echo[1:] <= sigma * echo[:-1] + 1e-12).all()


def test_a_small_echo_fades_by_the_weight_and_in_the_long_run_by_the_spectral_radius():
    x = [1e-6] + [0] * 30
    for w in (0.5, -0.8, 0.95):
        echo = dynamics.echo(ll.RNN([[1.0]], [[w]]), x, 0)
        assert echo[1:] / echo[:-1] == pytest.approx(abs(w), rel=1e-5)
    matrix = dynamics.recurrent_matrix(0.7, -20, 3)
    echo = dynamics.echo(ll.RNN([[0.0], [1.0]], matrix), x, 0)
    assert (echo[-1] / echo[-11]) ** (1 / 10) == pytest.approx(dynamics.spectral_radius(matrix), rel=0.1)


@pytest.mark.parametrize(
    ("echo", "steps"),
    [([1, 0.4], 1), ([0, 0, 1, 0.6, 0.5, 0.49, 0.1], 3), ([1, 0.4, 0.6, 0.4, 0.3], 3), ([1, 0.9], None),
     ([1], None), ([0, 0], None), ([0.2, 0.5, 0.15, 0.09], 3), ([1, 0.1, 0.5], None), ([1, 0.5, 0.5], None)],
)  # fmt: skip
def test_half_lives(echo, steps):
    assert dynamics.half_life(echo) == steps


@common
@given(st.lists(st.floats(0, 3), min_size=1, max_size=20))
def test_after_the_half_life_less_than_half_is_left_and_not_before(values):
    steps = dynamics.half_life(values)
    heard = [k for k, value in enumerate(values) if value]
    if not heard:
        assert steps is None
        return
    start = heard[0]
    below = [all(v < values[start] / 2 for v in values[k:]) for k in range(start, len(values))]
    assert steps == (below.index(True) if True in below else None)


@pytest.mark.parametrize(
    ("echo", "name"),
    [([0, 0], "silent"), ([1, 0.5, 0.2], "fades"), ([1, 2, 0.2], "swells"), ([1, 1.2, 0.9], "stays"),
     ([1, 1.3], "grows")],
)  # fmt: skip
def test_courses(echo, name):
    assert dynamics.course(echo) == name


# Matrices


@common
@given(st.floats(0, 2), st.floats(-360, 360), st.floats(-3, 3))
def test_spectral_radius_and_largest_singular_value(gain, angle, skew):
    matrix = dynamics.recurrent_matrix(gain, angle, skew)
    sigma, rho = dynamics.largest_singular_value(matrix), dynamics.spectral_radius(matrix)
    angles = np.linspace(0, np.pi, 2001)
    stretched = np.linalg.norm(matrix @ np.array([np.cos(angles), np.sin(angles)]), axis=0)
    assert sigma == pytest.approx(stretched.max(), rel=1e-4, abs=1e-9)
    assert rho <= sigma + 1e-9
    assert sigma == pytest.approx(gain * (abs(skew) + np.sqrt(skew**2 + 4)) / 2, abs=1e-9), "turning keeps it"
    assert np.linalg.det(matrix) == pytest.approx(gain**2, abs=1e-9)


def test_they_can_disagree():
    matrix = dynamics.recurrent_matrix(0.7, 0, 3)
    assert dynamics.spectral_radius(matrix) < 1 < dynamics.largest_singular_value(matrix)
    echo = dynamics.echo(ll.RNN([[0.0], [0.2]], matrix), signals.preset("impulse", 16), 0)
    assert dynamics.course(echo) == "swells"


# Signals


def test_a_sentence_becomes_its_nouns():
    values = signals.signal(make_dynamics.SENTENCE)
    words = ll.tokenize(make_dynamics.SENTENCE)
    heard = {word: value for word, value in zip(words, values, strict=True) if value}
    assert heard == {"menina": -1, "joão": 1}
    assert signals.sentence_words(make_dynamics.SENTENCE) == words


@common
@given(st.lists(st.integers(-990, 990).map(lambda n: n / 10), min_size=1, max_size=12),
       st.sampled_from([" ", "; ", ", ", "\n"]), st.booleans(), st.sampled_from("-−–"))  # fmt: skip
def test_numbers_are_read_as_they_are_written(values, between, comma, minus):
    shown = [f"{value:.1f}".replace("-", minus) for value in values]
    written = between.join(part.replace(".", ",") for part in shown) if comma else between.join(shown)
    assert signals.signal(written) == values


@common
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        values = signals.signal(text)
    except ValueError as error:
        assert str(error).startswith("The signal") and "give " in str(error)
    else:
        assert values and all(isinstance(value, float) and abs(value) <= signals.LARGEST for value in values)


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda: signals.signal(3), TypeError, "expected a text"),
        (lambda: signals.signal(" "), ValueError, "was empty; give numbers"),
        (lambda: signals.signal("1 2 abc"), ValueError, "'abc'; give only numbers, or only words"),
        (lambda: signals.signal("1 200"), ValueError, "has 200; give numbers from"),
        (lambda: signals.preset("bang", 4), ValueError, "expected one of 'impulse'"),
        (lambda: signals.preset("impulse", 0), ValueError, "at least 1"),
        (lambda: dynamics.fixed_points("x"), TypeError, "weight holds text"),
        (lambda: dynamics.fixed_points(np.nan), ValueError, "weight is nan"),
        (lambda: dynamics.regime([1, 2]), ValueError, r"weight has shape \(2,\), expected one number"),
        (lambda: dynamics.echo(3, [1], 0), TypeError, "expected a network of lstm_lib"),
        (lambda: dynamics.echo(ll.RNN.init(2, 1), [1, 2], 0), ValueError, r"expected \(T, 2\)"),
        (lambda: dynamics.echo(ll.RNN.init(1, 1), [1, 2], 2), ValueError, "step is 2, expected from 0 to 1"),
        (lambda: dynamics.half_life([[1]]), ValueError, r"echo has shape \(1, 1\), expected \(T,\)"),
        (lambda: dynamics.spectral_radius([[1, 2]]), ValueError, r"expected \(H, H\)"),
    ],
)
def test_bad_input_is_refused_in_words(call, error, said):
    with pytest.raises(error, match=said):
        call()


# What TypeScript must give as well


@pytest.mark.parametrize("name", ["dynamics.json", "signals.json"])
def test_vectors_are_current(name):
    stored = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    fresh = json.loads(json.dumps(make_dynamics.all_files()[name]))
    if name == "signals.json":
        assert stored == fresh
    else:
        assert_equal(stored, fresh, name)


def test_vectors_cover_every_case():
    files = make_dynamics.all_files()
    assert {unit["regime"] for unit in files["dynamics.json"]["units"]} == set(dynamics.REGIMES)
    assert {len(unit["points"]) for unit in files["dynamics.json"]["units"]} >= {1, 3}
    assert {type(echo["half_life"]) for echo in files["dynamics.json"]["echoes"]} == {int, type(None)}
    texts = files["signals.json"]["texts"]
    assert sum("error" in text for text in texts) >= 6 and sum(bool(text.get("words")) for text in texts) >= 3
