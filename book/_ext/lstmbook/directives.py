"""The directives and the role {set}; what each is for is said at the top of the package."""

from __future__ import annotations

import re

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective, SphinxRole

from lstm_lib.figures.style import QUANTITIES
from lstm_lib.locale import text

from .elements import details, element, raw
from .words import language, site_words

# letter: the quantity's name in the package, the line's width in the key, its dash
STROKES = {
    letter: (name, {"c": "5", "h": "2"}.get(letter, "2.25"), " ".join(map(str, dash)))
    for name, (letter, _, dash, _) in QUANTITIES.items()
}


class Book(SphinxDirective):
    """Base: `words` is the table of the page's language, `inside` parses the body into a node."""

    has_content = True

    @property
    def words(self) -> dict:
        return site_words(language(self.config))

    def inside(self, parent):
        self.state.nested_parse(self.content, self.content_offset, parent)
        return parent

    def inline(self, text: str, parent):
        found, messages = self.state.inline_text(text, self.lineno)
        parent.extend(found + messages)
        return parent


class Lede(Book):
    def run(self):
        node = self.inside(element(tag="div", classes=["lede"]))
        return [node]


class Objectives(Book):
    option_spec = {"exercises": directives.nonnegative_int}

    def run(self):
        box = self.inside(nodes.container())
        lists = list(box.findall(nodes.bullet_list))
        if len(lists) != 1:
            raise self.error(
                '{objectives} needs exactly one list, each item ending in its minutes: "(10 min)".'
            )
        total = 0
        goals = lists[0]
        goals["classes"] = ["goals"]
        for item in goals.children:
            last = [t for t in item.findall(nodes.Text)][-1]
            match = re.search(r"\s*\((\d+)[\s\u00a0]*min\)\s*$", last.astext())
            if not match:
                raise self.error(
                    f"{{objectives}}: no minutes at the end of “{item.astext()}”; write (10 min)."
                )
            total += int(match.group(1))
            last.parent.replace(last, nodes.Text(last.astext()[: match.start()]))
            item += raw(f'<span class="m">{match.group(1)}\u00a0min</span>')
        extra = self.options.get("exercises", 0)
        label = self.words["with_exercises" if extra else "total"]
        summary = nodes.list_item(
            "",
            nodes.paragraph("", label),
            raw(f'<span class="m">{total + extra}\u00a0min</span>'),
            classes=["sum"],
        )
        goals += summary
        head = nodes.paragraph("", self.words["objectives"], classes=["goals-h"])
        return [element("", head, goals, tag="div", classes=["objectives"])]


class Key(Book):
    has_content = False
    option_spec = {"only": directives.unchanged, "inline": directives.flag}

    def run(self):
        names = (self.options.get("only") or "f i g o c h").split()
        rows = []
        for q in names:
            if q not in STROKES:
                raise self.error(f"{{key}}: no quantity called “{q}”; there are f i g o c h.")
            name, width, dash = STROKES[q]
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            rows.append(
                f'<li><svg viewBox="0 0 44 10" aria-hidden="true"><path d="M0 5H44" stroke="var(--q-{q})" '
                f'stroke-width="{width}"{dashed}/></svg><i class="q-{q}">{q}</i>'
                f"<span>{text(f'common.{name}', language(self.config))}"
                f'<span class="vh"> ({self.words[f"line_{q}"]})</span></span></li>'
            )
        title = self.words["key" if len(names) == len(STROKES) else "key_some"]
        html = f'<p class="note-h">{title}</p><ul class="key">{"".join(rows)}</ul>'
        where = ["key-inline"] if "inline" in self.options else ["margin", "key-box"]
        return [
            element(
                "",
                raw(html),
                tag="div" if "inline" in self.options else "aside",
                classes=where,
                attributes={} if "inline" in self.options else {"aria-label": title},
            )
        ]


