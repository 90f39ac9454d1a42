"""The training loop that the language models and the classifiers share.

One step: draw a batch, compute its loss, clip the gradient's norm, let Adam move the weights. Around it: a
bar that shows the progress, a stop when the loss is no longer a number, one by hand that says how far it got.
Sources: Adam, Kingma & Ba (2015); clipping the norm, Pascanu, Mikolov & Bengio (2013), algorithm 1; the
learning rate's descent along half a cosine, Loshchilov & Hutter (2017), eq. 5 without restarts; one rise and
one descent ("one-cycle"), Smith & Topin (2019), as torch has it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lstm_lib import arrays
from lstm_lib.training.checkpoint import Checkpoint

SCHEDULES = ("constant", "cosine", "one-cycle")


class TrainingInterrupted(KeyboardInterrupt):
    """Training was stopped by hand after `step` steps; nothing was saved but `checkpoint`, if any."""

    def __init__(self, step: int, steps: int, checkpoint=None):
        kept = "Nothing was saved; the same command starts afresh."
        if checkpoint is not None and checkpoint.path.is_file():
            kept = f"The same command goes on from the last checkpoint, {checkpoint.path}."
        super().__init__(f"Stopped at step {step} of {steps}. {kept}")
        self.step = step


class TrainingDiverged(ArithmeticError):
    """The loss became NaN or infinite at `step`."""

    def __init__(self, step: int, learning_rate: float, clip: float):
        super().__init__(
            f"The loss is no longer a number at step {step} (learning rate {learning_rate:g}, clip "
            f"{clip:g}). Nothing was saved. Try a learning rate ten times smaller, a smaller clip, or "
            "another seed."
        )
        self.step, self.learning_rate, self.clip = step, learning_rate, clip

    def __reduce__(self):  # so that it comes back whole from another process
        return type(self), (self.step, self.learning_rate, self.clip)


@dataclass(frozen=True)
class Ending:
    """How a training ended: after `steps` steps, because of "steps" (all done), "check" or "stop"."""

    steps: int
    reason: str


def run(
    parts: Sequence,
    loss_of: Callable,
    batches: Iterator[tuple],
    *,
    steps: int,
    learning_rate: float,
    clip: float = 1.0,
    schedule: str = "constant",
    name: str = "",
    progress: bool = True,
    on_step: Callable[[int, float], None] | None = None,
    stop: Callable[[], bool] | None = None,
    check: Callable[[int], bool] | None = None,
    check_every: int = 100,
    checkpoint: Checkpoint | None = None,
) -> Ending:
    """Train the torch modules `parts` in place for at most `steps` steps.

    loss_of(*batch) is the loss of one of the `batches`, a torch number. schedule of the learning rate:
    "constant"; "cosine", down to 0 along half a cosine; "one-cycle", up to it in the first tenth of the steps
    and then down, both along half a cosine. on_step(step, loss) is called after every step; after it stop(),
    asked at every step, and check(step), asked every `check_every` steps and at the last one, may end the
    training: return True. With a checkpoint (`lstm_lib.training.checkpoint`) a training that was killed goes
    on where it was, and ends exactly as it would have.

    Raises TrainingDiverged when the loss is no number, TrainingInterrupted (a KeyboardInterrupt) on Ctrl-C.
    """
    import torch
    from tqdm.auto import tqdm

    weights = [weight for part in parts for weight in part.parameters()]
    optimiser = torch.optim.Adam(weights, lr=learning_rate)
    plan = _schedule(optimiser, arrays.one_of("schedule", schedule, SCHEDULES), learning_rate, steps)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # the matrices are small: more threads only get in each other's way
    bar = tqdm(total=steps, desc=name, unit="step", disable=not progress)
    step = first = checkpoint.restore(parts, optimiser, plan) if checkpoint else 0
    ending = Ending(steps, "steps")
    try:
        for _ in range(first):
            next(batches)
        bar.update(first)  # those of a checkpoint
        for step in range(first + 1, steps + 1):
            loss = _step(weights, optimiser, clip, loss_of(*next(batches)))
            if not math.isfinite(loss):
                raise TrainingDiverged(step, learning_rate, clip)
            if plan:
                plan.step()
            bar.update()
            if step % 50 == 0:
                bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
            if on_step:
                on_step(step, loss)
            if check and (step % check_every == 0 or step == steps) and check(step):
                ending = Ending(step, "check")
                break
            if stop and stop():
                ending = Ending(step, "stop")
                break
            if checkpoint and step < steps and checkpoint.due():
                checkpoint.save(step, parts, optimiser, plan)
    except KeyboardInterrupt:
        raise TrainingInterrupted(step, steps, checkpoint) from None
    except TrainingDiverged:
        if checkpoint:
            checkpoint.done()  # it would diverge again
        raise
    finally:
        bar.close()
        torch.set_num_threads(threads)
    if checkpoint:
        checkpoint.done()
    return ending


def _schedule(optimiser, kind, learning_rate, steps):
    from torch.optim import lr_scheduler

    if kind == "cosine":
        return lr_scheduler.CosineAnnealingLR(optimiser, steps)
    if kind == "one-cycle":  # torch's last call is one step beyond the last batch
        return lr_scheduler.OneCycleLR(optimiser, learning_rate, total_steps=steps + 1, pct_start=0.1)
    return None


def _step(weights, optimiser, clip, loss) -> float:
    import torch

    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(weights, clip)
    optimiser.step()
    return loss.item()
