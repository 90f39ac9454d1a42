"""The core is fast: a run with every gate kept takes no longer than torch.nn.LSTM in float64."""

import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.alone

PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "core.py"


def test_a_trace_is_no_slower_than_the_torch_module():
    spec = importlib.util.spec_from_file_location("core_benchmark", PATH)
    core = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(core)
    one = core.ratios(rounds=40)["forward"]["B=1"]          # T=100, I=16, H=32
    assert one["torch nn.LSTM, float64"] <= 1.0, one
    assert one["torch loop cell, float64"] <= 1.0, one
