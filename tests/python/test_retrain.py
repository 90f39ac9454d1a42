"""The panel that trains one point again: it trains, stops, compares, and is plain HTML without Python."""

import dataclasses
import threading
import xml.etree.ElementTree as ElementTree

import pytest

from lstm_lib import horizon, locale, training, widgets
from lstm_lib.widgets import retrain as module


@pytest.fixture
def quick(monkeypatch):
    """Training is replaced by one that reports two checks and waits to be let go."""
    gate = threading.Event()
    recorded = horizon.results().run("lstm-b3", 25, 0)

    def train_point(network, lag, seed, *, steps, progress, on_check, stop):
        assert not progress
        on_check(100, 0.9)
        on_check(200, 0.982)
        while not gate.wait(0.01):
            if stop():
                return dataclasses.replace(recorded, steps=205, learned=False, window_right=491)
        return dataclasses.replace(horizon.results().run(network, lag, seed), seconds=0.1)

    monkeypatch.setattr(module.horizon, "train_point", train_point)
    return gate


def seen_two_checks(panel):
    for _ in range(500):
        if len(panel.checks) == 2 and panel.message.find("200") >= 0:
            return
        threading.Event().wait(0.01)
    pytest.fail(f"no second check: {panel.message}")


def test_it_trains_in_the_background_and_compares(quick):
    panel = widgets.Retrain(lang="en")
    controls = panel.panel and panel._panel
    assert panel.message.startswith("It trains on sentences with 25 to 40 words")
    controls.train.click()
    seen_two_checks(panel)
    assert panel.training and panel.run is None
    assert panel.message == "Step 200 of 2000: 98.2% right at these distances, on sentences it has not seen."
    assert controls.train.disabled and controls.lag.disabled and not controls.stop.disabled
    assert controls.bar.value == 200 and 'role="status"' not in controls.message.value
    panel.train()  # a second press changes nothing
    quick.set()
    run = panel.wait(10)
    assert run.network == "lstm-b3" and not panel.training and panel.error is None
    assert not controls.train.disabled and controls.stop.disabled
    recorded = horizon.results().run("lstm-b3", 25, 0)
    assert f"The book recorded: {recorded.steps} steps, 100.0% right" in panel.message
    assert panel.message.endswith("They are the same numbers.")
    assert 'role="status"' in controls.message.value and panel.message in controls.message.value


def test_another_result_is_called_another(quick):
    panel = widgets.Retrain(lang="pt")
    quick.set()
    panel.train()
    panel.wait(10)
    assert panel.compare().endswith(" São os mesmos números.")
    panel.run = dataclasses.replace(panel.run, right={**panel.run.right, 200: 400})
    assert "Não são os mesmos números" in panel.compare()


def test_stop_keeps_what_was_learned(quick):
    panel = widgets.Retrain(lang="en")
    controls = panel.panel and panel._panel
    controls.train.click()
    seen_two_checks(panel)
    controls.stop.click()
    run = panel.wait(10)
    assert panel.stopped and run.steps == 205 and controls.bar.value == 205
    assert panel.message.startswith("Stopped at step 205: 98.2% right")
    assert "same numbers" not in panel.message


def test_it_can_be_trained_again_after_a_stop(quick):
    panel = widgets.Retrain(lang="en")
    panel.train()
    seen_two_checks(panel)
    panel.stop()
    panel.wait(10)
    quick.set()
    panel.train()
    panel.wait(10)
    assert panel.run.learned and not panel.stopped and "same numbers" in panel.message


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModuleNotFoundError("No module named 'torch'"), "pip install torch"),
        (training.TrainingDiverged(7, 0.5, 1.0), "ten times smaller"),
    ],
)
def test_what_goes_wrong_is_said_on_the_panel(monkeypatch, error, said):
    def fails(*_, **__):
        raise error

    monkeypatch.setattr(module.horizon, "train_point", fails)
    panel = widgets.Retrain(lang="en")
    controls = panel.panel and panel._panel
    panel.train()
    assert panel.wait(10) is None
    assert panel.error is error and said in panel.message and said in controls.message.value
    assert not controls.train.disabled and not panel.training


def test_a_choice_in_the_panel_is_the_one_that_is_trained(quick):
    panel = widgets.Retrain(lang="en")
    controls = panel.panel and panel._panel
    controls.network.value, controls.lag.value, controls.seed.value = "gru-b3", 5, 2
    assert panel.message.startswith("It trains on sentences with 5 to 20 words")
    quick.set()
    panel.train()
    run = panel.wait(10)
    assert (run.network, run.window, run.seed) == ("gru-b3", (5, 20), 2)
    controls.seed.value = 77
    assert panel.compare() == "The book has not recorded this run: there is nothing to compare it with."


def test_the_chart_is_drawn_from_the_checks():
    panel = widgets.Retrain(lang="en")
    panel.checks = [(100, 0.5), (1000, 0.2), (2000, 1.0)]
    drawing = ElementTree.fromstring(panel.chart())
    circles = [element for element in drawing.iter() if element.tag.endswith("circle")]
    across = [float(circle.get("cx")) for circle in circles]
    up = [float(circle.get("cy")) for circle in circles]
    lines = [element for element in drawing.iter() if element.tag.endswith("line") and element.get("y1")]
    assert across[1] - across[0] == pytest.approx(0.9 * (across[2] - across[1]), abs=0.2)
    assert {float(line.get("y1")) for line in lines} == {up[2], up[0]}, "the rules at 100 % and at chance"
    assert max(up) == up[1] <= module.HEIGHT - module.BOTTOM, "below the scale it stays at its foot"
    assert "100.0%, at step 2000" in drawing.get("aria-label")


@pytest.mark.parametrize("lang", locale.LANGUAGES)
def test_on_the_site_it_is_plain_html_with_the_recorded_run(monkeypatch, lang):
    monkeypatch.setenv("LSTM_LIB_STATIC", "1")
    panel = widgets.Retrain("rnn", 25, 0, lang)
    found, _ = panel._repr_mimebundle_()
    recorded = horizon.results().run("rnn", 25, 0)
    for share in (recorded.accuracy(), recorded.accuracy(200)):
        assert locale.percent(share, lang, 1) in found["text/html"]
    assert locale.text("retrain.rnn", lang) in found["text/html"]
    assert panel._panel is None and "widget-view" not in str(found)


def test_in_a_notebook_it_is_a_widget():
    found, _ = widgets.Retrain()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in found


@pytest.mark.parametrize("lang", locale.LANGUAGES)
def test_every_network_has_a_name(lang):
    names = [locale.text(f"retrain.{key}", lang) for key in horizon.NETWORKS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"network": "lstm"}, "expected one of 'rnn'"),
        ({"lag": 30}, "expected one of 5, 10"),
        ({"seed": -1}, "seed"),
        ({"lang": "fr"}, "'pt' and 'en'"),
    ],
)
def test_mistakes_are_named(options, message):
    with pytest.raises(ValueError, match=message):
        widgets.Retrain(**options)


def test_a_real_training_of_a_few_steps():
    pytest.importorskip("torch")
    panel = widgets.Retrain("lstm-b3", 5, 0, "en", steps=100)
    panel.train()
    run = panel.wait(120)
    assert run.steps == 100 and panel.checks == run.checks
    assert panel.message.startswith("Trained: 100 steps") and "same numbers" not in panel.message
