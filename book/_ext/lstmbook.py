"""The book's own Sphinx extension: everything a page of this book may contain beyond plain MyST.

Directives (the words they add are in the page's language):

    :::{lede}                       the chapter's question, under its title
    :::{objectives}                 list; each item ends in "(10 min)"; option :exercises: 20 adds to the sum
    :::{key}                        the six quantities with colour and dash, in the margin;
                                    options :only: f i c, :inline: (in the column)
    :::{specimen}                   the sentence and its thread: the first **bold** word begins it, the last
                                    ends it, *italic* is the lure; further paragraphs are the caption; option
                                    :lang: (default pt-BR: the sentence's own language, for screen readers)
    :::{misconception} A claim      a card: the claim on one side, the correction (the body) on the other
    :::{margin} Title               a note beside the paragraph that follows
    :::{hint} ex-label              a folded hint
    :::{dropdown-solution} Title    a folded block (title "Solution" by itself)

Role: {set}`words <gates?step=11&unit=18>` is a link that puts the explorable with that element id in that
state. Any admonition or {solution} with `:class: dropdown` becomes a <details>; an exercise, its cells, hints
and solution are joined to one card. Chapters are numbered by their file's name (04-gates is 4).

Also here: formulas for KaTeX in the browser; the page's context (contents, language link, notebook to
download); the static files; the execution cache's key, a hash of lstm_lib: by itself it sees the page only.
"""

from __future__ import annotations

import os
import re
from html import escape, unescape
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.math import get_node_equation_number
from sphinx.util.osutil import relative_uri

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "book" / "_assets"
WIDGETS = ROOT / "lstm_lib" / "widgets" / "static" / "site"

WORDS = {
    "pt": {
        "objectives": "Ao terminar, você saberá",
        "with_exercises": "Com os exercícios",
        "total": "Ao todo",
        "key": "As seis grandezas",
        "says": "Parece que",
        "truth": "Na verdade",
        "exercise": "Exercício",
        "solution": "Solução",
        "hint": "Dica",
        "chapter": "Capítulo",
        "search": "Buscar",
        "search_title": "Buscar no livro",
        "search_all": "A busca encontra as páginas que contêm todas as palavras.",
        "search_nojs": "A busca precisa de JavaScript. O sumário leva a todos os capítulos.",
        "contents": "Sumário",
        "menu": "Abrir o sumário",
        "menu_close": "Fechar o sumário",
        "skip": "Ir para o texto",
        "language": "English",
        "language_code": "en",
        "download": "Baixar esta página como notebook",
        "to_dark": "Usar o tema escuro",
        "to_light": "Usar o tema claro",
        "next": "Próximo",
        "prev": "Anterior",
        "subtitle": "Um livro que se mexe",
        "tools": "Ferramentas da página",
        "chapters": "Capítulos",
        "around": "Páginas vizinhas",
        "copy": "Copiar",
        "copied": "Copiado",
        "code": "Código",
        "output": "Resultado",
        "table": "Tabela",
        "formula": "Fórmula",
        "licence": "Código sob a licença MIT, texto e figuras sob CC BY 4.0.",
        "permalink": "Link para esta seção",
        "here": "Nesta página",
        "note": "Nota",
        "quantities": {
            "f": "gate de esquecimento",
            "i": "gate de entrada",
            "g": "candidato",
            "o": "gate de saída",
            "c": "estado da célula",
            "h": "estado oculto",
        },
        "dashes": {
            "f": "linha cheia",
            "i": "tracejada",
            "g": "pontilhada",
            "o": "traço e ponto",
            "c": "linha grossa",
            "h": "linha cheia",
        },
    },
    "en": {
        "objectives": "When you finish, you will be able to",
        "with_exercises": "With the exercises",
        "total": "In all",
        "key": "The six quantities",
        "says": "It looks as if",
        "truth": "In fact",
        "exercise": "Exercise",
        "solution": "Solution",
        "hint": "Hint",
        "chapter": "Chapter",
        "search": "Search",
        "search_title": "Search the book",
        "search_all": "The search finds the pages that contain all the words.",
        "search_nojs": "Searching needs JavaScript. The contents lead to every chapter.",
        "contents": "Contents",
        "menu": "Open the contents",
        "menu_close": "Close the contents",
        "skip": "Skip to the text",
        "language": "Português",
        "language_code": "pt-BR",
        "download": "Download this page as a notebook",
        "to_dark": "Use the dark theme",
        "to_light": "Use the light theme",
        "next": "Next",
        "prev": "Previous",
        "subtitle": "A book that moves",
        "tools": "Page tools",
        "chapters": "Chapters",
        "around": "Neighbouring pages",
        "copy": "Copy",
        "copied": "Copied",
        "code": "Code",
        "output": "Output",
        "table": "Table",
        "formula": "Formula",
        "licence": "Code under the MIT licence, text and figures under CC BY 4.0.",
        "permalink": "Link to this section",
        "here": "On this page",
        "note": "Note",
        "quantities": {
            "f": "forget gate",
            "i": "input gate",
            "g": "candidate",
            "o": "output gate",
            "c": "cell state",
            "h": "hidden state",
        },
        "dashes": {
            "f": "solid line",
            "i": "dashed",
            "g": "dotted",
            "o": "dash and dot",
            "c": "thick line",
            "h": "solid line",
        },
    },
}
STROKES = {
    "f": ("2.25", ""),
    "i": ("2.25", "6 3"),
    "g": ("2.25", "2 3"),
    "o": ("2.25", "8 3 2 3"),
    "c": ("5", ""),
    "h": ("2", ""),
}


