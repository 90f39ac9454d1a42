"""A panel for a notebook: train one point of the horizon again, watch it learn, stop it, compare."""

from __future__ import annotations

import html
import threading

from lstm_lib import arrays, horizon, locale
from lstm_lib.widgets.base import is_static

WIDTH, HEIGHT, LEFT, BOTTOM = 420, 130, 46, 18  # of the chart, px
LOWEST = 0.4  # accuracy at the bottom of the chart


class Retrain:
    """Choose a network, the shortest distance and a seed; Train, Stop.

    The training runs in a thread of its own, so that the notebook stays free. Afterwards `run` is the
    lstm_lib.horizon.Run, with its classifier in `run.model`, and `error` what went wrong, if anything did.
    `train`, `stop` and `wait` are the buttons, for a program. `steps` (None: as recorded, 2000) is the most
    that are trained.

    While the site is built there is nobody to train: then it shows what was recorded, and says what it does
    in a notebook.
    """

    def __init__(
        self,
        network: str = "lstm-b3",
        lag: int = 25,
        seed: int = 0,
        lang: str = "pt",
        steps: int | None = None,
    ):
        arrays.one_of("network", network, list(horizon.NETWORKS))
        arrays.one_of("lag", lag, horizon.LAGS)
        self.network, self.lag = network, lag
        self.seed = arrays.whole_number("seed", seed, 0, None)
        self.lang, self.steps = locale.check_language(lang), steps
        self.run: horizon.Run | None = None
        self.error: Exception | None = None
        self.message = self._ready()
        self.checks: list[tuple[int, float]] = []
        self.training = False
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._panel = None

    def train(self) -> None:
        """Start; nothing happens while a training is under way."""
        if self.training:
            return
        self.run, self.error, self.checks = None, None, []
        self._stop.clear()
        self.training = True
        self._say(self._text("preparing"))
        self._thread = threading.Thread(target=self._train, name="retrain", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the training after the present step; what has been learned is tested all the same."""
        self._stop.set()

    def wait(self, timeout: float | None = None) -> horizon.Run | None:
        """Wait for the training to end and return the run; None if it did not end, or failed."""
        if self._thread:
            self._thread.join(timeout)
        return self.run

    @property
    def stopped(self) -> bool:
        """Whether `run` was stopped by hand before it had learned, or used up its steps."""
        return bool(
            self.run and self._stop.is_set() and not self.run.learned and self.run.steps < self._most()
        )

    @property
    def recorded(self) -> horizon.Run | None:
        """The run of the book for the present choice, None if there is none."""
        try:
            return horizon.results().run(self.network, self.lag, self.seed)
        except ValueError:
            return None

    def compare(self) -> str:
        """One sentence or two: what was recorded, and whether the present run gave the same."""
        recorded = self.recorded
        if recorded is None:
            return self._text("no-record")
        said = self._of("recorded", recorded)
        if self.run is None or self.stopped or self.steps is not None:
            return said
        return f"{said} {self._text('same' if same(self.run, recorded) else 'differs')}"

    def chart(self) -> str:
        """The accuracies so far as a small SVG drawing, in the colour of the text around it."""
        most = self._most()

        def at(step, accuracy):
            across = LEFT + (WIDTH - LEFT - 8) * step / most
            up = (max(accuracy, LOWEST) - LOWEST) / (1 - LOWEST)
            return f"{across:.1f},{8 + (HEIGHT - BOTTOM - 8) * (1 - up):.1f}"

        def rule(accuracy, label):
            x, y = at(0, accuracy).split(",")
            ends = f'x1="{x}" x2="{WIDTH - 8}" y1="{y}" y2="{y}"'
            return (
                f'<line {ends} stroke="currentColor" stroke-opacity=".35"/>'
                f'<text x="{LEFT - 6}" y="{y}" text-anchor="end" dominant-baseline="middle">{label}</text>'
            )

        step, accuracy = self.checks[-1] if self.checks else (0, 0.5)
        written = self._text("chart", accuracy=self._percent(accuracy), step=step) if self.checks else ""
        dots = "".join(
            '<circle cx="{}" cy="{}" r="2.5" fill="currentColor"/>'.format(*at(*check).split(","))
            for check in self.checks
        )
        line = " ".join(at(*check) for check in self.checks)
        return (
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" style="max-width: 100%; height: auto" '
            f'role="img" aria-label="{html.escape(written, quote=True)}" font-size="11" fill="currentColor">'
            f"{rule(1, locale.percent(1, self.lang))}{rule(0.5, self._text('chance'))}"
            f'<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="1.5"/>{dots}'
            f'<text x="{LEFT}" y="{HEIGHT - 3}">0</text>'
            f'<text x="{WIDTH - 8}" y="{HEIGHT - 3}" text-anchor="end">{most}</text></svg>'
        )

    @property
    def panel(self):
        """The ipywidgets panel; made when it is first asked for."""
        if self._panel is None:
            from lstm_lib.widgets.retrain_panel import Panel

            self._panel = Panel(self)
        return self._panel.box

    def to_html(self) -> str:
        """What a page without Python shows: what the panel does, and the recorded run."""
        about = self._text(
            "in-a-notebook", network=self._text(self.network), lag=str(self.lag), seed=str(self.seed)
        )
        title, about, said = (html.escape(part) for part in (self._text("title"), about, self.compare()))
        return f'<div class="retrain"><p><strong>{title}</strong></p><p>{about}</p><p>{said}</p></div>'

    def _repr_mimebundle_(self, **kwargs):
        if is_static():
            return {"text/html": self.to_html(), "text/plain": repr(self)}, {}
        found = self.panel._repr_mimebundle_(**kwargs)
        data, metadata = found if isinstance(found, tuple) else (found, {})
        return {**data, "text/plain": repr(self)}, metadata

    def __repr__(self):
        return f"Retrain(network={self.network!r}, lag={self.lag}, seed={self.seed})"

    def _train(self):
        try:
            self.run = horizon.train_point(
                self.network,
                self.lag,
                self.seed,
                steps=self.steps,
                progress=False,
                on_check=self._checked,
                stop=self._stop.is_set,
            )
        except ModuleNotFoundError as error:
            self.error, said = error, self._text("no-torch")
        except Exception as error:  # whatever it is, it must be seen: nobody reads a thread's traceback
            self.error, said = error, str(error)
        else:
            said = f"{self._of('stopped' if self.stopped else 'trained', self.run)} {self.compare()}"
        self.training = False
        self._say(said)

    def _checked(self, step, accuracy):
        self.checks.append((step, accuracy))
        said = self._text("training", step=step, steps=self._most(), accuracy=self._percent(accuracy))
        self._say(said)

    def _say(self, message):
        self.message = message
        if self._panel is not None:
            self._panel.show()

    def _choose(self, **choice):
        """Another network, lag or seed; the message says what it means."""
        for name, value in choice.items():
            setattr(self, name, value)
        self._say(self._ready())

    def _ready(self):
        return self._text("ready", shortest=self.lag, longest=self.lag + horizon.WIDTH)

    def _most(self):
        return self.steps or horizon.results().settings["steps"]["horizon"]

    def _of(self, key, run):
        accuracy, far = self._percent(run.accuracy()), self._percent(run.accuracy(200))
        return self._text(key, steps=run.steps, accuracy=accuracy, far=far)

    def _percent(self, share):
        return locale.percent(share, self.lang, 1)

    def _text(self, key, **values):
        return locale.text(f"retrain.{key}", self.lang, **values)


def same(run: horizon.Run, other: horizon.Run) -> bool:
    """Whether two runs gave the same: as many steps, and as many right answers at every distance."""
    return (run.steps, run.window_right, run.right) == (other.steps, other.window_right, other.right)
