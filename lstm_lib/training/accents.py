"""Training the two networks that the page puts to work on the reader's words.

    python -m lstm_lib.training.accents lstm
    python -m lstm_lib.training.accents bilstm --seed 2 --out my-network.safetensors

They are trained as the area "accents" of the results trains its networks (`lstm_lib.results.areas.accents`):
same words, same settings; what is saved is rounded to 8 bits, and measured as it is saved.
"""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path

import numpy as np

from lstm_lib import cells
from lstm_lib.accents import NAMES, SHIPPED, AccentNetwork, read_file
from lstm_lib.datasets.accents import accented_words

SEED = 1


def network_of(name: str, module, metadata: dict) -> AccentNetwork:
    """The AccentNetwork of a torch module with one embedding, one nn.LSTM and one nn.Linear."""
    from torch import nn

    def only(kind):
        return next(part for part in module.modules() if isinstance(part, kind))

    lstm, decoder = only(nn.LSTM), only(nn.Linear)
    weights = {key: value.detach().numpy().astype(float) for key, value in lstm.state_dict().items()}
    parts = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    layers = tuple(
        cells.LSTM(*(weights[f"{part}_l0{suffix}"] for part in parts))
        for suffix in ("", "_reverse") if f"weight_ih_l0{suffix}" in weights
    )  # fmt: skip
    embedding = only(nn.Embedding).weight.detach().numpy().astype(float)
    return AccentNetwork(
        name, embedding[1:], layers,  # row 0 stands for the place after a word's end
        decoder.weight.detach().numpy().astype(float), decoder.bias.detach().numpy().astype(float), metadata,
    )  # fmt: skip


def train_and_save(
    name: str, seed: int = SEED, out: Path | None = None, progress: bool = True
) -> AccentNetwork:
    """Train "lstm" or "bilstm", save it and measure what was saved on the test words. About half a minute.

    Without `out` the shipped file is written if the seed is the shipped one, else one in this folder.
    """
    import torch

    from lstm_lib.results.areas import accents as area

    own = Path(f"accents-{name}-seed-{seed}.safetensors")
    path = Path(out) if out else SHIPPED / f"{name}.safetensors" if seed == SEED else own
    module, result = area.trained(name, seed, area.AREA.chosen[name], test=False, progress=progress)
    metadata = {
        "command": f"python -m lstm_lib.training.accents {name} --seed {seed}",
        "seed": seed,
        "parameters": result["parameters"],
        "versions": {"python": platform.python_version(), "numpy": np.__version__,
                     "torch": torch.__version__.split("+")[0]},
    }  # fmt: skip
    network_of(name, module, metadata).save(path)
    saved = read_file(path)
    words, accented = saved.right(accented_words().test)
    saved.metadata["scores"] = {"words": round(words, 4), "accented": round(accented, 4)}
    saved.save(path)
    return saved


def main() -> int:
    """The command line; returns the exit code."""
    from lstm_lib.__main__ import guarded

    parser = argparse.ArgumentParser(prog="python -m lstm_lib.training.accents", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()

    def command():
        saved = train_and_save(given.name, given.seed, given.out)
        print(f"{saved.name}: {saved.metadata['scores']}")

    return guarded(command)


if __name__ == "__main__":
    sys.exit(main())
