"""Files of results that grow run by run: written whole or not at all, gone on with after an interruption.

The runs are independent of each other (`lstm_lib.parallel`), so that a file may be made in pieces, on several
machines, and comes out the same.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lstm_lib import parallel

REST = "the same command goes on with the rest"


@dataclass(frozen=True)
class Failure:
    """Work on an item that came to no result, and why."""

    item: object
    reason: str


def compact(value) -> str:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write(path: Path | str, head: dict, **lists: Iterable[dict]) -> None:
    """Write a head and lists of one line each item. The file appears complete or not at all."""
    parts = [f' "{key}": {compact(value)}' for key, value in head.items()]
    for key, items in lists.items():
        parts.append(f' "{key}": [\n' + ",\n".join(f"  {compact(item)}" for item in items) + "\n ]")
    whole(path, "{\n" + ",\n".join(parts) + "\n}\n")


def whole(path: Path | str, text: str) -> None:
    """Write a file that appears complete or not at all; its folder is made if need be."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def writable(path: Path | str) -> None:
    """Make sure, before hours of work, that its results can be kept: OSError if `path` can't be written."""
    path = Path(path)
    try:
        if path.is_dir():
            raise IsADirectoryError("it is a folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        trial = path.with_name(f".{path.name}.{os.getpid()}")
        trial.touch()
        trial.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise OSError(
            f"{path} can't be written ({reason}): nothing was run. Name a file in a folder of yours with "
            "--out."
        ) from None


@contextmanager
def alone(path: Path | str) -> Iterator[None]:
    """Inside, no other command reads or writes a file of this folder, if it asks in the same way: two may
    add to one file. Where the system knows no such lock (Windows) nothing is held."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    folder = Path(path).parent
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # given back when it is closed, also by a kill
        yield
    finally:
        os.close(handle)


def grow(
    work: Callable,
    items: Sequence,
    keep: Callable,
    *,
    path: Path | str,
    jobs: int = 1,
    dask: str | None = None,
    progress: bool = True,
    show: Callable = str,
    versions: Callable = parallel.versions,
    rest: str = REST,
) -> list:
    """keep(work(item)) for every item, as soon as each is there; returns what was kept.

    work is called in other processes (`parallel.each`), keep in this one and `alone`. An item that fails must
    not end the others: work returns a Failure then, instead of raising it. versions: what all workers must
    have alike; rest: how to go on, said when it is stopped by hand.

    Raises OSError before anything is run if `path` can't be written, ArithmeticError at the end if some items
    failed, KeyboardInterrupt on Ctrl-C with what is done and what is left.
    """
    if not items:
        return []
    from tqdm.auto import tqdm

    writable(path)
    kept, failures = [], []
    bar = tqdm(total=len(items), unit="run", disable=not progress)
    try:
        for result in parallel.each(work, items, jobs=jobs, dask=dask, versions=versions):
            bar.update()
            if isinstance(result, Failure):
                failures.append(result)
                continue
            with alone(path):
                keep(result)
            kept.append(result)
            bar.set_postfix_str(show(result))
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            f"Stopped: {len(kept)} of {len(items)} runs are done and kept in {path}; {rest}."
        ) from None
    finally:
        bar.close()
    if failures:
        raise ArithmeticError(
            f"{len(failures)} of {len(items)} runs failed, the others are kept. {_reasons(failures)}"
        )
    return kept


def _reasons(failures: list[Failure]) -> str:
    """Every reason once, with the first of the items that it stopped."""
    by_reason = {}
    for failure in failures:
        by_reason.setdefault(failure.reason, []).append(str(failure.item))
    return " ".join(
        f"{items[0]}{f' and {len(items) - 1} more' if items[1:] else ''}: {reason}"
        for reason, items in by_reason.items()
    )


def same(path: Path | str, there: dict, here: dict, names: Iterable[str]) -> None:
    """ValueError if what `names` name differs between a file and what would be written now."""
    for name in names:
        if there[name] != here[name]:
            change = _difference(there[name], here[name])
            raise ValueError(
                f"{path} was made with other {name} than those of now ({change}): "
                "their runs can't be compared. Write to another file with --out, or delete this one."
            )


def _difference(there, here) -> str:
    if isinstance(there, dict) and isinstance(here, dict):
        return "; ".join(
            f"{key} {there.get(key)}, now {here.get(key)}"
            for key in {**there, **here}
            if there.get(key) != here.get(key)
        )
    changed = [old["key"] for old, new in zip(there, here, strict=False) if old != new]
    return ", ".join(changed) or "one has more of them"
