"""Landmarks: what is on the scale of error removed, every row with its caveat and source, the picture."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pybtex.database
import pytest
from pybtex.richtext import Text
from shared import ROOT

from lstm_lib import figures, landmarks, widgets
from lstm_lib.locale import LANGUAGES, percent, placeholders, texts
from lstm_lib.widgets import base

ROWS = landmarks.load()
PARTS = ("data", "system", "baseline", "caveat")

# Errors in per cent of what was compared and of the system, worked out by hand from the printed figures.
ON_THE_SCALE = {
    "timit-ctc": (37.6, 18.6), "iam-online": (35.0, 20.3), "italian-number": (13.4, 9.2),
    "iam-offline": (35.5, 25.9), "ag-news": (6.57, 5.01), "imdb": (5.9, 4.6),
}  # fmt: skip


@pytest.fixture(scope="module")
def bibliography():
    return pybtex.database.parse_file(ROOT / "book" / "references.bib").entries


# The scale


def test_the_error_removed_is_that_of_its_definition():
    assert {row.id for row in ROWS if row.fair} == set(ON_THE_SCALE)
    for id, (before, after) in ON_THE_SCALE.items():
        row = landmarks.find(id)
        assert row.errors == (before, after)
        assert row.error_removed == pytest.approx(1 - after / before)
    assert landmarks.error_removed(20, 5) == 0.75
    assert landmarks.error_removed(20, 25) == -0.25
    for wrong in ((0, 1), (-3, 1), (20, -1), (float("nan"), 1)):
        with pytest.raises(ValueError, match="100 - accuracy"):
            landmarks.error_removed(*wrong)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_only_errors_and_accuracies_that_stand_against_one_are_on_the_scale(row):
    """A row has either a share and what changes in its comparison, or reasons: never both, never neither."""
    if row.fair:
        assert row.kind in ("error", "accuracy") and row.baseline is not None
        assert row.against in ("network", "system") and not row.why
        assert 0 < row.error_removed < 1
        assert (float(row.value) < float(row.baseline)) == (row.better == "lower")
    else:
        assert row.why and not row.against and row.error_removed is None
    assert (row.kind == "error") <= (row.better == "lower") and (row.kind == "accuracy") <= (
        row.better == "higher"
    )


def test_counted_errors_give_the_printed_accuracies():
    row = landmarks.find("italian-number")
    for wrong, printed in ((row.also["errors"], row.value), (row.also["baseline_errors"], row.baseline)):
        assert f"{100 - 100 * wrong / row.also['items']:.1f}" == printed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_figures_that_are_often_misquoted_are_told_as_what_they_are(lang):
    """TIMIT 17.7 is a pretrained transducer, BLEU 34.81 five networks, the M4's winner a hybrid."""
    transducer, ensemble, hybrid = map(landmarks.find, ("timit-transducer", "wmt-ensemble", "m4-owa"))
    plain, single = landmarks.find("timit-ctc"), landmarks.find("wmt-single")
    assert transducer.value == "17.7" and transducer.why == ("recipe",)
    assert landmarks.written(plain.value, lang) in landmarks.words(transducer, "caveat", lang)
    assert ensemble.value == "34.81" and "ensemble" in ensemble.why
    assert landmarks.written(single.value, lang) in landmarks.words(ensemble, "caveat", lang)
    assert float(single.value) < float(ensemble.baseline) == float(single.also["phrases"])
    assert landmarks.written(single.also["phrases"], lang) in landmarks.words(single, "caveat", lang)
    assert "hybrid" in hybrid.why and float(hybrid.also["learners"]) > float(hybrid.baseline)
    assert landmarks.written(hybrid.also["learners"], lang) in landmarks.words(hybrid, "caveat", lang)


# The rows


