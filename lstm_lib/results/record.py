"""Run the jobs of the areas, in parallel, and keep them in a file that grows run by run."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from time import process_time

import numpy as np

from lstm_lib import arrays, parallel, recorded
from lstm_lib.results import areas as folder
from lstm_lib.results.area import STAGES, Area, Job
from lstm_lib.results.load import RECORDED, Run, read

COMMAND = "python -m lstm_lib results"
ABOUT = (
    "Recurrent networks and simpler models on real data and on generated tasks. scores: on test data; "
    "validation: what chose the epoch or the setting, higher is better; seconds: CPU time of one core. "
    "Written by the command, not by hand."
)


def areas() -> tuple[str, ...]:
    """The keys of all areas."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(folder.__path__)))


def area(key: str) -> Area:
    """What is compared in an area."""
    return _module(key).AREA


def jobs(chosen: Iterable[str] | None = None, stages: Iterable[str] | None = None) -> list[Job]:
    """The jobs of some areas and stages, of all if None. ValueError for one that there is not."""
    keys = areas() if chosen is None else list(chosen)
    wanted = STAGES if stages is None else [arrays.one_of("stage", stage, STAGES) for stage in stages]
    return [job for key in keys for job in _module(key).jobs() if job.stage in wanted]


def forget(chosen: Iterable[Job], path: Path | str = RECORDED) -> int:
    """Take the runs of these jobs out of the file, so that `record` does them anew, and those of their areas
    that are no job any more; returns how many. What is no file has none."""
    path, chosen = Path(path).resolve(), set(chosen)
    if not path.exists():
        return 0
    known = {key: set(_module(key).jobs()) for key in {job.area for job in chosen}}
    with recorded.alone(path):
        found = read(path)
        left = [run for run in found.runs if run.job not in chosen
                and (run.area not in known or run.job in known[run.area])]  # fmt: skip
        _write(path, _head(found.versions), left)
    return len(found.runs) - len(left)


def rerun(job: Job, *, checkpoint: Path | None = None, progress: bool = False) -> dict:
    """Do one job; what it gives, with "seconds" of CPU time. checkpoint: a file that holds what is done so
    far of a training, so that the same call goes on after an interruption."""
    from lstm_lib.training.checkpoint import spent

    start = process_time() - spent(checkpoint)
    found = _module(job.area).run(job, checkpoint=checkpoint, progress=progress)
    return {**found, "seconds": round(process_time() - start, 1)}


def record(
    chosen: Sequence[Job],
    path: Path | str = RECORDED,
    *,
    jobs: int = 1,
    dask: str | None = None,
    progress: bool = True,
) -> list[Run]:
    """Do the jobs that the file does not have yet; returns the new runs.

    The file is written again after every job, and a training that is interrupted goes on from its last
    checkpoint, in a folder beside the file: the same call goes on from there. jobs and dask say where it is
    computed (`lstm_lib.parallel.each`); the numbers do not depend on it. What stage "examples" gives is
    written to a folder `examples` beside the file.

    Raises ValueError if the file was made with other versions, ArithmeticError at the end if jobs failed,
    KeyboardInterrupt on Ctrl-C with what is done and what is left.
    """
    path = Path(path).resolve()
    head = _head(versions())
    known = {run.job for run in _done(path, head)}
    missing = [job for job in dict.fromkeys(chosen) if job not in known]

    def keep(found):
        if found["examples"] is not None:
            recorded.whole(path.parent / "examples" / f"{found['run'].area}.json", _lines(found["examples"]))
        together = {run.job: run for run in [*_done(path, head), found["run"]]}
        _write(path, head, together.values())  # another command may have added to the file

    unfinished = path.with_name(path.stem + ".unfinished")
    found = recorded.grow(
        partial(_attempt, unfinished=unfinished),
        missing,
        keep,
        path=path,
        jobs=jobs,
        dask=dask,
        progress=progress,
        show=lambda found: str(found["run"].job),
    )
    with suppress(OSError):  # another command may have put something there, or have taken it away
        unfinished.rmdir()
    return [each["run"] for each in found]


def versions() -> dict[str, str]:
    """The versions of everything that can change a number. ModuleNotFoundError if scikit-learn is missing."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return {**parallel.versions(), "scikit-learn": version("scikit-learn")}
    except PackageNotFoundError:
        raise ModuleNotFoundError(
            "The simpler models need scikit-learn, which is not installed: pip install 'lstm_lib[results]'",
            name="sklearn",
        ) from None


def _module(key: str):
    arrays.one_of("area", key, areas())
    return importlib.import_module(f"{folder.__name__}.{key}")


def _head(made_with: dict) -> dict:
    return {"about": ABOUT, "command": COMMAND, "versions": made_with}


def _attempt(job: Job, unfinished: Path) -> dict | recorded.Failure:
    """The run, or what went wrong: one job that fails must not end the others.

    On a cluster the folder may be that of another computer: without it there are no checkpoints, and a job
    whose worker is killed is done again from its beginning.
    """
    checkpoint = None
    if unfinished.parent.is_dir():
        checkpoint = unfinished / (job.key.replace("/", "-").replace("=", "-") + ".safetensors")
    try:
        found = rerun(job, checkpoint=checkpoint)
    except (ArithmeticError, ModuleNotFoundError, ValueError, OSError) as error:
        return recorded.Failure(job, str(error))
    shown = found.pop("examples", None)
    found.setdefault("scores", {})
    run = Run(job.area, job.stage, job.name, job.seed, dict(job.options), **found)
    return {"run": run, "examples": shown}


def _done(path: Path, head: dict) -> list[Run]:
    """The runs that the file has, if it is one that may grow."""
    if not path.exists():
        return []
    found = read(path)
    recorded.same(path, {"versions": found.versions}, head, ["versions"])
    return found.runs


def _write(path: Path, head: dict, runs: Iterable[Run]) -> None:
    order = {job: number for number, job in enumerate(jobs())}
    listed = sorted(runs, key=lambda run: (run.area, order.get(run.job, len(order)), run.job.key))
    described = [_describe(key) for key in dict.fromkeys(run.area for run in listed)]
    seconds = {"seconds": round(sum(run.seconds for run in listed))}
    recorded.write(path, head | seconds, areas=described, runs=[_line(run) for run in listed])


def _line(run: Run) -> dict:
    """A run without what it does not have. Six digits: what more there is depends on the processor."""
    line = {"area": run.area, "stage": run.stage, "name": run.name, "seed": run.seed, "options": run.options,
            "scores": _rounded(run.scores)}  # fmt: skip
    more = {key: value for key, value in asdict(run).items() if key not in line and value not in (None, {})}
    return line | _rounded(more)


def _rounded(value):
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, (list, tuple)) else value


def _describe(key: str) -> dict:
    return asdict(area(key))


def _lines(shown: dict) -> str:
    """JSON with one line for each value of the first two levels: small, and readable in a comparison."""
    parts = []
    for key, value in shown.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n".join(f"  {recorded.compact(item)}" for item in value)
            parts.append(f' "{key}": [\n{rows}\n ]')
        else:
            parts.append(f' "{key}": {recorded.compact(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"
