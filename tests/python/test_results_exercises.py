"""The exercises of the chapter on results: computed answers, and words of their own for each fault."""

import numpy as np
import pytest

from lstm_lib import accents, checks, landmarks, results
from lstm_lib.datasets import sunspots
from lstm_lib.exercises import results as chapter


def source(id, answer):
    return checks.check(id, answer).source


def test_predictions_are_judged_by_what_was_recorded():
    found = results.load()
    first = [chapter.best_of(found, area) for area in chapter.AREAS]
    for area, name in zip(chapter.AREAS, first, strict=True):
        about = found.area(area)
        sign = 1 if about["better"] == "higher" else -1
        others = {run.name for run in found.select(area) if about["metric"] in run.scores}
        assert all(sign * found.mean(area, name) >= sign * found.mean(area, other) for other in others), area
    assert sum(name in ("lstm", "bilstm") for name in first) <= 1
    assert source("results/predict-areas", "d") == "right"
    rows = landmarks.load()
    assert 5 * sum(row.fair for row in rows) <= len(rows)
    assert source("results/predict-fair", "d") == "right"
    assert found.mean("accents", "lstm") - found.mean("accents", "bare") < 0.03
    assert source("results/predict-directions", "a") == "right"


def test_the_error_removed_is_that_of_the_landmark():
    row = landmarks.find(chapter.PUBLISHED)
    assert row.fair and row.kind == "accuracy"
    assert source("results/removed", 100 * row.error_removed) == "right"
    assert source("results/removed", float(row.value) - float(row.baseline)) == ("mistake", 0)


def test_only_the_ensemble_passed_the_statistical_system():
    assert source("results/claim", "c") == "right"
    assert len({str(checks.check("results/claim", option)) for option in "abd"}) == 3


def test_the_efficiency_of_four_days():
    observed, predicted = np.array(chapter.OBSERVED), np.array(chapter.PREDICTED)
    unexplained = np.mean((observed - predicted) ** 2) / observed.var()
    assert source("results/efficiency", 1 - unexplained) == "right"
    assert source("results/efficiency", "0,80") == "right"
    assert source("results/efficiency", unexplained) == ("mistake", 0)


def test_the_memory_of_the_river_is_read_off_the_recorded_runs():
    found = results.load()
    short, long = (found.scores("river", "lstm", stage="story", past=past).mean() for past in (10, 90))
    assert source("results/memory", 100 - 100 * (1 - long) / (1 - short)) == "right"
    short, long = round(short, 2), round(long, 2)  # whoever reads two decimals off the page is right, too
    assert source("results/memory", 100 * (long - short) / (1 - short)) == "right"


def test_the_test_part_is_opened_last():
    assert source("results/protocol", "c e a d b") == "right"
    assert source("results/protocol", "c e b a d") == ("mistake", 0)
    assert source("results/protocol", "e c a d b") == ("mistake", 1)
    assert source("results/protocol", "c e d a b") == ("mistake", 2)


def test_the_answer_is_on_the_side_that_one_network_has_not_read():
    read = {name: accents.load(name).read(chapter.WORD) for name in accents.NAMES}
    assert read["bilstm"].word == "sabão" and read["lstm"].word == chapter.WORD
    assert source("results/side", "b") == "right"


def autoregression(order):
    """A forecast by least squares on the years to 1920."""
    series = sunspots()
    known = series.spots[series.years <= 1920]
    columns = np.array([[1, *known[k - order : k]] for k in range(order, len(known))])
    weights, *_ = np.linalg.lstsq(columns, known[order:], rcond=None)
    return lambda past: weights @ [1, *past[-order:]]


@pytest.mark.parametrize("order", (2, 9))
def test_an_autoregression_beats_the_recorded_networks(order):
    assert checks.check("results/beat", autoregression(order)).right


def test_each_fault_of_a_forecast_has_its_own_words():
    series = sunspots()
    years = series.part(chapter.YEARS)
    ahead = {tuple(series.spots[year - chapter.PAST : year]): series.spots[year] for year in years}
    wrong = [
        7,
        lambda past: None,
        lambda past: past[-2:],
        lambda past: float("nan"),
        lambda past: past[-1],
        lambda past: past.mean(),
        lambda past: ahead[tuple(past)],
        lambda past: past[99],
    ]
    said = [checks.check("results/beat", answer) for answer in wrong]
    assert [verdict.verdict for verdict in said] == ["wrong"] * len(wrong)
    assert len(set(said)) == len(wrong) - 2  # nothing, two numbers and no number are one fault
