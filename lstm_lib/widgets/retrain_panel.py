"""What the panel for training one point looks like in a notebook: choices, two buttons, a bar, a chart."""

from __future__ import annotations

import html

import ipywidgets

from lstm_lib import horizon, locale

WIDE = {"description_width": "9.5em"}


class Panel:
    """The controls of a lstm_lib.widgets.Retrain; `box` is the ipywidget."""

    def __init__(self, retrain):
        self.retrain = retrain
        lang = retrain.lang

        def text(key):
            return locale.text(f"retrain.{key}", lang)

        self.network = ipywidgets.Dropdown(
            options=[(text(key), key) for key in horizon.NETWORKS],
            value=retrain.network,
            description=text("network"),
            style=WIDE,
            layout={"width": "32em", "max_width": "100%"},
        )
        self.lag = ipywidgets.Dropdown(
            options=horizon.LAGS,
            value=retrain.lag,
            description=text("lag"),
            style=WIDE,
            layout={"width": "16em"},
        )
        self.seed = ipywidgets.BoundedIntText(
            value=retrain.seed,
            min=0,
            max=10**6,
            description=text("seed"),
            style=WIDE,
            layout={"width": "16em"},
        )
        self.train = ipywidgets.Button(description=text("train"), button_style="primary")
        self.stop = ipywidgets.Button(description=text("stop"), disabled=True)
        self.bar = ipywidgets.IntProgress(
            min=0, max=retrain._most(), description=text("steps"), style=WIDE, layout={"width": "32em"}
        )
        self.chart = ipywidgets.HTML()
        self.message = ipywidgets.HTML()
        self.box = ipywidgets.VBox(
            [
                ipywidgets.HTML(f"<b>{html.escape(text('title'))}</b>"),
                self.network,
                self.lag,
                self.seed,
                ipywidgets.HBox([self.train, self.stop]),
                self.bar,
                self.chart,
                self.message,
            ]
        )
        self.train.on_click(lambda _: retrain.train())
        self.stop.on_click(lambda _: retrain.stop())
        for name in ("network", "lag", "seed"):
            getattr(self, name).observe(self._chosen, "value")
        self.show()

    def _chosen(self, _):
        self.retrain._choose(network=self.network.value, lag=self.lag.value, seed=self.seed.value)

    def show(self) -> None:
        """Bring everything up to date; called from the thread that trains, too."""
        busy, run, checks = self.retrain.training, self.retrain.run, self.retrain.checks
        for control in (self.network, self.lag, self.seed, self.train):
            control.disabled = busy
        self.stop.disabled = not busy
        self.bar.value = run.steps if run else checks[-1][0] if checks else 0
        self.chart.value = self.retrain.chart()
        # Only the ends are announced by a screen reader: at every check it would never be quiet.
        live = "" if busy else ' role="status"'
        self.message.value = f"<div{live}>{html.escape(self.retrain.message)}</div>"
