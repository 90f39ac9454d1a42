"""Formulas in plain HTML: on the page until KaTeX has drawn its own, and always without JavaScript."""

from __future__ import annotations

import html
import re

SYMBOLS = {
    "sigma": "σ", "rho": "ρ", "theta": "θ", "gamma": "γ", "lambda": "λ", "varphi": "φ", "varepsilon": "ε",
    "partial": "∂", "prod": "∏", "sum": "∑", "odot": "⊙", "times": "×", "cdot": "·", "top": "⊤", "in": "∈",
    "le": "≤", "ge": "≥", "ne": "≠", "approx": "≈", "to": "→", "infty": "∞", "ldots": "…", "cdots": "⋯",
    "Bigl": "", "Bigr": "", "left": "", "right": "", "bigl": "", "bigr": "",
    "lVert": "‖", "rVert": "‖", "lvert": "|", "rvert": "|",
    "quad": "\u2003", "qquad": "\u2003\u2003", ",": "\u2009", ";": "\u2009", "!": "", "\\": "<br>",
}  # fmt: skip
UPRIGHT = {"mathrm", "text", "texttt", "operatorname"}
FRACTIONS = {"frac", "tfrac", "dfrac"}
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)


def plain(latex: str) -> str:
    """HTML of a formula: letters in italics, indices and exponents in their places, symbols as characters.

    Knows what the book writes; an unknown command shows its name, as tanh does. `\\class{q-f}{…}` becomes a
    span with that class. A column of blocks is written on one line, in brackets; the shape that ends a line
    (after &&) stands apart from it.
    """
    latex = re.sub(r"\\begin\{bmatrix\}(.*?)\\end\{bmatrix\}", _column, latex, flags=re.DOTALL)
    latex = re.sub(r"\\(begin|end)\{\w+\}", "", latex).replace("&&", r"\quad ").strip()
    latex = re.sub(r"(?<=\\\\)\[[\d.]+(?:pt|em)\]", "", latex)      # more room between lines
    tokens = TOKEN.findall(latex)
    return "".join(_parts(tokens, until=None))


def _column(matrix):
    return "[" + ";\\, ".join(row.strip() for row in matrix[1].split(r"\\")) + "]"


def _parts(tokens, until):
    """Consume tokens up to `until`; yield HTML."""
    while tokens:
        token = tokens.pop(0)
        if token == until:
            return
        yield _one(token, tokens)


def _group(tokens, upright=False):
    """The next argument: a group in braces, or one token."""
    while tokens and tokens[0].isspace():
        tokens.pop(0)
    if not tokens:
        return ""
    token = tokens.pop(0)
    if token != "{":
        return _one(token, tokens)
    if not upright:
        return "".join(_parts(tokens, until="}"))
    words = []
    while tokens and (token := tokens.pop(0)) != "}":
        words.append(token.removeprefix("\\"))
    return html.escape("".join(words))


def _one(token, tokens):
    if token in "_^":
        tag = "sub" if token == "_" else "sup"
        return f"<{tag}>{_group(tokens)}</{tag}>"
    if token == "{":
        return "".join(_parts(tokens, until="}"))
    if token.isspace():
        return " "
    if token.startswith("\\"):
        name = token[1:]
        if name == "class":
            return f'<span class="{_group(tokens, upright=True)}">{_group(tokens)}</span>'
        if name == "sqrt":
            return f"√({_group(tokens)})"
        if name == "underbrace":            # what stands under it, a shape, follows in brackets
            above, under = _group(tokens), tokens[:1] == ["_"] and tokens.pop(0)
            return f"{above}<sub>[{_group(tokens)}]</sub>" if under else above
        if name in FRACTIONS:
            return f"{_term(_group(tokens))}/{_term(_group(tokens))}"
        if name in UPRIGHT:
            return _group(tokens, upright=True)
        return SYMBOLS.get(name, html.escape(name))
    if token.isalpha():
        return f"<i>{token}</i>"
    return {"-": "−", "'": "′", "&": ""}.get(token, html.escape(token))


def _term(written):
    """A part of a fraction written on one line: in parentheses if it is a sum, a difference or a product."""
    bare = re.sub(r"<(sub|sup)>.*?</\1>", "", written)
    several = re.search(r"[+−·×/\u2009]", re.sub(r"<[^>]*>", "", bare))
    return f"({written.strip()})" if several else written.strip()
