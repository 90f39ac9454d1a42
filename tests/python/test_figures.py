"""Figures: drawn from the trace, readable without eyes, in both languages and themes."""

import io
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib import figures
from lstm_lib.figures import __main__ as files
from lstm_lib.figures import drawing, raster, style
from lstm_lib.figures import gradient_horizon as horizon
from lstm_lib.figures.cell import aperture, geometry, values_at
from lstm_lib.locale import LANGUAGES, number
from lstm_lib.puzzles import puzzles, run

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def trace():
    x = np.random.default_rng(3).standard_normal((9, 4))
    return ll.LSTM.init(4, 5, seed=1).forward(x)


@pytest.fixture(scope="module")
def reading():
    return ll.load("agreement/lstm").read("a menina disse que estava muito")


def every_figure(trace, lang="pt"):
    puzzle = puzzles()["two-bits"]
    lines = horizon.horizon_lines(seeds=2, hidden_size=6)
    return {
        "cell": figures.cell_steps(lang=lang),
        "cell 3": figures.cell_steps(3, lang, trace, 2, 1),
        "gates": figures.gates(trace, 4, 2, lang),
        "hand": figures.gates_by_hand(puzzle, run(puzzle, **puzzle["solution"]), 2, lang),
        "horizon": figures.horizon(lang, lines=lines),
    }


