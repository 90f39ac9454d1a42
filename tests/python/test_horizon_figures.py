"""The learning horizon as picture and Python object, narrow windows, and the evidence from real corpora."""

import json
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from lstm_lib import figures, horizon, widgets
from lstm_lib.figures import horizon_points as points
from lstm_lib.figures import network_marks as marks
from lstm_lib.figures.corpora import FILE, evidence, finding, group, wilson
from lstm_lib.figures.learning_horizon import Box
from lstm_lib.figures.narrow_windows import Course, courses, verdict
from lstm_lib.locale import LANGUAGES, text
from lstm_lib.widgets import base


def run(network, lag, seed, own, away=None, experiment="horizon", window=None):
    """An invented run: accuracy in its window, and at distances 5, 30, 200 (the same if not given)."""
    away = away or (own, own, own)
    first, last = points.window_of(lag)
    return horizon.Run(
        experiment if lag else "mixture", network, window or (first, last), seed, 2000, 2000, own >= 99, own,
        dict(zip((5, 30, 200), away, strict=True)), {0: own, 6: away[1]}, 1.0, sentences=100,
    )  # fmt: skip


@pytest.fixture(scope="module")
def recorded():
    return horizon.results()


@pytest.fixture
def invented(recorded):
    runs = [
        run("rnn", 5, 0, 98), run("rnn", 25, 1, 52), run("rnn", 25, 0, 100, (0, 100, 2)),
        run("rnn", 45, 0, 51), run("rnn", 0, 0, 98, (97, 98, 99)), run("lstm-b3", 5, 0, 100),
        run("lstm-b3", 25, 0, 99), run("lstm-b3", 45, 0, 75),
    ]  # fmt: skip
    return horizon.Results(runs, recorded.networks, recorded.settings, recorded.versions)


def svgs(figure):
    return [
        ElementTree.fromstring(piece) for piece in re.findall(r"<svg.*?</svg>", figure.to_html(), re.DOTALL)
    ]


def words(svg):
    return ["".join(element.itertext()) for element in svg.iter("text")]


# The points


def test_points_are_by_seed_the_mixture_apart_and_may_be_missing(invented):
    assert [found.seed for found in points.runs_of(invented, "rnn", 25)] == [0, 1]
    assert points.own(invented, "rnn", 25).kinds == ("window", "guesses")
    assert points.own(invented, "rnn", points.MIXTURE).values == (0.98,)
    assert points.own(invented, "gru", 25) is None and points.curve(invented, "gru", 25) == []
    curve = points.curve(invented, "rnn", 25)
    assert [(spread.at, spread.low, spread.high) for spread in curve] == [
        (5, 0.0, 0.52),
        (30, 0.52, 1.0),
        (200, 0.02, 0.52),
    ]
    assert points.reach(invented, "rnn") == (5, 25) and points.reach(invented, "lstm-b3") == (25, 45)
    assert points.reach(invented, "gru") == (None, None)


def test_thresholds_are_those_of_the_page():
    """Page and figures read one file; so does the chapter's count of the seeds that keep."""
    limits = marks.shared()["thresholds"]
    assert (
        limits["chance"] < limits["guessing"] < limits["right"] < 1 and limits["inverted"] < limits["chance"]
    )
    assert list(marks.shared()["networks"]) == list(horizon.NETWORKS)


def test_no_two_networks_look_the_same():
    styles = [marks.style_of(key) for key in horizon.NETWORKS]
    looks = [(style["shape"], style["fill"]) for style in styles]
    lines = [(tuple(style["dash"]), style["width"]) for style in styles]
    assert len(set(looks)) == len(looks) and len(set(zip(looks, lines, strict=True))) == len(looks)


# The picture


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("network, lag", [("lstm-b3", 25), ("rnn", 0), ("gru", 90)])
def test_the_picture_is_sound_in_both_shapes(lang, network, lag):
    figure = figures.learning_horizon(lang, network, lag)
    wide, narrow = svgs(figure)
    assert figure.narrow.width <= 358
    for svg in (wide, narrow):
        assert svg.get("role") == "img" and len(svg[1].text) > 100
        shown = words(svg)
        for key in (*marks.usual(), network):
            assert marks.name(key, lang) in shown
        assert text("horizon.chance", lang, share=points.share(0.5, lang)) in shown
        sizes = [float(found) for found in re.findall(r"([\d.]+)px", ElementTree.tostring(svg, "unicode"))]
        assert min(size for size in sizes if size > 5) >= 9
    assert "nan" not in figure.to_html()
    assert figure.to_png()[:4] == b"\x89PNG"


