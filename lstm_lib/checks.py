"""Exercises: what is asked, what counts as right, and what to say to a wrong answer.

An exercise is a dict, the same for the notebook (:func:`check`) and for the question card of the page
(:class:`lstm_lib.widgets.Question`). It is made by a small function, so that its expected answer is
computed and never typed:

    # lstm_lib/exercises/gates.py
    def decay():
        c = -3.54 * 0.9**7
        return {
            "id": "gates/decay",                  # "<module>/<name>", the same as its key in EXERCISES
            "number": "4.2",                      # as printed on the card
            "minutes": 5,
            "kind": "number",
            "prompt": {"pt": "Com $f$ = 0,9 em todos os passos ...", "en": "With $f$ = 0.9 at every step
            ..."}, "label": {"pt": "$c$ =", "en": "$c$ ="},          # optional: stands before the field
            "answer": c, "tolerance": 0.005, "mistakes": [{"when": -3.54 / 10, "say": {"pt": "...", "en":
            "..."}}], "right": {"pt": "...", "en": "..."}, "otherwise": {"pt": "...", "en": "..."},
        }

    EXERCISES = {"gates/decay": decay}

Keys of every exercise: ``id``, ``number``, ``minutes``, ``kind``, ``prompt``, ``right`` (said to a right
answer), ``otherwise`` (said to a wrong answer that no mistake explains). Optional: ``mistakes``, ``hint``,
``label``, ``predict`` (true: the card keeps the answer and gives no verdict until it is asked). By kind:

``choice``
    ``options``: list of texts; ``answer``: index of the right one (from 0). A mistake's ``when`` is an index.
``number``
    ``answer``: a number; ``tolerance``: largest distance that still counts as right. A mistake's ``when``
    is a number (same tolerance) or ``[low, high]``, both ends included. ``unit``: optional text after the
    field; with ``"%"`` the answer is in per cent (71, not 0.71). Readers may write a decimal comma, a
    U+2212 minus, spaces between digits and a per-cent sign.
``order``
    ``options``: list of texts; ``answer``: their indices in the right order. A mistake's ``when`` is a
    whole order (list of indices) or ``{"before": [a, b]}``: option a stands anywhere before option b.
``code``
    ``test``: a Python function ``test(answer)`` that returns None if the reader's function or array is
    right, else a text that says what is wrong. Only for notebooks: no card.

A text is ``{"pt": ..., "en": ...}``. Three marks are allowed in it: ``$f_t$`` for a symbol, ``*word*`` for
emphasis, and backquotes for code. Mistakes are tried in order, after the right answer; the first that fits
speaks. The TypeScript card follows the same rules; ``tests/vectors/question.json`` holds both to them.
"""

import html
import importlib
import math
import re

from lstm_lib.locale import LANGUAGES, MINUS, check_language, text

KINDS = ("choice", "number", "order", "code")
CARD_KINDS = KINDS[:3]

_REQUIRED = {"id", "number", "minutes", "kind", "prompt", "right", "otherwise"}
_OPTIONAL = {"mistakes", "hint", "label", "predict"}
_BY_KIND = {
    "choice": ({"options", "answer"}, set()),
    "number": ({"answer", "tolerance"}, {"unit"}),
    "order": ({"options", "answer"}, set()),
    "code": ({"test"}, set()),
}
# A sum such as 0.9 - 0.005 must not fall just outside its own tolerance by rounding. Same value in
# TypeScript.
_ROUNDING = 1e-12


class Verdict(str):
    """What is said to an answer: a string, with ``.verdict`` "right", "wrong" or "" (the answer could not
    be read).

    ``.source`` says which text speaks: "right", "otherwise", ("mistake", index), "code" or "unreadable".
    """

    def __new__(cls, verdict, source, say, label=""):
        self = super().__new__(cls, f"{label} {say}".strip())
        self.verdict, self.source, self.say, self.label = verdict, source, say, label
        return self

    @property
    def right(self):
        return self.verdict == "right"

    def _repr_html_(self):
        sign, colour, ground = _LOOKS[self.verdict]
        label = f"{sign} {html.escape(self.label)}" if self.label else ""
        box = f"margin:0;padding:10px 14px;border-radius:6px;background:{ground};font-family:var(--sans)"
        lead = f'<strong style="color:{colour}">{label}</strong> '
        return f'<p class="check-verdict" style="{box}">{lead if label else ""}{marked_up(self.say)}</p>'


