"""What is needed to go on with a training exactly where it was, in one file of numbers.

Weights, Adam's moments, the learning rate, torch's generator (dropout draws from it), how many steps were
done, and what the caller keeps on the way. The batches are not in it: they are those of a seed, and are drawn
again up to that step. The file is written whole or not at all, so that a kill at any moment leaves a good
one; it is safetensors, which holds numbers and text and can run no code when it is read.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from time import monotonic, process_time

import numpy as np

EVERY = 20.0  # seconds between two checkpoints


class Checkpoint:
    """A file `path` that is written every `every` seconds while a training runs.

    settings: what the training depends on; a file of other settings, first weights or versions of the
    libraries is not used. memory: a dict of the caller's that is kept with it: values that JSON can hold, and
    under "weights" a module's state_dict, if any. It is filled again when a training goes on.
    """

    def __init__(
        self, path: Path | str, settings: dict, memory: dict | None = None, every: float | None = None
    ):
        self.path, self.settings = Path(path), settings
        self.memory = {} if memory is None else memory
        self.every = EVERY if every is None else every
        self._last, self._start, self._spent = monotonic(), process_time(), 0.0

    def due(self) -> bool:
        """Whether it is time to save again."""
        return monotonic() - self._last >= self.every

    def save(self, step: int, parts, optimiser, plan) -> None:
        """Keep everything as it is after `step` steps. plan: the schedule of the learning rate or None."""
        import torch
        from safetensors.torch import save

        tensors = {"generator": torch.get_rng_state()}
        for number, part in enumerate(parts):
            tensors |= {f"part.{number}.{name}": value for name, value in part.state_dict().items()}
        for number, moments in optimiser.state_dict()["state"].items():
            tensors |= {f"adam.{number}.{name}": value for name, value in moments.items()}
        tensors |= {f"memory.{name}": value for name, value in self.memory.get("weights", {}).items()}
        plain = {
            "step": step,
            "settings": self.settings,
            "memory": {key: value for key, value in self.memory.items() if key != "weights"},
            "rates": [{"lr": group["lr"], "betas": group["betas"]} for group in optimiser.param_groups],
            "plan": None if plan is None else [plan.last_epoch, plan._step_count],
            "seconds": self._spent + process_time() - self._start,
        }
        whole = {name: value.contiguous() for name, value in tensors.items()}
        data = save(whole, {"state": json.dumps(plain)})
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        unfinished.write_bytes(data)
        unfinished.replace(self.path)
        self._last = monotonic()

    def restore(self, parts, optimiser, plan) -> int:
        """Put everything back; returns how many steps were done, 0 if there is no file that fits."""
        import torch

        from lstm_lib import parallel

        first = [value.numpy() for part in parts for value in part.state_dict().values()]
        self.settings = json.loads(
            json.dumps(self.settings | {"first": fingerprint(first), "versions": parallel.versions()})
        )
        found = _read(self.path)
        if found is None or found[0]["settings"] != self.settings:
            return 0
        plain, tensors = found
        for number, part in enumerate(parts):
            part.load_state_dict(_below(tensors, f"part.{number}."))
        state, moments = optimiser.state_dict(), _below(tensors, "adam.")
        numbers = {int(name.split(".")[0]) for name in moments}
        state["state"] = {number: _below(moments, f"{number}.") for number in sorted(numbers)}
        for group, rates in zip(state["param_groups"], plain["rates"], strict=True):
            group["lr"], group["betas"] = rates["lr"], tuple(rates["betas"])
        optimiser.load_state_dict(state)
        if plan is not None:
            plan.last_epoch, plan._step_count = plain["plan"]
        self.memory.update(plain["memory"])
        weights = _below(tensors, "memory.")
        if weights:
            self.memory["weights"] = weights
        torch.set_rng_state(tensors["generator"])
        self._spent = plain["seconds"]
        return plain["step"]

    def done(self) -> None:
        """The training has come to its end: the file is not needed any more."""
        for left in [self.path, *self.path.parent.glob(f".{self.path.name}.*")]:
            left.unlink(missing_ok=True)


def spent(path: Path | str | None) -> float:
    """Seconds of CPU time in a checkpoint's training so far; 0 if there is none."""
    found = _read(Path(path)) if path else None
    return found[0]["seconds"] if found else 0.0


def fingerprint(all_arrays: Iterable[np.ndarray | None]) -> str:
    """A short text that another content of the arrays would change."""
    summary = hashlib.sha256()
    for array in all_arrays:
        summary.update(b"none" if array is None else f"{array.dtype}{array.shape}".encode())
        if array is not None:
            summary.update(np.ascontiguousarray(array).tobytes())
    return summary.hexdigest()[:16]


def _read(path: Path):
    """(state, tensors) of a file, or None if there is none or it is something else."""
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        return None
    try:
        with safe_open(path, framework="pt") as file:
            plain = json.loads(file.metadata()["state"])
            return plain, {name: file.get_tensor(name) for name in list(file.keys())}
    except (SafetensorError, OSError, TypeError, KeyError, json.JSONDecodeError):
        return None


def _below(tensors: dict, start: str) -> dict:
    return {name.removeprefix(start): value for name, value in tensors.items() if name.startswith(start)}
