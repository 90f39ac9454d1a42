"""A page of the book as a notebook: code cells as they are, the page's own directives as plain Markdown.

notebook = convert(text, "pt", values)     # values: what the page's cells glued, by key
write(page, target, "pt", values)
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from lstm_lib import locale

ROOT = Path(__file__).resolve().parents[1]

QUANTITIES = dict(f="forget_gate", i="input_gate", g="candidate", o="output_gate", c="cell", h="hidden")

INSTALL = """# {comment}
import importlib.util
import pathlib
import subprocess
import sys

if importlib.util.find_spec("lstm_lib") is None:
    for folder in [pathlib.Path.cwd(), *pathlib.Path.cwd().parents]:
        if (folder / "pyproject.toml").exists() and (folder / "lstm_lib").is_dir():
            command = [sys.executable, "-m", "pip", "install", "--quiet", "-e", f"{{folder}}[torch]"]
            subprocess.run(command, check=True)
            sys.path.insert(0, str(folder))
            break
    else:
        raise ModuleNotFoundError("{missing}")"""

FENCE = re.compile(r"^(?P<indent> *)(?P<fence>:{3,}|`{3,})\{(?P<name>[\w:-]+)\}[ \t]*(?P<argument>.*)$")


class Page:
    """One page on its way to a notebook: knows its language, its numbers and its values."""

    def __init__(self, text: str, language: str, values: dict | None = None, chapter: int | None = None):
        self.words, self.language = locale.part("site", language), language
        self.values = {key: plain_value(value) for key, value in (values or {}).items()}
        self.text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
        self.chapter, self.cited = chapter, []
        self.labels = self.number()
        named = re.findall(r"^\(([\w-]+)\)=\n#+ (.+)$", self.text, re.M)
        self.headings = {
            label: title.strip().replace(" ", "-") for label, title in named
        }  # Jupyter's anchors

    def number(self) -> dict[str, str]:
        """Label → number, counted as on the site: equations, tables, figures and exercises apart."""
        prefix = f"{self.chapter}." if self.chapter else ""
        kinds = {
            "equation": re.findall(r"^\$\$ *\(([\w-]+)\)", self.text, re.M),
            "table": re.findall(r"\{(?:list-)?table\}[^\n]*\n(?::[^\n]*\n)*?:name: *([\w-]+)", self.text),
            "figure": re.findall(r"\{figure\}[^\n]*\n(?::[^\n]*\n)*?:name: *([\w-]+)", self.text),
            "exercise": re.findall(r"\{exercise\}[^\n]*\n(?::[^\n]*\n)*?:label: *([\w-]+)", self.text),
        }
        return {label: f"{prefix}{k + 1}" for labels in kinds.values() for k, label in enumerate(labels)} | {
            f"kind {label}": kind for kind, labels in kinds.items() for label in labels
        }

    # cells

    def cells(self) -> list[dict]:
        found, prose = [], []

        def flush():
            text = self.markdown("\n".join(prose)).strip()
            if text:
                found.append({"type": "markdown", "source": text})
            prose.clear()

        lines = iter(self.text.split("\n"))
        for line in lines:
            match = FENCE.match(line)
            if match and match["name"] == "code-cell":
                flush()
                body = [next_line for next_line in until(lines, match["fence"])]
                tags, body = cell_tags(body)
                found.append({"type": "code", "source": "\n".join(body).strip("\n"), "tags": tags})
            elif match:  # a directive: taken whole, so that a cell inside an example stays prose
                prose.extend([line, *until(lines, match["fence"], keep=True)])
            else:
                prose.append(line)
        flush()
        return found

    # prose

    def markdown(self, text: str) -> str:
        out, lines = [], iter(text.split("\n"))
        for line in lines:
            match = FENCE.match(line)
            if match:
                out.append(
                    self.directive(
                        match["name"], match["argument"].strip(), list(until(lines, match["fence"]))
                    )
                )
            else:
                out.append(line)
        return self.inline("\n".join(out))

    def directive(self, name: str, argument: str, body: list[str]) -> str:
        options = {}
        while body and re.match(r"^:[\w-]+:", body[0]):
            key, value = re.match(r"^:([\w-]+):\s*(.*)$", body.pop(0)).groups()
            options[key] = value
        words, inside = self.words, "\n".join(body).strip("\n")
        if name in ("bibliography",):
            return "\n".join(f"- {reference(key, words)}" for key in dict.fromkeys(self.cited_in(self.text)))
        if name == "lede":
            return "\n".join(f"*{paragraph.strip()}*" for paragraph in inside.split("\n\n"))
        if name == "key":
            common = locale.part("common", self.language)
            letters = options.get("only", "").split() or list(QUANTITIES)
            shown = (f"${letter}$ {common[QUANTITIES[letter]]}" for letter in letters)
            title = words["key" if len(letters) == len(QUANTITIES) else "key_some"]
            return f"**{title}.** {' · '.join(shown)}"
        if name == "objectives":
            return f"**{words['objectives']}**\n\n{inside}"
        if name == "specimen":
            sentence, _, caption = inside.partition("\n\n")
            return f"> {sentence}\n\n{caption}"
        if name == "misconception":
            return f"**{words['says']}:** “{argument}”\n\n**{words['truth']}:** {self.markdown(inside)}"
        if name in ("exercise", "exercise-start"):
            number = self.labels.get(options.get("label", ""), "")
            return (
                f"**{words['exercise']} {number}**"
                + (f" ({argument})" if argument else "")
                + f"\n\n{self.markdown(inside)}"
            )
        if name in ("solution", "hint", "dropdown-solution"):
            title = (
                argument
                if name == "dropdown-solution" and argument
                else words["hint" if name == "hint" else "solution"]
            )
            return f"<details><summary>{title}</summary>\n\n{self.markdown(inside)}\n\n</details>"
        if name == "list-table":
            return self.table(argument, inside, options)
        if name in ("figure", "image"):
            return f"![{options.get('alt', '')}]({argument})\n\n{self.markdown(inside)}"
        if name == "math":
            return f"$$\n{inside}\n$$"
        if name in ("code", "code-block", "python", "bash"):
            return f"```{argument}\n{inside}\n```"
        if name in ("grid", "container", "div", "exercise-end", "solution-end"):
            return self.markdown(inside)
        title = argument or ("" if name.startswith("grid") or name == "margin" else words["note"])
        quoted = self.markdown(inside).strip().replace("\n", "\n> ")
        return f"> **{title}.** {quoted}" if title else f"> {quoted}"

    def table(self, caption: str, inside: str, options: dict) -> str:
        """A list-table as a Markdown table."""
        rows = [
            [re.sub(r"\s*\n\s+", " ", cell).strip() for cell in re.split(r"^ {2}- ?", row, flags=re.M)]
            for row in re.split(r"^\* - ?", inside, flags=re.M)[1:]
        ]
        width = max(map(len, rows))
        lines = [
            "| " + " | ".join(cell.replace("|", "\\|") for cell in row + [""] * (width - len(row))) + " |"
            for row in rows
        ]
        number = self.labels.get(options.get("name", ""), "")
        title = f"**{self.words['table']} {number}.** {caption}\n\n" if caption else ""
        return title + "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])

    def inline(self, text: str) -> str:
        """Roles as words, labels away, equation numbers as tags. Code is left alone."""
        parts = re.split(r"(^```.*?^```)", text, flags=re.S | re.M)
        return "".join(part if part.startswith("```") else self.roles(part) for part in parts)

    def roles(self, text: str) -> str:
        def role(match):
            name, content = match["name"], match["content"].replace("\n", " ")
            words, _, target = content.partition("<")
            words, target = words.strip(), target.rstrip("> ").strip()
            if name.startswith("glue"):
                return self.values.get(content, f"`{content}`")
            if name.startswith("cite"):
                return cite(content, self.words, parentheses=not name.endswith(":t"))
            if name == "eq":
                return f"({self.labels.get(content, content)})"
            if name in ("numref", "ref") and not target:
                kind = self.labels.get(f"kind {content}")
                title = self.words.get(kind, "")
                return f"{title} {self.labels[content]}".strip() if kind else content
            return words

        text = re.sub(r"^\([\w-]+\)=\n", "", text, flags=re.M)
        text = re.sub(r"\]\(#([\w-]+)\)", lambda m: f"](#{self.headings.get(m[1], m[1])})", text)
        text = re.sub(r"\{(?P<name>[a-z][\w:-]*)\}`(?P<content>[^`]+)`", role, text)
        text = re.sub(
            r"\$\$(?P<body>[^$]+)\$\$ *\((?P<label>[\w-]+)\)",
            lambda m: "$$" + m["body"].rstrip() + f"\n\\tag{{{self.labels.get(m['label'], '')}}}\n$$",
            text,
        )
        return re.sub(r"\]\((?:\./)?([\w-]+)\.md(#[\w-]+)?\)", r"](\1.ipynb)", text)

    @staticmethod
    def cited_in(text: str) -> list[str]:
        return [
            key.strip() for keys in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", text) for key in keys.split(",")
        ]


def until(lines, fence: str, keep: bool = False):
    """The lines up to the one that closes `fence`."""
    for line in lines:
        bare = line.strip()
        if bare and set(bare) == {fence[0]} and len(bare) >= len(fence):
            if keep:
                yield line
            return
        yield line


def cell_tags(body: list[str]) -> tuple[list[str], list[str]]:
    """Tags of a code cell (`:tags: [a, b]`) and its code without options."""
    tags = []
    while body and re.match(r"^:[\w-]+:", body[0]):
        match = re.match(r"^:tags: *\[(.*)\]", body.pop(0))
        if match:
            tags = [tag.strip().strip("\"'") for tag in match.group(1).split(",")]
    return tags, body


def plain_value(value) -> str:
    """A glued value as text: the record myst-nb keeps, or a string already."""
    if isinstance(value, dict):
        value = value.get("data", {}).get("text/plain", "")
    try:
        return str(ast.literal_eval(str(value)))  # a glued text is kept as its repr: '16\xa0739'
    except (SyntaxError, ValueError):
        return str(value)


@lru_cache
def library():
    """The bibliography, by key; empty where pybtex or the file is missing (the package without its book)."""
    path = ROOT / "book" / "references.bib"
    try:
        from pybtex.database import parse_file
    except ImportError:
        return {}
    return parse_file(str(path)).entries if path.exists() else {}


def names(entry, words: dict) -> str:
    people = [
        " ".join(person.prelast_names + person.last_names).replace("{", "").replace("}", "")
        for person in entry.persons.get("author", [])
    ]
    if not people:
        return entry.fields.get("title", "")
    return f"{people[0]} et al." if len(people) > 2 else f" {words['and']} ".join(people)


def cite(keys: str, words: dict, parentheses: bool) -> str:
    """ "(Gers et al., 2000)" or "Gers et al. (2000)"."""
    said = []
    for key in (k.strip() for k in keys.split(",")):
        entry = library().get(key)
        who, year = (names(entry, words), entry.fields.get("year", "")) if entry else (key, "")
        said.append(f"{who}, {year}".strip(", ") if parentheses else f"{who} ({year})")
    return f"({'; '.join(said)})" if parentheses else "; ".join(said)


def reference(key: str, words: dict) -> str:
    """One line of the list of references."""
    entry = library().get(key)
    if not entry:
        return key
    field = {k: re.sub(r"[{}]", "", v) for k, v in entry.fields.items()}
    where = (
        field.get("journal")
        or field.get("booktitle")
        or field.get("publisher")
        or field.get("howpublished")
        or ""
    )
    link = f"https://doi.org/{field['doi']}" if "doi" in field else field.get("url", "")
    return ". ".join(
        part
        for part in [
            f"{names(entry, words)} ({field.get('year', '')})",
            field.get("title", ""),
            f"*{where}*" if where else "",
            link,
        ]
        if part
    )


def convert(text: str, language: str, values: dict | None = None, chapter: int | None = None):
    """The page's text as a notebook (nbformat 4.5) not yet run; `values`: what its cells glued, by key."""
    from nbformat import v4

    words = locale.part("site", language)
    cells = [
        v4.new_code_cell(
            INSTALL.format(comment=words["install"], missing=words["missing"]),
            metadata={"jupyter": {"source_hidden": True}},
        )
    ]
    for cell in Page(text, language, values, chapter).cells():
        if cell["type"] == "markdown":
            cells.append(v4.new_markdown_cell(cell["source"]))
        else:
            metadata = {"tags": cell["tags"]} if cell["tags"] else {}
            if {"remove-input", "hide-input", "remove-cell"} & set(cell["tags"]):
                metadata["jupyter"] = {"source_hidden": True}
            cells.append(v4.new_code_cell(cell["source"], metadata=metadata))
    for k, cell in enumerate(cells):  # the same page gives the same file
        cell["id"] = hashlib.sha256(f"{k}{cell['source']}".encode()).hexdigest()[:12]
    return v4.new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
    )


def write(page: Path, target: Path, language: str, values: dict | None = None, **_) -> None:
    """Write `page` (Markdown) as the notebook `target`."""
    import nbformat

    match = re.match(r"(\d\d)-", page.stem)
    notebook = convert(page.read_text("utf8"), language, values, int(match.group(1)) if match else None)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)


def refresh(page: Path, target: Path, language: str) -> bool:
    """Write the notebook unless its reader has changed it since; True when it was kept.

    The numbers in its prose come from the last build of the site.
    """
    record = ROOT / "_build" / "site" / language / "_build" / "jupyter_execute" / f"{page.stem}.glue.json"
    values = json.loads(record.read_text("utf8")) if record.exists() else {}
    seal = target.with_name(f".{target.name}.written")
    if target.exists() and (
        not seal.exists() or seal.read_text() != hashlib.sha256(target.read_bytes()).hexdigest()
    ):
        return True
    write(page, target, language, values)
    seal.write_text(hashlib.sha256(target.read_bytes()).hexdigest())
    return False