def language(config) -> str:
    """ "pt" or "en", from Sphinx's language setting."""
    return "en" if (config.language or "").startswith("en") else "pt"


def raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html")


# --- nodes ----------------------------------------------------------------------------------------


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


# --- directives and the role ----------------------------------------------------------------------


class Book(SphinxDirective):
    """Base: `words` is the table of the page's language, `inside` parses the body into a node."""

    has_content = True

    @property
    def words(self) -> dict:
        return WORDS[language(self.config)]

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
            width, dash = STROKES[q]
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            rows.append(
                f'<li><svg viewBox="0 0 44 10" aria-hidden="true"><path d="M0 5H44" stroke="var(--q-{q})" '
                f'stroke-width="{width}"{dashed}/></svg><i class="q-{q}">{q}</i>'
                f"<span>{self.words['quantities'][q]}"
                f'<span class="vh"> ({self.words["dashes"][q]})</span></span></li>'
            )
        html = f'<p class="note-h">{self.words["key"]}</p><ul class="key">{"".join(rows)}</ul>'
        where = ["key-inline"] if "inline" in self.options else ["margin", "key-box"]
        return [
            element(
                "",
                raw(html),
                tag="div" if "inline" in self.options else "aside",
                classes=where,
                attributes={} if "inline" in self.options else {"aria-label": self.words["key"]},
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


# --- folding and joining, once titles and numbers are known ---------------------------------------


class FoldAndJoin(SphinxPostTransform):
    """Folded blocks become <details>; an exercise with what belongs to it becomes one card."""

    default_priority = 250
    formats = ("html",)

    def run(self):
        from sphinx.locale import admonitionlabels
        from sphinx_exercise.nodes import is_exercise_node, solution_node

        words = WORDS[language(self.config)]
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


class KeepTogether(SphinxPostTransform):
    """A formula in the line keeps the comma after it and the parenthesis before it."""

    default_priority = 255
    formats = ("html",)

    def run(self):
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


class TranslateCitations(SphinxPostTransform):
    """The bibliography's " and " is English; in the Portuguese book it is " e "."""

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
                if new != text.astext():
                    text.parent.replace(text, nodes.Text(new))


# --- formulas -------------------------------------------------------------------------------------


def visit_math(self, node):
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate"))
    self.body.append(self.encode(node.astext()) + "</span>")
    raise nodes.SkipNode


def visit_math_block(self, node):
    latex = node.astext().strip()
    if "\\\\" in latex and "\\begin" not in latex:
        latex = "\\begin{aligned}\n" + latex + "\n\\end{aligned}"
    self.body.append(self.starttag(node, "div", CLASS="equation"))
    self.body.append(f'<div class="math display notranslate">{self.encode(latex)}</div>')
    if node["number"]:
        number = get_node_equation_number(self, node)
        words = WORDS[language(self.builder.config)]
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, words["permalink"])
        self.body.append("</span>")
    self.body.append("</div>")
    raise nodes.SkipNode


# --- numbers, contents, page context --------------------------------------------------------------


def chapter_number(docname: str) -> int | None:
    """4 for "04-gates", 0 for "index", None for a page without a number."""
    name = docname.rsplit("/", 1)[-1]
    if name == "index":
        return 0
    match = re.match(r"(\d\d)-", name)
    return int(match.group(1)) if match else None


def number_by_file_name(app: Sphinx, env):
    """Sphinx counts chapters from 1 as they come in the contents; here the file's name has the number."""
    for docname, numbers in env.toc_secnumbers.items():
        chapter = chapter_number(docname)
        if chapter:
            for anchor, number in numbers.items():
                if number:  # None: deeper than what is numbered
                    numbers[anchor] = (chapter, *number[1:])
            env.titles[docname]["secnumber"] = (chapter,)
    return TocTreeCollector().assign_figure_numbers(env)


def contents(app: Sphinx, pagename: str) -> list[dict]:
    """The sidebar: every page of the contents, with the sections of the current one."""
    env, root = app.env, app.config.root_doc
    pages = []
    for docname in [root, *env.toctree_includes.get(root, [])]:
        meta = env.metadata.get(docname, {})
        current = docname == pagename
        sections = []
        if current and docname in env.tocs:
            for ref in env.tocs[docname].findall(nodes.reference):
                depth = sum(isinstance(p, nodes.bullet_list) for p in ancestors(ref))
                if depth == 2 and ref.get("anchorname"):
                    sections.append({"title": inner_html(app, ref), "anchor": ref["anchorname"]})
        pages.append(
            {
                "title": meta.get("short_title") or env.titles[docname].astext(),
                "number": chapter_number(docname),
                "url": relative_uri(app.builder.get_target_uri(pagename), app.builder.get_target_uri(docname))
                or "#",
                "current": current,
                "sections": sections,
            }
        )
    return pages


def ancestors(node):
    while node.parent is not None:
        node = node.parent
        yield node


def inner_html(app: Sphinx, node) -> str:
    """A toc entry as text; formulas as their letters."""
    return escape(re.sub(r"\\class\{[^}]*\}\{([^}]*)\}", r"\1", node.astext()))


def page_context(app: Sphinx, pagename: str, templatename: str, context: dict, doctree):
    lang = language(app.config)
    words = WORDS[lang]
    other = "en" if lang == "pt" else "pt"
    name = pagename.rsplit("/", 1)[-1]
    number = chapter_number(pagename) if doctree is not None else None
    context.update(
        words=words,
        lang=lang,
        other=other,
        chapter=number,
        contents=contents(app, pagename),
        html_lang="pt-BR" if lang == "pt" else "en",
        page_name=name,
        book_title=app.config.html_title,
    )
    if app.config.lstmbook_site:  # both languages stand side by side: _site/pt, _site/en
        here = context["content_root"] or "./"
        context["language_link"] = f"{here}../{other}/{pagename}.html"
        context["alternates"] = {code: f"{here}../{code}/{pagename}.html" for code in ("pt", "en")}
    body = context.get("body") or ""
    body = body.replace(' aria-label="Toggle hidden content"', "")  # English whatever the book's language
    body = re.sub(
        r' role="(?:doc-biblioentry|doc-backlink|doc-noteref|list)"', "", body
    )  # deprecated, or on the wrong element
    body = re.sub(
        r'<th class="head">\s*(?:<p>\s*</p>)?\s*</th>', "<td></td>", body
    )  # an empty corner is no header
    context["body"] = body
    context["has_math"] = 'class="math' in body
    context["has_design"] = 'class="sd-' in body
    context["has_widgets"] = (WIDGETS / "lstm-widgets.js").exists() and "<lstm-widget" in body
    if doctree is not None:
        source = Path(app.env.doc2path(pagename))
        if source.suffix == ".md" and "{code-cell}" in source.read_text("utf8"):
            write_notebook(app, pagename, source)
            context["notebook"] = f"{context['content_root'] or './'}_notebooks/{name}.ipynb"
            context["notebook_name"] = f"{name}.{lang}.ipynb"


def write_notebook(app: Sphinx, pagename: str, source: Path) -> None:
    """The page as a clean, unexecuted notebook, with the numbers of its running text filled in."""
    import json

    from lstm_lib.notebooks import write

    record = Path(app.env.mystnb_config.output_folder) / f"{pagename}.glue.json"
    values = json.loads(record.read_text("utf8")) if record.exists() else {}
    target = Path(app.outdir) / "_notebooks" / (pagename.rsplit("/", 1)[-1] + ".ipynb")
    write(source, target, language(app.config), values, numbers=app.env.toc_fignumbers.get(pagename, {}))


# --- the build ------------------------------------------------------------------------------------


def prepare(app: Sphinx, config) -> None:
    """Paths and keys that cannot stand in a YAML file, set before Sphinx compares with the last build."""
    from lstm_lib.site import digest, library_hash

    base = Path(config.nb_execution_cache_path or Path(app.outdir).parent / "cache")
    key = f"{language(config)}-{library_hash()}"
    config.nb_execution_cache_path = str(base if base.name == key else base / key)
    config.html_static_path = [
        *config.html_static_path,
        str(ASSETS),
        *([str(WIDGETS)] if WIDGETS.exists() else []),
    ]
    config.html_favicon = ""
    config.lstmbook_version = digest(
        p for p in Path(__file__).parent.glob("*.py")
    )  # another extension: read all again
    words = WORDS[language(config)]
    if language(config) == "pt":
        config.numfig_format = {**config.numfig_format, "exercise": words["exercise"] + " %s"}


def tidy(app: Sphinx, error) -> None:
    """Scripts and styles that extensions copy and no page of this book loads."""
    if error or app.builder.format != "html":
        return
    import shutil

    static = Path(app.outdir) / "_static"
    for name in (
        "copybutton.js",
        "clipboard.min.js",
        "design-tabs.js",
        "mystnb.css",
        "exercise.css",
        "proof.css",
        "basic.css",
        "alabaster.css",
        "plus.png",
        "minus.png",
        "file.png",
        "make_fonts.py",
    ):
        (static / name).unlink(missing_ok=True)
    for path in static.glob("mystnb.*.css"):
        path.unlink()
    for name in ("fonts/make_fonts.py", "make_cover.py", "cover.png"):
        (static / name).unlink(missing_ok=True)
    for path in static.rglob("__pycache__"):
        shutil.rmtree(path, ignore_errors=True)


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


def setup(app: Sphinx) -> dict:
    os.environ["LSTM_LIB_STATIC"] = "1"  # kernels inherit it: explorables render as elements of a page
    app.add_config_value("lstmbook_site", False, "html")
    app.add_config_value("lstmbook_version", "", "env")
    app.add_html_theme("lstmbook", str(ROOT / "book" / "_templates"))
    app.add_html_math_renderer(
        "lstmbook_katex", inline_renderers=(visit_math, None), block_renderers=(visit_math_block, None)
    )
    for node, visit, depart in (
        (element, visit_element, depart_element),
        (details, visit_details, depart_details),
    ):
        app.add_node(
            node, html=(visit, depart), **{b: (skip, skip) for b in ("latex", "text", "man", "texinfo")}
        )
    for name, directive in (
        ("lede", Lede),
        ("objectives", Objectives),
        ("key", Key),
        ("specimen", Specimen),
        ("misconception", Misconception),
        ("margin", Margin),
        ("hint", Hint),
        ("dropdown-solution", FoldedSolution),
    ):
        app.add_directive(name, directive, override=True)
    app.add_role("set", SetState())
    app.add_post_transform(FoldAndJoin)
    app.add_post_transform(KeepTogether)
    app.add_post_transform(TranslateCitations)
    round_citations()
    app.connect("config-inited", prepare, priority=100)
    app.connect("env-get-updated", number_by_file_name, priority=700)
    app.connect("html-page-context", page_context, priority=100)
    app.connect("build-finished", tidy, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": False}