def test_at_least_ten_areas_the_oldest_first():
    first = [min(row.year for row in ROWS if row.area == area) for area in landmarks.areas()]
    assert len(first) >= 10 and first == sorted(first)
    assert [row.area for row in ROWS] == sorted((row.area for row in ROWS), key=landmarks.areas().index)
    assert len({row.id for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_has_its_words_and_every_figure_in_them_is_data(lang):
    """A figure in a text is a placeholder, filled from the file; none of the file's is left unsaid."""
    names = re.compile(
        r"UCF-101|WikiText-2|CoNLL 20\d\d|WMT'14|BLEU-4|Dota 2|Snow-17|(M4|F1|Naive2)\b|(?:seção|section) 23"
    )
    for row in ROWS:
        used = set()
        for part in PARTS:
            if part == "baseline" and "no-baseline" in row.why:
                continue
            template = texts(lang)[f"landmarks.row.{row.id}.{part}"]
            used |= placeholders(template)
            assert not re.search(r"\d", names.sub("", template)), template
            assert landmarks.words(row, part, lang)
        assert used == set(row.also), row.id
        assert landmarks.words(row, "caveat", lang).endswith(".")
        assert landmarks.outcome(row, lang) and landmarks.values(row, lang)
        assert not re.search(r"\{|\}", landmarks.told("", row, lang))


def test_texts_of_rows_that_are_gone_are_gone():
    for lang in LANGUAGES:
        keys = [key.split(".") for key in texts(lang) if key.startswith("landmarks.")]
        assert {key[2] for key in keys if key[1] == "row"} == {row.id for row in ROWS}
        assert {key[2] for key in keys if key[1] == "why"} == {why for row in ROWS for why in row.why}
        assert {key[2] for key in keys if key[1] == "metric"} == {row.metric for row in ROWS}
        assert {key[2] for key in keys if key[1] == "area"} == set(landmarks.areas())


def test_figures_are_written_with_the_decimals_of_the_paper():
    assert landmarks.written("33.30", "pt") == "33,30" and landmarks.written("33.30", "en") == "33.30"
    assert landmarks.written("17.7", "pt", "%") == "17,7\N{NO-BREAK SPACE}%"
    assert landmarks.written(100000, "en") == "100,000" and landmarks.written(5, "pt") == "5"
    for row in ROWS:
        for printed in filter(None, (row.value, row.baseline)):
            assert landmarks.written(printed, "en") == printed


# The sources


def test_every_row_cites_a_work_of_the_bibliography(bibliography):
    for key in {key for row in ROWS for key in (row.key, *row.other_keys)} | set(landmarks.events().values()):
        entry, work = bibliography[key], landmarks.work(key)

        def plain(latex):
            return Text.from_latex(latex).render_as("text")

        people = [plain(" ".join(p.prelast_names + p.last_names)) for p in entry.persons["author"]]
        assert work.year == int(entry.fields["year"]) and work.title == plain(entry.fields["title"])
        assert work.et_al == (len(people) > 2)
        assert list(work.authors) == people[: 1 if work.et_al else 2]
    assert all(row.year == landmarks.work(row.key).year for row in ROWS)
    assert all(year == landmarks.work(key).year for year, key in landmarks.events().items())
    assert landmarks.citation("howard2018ulmfit", "pt") == "Howard e Ruder (2018)"
    assert landmarks.citation("howard2018ulmfit", "en") == "Howard and Ruder (2018)"
    assert landmarks.sources(landmarks.find("m4-owa"), "en") == "Smyl (2020); Makridakis et al. (2020)"


# Orders


def test_rows_are_told_in_three_orders():
    removed = landmarks.ordered()
    shares = [row.error_removed for row in removed]
    assert shares[:6] == sorted(shares[:6], reverse=True) and set(shares[6:]) == {None}
    assert [row.year for row in removed[6:]] == sorted(row.year for row in removed[6:])
    years = [row.year for row in landmarks.ordered("year")]
    assert years == sorted(years)
    assert landmarks.ordered("area") == list(ROWS)
    for sort in landmarks.SORTS:
        assert sorted(row.id for row in landmarks.ordered(sort)) == sorted(row.id for row in ROWS)
        assert {row.area for row in landmarks.ordered(sort, "music")} == {"music"}
    with pytest.raises(ValueError, match="order was 'size'; there are removed"):
        landmarks.ordered("size")
    with pytest.raises(ValueError, match="area was 'chess'; there are handwriting"):
        landmarks.ordered("year", "chess")
    with pytest.raises(ValueError, match="no landmark 'resnet'; there are iam-online"):
        landmarks.find("resnet")


# Picture and widget


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area, row", [("", "timit-ctc"), ("language", "ptb-awd"), ("video", "ucf101")])
def test_the_picture_shows_every_result_and_says_why_it_has_no_bar(lang, area, row):
    figure = figures.landmarks(lang, area, row)
    found = landmarks.find(row)
    for svg in re.findall(r"<svg.*?</svg>", figure.to_html(), re.DOTALL):
        svg = ElementTree.fromstring(svg)
        marks = [circle for circle in svg.iter("circle") if float(circle.get("r")) in (4.75, 6.0)]
        assert len(marks) == len(ROWS) + 2  # and two in the key
        shown = " ".join("".join(text.itertext()) for text in svg.iter("text"))
        for on in landmarks.ordered("removed", area):
            assert (
                (percent(on.error_removed, lang) in shown)
                if on.fair
                else (landmarks.why(on, lang) in svg[1].text)
            )
        assert landmarks.sources(found, lang).split(";")[0] in shown
        right = max(float(text.get("x")) for text in svg.iter("text") if text.get("text-anchor") == "end")
        assert right <= float(svg.get("viewBox").split()[2])
        assert landmarks.told(area, found, lang).replace("**", "") in svg[1].text
    assert figure.to_png()[:4] == b"\x89PNG"


def test_results_stand_at_their_year_and_apart():
    from lstm_lib.figures.landmarks import places

    for width, roomy in ((912, True), (358, False)):
        at = places(width, roomy)
        assert all(0 < x < width for x, _ in at.values())
        for one in ROWS:
            for other in ROWS:
                if one.area == other.area and one.year < other.year:
                    assert at[one.id][0] < at[other.id][0]
                if one is not other and at[one.id][1] == at[other.id][1]:
                    assert abs(at[one.id][0] - at[other.id][0]) > 9


def test_the_widget_has_rows_and_selection_and_refuses_what_there_is_not():
    widget = widgets.Landmarks(area="speech", sort="year")
    assert [row.id for row in widget.rows] == ["timit-ctc", "timit-transducer"]
    assert widget.selection.id == "timit-ctc"
    widget.set_state({"area": "games", "row": "timit-ctc"})
    assert widget.selection.id == "starcraft"
    widget.set_state({"area": "chess", "row": "resnet"})  # what the page sends is taken, and read as nothing
    assert len(widget.rows) == len(ROWS) and widget.figure().alt
    for change, said in (({"area": "chess"}, "area was 'chess'"), ({"row": "resnet"}, "row was 'resnet'")):
        with pytest.raises(ValueError, match=said):
            widgets.Landmarks().update(all=True, **change)
    with pytest.raises(TypeError, match="sort"):
        widgets.Landmarks(sort="size")
    manifest = json.loads((base.STATIC_FOLDER / "manifest.json").read_text("utf8"))
    assert manifest["landmarks"] == widgets.Landmarks.defaults()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_without_scripts_has_every_row_with_caveat_and_source(lang, monkeypatch):
    monkeypatch.setenv("LSTM_LIB_STATIC", "1")
    page = widgets.Landmarks(id="landmarks", lang=lang)._repr_mimebundle_()[0]["text/html"]
    page = page.replace("&#x27;", "'").replace("&amp;", "&")
    assert page.count("<tr>") == len(ROWS) + 1 and page.count("<svg") == 2
    for row in ROWS:
        assert landmarks.words(row, "caveat", lang) in page and landmarks.outcome(row, lang) in page
        assert landmarks.sources(row, lang) in page
