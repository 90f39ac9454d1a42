"""Runs on several processes: the same numbers wherever they are computed, and nothing lost when they stop."""

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from importlib import import_module

import pytest

from lstm_lib import __main__ as command_line
from lstm_lib import horizon, parallel, recorded, results
from lstm_lib.horizon import recording, runs

pytest.importorskip("torch")

recording_of_results = import_module("lstm_lib.results.record")  # the package's own `record` is the function

STEPS = 20
POINTS = horizon.points(["horizon"], ["lstm-b3", "rnn"], [5], [0])


def numbers(runs):
    """Everything about the runs but how long they took, in the order of the points."""
    found = {run.point: dataclasses.replace(run, seconds=0.0) for run in runs}
    return [found[point] for point in POINTS]


@pytest.fixture(scope="module")
def one_process(tmp_path_factory):
    path = tmp_path_factory.mktemp("one") / "runs.json"
    return numbers(horizon.record(POINTS, path, jobs=1, steps=STEPS, progress=False)), path


def test_two_processes_give_the_same(one_process, tmp_path):
    backwards = POINTS[::-1]
    found = horizon.record(backwards, tmp_path / "two.json", jobs=2, steps=STEPS, progress=False)
    assert numbers(found) == one_process[0]
    kept = horizon.results(tmp_path / "two.json")
    assert [run.point for run in kept.runs] == [run.point for run in horizon.results(one_process[1]).runs]


def test_what_is_there_is_not_done_again(one_process, monkeypatch):
    _, path = one_process
    before = path.read_bytes()
    monkeypatch.setattr(recording, "measure", lambda *_: pytest.fail("nothing is missing"))
    assert horizon.record(POINTS, path, steps=STEPS, progress=False) == []
    assert path.read_bytes() == before


def test_other_settings_networks_and_versions_are_refused(one_process, tmp_path):
    _, path = one_process
    with pytest.raises(ValueError, match="other settings than those of now .steps .*--out"):
        horizon.record(POINTS, path, steps=STEPS + 1, progress=False)
    for key, change in (
        ("versions", lambda file: file["versions"].update(torch="1.0")),
        ("networks", lambda file: file["networks"][0].update(learning_rate=1.0)),
    ):
        file = json.loads(path.read_text("utf-8"))
        change(file)
        changed = tmp_path / "changed.json"
        changed.write_text(json.dumps(file), encoding="utf-8")
        with pytest.raises(ValueError, match=f"other {key} than those of now .(torch 1.0|rnn)"):
            horizon.record(POINTS, changed, steps=STEPS, progress=False)
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="does not hold runs of the horizon"):
        horizon.record(POINTS, tmp_path / "broken.json", steps=STEPS, progress=False)


def test_one_point_that_fails_does_not_take_the_others_with_it(monkeypatch, tmp_path):
    def sometimes(point, steps):
        if point.network == "rnn":
            raise ArithmeticError("The loss is no longer a number. Try a smaller learning rate.")
        return horizon.Run(**vars(point), **RESULT)

    monkeypatch.setattr(recording, "measure", sometimes)
    out = tmp_path / "some.json"
    with pytest.raises(ArithmeticError, match="1 of 2 runs failed.*rnn on distances 5 to 20.*Try a smaller"):
        horizon.record(POINTS, out, progress=False)
    assert [run.network for run in horizon.results(out).runs] == ["lstm-b3"]


def test_two_commands_may_add_to_one_file(monkeypatch, tmp_path):
    out = tmp_path / "both.json"

    def other_command(point, steps):
        runs.write(out, [horizon.Run(**vars(POINTS[0]), **RESULT)], recording._head(None))
        return horizon.Run(**vars(point), **RESULT)

    monkeypatch.setattr(recording, "measure", other_command)
    horizon.record(POINTS[1:], out, progress=False)
    assert {run.point for run in horizon.results(out).runs} == set(POINTS)


