"""Landmarks: published results of LSTM networks in time, with how much error each removed where that can be
said."""

import html

import traitlets

from lstm_lib import landmarks
from lstm_lib.locale import text
from lstm_lib.widgets.base import BookWidget, StateError


class Landmarks(BookWidget):
    """Time line and table of published results: `widgets.Landmarks(area="speech", sort="year")`.

    area: only the results of this area, a key of `lstm_lib.landmarks.areas()`, "" for all; sort: the order of
    the table, "removed", "year" or "area"; row: the chosen result, an id of `lstm_lib.landmarks.load()`;
    all: every row of the table, not only the first.

    `.rows` has the shown results in their order, `.selection` the chosen one. Raises ValueError for an area
    or a result that there is not.
    """

    element = "landmarks"
    parts = ("title", "link", "tools", "timeline", "point", "see", "table")

    area = traitlets.Unicode("").tag(sync=True)
    sort = traitlets.Enum(landmarks.SORTS, "removed").tag(sync=True)
    row = traitlets.Unicode("timit-ctc").tag(sync=True)
    all = traitlets.Bool(False).tag(sync=True)
    hide = traitlets.List(traitlets.Unicode()).tag(sync=True)

    @property
    def rows(self):
        """The results of the area in the order of the table: a list of `lstm_lib.landmarks.Landmark`."""
        return landmarks.ordered(self.sort, self.area if self.area in landmarks.areas() else "")

    @property
    def selection(self):
        """The chosen result; the first of the area if the chosen one is of another."""
        return landmarks.chosen(self.rows, self.row)

    def figure(self):
        from lstm_lib import figures

        area = self.area if self.area in landmarks.areas() else ""
        return figures.landmarks(self.lang or "pt", area, self.selection.id)

    def fallback_html(self):
        """The picture, and every row with its caveat and its source, for a page without scripts."""
        return super().fallback_html() + _table(self.rows, self.lang or "pt")

    @traitlets.validate("area")
    def _known_area(self, proposal):
        if proposal.value and proposal.value not in landmarks.areas() and not self._from_page:
            raise StateError(
                f"area was {proposal.value!r}; there are {', '.join(landmarks.areas())}, and '' for all."
            )
        return proposal.value

    @traitlets.validate("row")
    def _known_row(self, proposal):
        ids = [row.id for row in landmarks.load()]
        if proposal.value not in ids and not self._from_page:
            raise StateError(f"row was {proposal.value!r}; there are {', '.join(ids)}.")
        return proposal.value


# Where the explorable is about to come, a long table that gives way to it would make the page jump.
_WITHOUT_SCRIPTS = "<style>@media (scripting: enabled){.landmark-rows{display:none}}</style>"


def _table(rows, lang):
    def cell(*paragraphs):
        return "<td>" + "<br>".join(html.escape(said) for said in paragraphs) + "</td>"

    heads = "".join(
        f'<th scope="col">{html.escape(text(f"landmarks.row_{column}", lang))}</th>'
        for column in ("result", "measure", "removed")
    )
    lines = "".join(
        "<tr>"
        + cell(
            f"{row.year}, {landmarks.words(row, 'data', lang)}",
            landmarks.compared(row, lang),
            f"{landmarks.words(row, 'caveat', lang)} {landmarks.sources(row, lang)}",
        )
        + cell(landmarks.values(row, lang), text(f"landmarks.metric.{row.metric}", lang))
        + cell(landmarks.outcome(row, lang))
        + "</tr>"
        for row in rows
    )
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    return f'{_WITHOUT_SCRIPTS}<div class="landmark-rows">{table}</div>'
