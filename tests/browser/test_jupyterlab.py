"""The chapter as a notebook in a real JupyterLab: it runs, and its explorables live there."""

import ast
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import nbformat
import numpy as np
import pytest
from shared import ROOT

import lstm_lib as ll
from lstm_lib import notebooks
from lstm_lib.locale import number, text

START, CELL, SHOWN = 90, 240, 60  # seconds at most: server, a whole notebook, a change on the screen

WIDGET = """
from lstm_lib import widgets
w = widgets.Gates(sentence="a menina disse que estava muito", step=1, unit=3, lang="{lang}", id="gates")
w
"""

OWN = """
import torch
from lstm_lib import widgets
torch.manual_seed(0)
net = torch.nn.LSTM(3, 6, num_layers=2)
w = widgets.Gates(net, inputs=torch.ones(9, 3), layer=1, step=4, unit=2, quantity="cell", lang="en")
w
"""

SETTINGS = {
    # Nothing is fetched, and every output is in the page, not only those on the screen.
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
}


@dataclass
class Lab:
    """A running JupyterLab: its address, its folder, and how to reach the kernels that it starts."""

    url: str
    token: str
    folder: Path
    runtime: Path

    def api(self, path):
        with urllib.request.urlopen(f"{self.url}/api/{path}?token={self.token}", timeout=10) as answer:
            return json.load(answer)

    def kernel(self, notebook):
        """A client of the kernel that runs a notebook."""
        from jupyter_client import BlockingKernelClient

        session = next(s for s in self.api("sessions") if s["path"] == notebook)
        client = BlockingKernelClient()
        client.load_connection_file(str(self.runtime / f"kernel-{session['kernel']['id']}.json"))
        client.start_channels()
        client.wait_for_ready(timeout=30)
        return client


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab on a free port, with a token and a home of its own; ended afterwards with its kernels."""
    home = tmp_path_factory.mktemp("jupyter")
    folder, runtime, settings = home / "notebooks", home / "runtime", home / "settings"
    for path in (folder, runtime):
        path.mkdir()
    for name, content in SETTINGS.items():
        path = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    environment = {key: value for key, value in os.environ.items() if key != "LSTM_LIB_STATIC"} | {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
    }
    arguments = [
        "--no-browser",
        "--allow-root",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={folder}",
        f"--IdentityProvider.token={token}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.extension_manager=readonly",
    ]
    log = home / "log.txt"
    with open(log, "w") as output:
        command = [sys.executable, "-m", "jupyterlab", *arguments]
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    running = Lab(f"http://127.0.0.1:{port}", token, folder, runtime)
    try:
        until(
            lambda: running.api("status"),
            START,
            lambda: f"JupyterLab did not start:\n{log.read_text()[-2000:]}",
            server,
        )
        yield running
    finally:
        server.terminate()  # the server ends its kernels itself
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def until(condition, seconds, complaint, process=None):
    """Wait until a condition holds (errors of the network count as not yet); returns what it gave."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and (process is None or process.poll() is None):
        try:
            found = condition()
            if found:
                return found
        except OSError:
            pass
        time.sleep(0.4)
    pytest.fail(complaint(), pytrace=False)


@pytest.fixture
def open_notebook(browser, lab):
    """Opens a notebook of the server in the browser and runs all of it."""
    contexts = []

    def open_(name, theme="light"):
        context = browser.new_context(viewport={"width": 1500, "height": 1000}, color_scheme=theme)
        context.set_default_timeout(SHOWN * 1000)
        contexts.append(context)
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.goto(f"{lab.url}/lab/workspaces/test/tree/{name}?reset&token={lab.token}")
        page.wait_for_function("() => window.jupyterapp?.shell?.currentWidget?.sessionContext")
        page.evaluate("async () => { await window.jupyterapp.shell.currentWidget.sessionContext.ready; }")
        page.wait_for_function(
            "() => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"
        )
        page.set_default_timeout(CELL * 1000)
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.set_default_timeout(SHOWN * 1000)
        return page

    yield open_
    for context in contexts:
        context.close()


def write_notebook(lab, name, *cells):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, lab.folder / name)


def ask(client, expression, code=""):
    """Run code in the kernel and give back the value of an expression, through JSON."""
    asked = {"answer": f"__import__('json').dumps({expression})"}
    reply = client.execute_interactive(
        code, user_expressions=asked, timeout=30, output_hook=lambda message: None
    )
    answer = reply["content"]["user_expressions"]["answer"]
    assert answer["status"] == "ok", answer
    return json.loads(ast.literal_eval(answer["data"]["text/plain"]))


