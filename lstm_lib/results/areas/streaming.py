"""Where an LSTM is still right: a stream without end, and little data.

Stage "story": what the next symbol costs an LSTM and a Transformer block of equal parameters, by its place in
the stream (`lstm_lib.streaming`). Numbers kept and multiplications are exact; microseconds are those of the
computer that ran it, the median of 200.

Stages "choose" and "test": a small Transformer encoder with as many parameters as the LSTM, on the river and
on the spoken digits: same splits, seeds, epochs and batches, learning rate chosen on validation with seed 0.
The recurrent networks' runs are those of the areas `river` and `speech`.
"""

from lstm_lib import streaming
from lstm_lib.results.area import Area, Job
from lstm_lib.results.areas import river, speech

DATA = {"river": river.AREA, "speech": speech.AREA}
RATES = {"river": (0.003, 0.01, 0.03, 0.1), "speech": (0.001, 0.003, 0.01)}
WIDTHS = {"river": (16, 4), "speech": (48, 4)}  # of the encoder, and its heads
CHOSEN = {"river": 0.03, "speech": 0.003}

AREA = Area(
    key="streaming",
    metric="microseconds",
    better="lower",
    networks=("lstm", "attention"),
    chosen={f"transformer-{data}": rate for data, rate in CHOSEN.items()},
    minutes=1.5,
)


def jobs() -> list[Job]:
    """Both streams, then the encoder's trainings."""
    story = [Job("streaming", "story", name) for name in streaming.STREAMS]
    choose = [
        Job("streaming", "choose", f"transformer-{data}", 0, (("learning_rate", rate),))
        for data in DATA
        for rate in RATES[data]
    ]
    test = [
        Job("streaming", "test", f"transformer-{data}", seed)
        for data, like in DATA.items()
        for seed in like.seeds
    ]
    return [*story, *choose, *test]


def run(job: Job, *, checkpoint=None, progress: bool = False) -> dict:
    """One of them. Scores of a stream: those at the last position; of the encoder: "nse" or "accuracy"."""
    if job.stage == "story":
        return _stream(job.name)
    data = job.name.removeprefix("transformer-")
    rate = job.option("learning_rate", CHOSEN[data])
    found = {"river": _river, "speech": _speech}[data](job.seed, rate, checkpoint, progress)
    return found | {"scores": {}} if job.stage == "choose" else found


def _stream(name: str) -> dict:
    stream = streaming.STREAMS[name]()
    by_position = {
        "positions": list(streaming.POSITIONS),
        "kept": [stream.kept(n) for n in streaming.POSITIONS],
        "multiplications": [stream.multiplications(n) for n in streaming.POSITIONS],
        "microseconds": [round(time, 1) for time in streaming.microseconds(name)],
    }
    last = {key: by_position[key][-1] for key in ("kept", "multiplications", "microseconds")}
    return {"scores": last, "parameters": stream.parameters, "detail": by_position}


def _river(seed, rate, checkpoint, progress):
    from lstm_lib.training import sequences

    parts = [river.as_sequences(part, river.PAST) for part in ("train", "validation", "test")]
    wanted = sequences.parameter_count("lstm", river.HIDDEN, 3, 1)
    module, fitted = _fitted(
        "river", parts, (3, 1), wanted, seed, rate, checkpoint, progress, loss="mse", read="last",
        epochs=river.EPOCHS, batch=river.BATCH,
        score=lambda outputs, of: river.efficiency(river.flow_of(outputs), "validation"),
    )  # fmt: skip
    flow = river.flow_of(sequences.predict(module, parts[2]))
    return {"scores": {"nse": river.efficiency(flow, "test")}, **fitted}


def _speech(seed, rate, checkpoint, progress):
    from lstm_lib.datasets import spoken_digits
    from lstm_lib.training import sequences

    digits = spoken_digits()
    parts = [
        sequences.Sequences(part.inputs, part.classes, part.lengths)
        for part in (digits.train, digits.validation, digits.test)
    ]
    sizes = parts[0].inputs.shape[-1], 10
    wanted = sequences.parameter_count("lstm", speech.HIDDEN, *sizes)
    module, fitted = _fitted(
        "speech", parts, sizes, wanted, seed, rate, checkpoint, progress, loss="cross_entropy", read="mean",
        epochs=speech.EPOCHS, batch=speech.BATCH, dropout=speech.DROPOUT,
    )  # fmt: skip
    right = sequences.predict(module, parts[2]).argmax(axis=1) == parts[2].targets
    return {"scores": {"accuracy": float(right.mean())}, **fitted}


def _fitted(data, parts, sizes, wanted, seed, rate, checkpoint, progress, *, read, dropout=0.0, **options):
    """(module, result without scores): an encoder with `wanted` parameters, its best epoch on validation."""
    from lstm_lib.training import sequences, transformer

    width, heads = WIDTHS[data]
    inner = transformer.equal_inner(*sizes, width, wanted)
    module = transformer.Encoder(*sizes, width, heads, inner, seed=seed, read=read, dropout=dropout)
    fitted = sequences.fit(
        module, parts[0], parts[1], learning_rate=rate, seed=seed, checkpoint=checkpoint, progress=progress,
        name=f"transformer, {data}", **options,
    )  # fmt: skip
    return fitted.module, fitted.record
