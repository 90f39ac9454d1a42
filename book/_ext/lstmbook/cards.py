"""Folding and joining, once titles and numbers are known."""

from __future__ import annotations

import re
from html import escape, unescape

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from .elements import details, element, raw
from .words import language, site_words


class FoldAndJoin(SphinxPostTransform):
    """Folded blocks become <details>; an exercise with what belongs to it becomes one card."""

    default_priority = 250
    formats = ("html",)

    def run(self):
        from sphinx.locale import admonitionlabels
        from sphinx_exercise.nodes import is_exercise_node, solution_node

        words = site_words(language(self.config))
        for node in list(self.document.findall(nodes.Element)):
            if not isinstance(node, (nodes.Admonition, solution_node)) or "dropdown" not in node.get(
                "classes", []
            ):
                continue
            title = node.next_node(nodes.title)
            if title is not None and title.parent is node:
                summary = title.astext()
                node.remove(title)
                if isinstance(
                    node, solution_node
                ):  # sphinx-exercise has no word for it in Brazilian Portuguese
                    summary = words["solution"]
            else:
                summary = str(admonitionlabels.get(node.tagname, words["note"]))
            keep = [c for c in node["classes"] if c not in ("dropdown", "admonition")] or [node.tagname]
            fold = details("", *self.unwrap(node), summary=summary, classes=keep, ids=node["ids"])
            fold["solves"] = node.get("target_label", "")
            node.replace_self(fold)
        for block in self.document.findall(nodes.literal_block):
            if (
                max(map(len, block.astext().splitlines()), default=0) > 69
            ):  # what fits beside 16 px on each side of 640
                block["classes"] = [*block["classes"], "wide-code"]
        self.leave_ids_to_explorables()
        for node in list(self.document.findall(is_exercise_node)):
            self.exercise(node, words)
        for node in list(self.document.findall(self.is_question)):
            follow = self.following(node, lambda s: isinstance(s, details))
            if follow and "card" not in node.parent.get("classes", []):
                self.wrap([node, *follow], element(tag="div", classes=["card", "joined"]))

    def leave_ids_to_explorables(self):
        """An explorable has its id alone: a section of that title ("Gates") keeps only its label."""
        outputs = "".join(node.astext() for node in self.document.findall(nodes.raw))
        taken = set(re.findall(r'<lstm-widget\b[^>]*? id="([\w-]+)"', outputs))
        for section in self.document.findall(nodes.section):
            section["ids"] = [id for id in section["ids"] if id not in taken] or section["ids"]

    @staticmethod
    def unwrap(node):
        """The body of an exercise or solution without its inner <section>, whose id would repeat."""
        body = []
        for child in node.children:
            body.extend(child.children if isinstance(child, nodes.section) else [child])
        return body

    @staticmethod
    def is_question(node) -> bool:
        return (
            isinstance(node, nodes.container)
            and node.get("nb_element") == "cell_code"
            and any('type="question"' in r.astext() for r in node.findall(nodes.raw))
        )

    @staticmethod
    def following(node, wanted):
        siblings = node.parent.children
        found = []
        for sibling in siblings[siblings.index(node) + 1 :]:
            if isinstance(sibling, (nodes.target, nodes.comment)):
                continue
            if not wanted(sibling):
                break
            found.append(sibling)
        return found

    @staticmethod
    def wrap(parts, box):
        parent = parts[0].parent
        parent.insert(parent.index(parts[0]), box)
        for part in parts:
            parent.remove(part)
            box += part

    def exercise(self, node, words):
        """One card of an exercise and what follows it up to its last solution: cells, hints, solutions."""
        label, number = node["label"], self.number(node["label"])
        siblings = node.parent.children
        start = siblings.index(node)
        after = siblings[start + 1 :]
        ends = [
            k for k, part in enumerate(after) if isinstance(part, details) and part.get("solves") == label
        ]
        parts = after[: ends[-1] + 1] if ends else []
        title = node.next_node(nodes.title)
        name = ""
        if title is not None:
            name = title.astext().strip().removeprefix(words["exercise"]).strip().strip("()")
            node.remove(title)
        outputs = unescape(" ".join(r.astext() for part in parts for r in part.findall(nodes.raw)))
        minutes = re.search(r",\s*(\d+)[\s\u00a0]*min$", name) or re.search(r'"minutes": ?(\d+)', outputs)
        name = re.sub(r",\s*\d+[\s\u00a0]*min$", "", name)
        tag = f'<p class="tag">{words["exercise"]} {number}'
        tag += f'<span class="m">{escape(name)}</span>' if name else ""
        tag += f'<span class="m min">{minutes[1]}\u00a0min</span>' if minutes else ""
        card = element(
            "",
            raw(tag + "</p>"),
            *self.unwrap(node),
            tag="div",
            classes=["card", "exercise"],
            ids=node["ids"],
            attributes={"role": "group", "aria-label": f"{words['exercise']} {number}"},
        )
        parent = node.parent
        node.replace_self(card)
        for part in parts:
            parent.remove(part)
            card += part

    def number(self, label: str) -> str:
        numbers = self.env.toc_fignumbers.get(self.env.docname, {}).get("exercise", {})
        return ".".join(map(str, numbers.get(label, ())))