# Sign, colour and ground of a verdict: the page's tokens; elsewhere what is legible on any ground.
_LOOKS = {
    "right": ("✓", "var(--ok, inherit)", "var(--ok-wash, transparent)"),
    "wrong": ("✗", "var(--no, inherit)", "var(--no-wash, transparent)"),
    "": ("", "inherit", "transparent"),
}


def check(id, answer, lang="pt"):
    """The verdict on a reader's answer to the exercise ``id``, in ``lang``.

    ``answer``: for ``choice`` the index of an option or its letter ("b"); for ``number`` a number or a
    string ("−1,69"); for ``order`` a list of indices or letters ("b a c"); for ``code`` the function or
    array that was asked for. Returns a :class:`Verdict`. An answer that can't be read (empty, not a number)
    gets no verdict, only a request. Raises ValueError for an unknown exercise or language.
    """
    return judge(exercise(id), answer, lang)


def exercise(id):
    """The exercise with this id as a validated dict; ValueError if there is none."""
    part, _, name = str(id).partition("/")
    if not re.fullmatch(r"[a-z_]+", part) or not name:
        raise ValueError(f'The exercise was {id!r}; an id looks like "gates/decay".')
    try:
        known = importlib.import_module(f"lstm_lib.exercises.{part}").EXERCISES
    except ModuleNotFoundError:
        raise ValueError(f"There is no exercise {id!r}: no module lstm_lib/exercises/{part}.py.") from None
    if id not in known:
        raise ValueError(f"There is no exercise {id!r}; {part} has {', '.join(sorted(known))}.")
    spec = validate(known[id]())
    if spec["id"] != id:
        raise ValueError(f"The exercise listed as {id!r} calls itself {spec['id']!r}.")
    return spec


def judge(spec, answer, lang="pt"):
    """The verdict on an answer to a given exercise dict; see :func:`check`."""
    check_language(lang)
    if spec["kind"] == "code":
        return _judge_code(spec, answer, lang)
    given = read_answer(spec, answer)
    if given is None:
        return Verdict("", "unreadable", text(f"exercises.unreadable-{spec['kind']}", lang))
    if _is_right(spec, given):
        return Verdict("right", "right", spec["right"][lang], text("exercises.right", lang))
    for index, mistake in enumerate(spec.get("mistakes", [])):
        if _fits(spec, mistake["when"], given):
            return Verdict("wrong", ("mistake", index), mistake["say"][lang], text("exercises.wrong", lang))
    return Verdict("wrong", "otherwise", spec["otherwise"][lang], text("exercises.wrong", lang))


def read_answer(spec, answer):
    """The answer as the rules compare it (index, float, list of indices), or None if it can't be read."""
    if spec["kind"] == "number":
        return read_number(answer, spec.get("unit") == "%")
    options = len(spec["options"])
    if spec["kind"] == "choice":
        return _read_index(answer, options)
    parts = re.split(r"[\s,;]+", answer.strip()) if isinstance(answer, str) else answer
    try:
        order = [_read_index(part, options) for part in parts]
    except TypeError:
        return None
    return order if sorted(-1 if i is None else i for i in order) == list(range(options)) else None