class Specimen(Book):
    option_spec = {
        "lang": directives.unchanged
    }  # the sentences of this book are Portuguese, in both editions

    def run(self):
        box = self.inside(nodes.container())
        if not box.children or not isinstance(box[0], nodes.paragraph):
            raise self.error("{specimen} needs a sentence as its first paragraph.")
        sentence, rest = box.children[0], list(box.children[1:])
        bold = list(sentence.findall(nodes.strong))
        if len(bold) < 2:
            raise self.error(
                "{specimen}: mark the two ends of the thread in the sentence: **menina** … **cansada**."
            )
        for italic in list(sentence.findall(nodes.emphasis)):
            italic.replace_self(nodes.inline("", "", *italic.children, classes=["lure"]))
        spoken = self.options.get("lang", "pt-BR")
        line = element(tag="p", classes=["sentence"], attributes={"lang": spoken})
        thread, state = nodes.inline(classes=["thread"]), "before"
        for child in list(sentence.children):
            if child is bold[0] or child is bold[-1]:
                end = nodes.inline(
                    "",
                    "",
                    nodes.strong("", "", *child.children),
                    classes=["pin", "a" if child is bold[0] else "b"],
                )
                if child is bold[0]:
                    line += thread
                    state = "inside"
                thread += end
                if child is bold[-1]:
                    state = "after"
            else:
                (thread if state == "inside" else line).append(child)
        figure = element("", line, tag="figure", classes=["specimen"])
        if rest:
            figure += element("", *rest, tag="figcaption")
        return [figure]


SIGNS = {
    "no": '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 3l10 10M13 3L3 13"/></svg>',
    "ok": '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M2 8.5l4 4L14 3.5"/></svg>',
}


class Misconception(Book):
    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        claim = self.inline(self.arguments[0], nodes.paragraph(classes=["says"]))
        open_, close = ("\u201c", "\u201d")
        claim.insert(0, nodes.Text(open_))
        claim += nodes.Text(close)
        left = element(
            "", raw(f'<p class="verdict no">{SIGNS["no"]}{self.words["says"]}</p>'), claim, tag="div"
        )
        right = element(
            "",
            raw(f'<p class="verdict ok">{SIGNS["ok"]}{self.words["truth"]}</p>'),
            tag="div",
            classes=["truth"],
        )
        self.inside(right)
        return [element("", left, right, tag="div", classes=["mis", "card"])]


class Margin(Book):
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self):
        node = element(tag="aside", classes=["margin"], attributes={"aria-label": self.words["note"]})
        if self.arguments:
            node += self.inline(self.arguments[0], nodes.paragraph(classes=["note-h"]))
            node["attributes"] = {"aria-label": node[0].astext()}
        return [self.inside(node)]


class Hint(Book):
    """{hint} ex-label: a folded hint; the label of its exercise is for the reader of the source."""

    optional_arguments = 1
    option_spec = {"class": directives.class_option}

    def run(self):
        return [self.inside(details(summary=self.words["hint"], classes=["hint"]))]


class FoldedSolution(Book):
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self):
        summary = self.arguments[0] if self.arguments else self.words["solution"]
        return [self.inside(details(summary=summary, classes=["solution"]))]


DIRECTIVES = {
    "lede": Lede,
    "objectives": Objectives,
    "key": Key,
    "specimen": Specimen,
    "misconception": Misconception,
    "margin": Margin,
    "hint": Hint,
    "dropdown-solution": FoldedSolution,
}


class SetState(SphinxRole):
    """{set}`words <gates?step=11>`: a link that puts an explorable of the same page in a state."""

    def run(self):
        match = re.fullmatch(r"(.+?)\s*<([\w-]+\?[^<>]+)>", self.text, re.S)
        if not match:
            message = self.inliner.reporter.error(
                f"{{set}}`{self.text}`: write the words, then the state in brackets: João <gates?step=11>.",
                line=self.lineno,
            )
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        words, state = match.groups()
        link = nodes.reference("", "", refuri=f"#{state}", internal=True, classes=["set-state"])
        inside, messages = self.inliner.parse(words, self.lineno, self.inliner, link)
        link.extend(inside)
        return [link], messages
