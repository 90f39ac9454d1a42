"""The same function on many items at once: on the cores of this computer, or on a Dask cluster.

Nothing but time depends on where an item is computed, so the function must take all it needs from its item.
joblib starts worker processes here; with the address of a Dask scheduler its workers do it, which need
lstm_lib and the same versions of torch and numpy.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence

from lstm_lib import arrays

PATIENCE = "10s"  # with a scheduler that does not answer


def each(function: Callable, items: Sequence, *, jobs: int = 1, dask: str | None = None) -> Iterator:
    """function(item) for every item, as soon as each is there, in any order.

    jobs: how many worker processes; 1 works in this one, -1 takes one for each core. dask: the address of a
    scheduler, such as "tcp://192.168.0.7:8786"; jobs is not used then. Leaving the loop early, by Ctrl-C too,
    stops the rest.

    Raises ValueError for other numbers of jobs, for a cluster that does not answer and for one whose workers
    have other versions of the libraries.
    """
    arrays.whole_number("jobs", jobs, -1, None)
    if jobs == 0:
        raise ValueError("jobs is 0, expected how many processes may work at once, or -1 for all cores.")
    if dask is not None:
        return _on_dask(function, items, dask)
    if jobs == 1 or len(items) < 2:
        return map(function, items)
    return _on_cores(function, items, min(os.cpu_count() or 1, len(items)) if jobs == -1 else jobs)


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


def _on_cores(function, items, jobs):
    from joblib import Parallel, delayed

    parallel = Parallel(n_jobs=jobs, return_as="generator_unordered", pre_dispatch=jobs)
    results = parallel(delayed(_quietly)(function, item) for item in items)
    try:
        yield from results
    finally:
        results.close()


def _quietly(function, item):
    """In a worker process: Ctrl-C reaches every process of a terminal, but only the first one answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return function(item)


def _on_dask(function, items, address):
    from distributed import Client, as_completed

    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise ValueError(
            f"No Dask scheduler answers at {address!r} ({error}): start one with `dask scheduler`, workers "
            "with `dask worker ADDRESS`, and give the address that it prints."
        ) from None
    with client:
        _same_versions(client)
        tasks = client.map(function, items, pure=False, retries=2)
        try:
            for task in as_completed(tasks):
                yield task.result()
        finally:
            client.cancel(tasks)


def _same_versions(client) -> None:
    found = client.run(versions)
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