def read_number(written, percent=False):
    """A number as a reader writes it, or None.

    Decimal comma or point, U+2212 or hyphen, spaces anywhere between digits. With both a comma and a point
    the later one is the decimal sign. A trailing ``%`` divides by 100, unless ``percent`` says that per
    cent is what is asked for.
    """
    if isinstance(written, bool) or written is None:
        return None
    if not isinstance(written, str):
        try:
            value = float(written)
        except (TypeError, ValueError):
            return None
        return value if math.isfinite(value) else None
    compact = re.sub(r"\s+", "", written).replace(MINUS, "-").replace("\N{EN DASH}", "-")
    hundredth = compact.endswith("%")
    compact = compact.removesuffix("%")
    if "," in compact and "." in compact:
        grouping = "," if compact.rfind(".") > compact.rfind(",") else "."
        compact = compact.replace(grouping, "")
    compact = compact.replace(",", ".")
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", compact):
        return None
    value = float(compact)
    if not math.isfinite(value):
        return None
    return value / 100 if hundredth and not percent else value


def validate(spec):
    """Return ``spec`` if it follows the schema above; ValueError with the exercise's id and the fault
    otherwise."""
    name = spec.get("id", "without id")

    def demand(condition, fault):
        if not condition:
            raise ValueError(f"Exercise {name}: {fault}")

    demand(spec.get("kind") in KINDS, f"kind was {spec.get('kind')!r}, expected one of {', '.join(KINDS)}.")
    kind = spec["kind"]
    required, optional = _BY_KIND[kind]
    missing = (_REQUIRED | required) - set(spec)
    demand(not missing, f"{', '.join(sorted(missing))} missing.")
    unknown = set(spec) - _REQUIRED - _OPTIONAL - required - optional
    demand(not unknown, f"{', '.join(sorted(unknown))} is not part of an exercise of kind {kind}.")
    demand(re.fullmatch(r"[a-z_]+/[a-z0-9-]+", spec["id"]), 'the id must look like "gates/decay".')
    demand(
        isinstance(spec["minutes"], int) and spec["minutes"] > 0, "minutes must be a whole number above 0."
    )

    texts = {
        key: spec[key] for key in ("prompt", "right", "otherwise", "hint", "label", "unit") if key in spec
    }
    texts |= {f"option {i}": option for i, option in enumerate(spec.get("options", []))}
    texts |= {f"mistake {i}": mistake.get("say") for i, mistake in enumerate(spec.get("mistakes", []))}
    if isinstance(texts.get("unit"), str):
        del texts["unit"]  # a unit such as "%" is the same in both languages
    for key, value in texts.items():
        complete = (
            isinstance(value, dict) and set(value) == set(LANGUAGES) and all(map(str.strip, value.values()))
        )
        demand(
            complete, f'{key} must be a text in both languages, {{"pt": ..., "en": ...}}; it was {value!r}.'
        )

    if kind in ("choice", "order"):
        demand(len(spec["options"]) >= 2, "at least two options are needed.")
    if kind == "number":
        demand(_finite(spec["answer"]), f"answer must be a finite number; it was {spec['answer']!r}.")
        demand(_finite(spec["tolerance"]) and spec["tolerance"] >= 0, "tolerance must be 0 or more.")
    elif kind == "code":
        demand(callable(spec["test"]), "test must be a function of the reader's answer.")
        demand("mistakes" not in spec, "the test of a code exercise says itself what is wrong; no mistakes.")
    else:
        demand(
            not isinstance(spec["answer"], str) and read_answer(spec, spec["answer"]) is not None,
            f"answer {spec['answer']!r} is not {'one' if kind == 'choice' else 'an order'} of the options.",
        )
    for i, mistake in enumerate(spec.get("mistakes", [])):
        demand(set(mistake) == {"when", "say"}, f"mistake {i} must have exactly when and say.")
        demand(
            _possible_when(spec, mistake["when"]),
            f"mistake {i}: when was {mistake['when']!r}, see lstm_lib.checks.",
        )
        reached = (
            not _is_right(spec, mistake["when"]) if not isinstance(mistake["when"], (list, dict)) else True
        )
        demand(reached, f"mistake {i} describes the right answer.")
    return spec


