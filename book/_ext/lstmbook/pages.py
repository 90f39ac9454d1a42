"""Numbers of chapters, the contents in the sidebar, and what the templates know of a page."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.util.osutil import relative_uri

from .build import WIDGETS
from .words import language, site_words


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
    words = site_words(lang)
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
    shown = sorted(set(re.findall(r'<lstm-widget type="([\w-]+)"', body)))
    context["widgets"] = shown if (WIDGETS / "lstm-widgets.js").exists() else []
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
