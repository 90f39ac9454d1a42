"""What is needed to go on with a training exactly where it was, in one file of numbers.

Weights, Adam's moments, the learning rate, torch's generator (dropout draws from it), how many steps were
done, and what the caller keeps on the way. The batches are not in it: they are those of a seed, and are
drawn again up to that step. The file is written whole or not at all: a kill at any moment leaves a good one.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from time import monotonic


class Checkpoint:
    """A file `path` that is written every `every` seconds while a training runs.

    settings: what the training depends on; a file of other settings is not used. memory: a dict of the
    caller's, kept with it: values that JSON can hold, and under "weights" a module's state_dict or nothing.
    """

    def __init__(self, path: Path | str, settings: dict, memory: dict | None = None, every: float = 20.0):
        self.path, self.settings, self.every = Path(path), json.loads(json.dumps(settings)), every
        self.memory = {} if memory is None else memory
        self._last = monotonic()

    def due(self) -> bool:
        """Whether it is time to save again."""
        return monotonic() - self._last >= self.every

    def save(self, step: int, parts, optimiser, plan) -> None:
        """Keep everything as it is after `step` steps."""
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
        }
        data = save(
            {name: value.contiguous() for name, value in tensors.items()}, {"state": json.dumps(plain)}
        )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        unfinished.write_bytes(data)
        unfinished.replace(self.path)
        self._last = monotonic()

    def restore(self, parts, optimiser, plan) -> int:
        """Put everything back; returns how many steps were done, 0 if there is no file that fits."""
        import torch
        from safetensors import SafetensorError, safe_open

        if not self.path.is_file():
            return 0
        try:
            with safe_open(self.path, framework="pt") as file:
                plain = json.loads(file.metadata()["state"])
                tensors = {name: file.get_tensor(name) for name in list(file.keys())}
        except (SafetensorError, OSError, TypeError, KeyError, json.JSONDecodeError):
            return 0
        if plain["settings"] != self.settings:
            return 0
        for number, part in enumerate(parts):
            part.load_state_dict(_below(tensors, f"part.{number}."))
        state = optimiser.state_dict()
        names = _below(tensors, "adam.")
        state["state"] = {
            number: _below(names, f"{number}.")
            for number in sorted({int(name.split(".")[0]) for name in names})
        }
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
        return plain["step"]

    def done(self) -> None:
        """The training has come to its end: the file is not needed any more."""
        self.path.unlink(missing_ok=True)


def _below(tensors: dict, start: str) -> dict:
    return {name.removeprefix(start): value for name, value in tensors.items() if name.startswith(start)}
