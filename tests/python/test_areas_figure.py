"""Areas and river: who wins and who ties, what is said of it, the pictures, and the widgets."""

import json
import math
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from lstm_lib import compared_areas as areas
from lstm_lib import figures, results, river_story, widgets
from lstm_lib.compared_areas import Entry
from lstm_lib.figures.areas import APART, DOT, label_place, mean_lift, stacked
from lstm_lib.figures.river import MOST
from lstm_lib.locale import LANGUAGES, integer, plain, texts

PLACES = [(area, T) for area in areas.AREAS for T in areas.about(area)["lengths"] or [0]]


@pytest.fixture(autouse=True)
def without_built_scripts(monkeypatch):
    monkeypatch.setenv("LSTM_LIB_STATIC", "1")


def entry(*values, learned=None, network=True):
    return Entry("x", "x", network, values, learned or (True,) * len(values), None, 1.0)


def test_one_wins_if_its_worst_seed_is_ahead_of_the_others_best():
    good, mixed, bad = entry(0.8, 0.9), entry(0.7, 0.85), entry(0.1, 0.6)
    assert areas.wins("river", good, bad) and areas.wins("river", mixed, bad)
    assert not areas.wins("river", good, mixed) and not areas.wins("river", mixed, good)
    assert areas.wins("sunspots", bad, mixed) and not areas.wins("sunspots", mixed, bad)  # less is better
    equal = entry(0.8, 0.9)
    assert not areas.wins("river", good, equal) and not areas.wins("river", equal, good)


def test_a_run_that_never_learned_is_behind_every_one_that_did():
    quick, never = entry(100, 200), entry(50, 50, learned=(False, False))
    once = entry(90, 50, learned=(True, False))
    assert areas.wins("adding", quick, never) and not areas.wins("adding", never, quick)
    assert not areas.wins("adding", once, never) and not areas.wins("adding", quick, once)
    assert never.mean is None and once.mean == 90


def test_two_networks_that_never_learned_do_not_tie():
    one, *_ = areas.entries("latch", 50)
    kinds = areas.against("latch", 50, one)
    never = [entry.key for entry in areas.entries("latch", 50) if not any(entry.learned)]
    assert [one.key, *(entry.key for entry in kinds["neither"])] == never and len(never) > 1
    assert not kinds["ties"] and not kinds["wins"] and kinds["loses"]
    said = areas.see("latch", 50, one, "pt")
    assert "o mesmo vale para" in said and "empata" not in said
    for area, T in PLACES:
        if not areas.is_task(area):
            assert not any(areas.against(area, T, entry)["neither"] for entry in areas.entries(area, T))


def test_the_lstm_of_the_paper_stands_where_it_did_the_same_task():
    path = Path(results.__file__).parent / "papers1997.json"
    printed = json.loads(path.read_text(encoding="utf-8"))["experiments"]
    (adding, *_), (order,), (_, latch, *_) = (printed[key]["rows"] for key in ("adding", "order", "latch"))
    assert adding["T"] == order["T"] == latch["T"] == 100 and latch["N"] == 1
    ours = {place: areas.paper(*place) for place in PLACES if areas.paper(*place)}
    assert ours == {("reber", 0): (8440, 39740)} | {
        (area, 100): 2 * (row["sequences"],)
        for area, row in {"adding": adding, "order": order, "latch": latch}.items()
    }
    for (area, T), needed in ours.items():
        low, high = areas.about(area)["axis"]
        assert low <= needed[0] <= needed[1] <= high
        for lang in LANGUAGES:
            said = areas.see(area, T, areas.best(area, T), lang)
            assert all(integer(value, lang) in said for value in needed)
            assert texts(lang)["areas.see.paper"].split("{")[0] in said
    assert texts("pt")["areas.see.paper"].split("{")[0] not in areas.see(
        "latch", 50, areas.best("latch", 50), "pt"
    )


def test_the_own_lstm_of_an_area_is_chosen_at_first():
    own = {area: areas.find(area, 0, "").key for area in areas.AREAS}
    expected = {"accents": "bilstm"} | dict.fromkeys(("adding", "order", "latch", "reber"), "lstm-b1")
    assert own == dict.fromkeys(areas.AREAS, "lstm") | expected
    assert areas.find("accents", 0, "lstm").key == "lstm" and areas.find("accents", 0, "gru").key == "bilstm"


def test_the_mark_of_the_mean_hides_no_seed():
    for xs in ([100, 100, 100], [100, 101, 102, 103, 104, 105, 106], [50, 100, 150], [100, 300]):
        offsets, mean = stacked(xs, APART), sum(xs) / len(xs)
        lift = mean_lift(xs, offsets, mean)
        for x, dy in zip(xs, offsets, strict=True):
            assert math.hypot(x - mean, dy + lift) >= DOT + 5.5  # half of the largest mark
    for low, high in ((0, 0), (5, 100), (90, 100), (40, 60)):
        x, anchor = label_place(0, 100, low, high)
        assert {"start": x <= 40, "middle": 40 <= x <= 60, "end": x >= 60}[anchor]


@pytest.mark.parametrize("area, T", PLACES)
def test_every_seed_of_the_record_is_there_and_on_the_axis(area, T):
    found = results.load()
    metric, (low, high) = found.area(area)["metric"], areas.about(area)["axis"]
    for one in areas.entries(area, T):
        expected = found.scores(area, one.key, metric, **({"T": T} if T else {}))
        assert sorted(one.values) == sorted(expected)
        assert all(low <= value <= high for value in one.values), (one.key, one.values)
        if one.network:
            assert one.name in areas.MARKS and one.parameters > 0
    first = areas.best(area, T)
    for other in areas.entries(area, T):
        assert first is None or not areas.wins(area, other, first)
        kinds = areas.against(area, T, other)
        assert sum(map(len, kinds.values())) == len(areas.entries(area, T)) - 1


