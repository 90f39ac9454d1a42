"""Citations and the bibliography."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .words import language


class TranslateCitations(SphinxPostTransform):
    """The bibliography's " and " and "n.d." are English; in the Portuguese book they are " e " and "s.d."."""

    default_priority = 260

    def run(self):
        if language(self.config) != "pt":
            return
        holders = [
            n
            for n in self.document.findall(nodes.Element)
            if n.tagname == "citation"
            or "bibtex" in n.get("classes", [])
            or n.get("refid", "").startswith("id")
            or "#id" in n.get("refuri", "")
        ]
        for holder in holders:
            for text in list(holder.findall(nodes.Text)):
                if isinstance(text.parent, nodes.emphasis):  # the title of a journal stays as it is
                    continue
                new = re.sub(r",? and (?=[A-ZÀ-Þ]|$)", " e ", text.astext())
                new = re.sub(r"^,? and $", " e ", new)
                new = re.sub(r"\bn\.d\.", "s.d.", new)  # no date: "sem data"
                if new != text.astext():
                    text.parent.replace(text, nodes.Text(new))


def round_citations() -> None:
    """Citations as "(Gers et al., 2000)" and "Gers et al. (2000)": the referencing style `lstmbook`."""
    from dataclasses import dataclass, field

    from sphinxcontrib.bibtex.plugin import register_plugin
    from sphinxcontrib.bibtex.style.referencing import BracketStyle
    from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

    def rounded() -> BracketStyle:
        return BracketStyle(left="(", right=")")

    @dataclass
    class Rounded(AuthorYearReferenceStyle):
        bracket_parenthetical: BracketStyle = field(default_factory=rounded)
        bracket_textual: BracketStyle = field(default_factory=rounded)
        bracket_author: BracketStyle = field(default_factory=rounded)
        bracket_label: BracketStyle = field(default_factory=rounded)
        bracket_year: BracketStyle = field(default_factory=rounded)

    register_plugin("sphinxcontrib.bibtex.style.referencing", "lstmbook", Rounded)
