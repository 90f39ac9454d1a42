"""The chapter on the mathematics of the cell: its exercises, the code it shows, and how its formulas read."""

import ast
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib import checks, equations
from lstm_lib.exercises import mathematics

ROOT = Path(__file__).parents[2]
SHOWN = ("sigmoid", "blocks", "step", "step_back", "forward", "backward", "WEIGHT_GRADIENTS")


def source(id, answer):
    return checks.check(id, answer).source


def page(lang):
    return (ROOT / "book" / lang / "05-mathematics.md").read_text(encoding="utf-8")


# --- the code on the page ----------------------------------------------------------------------------


def definitions(code):
    """What a module defines, by name: functions without their descriptions, and constants, as text."""
    found = {}
    for node in ast.parse(code).body:
        if isinstance(node, ast.FunctionDef):
            node.body = node.body[1:] if ast.get_docstring(node) else node.body
            found[node.name] = ast.dump(node)
        elif isinstance(node, ast.Assign):
            found[node.targets[0].id] = ast.dump(node.value)
    return found


@pytest.mark.parametrize("lang", ("pt", "en"))
def test_the_code_that_the_chapter_shows_is_the_library_s(lang):
    library = definitions(Path(equations.__file__).read_text(encoding="utf-8"))
    cells = re.findall(r"^```\{code-cell\} python\n(.*?)^```$", page(lang), re.S | re.M)
    visible = [cell for cell in cells if ":tags:" not in cell]
    for name in SHOWN:
        here = [cell for cell in visible if re.search(rf"^(def {name}\(|{name} = )", cell, re.M)]
        assert len(here) == 1, name
        assert definitions(here[0])[name] == library[name], name


# --- the formulas ------------------------------------------------------------------------------------


def displayed(lang):
    return re.findall(r"^\$\$\n(.*?)^\$\$", page(lang), re.S | re.M)


def test_every_displayed_line_of_the_derivation_says_its_shape():
    """A line with a derivative of L by a vector or a matrix ends in [shape], or has shapes under it."""
    for formula in displayed("pt"):
        for line in re.split(r"\\\\(?:\[\d+pt\])?", formula):
            if r"\frac{\mathrm{d}L}" in line and "v" not in re.findall(r"\\mathrm\{d\}(\w+)", line):
                single = r"\theta" in line
                assert single or "[" in line or r"\underbrace" in line, line


def test_formulas_can_be_read_without_javascript():
    """No command is left over, no shape is lost and no brace or bracket of TeX is seen."""
    sys.path.insert(0, str(ROOT / "book" / "_ext"))
    try:
        from lstmbook.plain_formulas import plain
    finally:
        sys.path.pop(0)
    known = {"tanh", "ln", "diag"}
    for formula in displayed("pt"):
        written = re.sub(r"<[^>]*>", " ", plain(formula).replace("<br>", "\n"))
        words = set(re.findall(r"[A-Za-z]{2,}", written)) - known
        assert not {word for word in words if f"\\{word}" in formula}, (formula, words)
        assert "\\" not in written and "&" not in written and "pt]" not in written, written
        assert re.sub(r"\s", "", written).count("[H]") >= formula.count("[H]")
    braced = plain(r"\underbrace{\frac{\mathrm{d}L}{\mathrm{d}x}}_{H} = a \\[6pt] b && [H]")
    assert re.sub(r"<br>|\s+", " ", re.sub(r"</?(?:sub|i)>", "", braced)) == "dL/dx[H] = a   b [H]"


@pytest.mark.parametrize("lang", ("pt", "en"))
def test_the_six_quantities_have_their_colours_in_every_formula(lang):
    """f, i, g, o, c and h with the index of a step stand in their class wherever they are symbols."""
    without_code = re.sub(r"^```.*?^```$", "", page(lang), flags=re.S | re.M)
    formulas = re.findall(r"\$\$\n(.*?)\$\$|\$([^$]+)\$", without_code, re.S)
    bare = re.compile(r"(?<![\w\\{,_])([figoch])_(?:t|T|\{t|\{T|\{j|0)")
    for both in formulas:
        tex = re.sub(r"\\class\{q-\w\}\{(?:[^{}]|\{[^{}]*\})*\}", "", "".join(both))
        assert not bare.search(tex), tex


# --- the exercises -----------------------------------------------------------------------------------


def test_the_error_at_the_subject_is_larger_than_at_the_end_though_every_gate_is_below_one():
    at, total, shares, forget = mathematics._way_back()
    assert abs(total[at["menina"]]) > abs(total[-1]) and forget.max() < 1
    assert sum(share[at["joão"]] for share in shares.values()) == pytest.approx(total[at["joão"]], abs=1e-12)
    assert source("mathematics/predict-larger", "c") == "right"


def test_counts_are_those_of_the_library():
    assert checks.check("mathematics/count", ll.LSTM.init(10, 20).parameter_count).right
    small, large = (ll.LSTM.init(16, H).parameter_count for H in (32, 64))
    assert 3 < large / small < 4
    assert source("mathematics/predict-double", "b") == "right"


def test_a_step_back_has_one_order():
    assert source("mathematics/order", "b d a c") == "right"
    assert source("mathematics/order", "d b a c") == ("mistake", 0)
    assert source("mathematics/order", "b a d c") == ("mistake", 1)
    assert source("mathematics/order", "b d c a") == ("mistake", 2)


def test_one_number_of_the_way_back_is_the_library_s():
    net = ll.LSTM(weight_ih=np.zeros((4, 1)), weight_hh=np.zeros((4, 1)), bias_ih=[-9.0, np.log(4), 0, 0])
    trace = net.forward(np.zeros((1, 1)), c0=np.array([-1.5]))
    assert trace.forget_gate[0, 0] == pytest.approx(0.8)
    da = trace.backward(np.zeros((1, 1)), np.full((1, 1), 2.0)).weights["bias_ih"][1]
    assert checks.check("mathematics/forget", float(da)).right
    assert source("mathematics/forget", "−0,48") == "right"


def test_the_bias_of_a_duration_is_that_of_the_chrono_initialisation():
    answer = checks.exercise("mathematics/chrono")["answer"]
    f = equations.sigmoid(answer)
    assert 1 / (1 - f) == pytest.approx(50)
    assert checks.check("mathematics/two-biases", equations.sigmoid(2.0)).right


def coupled(minus=1.0, slope=True):
    return lambda dc, c, f, g: dc * (c - minus * g) * (f * (1 - f) if slope else 1)


def test_the_tied_cell_is_judged_by_finite_differences():
    assert checks.check("mathematics/coupled", coupled()).right
    wrong = [coupled(0.0), coupled(-1.0), coupled(slope=False),
             lambda dc, c, f, g: dc * (g - c) * f * (1 - f),
             lambda dc, c, f, g: dc * (c - g) * f, lambda dc, c, f, g: (c - g) * f * (1 - f),
             lambda dc, c, f, g: None, lambda dc, c, f, g: dc[:2], lambda dc, c, f, g: 2 * dc, 7]
    said = [checks.check("mathematics/coupled", answer) for answer in wrong]
    assert [verdict.verdict for verdict in said] == ["wrong"] * len(wrong)
    assert len(set(said)) == len(wrong)