def test_the_picture_stands_where_its_runs_are(invented):
    """Every seed is a mark: a dot, or a cross (two strokes) where it is right in its window only."""
    figure = figures.learning_horizon("pt", "rnn", 25, ["rnn", "lstm-b3"], results=invented)
    assert (
        "1 sorteio acerta na janela do treino, mas não em toda distância; 1 sorteio ficou no acaso"
        in figure.alt
    )
    drawn = figure.whole.marks
    box = Box(46, 406, 60, 372)
    dots = [m for m in drawn if type(m).__name__ == "Circle" and m.r == 2.2 and m.x < box.right]
    assert sorted(round(m.y, 6) for m in dots) == sorted(
        round(box.y(share), 6) for share in (0.98, 0.98, 0.52, 0.51)
    )
    crosses = [m for m in drawn if getattr(m, "cap", "") == "round" and m.points[0][1] < box.right]
    assert len(crosses) == 2
    assert np.mean([p[2] for m in crosses for p in m.points]) == pytest.approx(box.y(1.0))


def test_a_picture_without_runs_says_so(recorded):
    empty = horizon.Results([], recorded.networks, recorded.settings, recorded.versions)
    figure = figures.learning_horizon("en", results=empty)
    assert text("horizon.see.missing", "en") in figure.alt
    assert "nan" not in figure.to_html()
    assert verdict([], "pt") == text("horizon.none", "pt")
    assert "nan" not in figures.narrow_windows("pt", results=empty).to_html()


def test_what_was_not_measured_is_refused():
    with pytest.raises(ValueError, match="no network 'mlp'; measured were rnn, rnn-slow"):
        figures.learning_horizon("pt", "mlp")
    with pytest.raises(ValueError, match="The lag was 30; measured were 5, 10"):
        figures.learning_horizon("pt", "rnn", 30)


# The widget


def test_the_widget_gives_the_runs_that_the_page_shows(recorded):
    widget = widgets.Horizon(network="rnn", lag=25)
    assert widget.selection == recorded.select("rnn", 25)
    assert {found.window for found in widget.selection} == {(25, 40)}
    widget.set_state({"network": "lstm-b3", "lag": 0})
    assert {(found.experiment, found.network) for found in widget.selection} == {("mixture", "lstm-b3")}
    widget.network = "gru-b3"
    assert {found.network for found in widget.selection} <= {"gru-b3"}
    assert widget.figure().alt.count("GRU, viés 3") >= 1


def test_the_widget_refuses_what_was_not_measured_and_stays_as_it_was():
    widget = widgets.Horizon()
    assert widget.state["network"] == "lstm-b3" and widget.state["lag"] == 25
    for change, said in (
        ({"network": "mlp"}, "network was 'mlp'; there are rnn"),
        ({"lag": 30}, "lag was 30"),
        ({"networks": ["rnn", "x"]}, "there are rnn, rnn-slow"),
    ):
        with pytest.raises(ValueError, match=said):
            widget.update(seeds=False, **change)
        assert widget.seeds
    with pytest.raises(TypeError, match="against"):
        widgets.Horizon(against="time")
    with pytest.raises(ValueError, match="sky is none of title, link"):
        widgets.Horizon(hide=["sky"])


def test_what_the_page_sends_is_taken_as_it_is():
    widget = widgets.Horizon()
    widget.set_state({"network": "mlp", "lag": 33})
    assert widget.selection == []
    assert widget.figure().alt  # the picture falls back to what the page falls back to


def test_the_element_carries_state_and_picture(monkeypatch):
    monkeypatch.setenv("LSTM_LIB_STATIC", "1")
    page = widgets.Horizon(id="horizon", network="rnn")._repr_mimebundle_()[0]["text/html"]
    assert page.startswith('<lstm-widget type="horizon" id="horizon"') and page.count("<svg") == 2
    manifest = json.loads((base.STATIC_FOLDER / "manifest.json").read_text("utf8"))
    assert manifest["horizon"] == widgets.Horizon.defaults()


# Narrow windows


def course(values, window=(20, 25)):
    """A course over the distances 5 to 60 from {first distance: value from there on}."""
    distances = tuple(range(5, 61))
    found, now = [], 0.0
    for distance in distances:
        now = values.get(distance, now)
        found.append(now)
    return Course("rnn", window, 0, distances, tuple(found))


@pytest.mark.parametrize(
    "values, kind",
    [
        ({5: 1.0}, "everywhere"),
        ({5: 0.85, 7: 0.95}, "almost"),
        ({5: 0.0, 18: 1.0, 28: 0.0, 38: 1.0}, "oscillates"),
        ({5: 0.95, 8: 0.05, 20: 0.5, 27: 0.95, 30: 0.02}, "oscillates"),
        ({5: 0.0, 18: 1.0, 28: 0.0}, "inverts"),
        ({5: 0.5, 18: 1.0, 28: 0.5}, "local"),
        ({5: 0.75}, "half"),
        ({5: 0.5}, "guesses"),
    ],
)
def test_the_course_of_a_narrow_training_has_a_name(values, kind):
    assert course(values).kind == kind