def svgs(html):
    return [ElementTree.fromstring(piece) for piece in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


def words(figure):
    return " ".join("".join(text.itertext()) for svg in svgs(figure.to_html()) for text in svg.iter("text"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_is_sound_svg_with_a_text_alternative(trace, lang):
    for name, figure in every_figure(trace, lang).items():
        found = svgs(figure.to_html())
        ids = [element.get("id") for svg in found for element in svg.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), name
        for svg in found:
            assert svg.get("role") == "img"
            title, description = svg[0], svg[1]
            assert (title.tag, description.tag) == ("title", "desc")
            assert svg.get("aria-labelledby") == title.get("id") and svg.get(
                "aria-describedby"
            ) == description.get("id")
            assert title.text.strip() and len(description.text) > 40, name
        assert "nan" not in figure.to_html().lower().replace("financ", ""), name
        assert figure.alt in repr(figure)


def test_two_figures_in_one_page_share_no_id(trace):
    page = figures.gates(trace).to_html() + figures.gates(trace).to_html()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 4


def test_in_a_page_every_colour_is_a_token_with_the_light_colour_behind_it(trace):
    light = style.tokens("light")
    for name, figure in every_figure(trace).items():
        drawn = re.sub(r"<style>.*?</style>", "", figure.to_html())
        fallbacks = re.findall(r"var\(--([\w-]+),(#[0-9a-f]{6})\)", drawn)
        assert fallbacks, name
        assert all(light[token] == colour for token, colour in fallbacks), name
        bare = re.sub(r"var\(--[\w-]+,#[0-9a-f]{6}\)", "", drawn)
        assert not re.search(r"#[0-9a-f]{6}", bare), f"{name}: a colour that does not follow the theme"


def test_a_file_needs_no_style_sheet(trace, tmp_path):
    for name, figure in every_figure(trace).items():
        figure.save(tmp_path / "figure.svg")
        content = (tmp_path / "figure.svg").read_text("utf-8")
        assert "var(" not in content, name
        root = ElementTree.fromstring(content)
        assert root.tag == f"{SVG}svg" and root.get("width"), name
    with pytest.raises(ValueError, match=r"end it in \.svg or \.png"):
        figure.save(tmp_path / "figure.gif")


def test_the_png_shows_the_theme_and_the_scale(trace):
    from matplotlib.image import imread

    figure = figures.gates_by_hand(puzzles()["leak"], run(puzzles()["leak"], [1] * 4, [1] * 4, [1] * 4))
    for theme in style.THEMES:
        image = imread(io.BytesIO(figure.to_png(theme, scale=1)))
        assert image.shape[1] == figure.whole.width + 2 * raster.MARGIN
        paper = style.mix(style.tokens(theme)["paper"], "#000000", 0)
        assert np.allclose(image[2, 2, :3], paper, atol=1 / 255)
        assert image[..., :3].std() > 0.02
    with pytest.raises(ValueError, match="theme was 'sepia'"):
        figure.to_png("sepia")


def test_a_notebook_gets_html_and_png(trace):
    data, metadata = figures.cell_steps(1)._repr_mimebundle_()
    assert set(data) == {"text/html", "image/png", "text/plain"} and metadata == {}
    assert data["text/html"].count("<svg") == 1


def test_tokens_of_the_figures_are_those_of_the_pages():
    for theme in style.THEMES:
        tokens = style.tokens(theme)
        for _, colour, *_ in style.QUANTITIES.values():
            assert re.fullmatch(r"#[0-9a-f]{6}", tokens[colour])
    assert style.tokens("light")["q-c"] != style.tokens("dark")["q-c"]
    assert style.mix("#000000", "#ff0000", 0.5) == [0.5, 0.0, 0.0]


# The cell in four steps


def test_the_four_steps_show_what_they_should():
    shown = {step: words(figures.cell_steps(step)) for step in (1, 2, 3, 4)}
    assert "σ" in shown[1] and "tanh" not in shown[1] and "+" not in shown[1]
    assert "i" in shown[2] and "tanh" in shown[2]
    assert "⊙" in shown[3] and "h" in shown[4]
    outlines = [figures.cell_steps(step).to_html() for step in (1, 2, 3, 4)]
    # The output gate is new, and in colour, only in the last step; the forget gate only in the first.
    assert ["var(--q-o" in outline.split("</svg>")[0] for outline in outlines] == [False, False, False, True]
    boxes = [re.findall(r"<rect[^>]*stroke=\"var\(--(q-f|rule-2)", outline) for outline in outlines]
    assert boxes[0] == ["q-f"] and "q-f" not in boxes[1] + boxes[2] + boxes[3]


def test_all_four_together_are_one_file_and_four_panels():
    figure = figures.cell_steps(lang="en")
    assert len(svgs(figure.to_html())) == 4
    root = ElementTree.fromstring(figure.to_svg())
    titles = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    for title in ("Forget", "Write", "Update", "Read"):
        assert sum(title in found for found in titles) == 1


def test_with_a_trace_the_wires_carry_its_values(trace):
    values = values_at(trace, 3, 2)
    assert values["kept"] + values["written"] == pytest.approx(values["cell"], abs=1e-12)
    assert values["output_gate"] * values["squashed"] == pytest.approx(values["hidden"], abs=1e-12)
    assert values_at(trace, 0, 2)["previous_cell"] == trace.c0[2]
    shown = words(figures.cell_steps(4, "pt", trace, 3, 2))
    for name in ("forget_gate", "input_gate", "output_gate"):
        assert number(values[name], "pt") in shown
    for name in ("cell", "hidden", "candidate", "previous_cell"):
        assert number(values[name], "pt", sign=True) in shown


def test_the_cell_refuses_what_is_not_there(trace):
    with pytest.raises(ValueError, match="step was 5"):
        figures.cell_steps(5)
    with pytest.raises(ValueError, match="'pt' and 'en'"):
        figures.cell_steps(lang="fr")
    with pytest.raises(ValueError, match="time was 9, expected 0 to 8"):
        figures.cell_steps(4, "pt", trace, time=9)
    with pytest.raises(ValueError, match="unit was -1"):
        figures.cell_steps(4, "pt", trace, unit=-1)
    batch = ll.LSTM.init(4, 5).forward(np.zeros((3, 2, 4)))
    with pytest.raises(ValueError, match="expected one sequence"):
        figures.cell_steps(4, "pt", batch)


@pytest.mark.parametrize("layout", ["wide", "narrow"])
def test_the_geometry_lies_inside_its_picture(layout):
    plan = geometry(layout)
    for element in plan["elements"]:
        for x, y in element.get("points", []) + ([element["at"]] if "at" in element else []):
            assert 0 <= x <= plan["width"] and 0 <= y <= plan["height"], element["id"]


@pytest.mark.parametrize(("value", "filled"), [(0.0, 1.0), (0.25, None), (0.5, None), (1.0, 0.0)])
def test_an_aperture_is_open_by_its_value(value, filled):
    """The filled part of the disc, measured on the picture, is the disc without a slit of 2 r value."""
    from matplotlib.image import imread

    r = 40
    picture = drawing.Drawing(100, 100, "", "")
    aperture(picture, 50, 50, r, value, "q-i")
    image = imread(io.BytesIO(raster.png(picture, scale=2)))[..., :3]
    ink = np.array(style.mix(style.tokens("light")["q-i"], "#000000", 0))
    yy, xx = np.mgrid[: image.shape[0], : image.shape[1]] / 2 - raster.MARGIN - 50
    inside = xx**2 + yy**2 < (r - 4) ** 2
    coloured = np.abs(image - ink).max(axis=2) < 0.05
    share = coloured[inside].mean()
    # Of the inner disc of radius r - 4: what is further than r * value from the middle line.
    expected = (np.abs(xx) > r * value)[inside].mean() if filled is None else filled
    assert share == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("name", sorted(files.files()))
def test_the_committed_files_are_current(name):
    assert (files.FOLDER / name).read_text("utf-8") == files.files()[name], "run: python -m lstm_lib.figures"


# Gates of a run


def test_the_picture_of_a_reading_tells_its_numbers(reading):
    figure = figures.gates(reading, 2, 7, "pt")
    shown, trace = words(figure), reading.trace
    assert all(word in shown for word in reading.words)
    assert "Unidade 7" in shown
    assert (
        number(trace.cell[2, 7], "pt", sign=True) in shown and number(trace.forget_gate[2, 7], "pt") in shown
    )
    assert number(trace.cell[2, 7], "pt", sign=True) in figure.alt
    assert f"{100 * reading.share_feminine[2]:.0f}\N{NO-BREAK SPACE}%" in figure.alt


def test_the_curve_of_the_picture_is_the_cell(reading):
    figure = figures.gates(reading, 2, 7)
    heights = None
    for mark in figure.whole.marks:
        if isinstance(mark, drawing.Path) and mark.stroke == "q-c" and len(mark.points) == len(reading.words):
            heights = np.array([point[-1] for point in mark.points])
    cell = reading.trace.cell[:, 7]
    slope, offset = np.polyfit(cell, heights, 1)
    assert slope < 0 and np.allclose(slope * cell + offset, heights, atol=0.01)


def test_maps_hold_every_value_once(reading):
    maps = [
        mark
        for mark in figures.gates(reading).whole.marks
        if isinstance(mark, drawing.Cells) and mark.height > 20
    ]
    assert len(maps) == 6
    for mark, name in zip(maps, style.QUANTITIES, strict=True):
        values = getattr(reading.trace, name).T
        scale = np.abs(values).max() / np.abs(mark.values).max()
        assert np.allclose(mark.values * scale, values)
        assert scale == pytest.approx(1) or name == "cell"


def test_cells_are_taken_together_without_loss():
    values = np.random.default_rng(0).uniform(-1, 1, (7, 11)).round(1)
    values[2] = 0.5
    rebuilt = np.zeros_like(values)
    for level, runs in drawing.runs_of_cells(values).items():
        for row, column, length in runs:
            assert not rebuilt[row, column : column + length].any()
            rebuilt[row, column : column + length] = level / drawing.LEVELS
    assert np.allclose(rebuilt, values)
    assert sum(row == 2 for runs in drawing.runs_of_cells(values).values() for row, *_ in runs) == 1


def test_gates_take_any_length_and_refuse_other_runs(trace):
    net = ll.LSTM.init(2, 1)
    for steps in (1, 2, 60):
        figure = figures.gates(net.forward(np.ones((steps, 2))), steps - 1, 0, "en")
        assert svgs(figure.to_html()) and "nan" not in figure.to_html()
    with pytest.raises(TypeError, match="expected the Reading or the trace of an LSTM"):
        figures.gates(ll.RNN.init(2, 1).forward(np.ones((3, 2))))
    with pytest.raises(ValueError, match="step is 9, expected from 0 to 8"):
        figures.gates(trace, 9)
    with pytest.raises(ValueError, match="unit is 5"):
        figures.gates(trace, 0, 5)


def test_a_long_sentence_takes_more_rows_and_no_text_falls_under_13_px():
    lm = ll.load("agreement/lstm")
    words = ["a", "menina", "disse", "que", "estava", "muito"] * 6
    figure = figures.gates(lm.read(words), 20)
    texts = [mark for mark in figure.whole.marks if isinstance(mark, drawing.Text)]
    levels = {mark.y for mark in texts if mark.runs[0].text in words and mark.size == 19}
    assert len(levels) >= 3 and min(mark.size for mark in texts) >= 13
    for mark in texts:
        width = sum(raster.text_width(run.text, run.size_in(mark.size), run.face) for run in mark.runs)
        left = mark.x - {"start": 0, "middle": 0.5, "end": 1}[mark.anchor] * width
        assert left >= -2 and left + width <= figure.whole.width + 2, mark


def test_text_of_a_reader_cannot_break_the_page():
    lm = ll.load("agreement/lstm")
    reading = lm.read(["a", "<script>alert(1)</script>", "\"'&"])
    html = figures.gates(reading, 1).to_html()
    assert "<script" not in html and svgs(html)


# Gates by hand


def test_the_picture_of_a_puzzle_says_what_is_wrong():
    puzzle = puzzles()["first-bit"]
    solved = figures.gates_by_hand(puzzle, run(puzzle, **puzzle["solution"]), lang="en")
    assert solved.alt.endswith("Solved.")
    wrong = run(puzzle, [1] * 5, [1] * 5, [1] * 5)
    alt = figures.gates_by_hand(puzzle, wrong, lang="en").alt
    assert f"h at step 5 is {number(wrong.hidden[4, 0], 'en', sign=True)}" in alt
    with pytest.raises(ValueError, match="0 to 4"):
        figures.gates_by_hand(puzzle, wrong, 5)


# The gradient horizon


def test_the_lines_are_the_gradients_of_the_networks():
    lines = horizon.horizon_lines(biases=(0, 3), seeds=1, hidden_size=4)
    assert [(line.name, line.forget_bias) for line in lines] == [("LSTM", 3.0), ("LSTM", 0.0), ("RNN", None)]
    x = np.random.default_rng(0).standard_normal((horizon.STEPS, horizon.SEQUENCES, horizon.INPUTS))
    net = ll.LSTM.init(horizon.INPUTS, 4, 0, forget_bias=3.0)
    trace = net.forward(x)
    direct = np.zeros_like(trace.hidden)
    direct[-1] = 1
    norms = np.linalg.norm(trace.backward(direct).cell, axis=-1)
    assert np.allclose(lines[0].logs[0], np.log10(norms[::-1] / norms[-1]).mean(axis=1))
    assert all((line.logs[:, 0] == 0).all() for line in lines)


def test_the_open_forget_gate_is_what_keeps_the_gradient():
    """The claim of the chapter, measured: bias 3 keeps it, bias 0 and the RNN lose it."""
    words = {line.forget_bias: line.verdict for line in horizon.horizon_lines(seeds=3)}
    assert words == {3.0: "arrives", 1.0: "fades", 0.0: "vanishes", None: "vanishes"}


def test_the_axis_is_absolute_and_its_labels_keep_apart():
    lines = horizon.horizon_lines(seeds=2, hidden_size=6)
    figure = figures.horizon("pt", lines=lines)
    for line in lines:
        assert number(line.mean[-1], "pt", 1) in words(figure)
    assert horizon.apart([10, 12, 300], 50) == [10, 60, 300]
    assert horizon.apart([100, 10], 50) == [100, 10]


@pytest.mark.parametrize(
    ("log", "pt", "en"),
    [
        (-0.1, "79\N{NO-BREAK SPACE}%", "79%"),
        (-3.4, "1 parte em 2\N{NO-BREAK SPACE}500", "1 part in 2,500"),
        (-6.1, "1 em 1,3 milhão", "1 in 1.3 million"),
        (-7.9, "1 em 79 milhões", "1 in 79 million"),
        (-10.9, "1 em 79 bilhões", "1 in 79 billion"),
    ],
)
def test_a_power_of_ten_in_words(log, pt, en):
    assert horizon._share(log, "pt") == pt and horizon._share(log, "en") == en


def test_a_line_may_stay_where_it_is():
    """Equal points in a row once divided by zero; their corner is none."""
    path = drawing.rounded([(0, 0), (0, 0), (10, 0), (10, 0), (10, 10), (10, 10)], 3)
    assert path == drawing.rounded([(0, 0), (10, 0), (10, 10)], 3)
    assert np.isfinite([number for point in path for number in point[1:]]).all()
    assert drawing.rounded([(5, 5), (5, 5)], 3) == (("M", 5, 5), ("L", 5, 5))
