"""What the areas that tell classes apart have in common: drawings and recordings of digits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_lib.results.area import Area, Job

STRENGTHS = {"logistic": (0.003, 0.01, 0.03, 0.1, 1.0), "svm": (1.0, 3.0, 10.0, 30.0)}  # scikit-learn's C


@dataclass(frozen=True)
class Settings:
    """The LSTM's units (the others get as many as make equal parameters), batch, epochs, dropout."""

    hidden_size: int
    batch: int
    epochs: int
    dropout: float = 0.0


def trained(area: Area, parts, job: Job, settings: Settings, checkpoint=None, progress=False):
    """(module, result) of a network that reads the inputs and answers after the last step."""
    from lstm_lib.training import sequences

    three = [
        sequences.Sequences(part.inputs, part.classes, part.lengths)
        for part in (parts.train, parts.validation, parts.test)
    ]
    sizes = parts.train.inputs.shape[-1], int(parts.train.classes.max()) + 1
    units = settings.hidden_size
    if job.name != "lstm":
        units = sequences.equal_hidden(job.name, ("lstm", units), *sizes)
    fitted = sequences.fit(
        sequences.build(job.name, *sizes, units, seed=job.seed, dropout=settings.dropout),
        three[0],
        three[1],
        epochs=settings.epochs,
        batch=settings.batch,
        learning_rate=job.option("learning_rate", area.chosen[job.name]),
        seed=job.seed,
        checkpoint=checkpoint,
        progress=progress,
        name=job.name,
    )
    found = sequences.predict(fitted.module, three[2]).argmax(axis=1)
    return fitted.module, {
        "scores": {} if job.stage == "choose" else {"accuracy": float((found == three[2].targets).mean())},
        **fitted.record,
    }


def after_each_step(module, part) -> np.ndarray:
    """Probabilities (n, T, K), had the sequence ended there: the read-out of every state."""
    import torch

    with torch.no_grad():
        hidden = module.recurrent(torch.from_numpy(part.inputs))[0]
        return torch.softmax(module.readout(hidden), dim=-1).numpy()


def logistic(columns: list[np.ndarray], parts) -> dict:
    """Multinomial logistic regression on inputs of one size."""
    from sklearn.linear_model import LogisticRegression

    return _best("logistic", lambda C: LogisticRegression(C=C, max_iter=500), columns, parts)


def svm(columns: list[np.ndarray], parts) -> dict:
    """Support vector machine with a Gaussian kernel on inputs of one size."""
    from sklearn.svm import SVC

    return _best("svm", lambda C: SVC(C=C), columns, parts)


def _best(name: str, model, columns, parts) -> dict:
    """The strength that is best on the validation part; then fitted on training and validation together."""
    classes = [parts.train.classes, parts.validation.classes, parts.test.classes]
    mean, sd = columns[0].mean(axis=0), columns[0].std()
    train, validation, test = ((part - mean) / sd for part in columns)
    tried = {C: model(C).fit(train, classes[0]).score(validation, classes[1]) for C in STRENGTHS[name]}
    best = max(tried, key=tried.get)
    whole = model(best).fit(np.concatenate([train, validation]), np.concatenate(classes[:2]))
    return {
        "scores": {"accuracy": float(whole.score(test, classes[2]))},
        "validation": float(tried[best]),
        "detail": {"C": best},
    }


BASELINES = {"logistic": logistic, "svm": svm}
