"""Formulas for KaTeX in the browser: its source in an attribute, and plain HTML until it has drawn them."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number

from .plain_formulas import plain
from .words import language, site_words


def visit_math(self, node):
    latex = node.astext()
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate", **{"data-tex": latex}))
    self.body.append(plain(latex) + "</span>")
    raise nodes.SkipNode


def visit_math_block(self, node):
    latex = node.astext().strip()
    if "\\\\" in latex and "\\begin" not in latex:
        latex = "\\begin{aligned}\n" + latex + "\n\\end{aligned}"
    self.body.append(self.starttag(node, "div", CLASS="equation"))
    self.body.append(f'<div class="math display notranslate" data-tex="{self.attval(latex)}">')
    self.body.append(plain(latex) + "</div>")
    if node["number"]:
        number = get_node_equation_number(self, node)
        words = site_words(language(self.builder.config))
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, words["permalink"])
        self.body.append("</span>")
    self.body.append("</div>")
    raise nodes.SkipNode


class KeepTogether(SphinxPostTransform):
    """A formula in the line keeps the comma after it and the parenthesis before it; an ending its hyphen."""

    default_priority = 255
    formats = ("html",)

    def run(self):
        for ending in self.document.findall(nodes.emphasis):
            if ending.astext().startswith("-"):
                ending["classes"].append("together")
        for math in list(self.document.findall(nodes.math)):
            siblings = math.parent.children
            at = siblings.index(math)
            before, after = "", ""
            if at + 1 < len(siblings) and isinstance(siblings[at + 1], nodes.Text):
                after = re.match(r"[,.;:!?)\]…”]*", siblings[at + 1]).group()
            if at and isinstance(siblings[at - 1], nodes.Text):
                before = re.search(r"[(\[“]*$", siblings[at - 1]).group()
            if not before and not after:
                continue
            parent = math.parent
            if after:
                parent.replace(siblings[at + 1], nodes.Text(siblings[at + 1][len(after) :]))
            if before:
                parent.replace(siblings[at - 1], nodes.Text(siblings[at - 1][: -len(before)]))
            whole = nodes.inline("", "", nodes.Text(before), classes=["together"])
            parent.replace(math, whole)
            whole.append(math)
            whole.append(nodes.Text(after))