def card(spec):
    """The exercise as plain data for the question card (and for JSON); ValueError for kind ``code``, which
    has no card."""
    if spec["kind"] not in CARD_KINDS:
        raise ValueError(f"Exercise {spec['id']} asks for code and has no card: use checks.check in a cell.")
    plain = dict(spec)
    if spec["kind"] == "number":
        plain["answer"], plain["tolerance"] = float(spec["answer"]), float(spec["tolerance"])
    elif spec["kind"] == "choice":
        plain["answer"] = int(spec["answer"])
    else:
        plain["answer"] = [int(index) for index in spec["answer"]]
    return plain


def marked_up(written):
    """A text of an exercise as HTML: its three marks (symbol, emphasis, code) turned into elements, the
    rest escaped."""
    out = []
    for piece in re.split(r"(\$[^$]+\$|`[^`]+`|\*[^*\s][^*]*\*)", written):
        if len(piece) > 2 and piece[0] == piece[-1] and piece[0] in "$`*":
            inner = html.escape(piece[1:-1])
            out.append(
                {"$": _symbol, "`": "<code>{}</code>".format, "*": "<em>{}</em>".format}[piece[0]](inner)
            )
        else:
            out.append(html.escape(piece))
    return "".join(out)


def _symbol(tex):
    """A symbol with an optional index, such as f_t or c_{t-1}, in its quantity's colour."""
    match = re.fullmatch(r"([A-Za-z])(?:_(?:\{([^}]*)\}|(\w)))?", tex)
    if not match:
        return f"<i>{tex}</i>"
    letter, index = match[1], match[2] or match[3]
    below = f"<sub>{index.replace('-', MINUS)}</sub>" if index else ""
    return f'<i class="q-{letter}">{letter}{below}</i>' if letter in "figoch" else f"<i>{letter}{below}</i>"


def _judge_code(spec, answer, lang):
    try:
        fault = spec["test"](answer)
    except (
        Exception
    ) as error:  # the reader's code may raise anything; it must become a sentence, not a traceback of ours
        say = text("exercises.code-raised", lang, error=f"{type(error).__name__}: {error}")
        return Verdict("wrong", "code", say, text("exercises.wrong", lang))
    if fault is None:
        return Verdict("right", "right", spec["right"][lang], text("exercises.right", lang))
    say = fault[lang] if isinstance(fault, dict) else str(fault)
    return Verdict("wrong", "code", say or spec["otherwise"][lang], text("exercises.wrong", lang))


def _is_right(spec, given):
    if spec["kind"] == "number":
        return _near(given, spec["answer"], spec["tolerance"])
    return given == (spec["answer"] if spec["kind"] == "choice" else list(spec["answer"]))


def _fits(spec, when, given):
    if spec["kind"] == "number":
        if isinstance(when, (list, tuple)):
            return when[0] <= given <= when[1]
        return _near(given, when, spec["tolerance"])
    if isinstance(when, dict):
        first, second = when["before"]
        return given.index(first) < given.index(second)
    return given == (list(when) if spec["kind"] == "order" else when)


def _possible_when(spec, when):
    if spec["kind"] == "number":
        if isinstance(when, (list, tuple)):
            return len(when) == 2 and all(map(_finite, when)) and when[0] <= when[1]
        return _finite(when)
    if isinstance(when, dict):
        pair = when.get("before", [])
        indices = [_read_index(i, len(spec["options"])) for i in pair]
        return spec["kind"] == "order" and set(when) == {"before"} and len(pair) == 2 and None not in indices
    return not isinstance(when, str) and read_answer(spec, when) is not None


def _near(given, expected, tolerance):
    return abs(given - expected) <= tolerance + _ROUNDING


def _finite(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _read_index(answer, options):
    if isinstance(answer, str):
        letter = answer.strip().lower().rstrip(".)")
        if len(letter) == 1 and "a" <= letter <= "z":
            answer = ord(letter) - ord("a")
        elif letter.isdecimal():
            answer = int(letter)
        else:
            return None
    if isinstance(answer, bool) or not hasattr(answer, "__index__"):
        return None
    index = answer.__index__()
    return index if 0 <= index < options else None
