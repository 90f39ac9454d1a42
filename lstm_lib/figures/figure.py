"""What every figure function returns: a drawing that a notebook, a page and a file can show."""

import base64
import itertools
import os

from lstm_lib.figures import raster, style

_numbers = itertools.count(1)

_BY_WIDTH = (
    "<style>.lstm-narrow{display:none}"
    "@media(max-width:640px){.lstm-wide{display:none}.lstm-narrow{display:block}}</style>"
)


class Figure:
    """A finished figure: SVG that follows the theme of the page, PNG for the rest, and a text alternative.

    panels: one or more Drawings, set side by side in a page as far as there is room; whole: the one Drawing
    that a file or a PNG shows (by default the only panel); narrow: a Drawing that takes their place on a
    phone. `.alt` is the text alternative.
    """

    def __init__(self, panels, whole=None, name="figure", narrow=None):
        self.panels, self.whole, self.name, self.narrow = list(panels), whole or panels[0], name, narrow

    @property
    def alt(self):
        return self.whole.description

    def to_html(self):
        """Inline SVG whose colours are the page's tokens, with its light colours where there are none."""
        prefix = f"{self.name}-{next(_numbers)}"
        drawn = [panel.to_svg(f"{prefix}-{number}") for number, panel in enumerate(self.panels)]
        if self.narrow:
            shapes = {"wide": drawn[0], "narrow": self.narrow.to_svg(f"{prefix}-narrow")}
            inside = _BY_WIDTH + "".join(
                f'<div class="lstm-{shape}">{svg}</div>' for shape, svg in shapes.items()
            )
        elif len(drawn) == 1:
            inside = drawn[0]
        else:
            grid = "display:grid;gap:40px;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr))"
            inside = f'<div style="{grid}">' + "".join(drawn) + "</div>"
        return f'{self._colours()}<div class="lstm-fig {self.name}">{inside}</div>'

    def to_svg(self):
        """A file of its own: literal colours on paper, no style sheet needed."""
        return self.whole.to_svg(self.name, literal=True) + "\n"

    def to_png(self, theme="light", scale=2.0):
        """PNG bytes in the colours of a theme."""
        return raster.png(self.whole, theme, scale)

    def save(self, path):
        """Write the figure as .svg or .png, by the ending of path."""
        path = os.fspath(path)
        if not path.endswith((".svg", ".png")):
            raise ValueError(f"The path was {path!r}; end it in .svg or .png.")
        data = self.to_svg().encode("utf-8") if path.endswith(".svg") else self.to_png()
        with open(path, "wb") as file:
            file.write(data)

    def _colours(self):
        """Outside the book there are no tokens: the light colours are in the drawing, the dark ones come
        from here."""
        if os.environ.get("LSTM_LIB_STATIC") == "1":
            return ""
        dark = "".join(f"--{name}:{value};" for name, value in style.tokens("dark").items())
        return f'<style>body[data-jp-theme-light="false"] .lstm-fig{{{dark}}}</style>'

    def _repr_mimebundle_(self, include=None, exclude=None, **kwargs):
        picture = base64.b64encode(self.to_png()).decode("ascii")
        return {"text/html": self.to_html(), "image/png": picture, "text/plain": repr(self)}, {}

    def __repr__(self):
        return f"<Figure {self.name}: {self.alt}>"