def test_the_verdict_counts_every_seed(recorded):
    for network in horizon.NARROW_NETWORKS:
        for window in horizon.NARROW:
            found = courses(network, window)
            assert [c.seed for c in found] == sorted(c.seed for c in found)
            said = verdict(found, "en")
            assert sum(map(int, re.findall(r"\d+", said))) == len(found)


def test_narrow_windows_breed_oscillators():
    """What the chapter says of the figure: RNNs that are right in the window and wrong beside it; an LSTM
    that starts open is right everywhere."""
    oscillating = [c for c in courses("rnn", (10, 15)) if c.kind == "oscillates"]
    assert oscillating
    for found in oscillating:
        inside = [v for d, v in zip(found.distances, found.values, strict=True) if 10 <= d <= 15]
        assert np.mean(inside) > 0.9 and min(found.values) < 0.1
    open_gate = [c for window in horizon.NARROW for c in courses("lstm-b3", window)]
    assert {c.kind for c in open_gate} == {"everywhere"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_narrow_figure_has_a_line_for_every_seed(lang, recorded):
    figure = figures.narrow_windows(lang)
    runs = sum(found.experiment == "narrow" for found in recorded.runs)
    for drawing in (figure.whole, figure.narrow):
        long = [m for m in drawing.marks if type(m).__name__ == "Path" and len(m.points) > 20]
        assert len(long) == runs
        assert all(0 <= p[1] <= drawing.width + 1 for m in long for p in m.points)
    assert figure.alt.count(":") >= 9


# Real corpora


def test_counts_give_the_printed_percentages_and_add_up():
    """Each percentage belongs to exactly one count, and the groups are the sentences, original and nonce."""
    file = json.loads(FILE.read_text("utf8"))
    for found in file["languages"].values():
        rows = [*found["by_attractors"], found["original"], found["nonce"]]
        assert sum(r["items"] for r in rows[:3]) == sum(r["items"] for r in rows[3:])
        assert found["nonce"]["items"] == 9 * found["original"]["items"]
        for network in ("rnn", "lstm"):
            counts = [round(r[network] * r["items"] / 100) for r in rows]
            assert [round(100 * n / r["items"], 1) for n, r in zip(counts, rows, strict=True)] == [
                r[network] for r in rows
            ]
            assert abs(sum(counts[:3]) - sum(counts[3:])) <= 1  # of 3357 items, 0.1 % are three


def test_wilson_against_its_definition():
    """The ends are the shares p whose own standard error puts the seen share z away."""
    for right, items in ((54, 110), (0, 10), (10, 10), (2271, 2710)):
        low, high = wilson(right, items)
        assert 0 <= low <= right / items <= high <= 1
        for end in (low, high):
            if 0 < end < 1:
                error = np.sqrt(end * (1 - end) / items)
                assert abs(right / items - end) / error == pytest.approx(1.959964)
    assert wilson(0, 10)[0] == 0 and wilson(10, 10)[1] == pytest.approx(1)
    for right, items in ((3, 0), (11, 10), (-1, 10)):
        with pytest.raises(ValueError):
            wilson(right, items)


def test_what_is_said_of_each_language_follows_from_the_intervals():
    for language in ("it", "he"):
        assert group(language, 2, "rnn").includes_chance
        assert group(language, 2, "lstm").low > 0.5
        assert "não se distingue do acaso; a LSTM fica acima" in finding(language, "pt")
    assert finding("en", "en") == "Too few items to say anything: 80 with attractors, 10 with two or more."
    low, high = group("en", 2, "lstm").low, group("en", 2, "lstm").high
    assert high - low > 0.4
    with pytest.raises(ValueError, match="language"):
        group("ru", 0, "rnn")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_corpora_figure_says_items_values_and_caveats(lang):
    figure = figures.corpora(lang)
    wide, narrow = svgs(figure)
    for svg in (wide, narrow):
        shown = " ".join(words(svg))
        for found in evidence():
            assert re.search(rf"\b{found.items % 1000}\b", shown)
            if found.attractors == 2:
                assert f"{100 * found.accuracy:.1f}".replace(".", "," if lang == "pt" else ".") in shown
        caveat = text("figures.corpora-note", lang)
        assert caveat.split(".")[0] in shown and "Wilson" in shown
    assert caveat in figure.alt and finding("en", lang) in figure.alt
    assert figures.corpora(lang).to_png("dark")[:4] == b"\x89PNG"