@pytest.mark.parametrize("lang", ["pt", "en"])
def test_state_goes_both_ways(lab, open_notebook, lang):
    write_notebook(lab, f"two-ways-{lang}.ipynb", WIDGET.format(lang=lang))
    page = open_notebook(f"two-ways-{lang}.ipynb")
    slider = page.get_by_role("slider", name=text("gates.scrub", lang), exact=True)
    slider.wait_for()
    assert slider.input_value() == "1"
    client = lab.kernel(f"two-ways-{lang}.ipynb")
    try:
        # The reader moves: the kernel knows, and its trace is the one on the screen.
        slider.focus()
        slider.press("ArrowRight")
        slider.press("ArrowRight")
        assert slider.input_value() == "3"
        until(lambda: ask(client, "w.step") == 3, SHOWN, lambda: "the kernel did not hear of the slider")
        assert ask(client, "w.selection.word") == "que"

        # The kernel assigns: the reader sees it.
        ask(client, "0", "w.update(step=5, unit=7)")
        page.wait_for_function("(input) => input.value === '5'", arg=slider.element_handle())
        cell = ll.load("agreement/lstm").read("a menina disse que estava muito").trace.cell[5, 7]
        page.locator("svg.cell").get_by_text(number(cell, lang, sign=True)).first.wait_for()

        # A button that acts on the network acts on the kernel's trace too.
        page.get_by_role("button", name=text("gates.off", lang), exact=True).click()
        until(
            lambda: ask(client, "w.action") == "off", SHOWN, lambda: "the kernel did not hear of the button"
        )
        assert ask(client, "[w.action_unit, float(abs(w.trace.cell[:, 7]).max())]") == [7, 0.0]
        assert ask(client, "w.state['action']") == "off"
    finally:
        client.stop_channels()
    assert page.errors == []


def test_own_torch_weights_arrive(lab, open_notebook):
    write_notebook(lab, "own.ipynb", OWN)
    page = open_notebook("own.ipynb")
    page.locator("svg.cell").wait_for()
    client = lab.kernel("own.ipynb")
    try:
        value = ask(client, "w.selection.value")
        shape = ask(client, "list(w.trace.hidden.shape)")
    finally:
        client.stop_channels()
    assert shape == [9, 6] and np.isfinite(value)
    page.locator("svg.cell").get_by_text(number(value, "en", sign=True)).first.wait_for()
    assert page.errors == []


def test_python_pushes_networks_and_sentences(lab, open_notebook):
    write_notebook(lab, "push.ipynb", WIDGET.format(lang="en"))
    page = open_notebook("push.ipynb")
    page.locator("svg.cell").wait_for()
    client = lab.kernel("push.ipynb")

    def shown_after(code):
        """Runs code in the kernel; the value that its selection gives is then on the screen."""
        value = ask(client, "w.selection.value", code)
        page.locator("svg.cell").get_by_text(number(value, "en", sign=True)).first.wait_for()

    try:
        ask(client, "0", "import lstm_lib as ll\nw.quantity = 'cell'")
        shown_after("w.sentence = 'o menino caiu'")
        assert page.locator(".strip li .w").all_inner_texts() == ["o", "menino", "caiu"]
        shown_after("w.show(ll.LSTM.init(2, 3, seed=1), inputs=[[1, -1], [0.5, 2]])")
        assert page.locator("input[type=range]").first.get_attribute("max") == "1"
        refused = "try:\n    w.weights = b'rubbish'\nexcept ValueError as error:\n    said = str(error)"
        assert "could not be read as safetensors" in ask(client, "said", refused)
        shown_after("w.inputs = [[3, 1], [1, 1], [0, 2]]")
        assert page.locator("input[type=range]").first.get_attribute("max") == "2"
        shown_after("w.show('agreement/lstm', sentence='a menina caiu')")
        assert page.locator(".strip li .w").all_inner_texts() == ["a", "menina", "caiu"]
        assert ask(client, "w.reading.words") == ["a", "menina", "caiu"]
    finally:
        client.stop_channels()
    assert page.errors == []


SENTENCE = """
import dataclasses
import lstm_lib as ll
from lstm_lib import widgets
own = dataclasses.replace(ll.load("agreement/gru"), name="own")
w = widgets.Sentence(["agreement/lstm", own], sentence="a menina disse que estava muito", lang="en")
w
"""


