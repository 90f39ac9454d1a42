"""The two languages are one book: the same pages with the same bones, in other words.

Compared, page by page: headings, labels, directives with their options, equations, symbols, citations,
numbers from the notebook, links that set an explorable, minutes, table rows, paragraphs, and code up to
strings and comments.
"""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

BOOK = Path(__file__).parents[2] / "book"
PAGES = sorted(path.name for path in (BOOK / "pt").glob("*.md"))

FENCED = re.compile(r"^(`{3,})(\{[\w-]+\})?[^\n]*\n(.*?)^\1$", re.S | re.M)


def source(lang, page):
    return (BOOK / lang / page).read_text(encoding="utf-8")


class Wordless(ast.NodeTransformer):
    """Takes the words out of code: every string becomes empty, docstrings too."""

    def visit_Constant(self, node):
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node):
        self.generic_visit(node)
        node.values = [value for value in node.values if not isinstance(value, ast.Constant)]
        return node


def wordless(code):
    """Code as a syntax tree without strings and comments, as text."""
    return ast.dump(Wordless().visit(ast.parse(code)))


def code_blocks(text):
    """Cells and other Python blocks in order: (kind, tags, code without words)."""
    blocks = []
    for _, kind, body in FENCED.findall(text):
        tags = re.findall(r"^:tags: (.*)$", body, re.M)
        code = re.sub(r"^:\w+:.*\n", "", body, flags=re.M)
        if kind in ("{code-cell}", ""):
            blocks.append((kind, tuple(tags), wordless(code)))
    return blocks


def prose(text):
    """The page without front matter and fenced code."""
    return FENCED.sub("", re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S))


def formula(tex):
    """A formula as both languages have it: one kind of decimal sign, no space that only parts the source."""
    return re.sub(r"\s+", " ", tex.replace("{,}", ".")).strip()


def headings(text):
    return [len(marks) for marks in re.findall(r"^(#{1,6}) ", prose(text), re.M)]


def labels(text):
    return re.findall(r"^\(([\w-]+)\)=$|^:(?:label|name): (\S+)$", text, re.M)


def directives(text):
    """Names in order, each with its options; what stands as title or text is the language's own."""
    found = []
    for line in re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S).splitlines():
        opening = re.match(r"(?:`{3,}|:{3,})\{([\w-]+)\}", line)
        option = re.match(r":([\w-]+):(.*)$", line)
        if opening:
            found.append((opening[1], []))
        elif option and found:
            found[-1][1].append((option[1], option[2].strip()))
    return found


def equations(text):
    found = re.findall(r"^\$\$\n(.*?)^\$\$(?: \(([\w-]+)\))?", text, re.S | re.M)
    return [(formula(tex), label) for tex, label in found]


def symbols(text):
    without = re.sub(r"^\$\$.*?^\$\$", "", prose(text), flags=re.S | re.M)
    return Counter(formula(tex) for tex in re.findall(r"\$([^$]+)\$", without))


def citations(text):
    return [(role, keys.split(",")) for role, keys in re.findall(r"\{cite:([pt])\}`([^`]+)`", text)]


def numbers_from_the_notebook(text):
    return Counter(re.findall(r"\{glue:text\}`([^`]+)`", text))


def references(text):
    return Counter(re.findall(r"\{(eq|numref|ref)\}`([^`]+)`", text))


def settings(text):
    return re.findall(r"\{set\}`[^`<]*<([^>`]+)>`", text)


def links(text):
    return re.findall(r"\]\(([^)]+)\)", prose(text))


def minutes(text):
    return re.findall(r"\((\d+) min\)", text)


def table_rows(text):
    return [len(start) for start in re.findall(r"^(\* - |  - |- )", prose(text), re.M)]


def paragraphs(text):
    """Blocks parted by empty lines in each section, so that nothing is left out of a translation."""
    sections = re.split(r"^#{1,6} .*$", prose(text), flags=re.M)
    return [len([block for block in re.split(r"\n\s*\n", section) if block.strip()]) for section in sections]


ASPECTS = [headings, labels, directives, equations, symbols, citations, numbers_from_the_notebook, references,
           settings, links, minutes, table_rows, paragraphs, code_blocks]


def test_both_languages_have_the_same_pages():
    assert sorted(path.name for path in (BOOK / "en").glob("*.md")) == PAGES
    assert PAGES


@pytest.mark.parametrize("aspect", ASPECTS, ids=lambda aspect: aspect.__name__)
@pytest.mark.parametrize("page", PAGES)
def test_page_is_the_same_in_both_languages(page, aspect):
    assert aspect(source("pt", page)) == aspect(source("en", page))


def test_every_aspect_sees_something_in_the_book():
    """An aspect whose pattern no longer matches would be equal in both languages, and worthless."""
    seen = {aspect.__name__ for aspect in ASPECTS for name in PAGES if aspect(source("pt", name))}
    assert seen == {aspect.__name__ for aspect in ASPECTS}


CHANGES = [
    (headings, "## Um", "### Um"),
    (labels, "(um)=", "(dois)="),
    (directives, ":::{margin}", ":::{note}"),
    (directives, ":class: wide", ":class: narrow"),
    (equations, "a = 1", "a = 2"),
    (symbols, "$x_t$", "$y_t$"),
    (citations, "{cite:p}`a2000`", "{cite:p}`b2000`"),
    (numbers_from_the_notebook, "{glue:text}`n`", "{glue:text}`m`"),
    (settings, "step=1", "step=2"),
    (minutes, "(5 min)", "(6 min)"),
    (table_rows, "\n- item", ""),
    (paragraphs, "\n\nOutro.", " Outro."),
    (code_blocks, "x = 1", "x = 2"),
]
SAMPLE = """---
a: b
---
(um)=
## Um

Texto com $x_t$, {cite:p}`a2000`, {glue:text}`n` e {set}`isto <gates?step=1>` (5 min).

Outro.

- item
- item

:::{margin} Título
:class: wide
Nota.
:::

$$
a = 1
$$ (eq-a)

```{code-cell} python
x = 1  # comentário
```
"""


@pytest.mark.parametrize(("aspect", "old", "new"), CHANGES)
def test_a_difference_is_seen(aspect, old, new):
    assert aspect(SAMPLE) != aspect(SAMPLE.replace(old, new, 1))


def test_words_and_comments_may_differ():
    pt = "def f():\n    '''Um.'''\n    return f'{x} passos'  # comentário\n"
    en = "def f():\n    '''One.'''\n    return f'{x} steps'\n"
    assert wordless(pt) == wordless(en)
    assert wordless(pt) != wordless(en.replace("{x}", "{y}"))
