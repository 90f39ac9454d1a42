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

The modules, in the order of a page's making: build (paths and the execution cache's key, before; what is
swept away, after), directives, cards (folding, joining), formulas (KaTeX in the browser), citations, pages
(numbers, contents, language link, notebook to download). Shared: words (lstm_lib/locale/<language>/site.json)
and elements (HTML by name).
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from sphinx.application import Sphinx

# Where only the requirements are installed, the package beside the book serves: here and in the kernels.
if find_spec("lstm_lib") is None:
    beside = str(Path(__file__).resolve().parents[3])
    sys.path.insert(0, beside)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [beside, os.environ.get("PYTHONPATH")]))

from .build import ROOT, prepare, tidy
from .cards import FoldAndJoin
from .citations import TranslateCitations, round_citations
from .directives import DIRECTIVES, SetState
from .elements import add_elements
from .formulas import KeepTogether, visit_math, visit_math_block
from .pages import number_by_file_name, page_context


def setup(app: Sphinx) -> dict:
    os.environ["LSTM_LIB_STATIC"] = "1"  # kernels inherit it: explorables render as elements of a page
    app.add_config_value("lstmbook_site", False, "html")
    app.add_config_value("lstmbook_version", "", "env")
    app.add_html_theme("lstmbook", str(ROOT / "book" / "_templates"))
    app.add_html_math_renderer(
        "lstmbook_katex", inline_renderers=(visit_math, None), block_renderers=(visit_math_block, None)
    )
    add_elements(app)
    for name, directive in DIRECTIVES.items():
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
