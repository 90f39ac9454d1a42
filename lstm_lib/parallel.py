"""The same function on many items at once: on the cores of this computer, or on a Dask cluster.

Nothing but time depends on where an item is computed, so the function must take all it needs from its item.
joblib starts worker processes here; with the address of a Dask scheduler its workers do it, which need
lstm_lib and the same versions of torch and numpy.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence

from lstm_lib import arrays

PATIENCE = "10s"  # with a scheduler that does not answer
DEATHS = 3  # how many worker processes in a row may die before any of them gives a result


def versions() -> dict[str, str]:
    """The versions of everything that can change a number: Python, numpy, torch."""
    import platform

    import numpy as np
    import torch

    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "torch": torch.__version__.split("+")[0],
    }


def each(
    function: Callable,
    items: Sequence,
    *,
    jobs: int = 1,
    dask: str | None = None,
    versions: Callable[[], dict[str, str]] = versions,
) -> Iterator:
    """function(item) for every item, as soon as each is there, in any order.

    jobs: how many worker processes; 1 works in this one, -1 takes one for each core. dask: the address of a
    scheduler, such as "tcp://192.168.0.7:8786"; jobs is not used then. versions: what its workers and this
    process must have alike. Leaving the loop early, by Ctrl-C too, stops the rest. What a worker had under
    way when it was killed is done again by another one.

    Raises ValueError for other numbers of jobs, for a cluster that does not answer and for one whose workers
    lack the libraries or have other versions; ModuleNotFoundError without Dask; ChildProcessError when
    workers die again and again.
    """
    arrays.whole_number("jobs", jobs, -1, None)
    if jobs == 0:
        raise ValueError("jobs is 0, expected how many processes may work at once, or -1 for all cores.")
    if dask is not None:
        return _on_dask(function, items, dask, versions)
    if jobs == 1 or len(items) < 2:
        return map(function, items)
    return _on_cores(function, items, min(os.cpu_count() or 1, len(items)) if jobs == -1 else jobs)


def _on_cores(function, items, jobs):
    from concurrent.futures.process import BrokenProcessPool

    left, deaths = dict(enumerate(items)), 0
    while left:
        try:
            for number, result in _of_a_pool(function, left, jobs):
                del left[number]
                deaths = 0
                yield result
        except BrokenProcessPool:  # a worker was killed, and the pool with it; what is left takes another one
            deaths += 1
            if deaths == DEATHS:
                raise ChildProcessError(_killed(list(left.values()))) from None


def _of_a_pool(function, left, jobs):
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor

    parallel = Parallel(n_jobs=jobs, return_as="generator_unordered", pre_dispatch=jobs)
    results = parallel(delayed(_quietly)(function, number, item) for number, item in list(left.items()))
    try:
        yield from results
    except BaseException:  # GeneratorExit too: what is under way must not go on behind the back of the caller
        results.close()
        get_reusable_executor().shutdown(wait=True, kill_workers=True)
        raise


def _quietly(function, number, item):
    """In a worker process: Ctrl-C reaches every process of a terminal, but only the first one answers it."""
    from tqdm import tqdm

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tqdm.set_lock(threading.RLock())  # no bar is shown here, and its own lock would outlive a killed worker
    return number, function(item)


def _killed(items) -> str:
    return (
        f"Worker processes were killed {DEATHS} times in a row, with {len(items)} items left, {items[0]} "
        "first: most often memory is short. Try fewer --jobs; what was done before is not lost."
    )


def _on_dask(function, items, address, versions):
    try:
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"A cluster needs {error.name}, which is not installed: pip install dask distributed",
            name=error.name,
        ) from None
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise ValueError(
            f"No Dask scheduler answers at {address!r} ({error}): start one with `dask scheduler`, workers "
            "with `dask worker ADDRESS`, and give the address that it prints."
        ) from None
    with client:
        _same_versions(client, versions)
        tasks = client.map(function, items, pure=False, retries=2)
        try:
            for task in as_completed(tasks):
                yield task.result()
        except KilledWorker:
            raise ChildProcessError(_killed([item for item, task in zip(items, tasks, strict=True)
                                             if not task.done() or task.status == "error"])) from None
        finally:
            client.cancel(tasks)


def _same_versions(client, versions=versions) -> None:
    try:
        found = client.run(versions)
    except Exception as error:  # Dask gives what a worker could not even load as a plain Exception
        raise ValueError(
            f"The Dask workers can't do this work ({error}): pip install there what is installed here, "
            "lstm_lib too, and start them again."
        ) from None
    if not found:
        raise ValueError("The Dask cluster has no worker yet: start some with `dask worker ADDRESS`.")
    here = versions()
    for worker, there in found.items():
        if there != here:
            raise ValueError(
                f"The Dask worker {worker} has {_listed(there)}, here it is {_listed(here)}: the results "
                "could not be compared. Give all of them the same versions."
            )


def _listed(found):
    return ", ".join(f"{name} {version}" for name, version in found.items())
