"""Nodes that are HTML elements by name, and folded blocks."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx


def raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html")


class element(nodes.General, nodes.Element):
    """An HTML element by name: element(tag="aside", classes=[...], attributes={...})."""


class details(nodes.General, nodes.Element):
    """A folded block: details(summary="Solution", classes=[...])."""


def visit_element(self, node):
    self.body.append(self.starttag(node, node.get("tag", "div"), "", **node.get("attributes", {})))


def depart_element(self, node):
    self.body.append(f"</{node.get('tag', 'div')}>\n")


def visit_details(self, node):
    self.body.append(self.starttag(node, "details", "", CLASS="fold"))
    self.body.append(f"<summary>{escape(node['summary'])}</summary><div>\n")


def depart_details(self, node):
    self.body.append("</div></details>\n")


def skip(self, node):
    """Other builders keep the content and lose the wrapping."""


def add_elements(app: Sphinx) -> None:
    """Make the two known; builders other than HTML keep their content."""
    for node, visit, depart in (
        (element, visit_element, depart_element),
        (details, visit_details, depart_details),
    ):
        app.add_node(
            node, html=(visit, depart), **{b: (skip, skip) for b in ("latex", "text", "man", "texinfo")}
        )
