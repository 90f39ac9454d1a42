"""The vectors shared with the TypeScript core: current, small, and covering what they are meant to cover."""

import json
import sys
from pathlib import Path

import pytest

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
sys.path.insert(0, str(VECTORS))

import make  # noqa: E402  (tests/vectors/make.py)


@pytest.fixture(scope="module")
def fresh():
    return make.all_files()


@pytest.mark.parametrize("name", ["lstm.json", "rnn.json", "gru.json"])
def test_vectors_are_current(fresh, name):
    make.assert_equal(json.loads((VECTORS / name).read_text(encoding="utf-8")), fresh[name], name)


def test_vectors_stay_small():
    assert sum((VECTORS / name).stat().st_size for name in ("lstm.json", "rnn.json", "gru.json")) < 150_000


def test_vectors_cover_interventions_and_saturation(fresh):
    cases = fresh["lstm.json"]["cases"]
    assert any(case["cell_factor"] is not None for case in cases)
    assert any(case["forget_bias_shift"] for case in cases)
    assert any(row.count(0.0) or row.count(1.0) for case in cases for row in case["trace"]["forget_gate"])
    assert {entry["action"] for entry in fresh["lstm.json"]["cell_factors"]} == {"off", "flip", "none"}


def test_a_difference_is_noticed(fresh):
    changed = json.loads(json.dumps(fresh["gru.json"]))
    changed["cases"][0]["gradients"]["hidden"][0][0] += 1e-11
    with pytest.raises(AssertionError, match="hidden"):
        make.assert_equal(changed, fresh["gru.json"], "gru.json")
