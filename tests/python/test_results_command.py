"""`python -m lstm_lib results`: the same numbers wherever they are computed, however often it is killed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from importlib import import_module

import pytest

from lstm_lib import __main__ as command_line
from lstm_lib import horizon, parallel, recorded, results
from lstm_lib.training import loop

pytest.importorskip("torch")
pytest.importorskip("sklearn")

recording = import_module("lstm_lib.results.record")  # the package's own name for it is the function
AREA = "sunspots"
JOBS = [job for job in results.jobs([AREA], ["test"]) if job.name == "lstm" and job.seed in (1, 2)]
ARGUMENTS = ["results", "--areas", AREA, "--stages", "test", "--names", "lstm", "--seeds", "1", "2"]

TO_BE_KILLED = """
import sys
from lstm_lib import __main__ as command_line
from lstm_lib.training import checkpoint
checkpoint.EVERY = 0.0
command_line.main(sys.argv[1:])
"""


def numbers(runs):
    """Everything about the runs but how long they took."""
    return {run.job: (run.scores, run.validation, run.kept, run.epochs, run.parameters) for run in runs}


@pytest.fixture(scope="module")
def steps():
    """A list that grows by one with every step of a training in this process."""
    with pytest.MonkeyPatch.context() as patched:
        done, step = [], loop._step
        patched.setattr(loop, "_step", lambda *given: done.append(1) or step(*given))
        yield done


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, steps):
    """A file with the two runs, made without a break; `steps` has those of the second."""
    path = tmp_path_factory.mktemp("undisturbed") / "runs.json"
    results.record(JOBS[:1], path, progress=False)
    steps.clear()
    results.record(JOBS[1:], path, progress=False)
    assert [run.seed for run in results.load(path).runs] == [1, 2]
    assert [path.name for path in path.parent.iterdir()] == ["runs.json"]
    return path


def test_a_command_that_is_killed_goes_on_where_it_was(undisturbed, tmp_path, steps):
    out = tmp_path / "runs.json"
    command = [sys.executable, "-c", TO_BE_KILLED, *ARGUMENTS, "--jobs", "1", "--out", str(out)]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    second = tmp_path / "runs.unfinished" / "sunspots-test-lstm-2.safetensors"
    deadline = time.monotonic() + 120
    while not second.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert [run.seed for run in results.load(out).runs] == [1], "the first is kept, the second was under way"
    assert second.exists()
    whole = len(steps)
    assert [run.seed for run in results.record(JOBS, out, progress=False)] == [2]
    assert 0 < len(steps) - whole < whole, "fewer steps than from its beginning"
    assert numbers(results.load(out).runs) == numbers(results.load(undisturbed).runs)
    assert [path.name for path in tmp_path.iterdir()] == ["runs.json"], "nothing unfinished is left"


def test_a_dask_cluster_that_loses_a_worker_gives_the_same(undisturbed, tmp_path):
    """Two worker processes; one is killed while it trains, and what it had under way is done again."""
    distributed = pytest.importorskip("distributed")
    out, killed = tmp_path / "dask.json", []

    def kill_one_at_work(client, workers):
        deadline = time.monotonic() + 120
        while not killed and time.monotonic() < deadline:
            time.sleep(0.05)
            with suppress(OSError):
                training = [address for address, does in client.run(_is_training).items() if does]
                if training:
                    os.kill(workers[training[0]], signal.SIGKILL)
                    killed.append(workers[training[0]])

    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster.scheduler_address) as client,
    ):
        workers = client.run(os.getpid)
        assert len(set(workers.values())) == 2 and os.getpid() not in workers.values()
        killer = threading.Thread(target=kill_one_at_work, args=(client, workers))
        killer.start()
        where = ["--dask", cluster.scheduler_address, "--out"]
        assert command_line.main([*ARGUMENTS, *where, str(out)]) == 0
        killer.join()
        assert killed and killed[0] not in client.run(os.getpid).values()
        short = ["horizon", "--experiments", "horizon", "--networks", "rnn", "--lags", "5", "--seeds", "0"]
        assert command_line.main([*short, "--steps", "5", *where, str(tmp_path / "horizon.json")]) == 0
    assert numbers(results.load(out).runs) == numbers(results.load(undisturbed).runs)
    (there,) = horizon.results(tmp_path / "horizon.json").runs
    (here,) = horizon.record([there.point], tmp_path / "here.json", steps=5, progress=False)
    assert (here.window_right, here.right, here.kept) == (there.window_right, there.right, there.kept)


def _is_training():
    """In a worker: whether one of its threads is in the loop of a training."""
    import sys

    for frame in sys._current_frames().values():
        while frame:
            if frame.f_code.co_name == "run" and frame.f_globals["__name__"] == "lstm_lib.training.loop":
                return True
            frame = frame.f_back
    return False


def test_what_is_there_is_not_done_again_unless_it_is_asked_for(undisturbed, tmp_path, monkeypatch, capsys):
    out = tmp_path / "runs.json"
    out.write_bytes(undisturbed.read_bytes())
    monkeypatch.setattr(recording, "rerun", lambda *_, **__: pytest.fail("nothing is missing"))
    assert command_line.main([*ARGUMENTS, "--jobs", "1", "--out", str(out)]) == 0
    assert "0 new runs, 2 were there already" in capsys.readouterr().out
    assert out.read_bytes() == undisturbed.read_bytes()
    assert command_line.main([*ARGUMENTS, "3", "--out", str(out), "--list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "sunspots/test/lstm/1 (there)", "sunspots/test/lstm/2 (there)", "sunspots/test/lstm/3"
    ]  # fmt: skip

    stale = json.loads(out.read_text("utf-8"))
    stale["runs"].append({**stale["runs"][0], "seed": 77})
    out.write_text(json.dumps(stale), "utf-8")
    new = {"scores": {"1956-1979": 0.123456789}, "seconds": 1}
    monkeypatch.setattr(recording, "rerun", lambda *_, **__: dict(new))
    assert command_line.main([*ARGUMENTS[:-1], "--jobs", "1", "--again", "--out", str(out)]) == 0
    found = results.load(out).runs
    assert [(run.seed, len(run.scores)) for run in found] == [(1, 1), (2, 3)], "77 is no job any more"
    assert found[0].scores == {"1956-1979": 0.123457}


def test_failures_do_not_end_the_others_and_each_reason_is_said_once(tmp_path, monkeypatch, capsys):
    def sometimes(job, **_):
        if job.stage == "baseline":
            return {"scores": {"1956-1979": 1.0}, "seconds": 0.1, "examples": {"rows": [{"a": 1}, {"a": 2}]}}
        raise ModuleNotFoundError("This data comes with a package: pip install it.")

    monkeypatch.setattr(recording, "rerun", sometimes)
    out = tmp_path / "runs.json"
    arguments = ["results", "--areas", AREA, "--names", "lstm", "ar9", "--stages", "test", "baseline"]
    assert command_line.main([*arguments, "--jobs", "1", "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert "3 of 4 runs failed, the others are kept. sunspots/test/lstm/1 and 2 more: This data comes" in said
    assert said.count("pip install") == 1 and "Traceback" not in said
    assert [run.name for run in results.load(out).runs] == ["ar9"]
    shown = (tmp_path / "examples" / "sunspots.json").read_text("utf-8")
    assert json.loads(shown) == {"rows": [{"a": 1}, {"a": 2}]} and len(shown.splitlines()) == 6


def test_recorded_scores_by_seed_with_their_mean_and_spread():
    found = results.Results(
        [results.Run("river", "test", "lstm", 1, {}, {"nse": 0.5}, 9.0),
         results.Run("river", "test", "lstm", 2, {}, {"nse": 0.7}, 9.0)],
        {"river": {"key": "river", "metric": "nse"}}, {},
    )  # fmt: skip
    assert found.scores("river", "lstm").tolist() == [0.5, 0.7]
    assert found.mean("river", "lstm") == pytest.approx(0.6)
    assert found.sd("river", "lstm", "nse") == pytest.approx(0.1 * 2**0.5)
    for wrong, message in (
        (("river", "gru"), "No run of 'gru' with test .* there are lstm"),
        (("river", "lstm", "kge"), "river/test/lstm/1 has no score 'kge', but nse"),
        (("lake", "lstm"), "No area 'lake' was recorded; there are river"),
    ):
        with pytest.raises(ValueError, match=message):
            found.scores(*wrong)


def test_files_of_other_versions_or_of_something_else_are_refused(undisturbed, tmp_path, capsys):
    changed = json.loads(undisturbed.read_text("utf-8"))
    changed["versions"]["torch"] = "1.0"
    out = tmp_path / "runs.json"
    refused = ((changed, "other versions than those of now (torch 1.0"), ({}, "does not hold runs"))
    for content, message in refused:
        out.write_text(json.dumps(content), "utf-8")
        assert command_line.main([*ARGUMENTS, "--out", str(out)]) == 1
        said = capsys.readouterr().err
        assert message in said and "Traceback" not in said
    with pytest.raises(ValueError, match="area is 'weather', expected one of"):
        results.jobs(["weather"])


def test_two_commands_take_turns_at_a_file(tmp_path):
    order = []

    def other():
        with recorded.alone(tmp_path / "runs.json"):
            order.append("other")

    with recorded.alone(tmp_path / "runs.json"):
        second = threading.Thread(target=other)
        second.start()
        time.sleep(0.2)
        order.append("first")
    second.join()
    assert order == ["first", "other"] and list(tmp_path.iterdir()) == []


def test_a_worker_process_of_this_computer_that_is_killed_loses_nothing(tmp_path, monkeypatch):
    flag = tmp_path / "flag"

    def lost_once(item):
        if item == 2 and not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    assert sorted(parallel.each(lost_once, range(5), jobs=2)) == [0, 1, 2, 3, 4]
    monkeypatch.setattr(parallel, "DEATHS", 1)
    with pytest.raises(ChildProcessError, match="killed 1 times in a row, with 2 items left.*fewer --jobs"):
        list(parallel.each(lambda _: os.kill(os.getpid(), signal.SIGKILL), ["a", "b"], jobs=2))

def test_the_book_has_every_run_and_uses_what_validation_chose():
    book = results.load()
    recorded_jobs, jobs = {run.job for run in book.runs}, set(results.jobs())
    assert not recorded_jobs - jobs, "runs of a job that there is no more: python -m lstm_lib results --again"
    assert not jobs - recorded_jobs, "python -m lstm_lib results"
    for key in results.areas():
        area = results.area(key)
        for name in area.networks:
            tried = {}
            for run in book.select(key, "choose", name):
                tried.setdefault(run.options["learning_rate"], []).append(run.validation)
            if tried:
                best = max(tried, key=lambda rate: sum(tried[rate]) / len(tried[rate]))
                assert area.chosen[name] == best, f"{key}: {name}"