def test_several_networks_read_in_a_notebook(lab, open_notebook):
    """Shipped networks and the caller's own arrive as bytes; state, networks and answers go both ways."""
    write_notebook(lab, "sentence.ipynb", SENTENCE)
    page = open_notebook("sentence.ipynb")
    page.get_by_role("button", name="cansada", exact=True).click()
    right = page.locator(".said .ok")
    right.nth(1).wait_for()
    client = lab.kernel("sentence.ipynb")
    try:
        until(
            lambda: ask(client, "w.guess") == "feminine", SHOWN, lambda: "the kernel did not hear the guess"
        )
        assert ask(client, "w.reveal") is True
        expected = ask(client, "[answer.expected for answer in w.answers.values()]")
        assert [told.split()[0] for told in right.all_inner_texts()] == expected

        # A network that the page adds is one that the kernel can read with.
        page.get_by_role("button", name=text("sentences.network.rnn", "en"), exact=True).click()
        right.nth(2).wait_for()
        until(lambda: ask(client, "len(w.readings)") == 3, SHOWN, lambda: "the kernel did not hear of it")

        # The kernel assigns: the reader sees it.
        ask(client, "0", "w.update(models=['agreement/rnn', own], sentence='o menino ficou')")
        page.get_by_text("menino’s", exact=False).first.wait_for()
        assert page.locator(".score li:not(.blank) .w").count() == 3
        assert [row.split()[0] for row in right.all_inner_texts()] == ask(
            client, "[answer.expected for answer in w.answers.values()]"
        )
    finally:
        client.stop_channels()
    assert page.errors == []


@pytest.mark.parametrize("lang", ["pt", "en"])
def test_the_chapter_runs_and_its_explorables_live(lab, open_notebook, lang):
    name = f"04-gates-{lang}.ipynb"
    notebooks.write(ROOT / "book" / lang / "04-gates.md", lab.folder / name, lang)
    source = (lab.folder / name).read_text("utf-8")
    expected = sum(source.count(f"widgets.{cls}(") for cls in ("Gates", "GatesByHand", "Question"))
    page = open_notebook(name)
    page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'",
        timeout=CELL * 1000,
    )
    errors = page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.error']")
    assert errors.count() == 0, errors.first.inner_text()
    hosts = page.locator("[data-lm-suppress-shortcuts]")
    until(lambda: hosts.count() == expected > 0, SHOWN, lambda: f"{hosts.count()} explorables of {expected}")
    for host in hosts.all():
        until(
            lambda host=host: host.locator(".widget > *").count() > 0, SHOWN, lambda: "an explorable is empty"
        )
    assert page.errors == []


RETRAIN = """
from lstm_lib import widgets
w = widgets.Retrain({network!r}, {lag}, 0, "en")
w
"""


def test_a_point_is_trained_again_while_the_kernel_stays_free(lab, open_notebook):
    write_notebook(lab, "retrain.ipynb", RETRAIN.format(network="lstm-b3", lag=5))
    page = open_notebook("retrain.ipynb")
    train = page.get_by_role("button", name=text("retrain.train", "en"), exact=True)
    train.click()
    client = lab.kernel("retrain.ipynb")
    try:
        assert ask(client, "w.training"), "the kernel answers during the training"
        page.get_by_text("Trained:").wait_for()
        run = ask(client, "{'steps': w.run.steps, 'right': w.run.window_right, 'said': w.message}")
    finally:
        client.stop_channels()
    page.get_by_text(run["said"]).wait_for()
    assert f"{run['steps']} steps" in run["said"] and run["right"] > 480
    assert page.locator("svg[role=img] circle").count() == run["steps"] // 100
    assert train.is_enabled() and page.errors == []


def test_the_stop_button_ends_a_training(lab, open_notebook):
    write_notebook(lab, "stop.ipynb", RETRAIN.format(network="rnn", lag=60))  # 2000 steps, some seconds
    page = open_notebook("stop.ipynb")
    page.get_by_role("button", name=text("retrain.train", "en"), exact=True).click()
    page.get_by_text(re.compile(r"Step \d+ of 2000")).wait_for()
    page.get_by_role("button", name=text("retrain.stop", "en"), exact=True).click()
    page.get_by_text("Stopped at step").wait_for()
    client = lab.kernel("stop.ipynb")
    try:
        assert 100 <= ask(client, "w.run.steps") < 2000
    finally:
        client.stop_channels()
    assert page.errors == []