def test_the_tasks_have_every_length_that_was_recorded():
    for area in areas.AREAS:
        lengths = {run.options["T"] for run in results.load().select(area, "test") if "T" in run.options}
        assert sorted(lengths) == areas.about(area)["lengths"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said_has_the_chosen_figures(lang):
    for area, T in PLACES:
        for one in areas.entries(area, T):
            said = areas.see(area, T, one, lang)
            assert areas.name(one, lang).lower() in said.lower() and not re.search(r"[{}]", said)
            if one.mean is not None:
                assert f"**{areas.written(area, one.mean, lang)}**" in said
        assert areas.outcome(area, T, lang)
    used = {one.name for area, T in PLACES for one in areas.entries(area, T)}
    names = {key.split(".")[2] for key in texts(lang) if key.startswith("areas.name.")}
    assert used <= names
    assert texts(lang)["areas.told.river"] in areas.see("river", 0, areas.entries("river")[0], lang)


DRAWN = [("river", 0, "lstm"), ("latch", 100, "irnn"), ("sunspots", 0, "ar9"), ("reber", 0, "")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area, T, key", DRAWN)
def test_the_picture_has_every_line_and_says_it(lang, area, T, key):
    figure = figures.areas(lang, area, T, key)
    for svg in re.findall(r"<svg.*?</svg>", figure.to_html(), re.DOTALL):
        svg = ElementTree.fromstring(svg)
        shown = " ".join("".join(text.itertext()) for text in svg.iter("text"))
        for one in areas.entries(area, T):
            assert areas.name(one, lang) in shown and areas.mean_text(area, one, lang) in shown
        dots = [c for c in svg.iter("circle") if float(c.get("r")) == DOT]
        assert len(dots) == 1 + sum(
            sum(one.learned) for one in areas.entries(area, T) if one.network
        )  # a key
        assert (areas.paper_text(area, T, lang) or "LSTM") in shown
        assert ("1997:" in shown) == (areas.paper(area, T) is not None)
    assert plain(areas.see(area, T, areas.find(area, T, key), lang)) in figure.alt
    with pytest.raises(ValueError, match="There is no 'nothing'"):
        figures.areas(lang, area, T, "nothing")
    with pytest.raises(ValueError, match="length was 7"):
        figures.areas(lang, area, 7)


# The river


def test_efficiencies_are_those_of_the_recorded_runs():
    for network, pasts in river_story.PASTS.items():
        for past in pasts:
            recorded = results.load().scores("river", network, stage="story", past=past)
            assert river_story.efficiencies(network)[past] == tuple(recorded)
    with pytest.raises(ValueError, match="network was 'gru'"):
        river_story.efficiencies("gru")


def test_the_record_is_complete_and_fits_the_axis():
    found = river_story.record()
    assert set(found["predicted"]) == set(river_story.MODELS)
    assert found["observed"][river_story.flood()] == max(found["observed"])
    for values in (found["rain"], found["temperature"], found["observed"], *found["predicted"].values()):
        assert len(values) == river_story.count() and all(map(math.isfinite, values))
    assert max(map(max, (found["observed"], *found["predicted"].values()))) <= MOST
    assert river_story.date(449).isoformat() == "1987-03-26"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("day, model", [(449, "lstm-90"), (0, "rnn-90"), (1095, "ridge")])
def test_the_day_is_drawn_and_told(lang, day, model):
    figure, found = figures.river(lang, day, model), river_story.record()
    for svg in re.findall(r"<svg.*?</svg>", figure.to_html(), re.DOTALL):
        shown = " ".join("".join(t.itertext()) for t in ElementTree.fromstring(svg).iter("text"))
        assert river_story.dated(day, lang) in shown
        for values in (found["observed"], *found["predicted"].values()):
            assert river_story.flow(values[day], lang) in shown
    assert figure.alt == plain(river_story.see(day, model, lang))
    said = texts(lang)["river.see.past"].split("{")[0]
    assert (said in figure.alt) == (day + 1 >= river_story.past_of(model)[1])  # not of days before the record


# The widgets


def test_the_widgets_know_their_selection_and_refuse_what_there_is_not():
    widget = widgets.Areas(area="adding", length=400, network="lstm-chrono")
    assert widget.selection.key == widget.best.key == "lstm-chrono"
    assert widget.paper is None and widgets.Areas(area="adding").paper == (74000, 74000)
    accents = widgets.Areas(area="accents", length=100)  # a length that stayed from another area
    assert accents.selection.key == "bilstm" and areas.entries("accents", 100) is areas.entries("accents")
    widget.set_state({"area": "river", "network": "nothing", "length": 3})
    assert widget.selection.key == "lstm" and len(widget.entries) == 6
    for wrong in ({"area": "chess"}, {"length": 3}):
        with pytest.raises((TypeError, ValueError), match=next(iter(wrong))):
            widgets.Areas(**wrong)
    river = widgets.River(model="lstm-10")
    assert river.observed == river_story.record()["observed"][449] and river.date.year == 1987
    river.set_state({"day": 10**6})
    assert river.place == river_story.count() - 1 and river.figure().alt
    for wrong in ({"day": -1}, {"day": 1096}, {"model": "gru-90"}):
        with pytest.raises((TypeError, ValueError), match=next(iter(wrong))):
            widgets.River(**wrong)
