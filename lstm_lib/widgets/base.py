"""What the explorables share: one class with typed traits in a notebook, one element on a page without a
kernel.

In JupyterLab an explorable is an anywidget: its traits are the state, two-way. While the site is built
(environment variable LSTM_LIB_STATIC=1) nothing is sent to a front end; the cell's output is

    <lstm-widget type="gates" id="gates" data-state="{...}">static picture</lstm-widget>

which the site's script brings to life, with the same state under the same names.
"""

import base64
import html
import json
import os
import re
from pathlib import Path

import anywidget
import traitlets

from lstm_lib.locale import LANGUAGES

STATIC_FOLDER = Path(__file__).parent / "static"


class StateError(traitlets.TraitError, ValueError):
    """A state that can't be: traitlets takes back every change made with it, callers may expect a
    ValueError."""


class WholeNumber(traitlets.Int):
    """A whole number; True and False, which traitlets takes for 1 and 0, are none."""

    def validate(self, obj, value):
        if isinstance(value, bool):
            self.error(obj, value)
        return super().validate(obj, value)


def is_static():
    """True while the site is built: LSTM_LIB_STATIC=1 in the environment."""
    return os.environ.get("LSTM_LIB_STATIC") == "1"


def bundle(name):
    """The built front-end module of an explorable; FileNotFoundError if it has not been built."""
    path = STATIC_FOLDER / "afm" / f"{name}.js"
    if not path.is_file():
        raise FileNotFoundError(f"{path.name} has not been built: run npm run build in lstm_lib/frontend.")
    return path.read_text(encoding="utf-8")


class BookWidget(anywidget.AnyWidget):
    """Base of the explorables. A subclass gives `element` (its name), traits tagged sync, and `figure`."""

    element = ""
    parts = ()  # what `hide` may name

    lang = traitlets.Enum(("", *LANGUAGES), "").tag(sync=True)

    def __init__(self, *, id="", **state):
        if id and not re.fullmatch(r"[A-Za-z][\w-]*", id):
            raise ValueError(f"The id was {id!r}, expected a letter and then letters, digits, - or _.")
        unknown = sorted(set(state) - set(self.state_keys()))
        if unknown:
            has = ", ".join(self.state_keys())
            raise TypeError(f"{type(self).__name__} has no {', '.join(unknown)}; its state is {has}.")
        self.element_id = id
        self._from_page = False
        try:
            super().__init__(**state)
        except StateError:
            raise
        except traitlets.TraitError as error:
            raise TypeError(str(error)) from None

    @property
    def _esm(self):
        return "" if is_static() else bundle(self.element)

    @classmethod
    def state_keys(cls):
        """Names of the state, in the order in which the class defines them; the same as in the front end."""
        own = [name for base in reversed(cls.__mro__) if issubclass(base, BookWidget) for name in vars(base)]
        traits = cls.class_traits(sync=True)
        return [name for name in own if name in traits and not name.startswith("_")]

    @classmethod
    def defaults(cls):
        """The state of a widget made without arguments, as the front end knows it."""
        return {name: cls.class_traits()[name].default() for name in cls.state_keys()}

    @property
    def state(self):
        """All of the state as a dict, as it is now."""
        return {name: getattr(self, name) for name in self.state_keys()}

    def update(self, **state):
        """Set several keys at once; if one of them can't be, none is changed.

        Raises ValueError (an impossible value), TypeError (a wrong type, an unknown key).
        """
        unknown = sorted(set(state) - set(self.state_keys()))
        if unknown:
            raise TypeError(f"There is no {', '.join(unknown)}; the state is {', '.join(self.state_keys())}.")
        try:
            with self.hold_sync(), self.hold_trait_notifications():
                for name, value in state.items():
                    setattr(self, name, value)
        except StateError:
            raise
        except traitlets.TraitError as error:
            raise TypeError(str(error)) from None

    def figure(self):
        """The static picture of the present state, drawn from the same trace: a lstm_lib.figures.Figure, or
        None while there is nothing to draw."""
        raise NotImplementedError

    def open(self):
        """Start the conversation with the front end; while the site is built there is none, so nothing is
        stored."""
        if not is_static():
            super().open()

    def set_state(self, sync_data):
        # What the page sends has been checked there, and one message may carry a new sentence and an old
        # step: it is taken as it is, and clamped where it is used.
        self._from_page = True
        try:
            super().set_state(sync_data)
        finally:
            self._from_page = False

    @traitlets.validate("hide")
    def _known_parts(self, proposal):
        unknown = sorted(set(proposal.value) - set(self.parts))
        if unknown and not self._from_page:
            raise StateError(
                f"hide was {proposal.value!r}; {', '.join(unknown)} is none of {', '.join(self.parts)}."
            )
        return proposal.value

    def static_state(self):
        """What goes into the page: the keys that differ from their defaults."""
        defaults = self.defaults()
        return {name: value for name, value in self.state.items() if value != defaults[name]}

    def to_html(self):
        """The element for a page without Python. Everything in it is escaped; it needs the site's script to
        move."""
        state = html.escape(json.dumps(self.static_state(), ensure_ascii=False, default=_plain), quote=True)
        id = f' id="{self.element_id}"' if self.element_id else ""
        start = f'<lstm-widget type="{self.element}"{id} data-state="{state}">'
        return f"{start}{self.fallback_html()}</lstm-widget>"

    def fallback_html(self):
        """What is shown in the page before, and without, the script."""
        figure = self.figure()
        return "" if figure is None else figure.to_html()

    def _repr_mimebundle_(self, **kwargs):
        figure = self.figure()
        picture = {} if figure is None else {"image/png": figure.to_png()}
        if is_static():
            return {"text/html": self.to_html(), **picture, "text/plain": repr(self)}, {}
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, **picture, "text/plain": repr(self)}, metadata

    def __repr__(self):
        shown = ", ".join(f"{name}={_short(value)}" for name, value in self.static_state().items())
        return f"{type(self).__name__}({shown})"


def _plain(value):
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode("ascii")}
    raise TypeError(f"{value!r} can't travel as JSON.")


def _short(value):
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
