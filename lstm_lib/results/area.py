"""What an area of the results is, and one of its independent pieces of work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

STAGES = ("choose", "test", "baseline", "story", "examples")


@dataclass(frozen=True)
class Job:
    """One training or one baseline. Its result depends on nothing but these five.

    stage: "choose" (a learning rate, on validation data), "test" (with what was chosen, on test data),
    "baseline" (something simpler than a recurrent network), "story" (what a section of the page tells), or
    "examples" (what the page shows as it is). options: pairs (name, value).
    """

    area: str
    stage: str
    name: str
    seed: int = 0
    options: tuple[tuple[str, float | int | str | bool], ...] = ()

    def option(self, name: str, default=None):
        """The value of an option."""
        return dict(self.options).get(name, default)

    @property
    def key(self) -> str:
        """All of it in a word, such as "river/choose/lstm/0/learning_rate=0.01"."""
        return "/".join(
            [
                self.area,
                self.stage,
                self.name,
                str(self.seed),
                *(f"{name}={value}" for name, value in self.options),
            ]
        )

    def __str__(self):
        return self.key


@dataclass(frozen=True)
class Area:
    """An area as the page needs it: the score that is compared, and what was chosen on validation data.

    metric: a key of the runs' scores; better: "higher" or "lower"; chosen: {network: learning rate}, which
    a test compares with the recorded runs of stage "choose"; dataset: its key in `lstm_lib.datasets`, None
    where the data is generated; minutes: about how long all of it takes on two cores.
    """

    key: str
    metric: str
    better: str
    networks: tuple[str, ...]
    baselines: tuple[str, ...] = ()
    seeds: tuple[int, ...] = (1, 2, 3)
    chosen: dict = field(default_factory=dict)
    dataset: str | None = None
    minutes: float = 1.0

    def jobs(self, rates: Iterable[float], choosing: Iterable[int] = (0,)) -> list[Job]:
        """Its baselines; every network with every learning rate, with the seeds `choosing`; the tests."""
        return [
            *(Job(self.key, "baseline", name) for name in self.baselines),
            *(
                Job(self.key, "choose", name, seed, (("learning_rate", rate),))
                for name in self.networks
                for rate in rates
                for seed in choosing
            ),
            *(Job(self.key, "test", name, seed) for name in self.networks for seed in self.seeds),
        ]
