"""Run the jobs of the areas, in parallel, and keep them in a file that grows run by run."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
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
REST_AGAIN = "the others are as they were; --names and --seeds say which to do again"
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


def jobs(
    chosen: Iterable[str] | None = None,
    stages: Iterable[str] | None = None,
    names: Iterable[str] | None = None,
    seeds: Iterable[int] | None = None,
) -> list[Job]:
    """The jobs of some areas, stages, networks (or baselines) and seeds, of all if None. ValueError for one
    that there is not."""
    keys = areas() if chosen is None else list(dict.fromkeys(chosen))
    wanted = STAGES if stages is None else [arrays.one_of("stage", stage, STAGES) for stage in stages]
    found = [job for key in keys for job in _module(key).jobs() if job.stage in wanted]
    found = _narrowed(found, "name", names)
    return _narrowed(found, "seed", seeds)


def _narrowed(found: list[Job], by: str, wanted: Iterable | None) -> list[Job]:
    if wanted is None:
        return found
    there, wanted = dict.fromkeys(getattr(job, by) for job in found), list(wanted)
    for value in wanted:
        if value not in there:
            raise ValueError(
                f"No run here has the {by} {value!r}; expected one of {', '.join(map(str, there))}."
            )
    return [job for job in found if getattr(job, by) in wanted]


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
    again: bool = False,
    progress: bool = True,
) -> list[Run]:
    """Do the jobs that the file does not have yet; returns the new runs.

    The file is written again after every job, and a training that is interrupted goes on from its last
    checkpoint, in a folder beside the file: the same call goes on from there. jobs and dask say where it is
    computed (`lstm_lib.parallel.each`); the numbers do not depend on it. What stage "examples" gives is
    written to a folder `examples` beside the file. again: do those that the file has, too; each stays there
    until its new run takes its place, but what is no job of these areas any more is left out.

    Raises ValueError if the file is another one, or was made with other versions, OSError if it can't be
    written, ArithmeticError at the end if jobs failed, KeyboardInterrupt on Ctrl-C with what is done and what
    is left.
    """
    path = Path(path).resolve()
    head = _head(versions())
    there = {run.job for run in _done(path, head)}
    missing = [job for job in dict.fromkeys(chosen) if again or job not in there]
    current = _current({job.area for job in chosen}) if again else lambda run: True

    def keep(found):
        if found["examples"] is not None:
            recorded.whole(path.parent / "examples" / f"{found['run'].area}.json", _lines(found["examples"]))
        together = {run.job: run for run in [*_done(path, head), found["run"]] if current(run)}
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
        versions=versions,
        rest=REST_AGAIN if again else recorded.REST,
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


def _current(keys: Iterable[str]) -> Callable[[Run], bool]:
    """Whether a run is that of a job, as far as these areas say."""
    known = {key: set(_module(key).jobs()) for key in keys}
    return lambda run: run.area not in known or run.job in known[run.area]


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