RESULT = {"steps": 5, "kept": 5, "learned": False, "window_right": 1, "right": {}, "right_by_distractors": {},
          "seconds": 0.0}  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_is_done(tmp_path, jobs):
    out = tmp_path / "runs.json"
    command = [sys.executable, "-m", "lstm_lib", "horizon", "--experiments", "horizon", "--lags", "5"]
    command += ["--networks", "lstm-b3", "--seeds", *map(str, range(40)), "--steps", "20", "--jobs", jobs]
    run = subprocess.Popen([*command, "--out", str(out)], stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 120
    while not out.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to every process
    _, said = run.communicate(timeout=60)
    assert run.returncode == command_line.INTERRUPTED
    assert b"of 40 runs are done and kept" in said
    assert said.rstrip().endswith(b"goes on with the rest."), "and nothing is said after it"
    assert b"Traceback" not in said
    kept = horizon.results(out).runs
    assert 1 <= len(kept) < 40
    assert f"Stopped: {len(kept)} of 40" in said.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["runs.json"]


def test_mistakes_are_named(capsys):
    for jobs in (0, -2):
        with pytest.raises(ValueError, match="jobs"):
            parallel.each(len, ["a"], jobs=jobs)
    with pytest.raises(ValueError, match="expected one of 'horizon', 'mixture', 'narrow', 'patience'"):
        horizon.points(["wide"])
    with pytest.raises(ValueError, match="There is no network 'lstm'. Available: rnn, "):
        horizon.points(networks=["lstm"])
    assert command_line.main(["horizon", "--lags", "2"]) == 1
    assert "lag" in capsys.readouterr().err


@pytest.mark.parametrize("wrong, reason", [("", "it is a folder"), ("file/runs.json", "exists")])
def test_what_cannot_be_kept_is_not_begun(tmp_path, wrong, reason):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match=f"can't be written .*{reason}.*nothing was run.*--out"):
        recorded.grow(pytest.fail, ["item"], print, path=tmp_path / wrong, progress=False)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_runs_that_are_done_again_stay_until_they_are_done(tmp_path, monkeypatch):
    """Ctrl-C, or a file of other versions: what was there is there, and what is no job any more is not."""
    out = tmp_path / "runs.json"
    first, second = results.jobs(["sunspots"], names=["lstm"], seeds=[1, 2])
    old = {"scores": {"1956-1979": 0.5}, "seconds": 9}
    monkeypatch.setattr(recording_of_results, "rerun", lambda *_, **__: dict(old))
    results.record([first, second, dataclasses.replace(first, seed=77)], out, progress=False)

    def once(job, **_):
        if job == second:
            raise KeyboardInterrupt
        return {"scores": {"1956-1979": 0.25}, "seconds": 1}

    monkeypatch.setattr(recording_of_results, "rerun", once)
    with pytest.raises(KeyboardInterrupt, match="1 of 2 runs are done.*the others are as they were"):
        results.record([first, second], out, again=True, progress=False)
    assert {run.seed: run.scores["1956-1979"] for run in results.load(out).runs} == {1: 0.25, 2: 0.5}
    out.write_text(out.read_text("utf-8").replace('"torch":"', '"torch":"0.'), encoding="utf-8")
    before = out.read_bytes()
    with pytest.raises(ValueError, match="other versions"):
        results.record([first], out, again=True, progress=False)
    assert out.read_bytes() == before


@pytest.mark.parametrize("wrong, message", [
    (["--names", "lstm-b2"], "the name 'lstm-b2'; expected one of lstm-b0, "),
    (["--seeds", "1", "77"], "the seed 77; expected one of 0, 1, 2, 3."),
])  # fmt: skip
def test_runs_that_there_are_not_are_named(wrong, message, capsys):
    assert command_line.main(["results", "--areas", "reber", "--list", *wrong]) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("content", [
    b"\xff\xfe", b"[1]", b"{", b'{"runs": [], "areas": [], "versions": ["a"]}',
    b'{"runs": [{"area": "a", "stage": "s", "name": "n", "seed": 0, "options": 1, "scores": {}, '
    b'"seconds": 1}], "areas": [], "versions": {}}',
])  # fmt: skip
def test_a_file_of_something_else_is_refused_in_words(content, tmp_path):
    (tmp_path / "runs.json").write_bytes(content)
    with pytest.raises(ValueError, match="runs.json does not hold runs of the results .*name a file"):
        results.load(tmp_path / "runs.json")


def test_a_cluster_that_does_not_answer_or_differs_is_named(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(parallel, "PATIENCE", "0.5s")
    with pytest.raises(ValueError, match="No Dask scheduler answers at 'tcp://127.0.0.1:1'"):
        list(parallel.each(len, ["a"], dask="tcp://127.0.0.1:1"))

    class Cluster:
        def __init__(self, found):
            self.found = found

        def run(self, _):
            return self.found

    with pytest.raises(ValueError, match="no worker yet"):
        parallel._same_versions(Cluster({}))

    class Bare:
        def run(self, _):
            raise Exception("No module named 'torch'")  # as Dask does

    with pytest.raises(ValueError, match="can't do this work .*torch.*pip install there"):
        parallel._same_versions(Bare())
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ModuleNotFoundError, match="pip install dask distributed"):
        list(parallel.each(len, ["a"], dask="tcp://127.0.0.1:1"))
    here = parallel.versions()
    parallel._same_versions(Cluster({"one": here}))
    with pytest.raises(ValueError, match="worker two has .*torch 1.0.*Give all of them the same"):
        parallel._same_versions(Cluster({"one": here, "two": {**here, "torch": "1.0"}}))
