"""A question card: an exercise of the book, answered on the page."""

import html

import traitlets

from lstm_lib import checks
from lstm_lib.widgets.base import BookWidget, StateError


class Question(BookWidget):
    """The card of one exercise: `widgets.Question("gates/decay", lang="pt")`.

    exercise: the id of an exercise, or an exercise dict (see lstm_lib.checks). Exercises that ask for code
    have no card. `answer` is the reader's (None: none yet), `verdict` "", "right" or "wrong"; setting
    `answer` here judges it.
    """

    element = "question"

    question = traitlets.Dict().tag(sync=True)
    answer = traitlets.Any(None, allow_none=True).tag(sync=True)
    verdict = traitlets.Enum(("", "right", "wrong"), "").tag(sync=True)

    def __init__(self, exercise, *, id="", **state):
        spec = checks.validate(exercise) if isinstance(exercise, dict) else checks.exercise(exercise)
        super().__init__(id=id or "q-" + spec["id"].replace("/", "-"), question=checks.card(spec), **state)

    def check(self, lang=""):
        """The full verdict on the present answer, a lstm_lib.checks.Verdict."""
        return checks.judge(self.question, self.answer, lang or self.lang or "pt")

    @traitlets.validate("question")
    def _valid_exercise(self, proposal):
        try:
            return checks.card(checks.validate(proposal.value)) if proposal.value else {}
        except ValueError as error:
            raise StateError(str(error)) from None

    @traitlets.observe("answer")
    def _judge(self, change):
        if not self._from_page and self.question:
            self.verdict = self.check().verdict

    def figure(self):
        """A card has no picture: without the script its text is shown."""
        return None

    def fallback_html(self):
        lang = self.lang or "pt"
        spec = self.question
        options = "".join(f"<li>{checks.marked_up(option[lang])}</li>" for option in spec.get("options", []))
        number = f"<strong>{html.escape(spec['number'])}</strong> " if spec["number"] else ""
        label = f"<p>{checks.marked_up(spec['label'][lang])} …</p>" if "label" in spec else ""
        return (
            f'<div class="question-fallback"><p>{number}'
            f"{checks.marked_up(spec['prompt'][lang])}</p>"
            + (f'<ol type="a">{options}</ol>' if options else label)
            + "</div>"
        )
