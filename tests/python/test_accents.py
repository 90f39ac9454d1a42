"""Accents and chorales: loaders, baselines, the two shipped networks, the explorable and its picture."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from lstm_lib import accents, figures, results, widgets
from lstm_lib.datasets import accented_words
from lstm_lib.datasets import accents as words_of
from lstm_lib.datasets.bach import (
    CLASSES,
    LOWEST,
    REST,
    SAME,
    VOICES,
    Chorale,
    _families,
    one_hot,
    read_score,
    to_classes,
    to_midi,
)
from lstm_lib.locale import LANGUAGES, text
from lstm_lib.results.areas import accents as area
from lstm_lib.results.areas import music
from lstm_lib.results.load import examples

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "accents.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def words():
    return accented_words()


# Words


def test_no_beginning_is_in_two_parts_and_no_bare_letters_come_twice(words):
    parts = (words.train, words.validation, words.test)
    bare = [words_of.strip(word) for part in parts for word in part]
    assert len(bare) == len(set(bare)) == words_of.WORDS
    assert all(words_of.SHORTEST <= len(word) <= words_of.LONGEST for word in bare)
    starts = [{words_of.strip(word)[:4] for word in part} for part in parts]
    assert len(starts[0] | starts[1] | starts[2]) == sum(map(len, starts))
    shares = [len(part) / words_of.WORDS for part in parts]
    assert shares == pytest.approx([0.72, 0.10, 0.18], abs=0.005)


def test_marks_come_off_and_go_back(words):
    for word in words.test[:500]:
        bare, marks = words_of.strip(word), words_of.marks(word)
        assert re.fullmatch("[a-z]+", bare) and words_of.restore(bare, marks) == word
    assert words_of.marks("ação") == [0, 4, 3, 0] and words_of.strip("àquelê") == "aquele"
    with pytest.raises(ValueError, match="no Portuguese word has"):
        words_of.restore("b", [1])
    with pytest.raises(ValueError, match="'ñ'"):
        words_of.strip("niño")


# Baselines and networks


def test_the_table_and_the_bare_words_come_out_as_recorded(words):
    found = results.load()
    bare, table = (found.select("accents", "baseline", name)[0] for name in ("bare", "table"))
    assert area.run(results.Job("accents", "baseline", "bare"))["scores"] == pytest.approx(bare.scores)
    known = area.table(words.train + words.validation, table.detail["letters"], table.detail["least"])
    marks = {word: area.look_up(known, words_of.strip(word)) for word in words.test}
    right = [marks[word] == words_of.marks(word) for word in words.test]
    assert len(known) == table.detail["contexts"] and np.mean(right) == pytest.approx(table.scores["words"])
    for row in examples("accents")["words"]:
        assert words_of.restore(row["bare"], marks[row["right"]]) == row["table"]


def test_settings_are_those_that_validation_chose():
    found = results.load()
    for module in (area, music):
        for name in module.AREA.networks:
            tried = found.select(module.AREA.key, "choose", name)
            assert {run.options["learning_rate"] for run in tried} == set(module.RATES)
            best = max(tried, key=lambda run: run.validation)
            assert best.options["learning_rate"] == module.AREA.chosen[name], name


def test_what_the_page_claims_is_what_was_recorded():
    """The bars: both directions matter, gates do not; of the music, gates help."""
    found = results.load()

    def of(area, score):
        return lambda name: found.mean(area, name, score)

    words, accented = of("accents", "words"), of("accents", "accented")
    nll, notes = of("music", "nll"), of("music", "notes")
    assert words("bilstm") >= 0.905 and accented("bilstm") >= 0.58
    assert words("lstm") <= 0.86 and words("bilstm") - words("lstm") >= 0.06
    assert words("lstm-backward") - words("lstm") >= 0.05
    assert words("bilstm") > words("logistic") > words("bare")
    assert nll("lstm") <= min(1.78, nll("rnn") - 0.02, nll("logistic") - 0.02)
    assert notes("lstm") >= 0.42 and abs(nll("lstm") - nll("gru")) < 0.02


@pytest.mark.parametrize("names", (("birnn", "bigru", "bilstm"), ("lstm", "lstm-backward"), music.NETWORKS))
def test_networks_that_are_compared_have_as_many_parameters(names):
    key = "music" if names == music.NETWORKS else "accents"
    runs = [run for name in names for run in results.load().select(key, "test", name)]
    assert len(runs) == 3 * len(names)
    sizes = [run.parameters for run in runs]
    assert max(sizes) / min(sizes) < 1.02


@pytest.mark.parametrize("name", accents.NAMES)
def test_a_shipped_network_keeps_what_its_file_says(name, words):
    network = accents.load(name)
    whole, accented = network.right(words.test)
    assert network.metadata["scores"] == pytest.approx({"words": whole, "accented": accented}, abs=1e-4)
    found = results.load()
    recorded = found.scores("accents", name)[0]     # of seed 1, before its weights were rounded to 8 bits
    assert network.metadata["seed"] == 1 and whole == pytest.approx(recorded, abs=0.004)
    assert network.metadata["parameters"] == found.select("accents", "test", name)[0].parameters
    assert network.metadata["command"] == f"python -m lstm_lib.training.accents {name} --seed 1"


def test_a_file_of_another_kind_is_refused(tmp_path):
    from lstm_lib.language_model import SHIPPED

    with pytest.raises(ValueError, match="expected 'lstm_lib.accents/1'"):
        accents.read_file(SHIPPED / "agreement" / "lstm.safetensors")
    path = accents.load("lstm").save(tmp_path / "again.safetensors")
    again = accents.read_file(path)                 # rounded once, a network stays as it is
    assert np.array_equal(again.embedding, accents.load("lstm").embedding)


def test_the_networks_are_torchs(words):
    import torch

    for name in accents.NAMES:
        network = accents.load(name)
        both = len(network.layers) > 1
        E, H = network.embedding.shape[1], network.layers[0].hidden_size
        lstm = torch.nn.LSTM(E, H, bidirectional=both, dtype=torch.float64)
        state = {f"{key}_l0{end}": torch.tensor(array)
                 for layer, end in zip(network.layers, ("", "_reverse"), strict=False)
                 for key, array in layer.weights.items()}  # fmt: skip
        lstm.load_state_dict(state)
        for case in VECTORS["cases"]:
            letters = [words_of.LETTERS.index(letter) for letter in case["bare"]]
            with torch.no_grad():
                hidden = lstm(torch.tensor(network.embedding[letters])[:, None])[0][:, 0].numpy()
            scores = hidden @ network.decoder_weight.T + network.decoder_bias
            scores = np.where(words_of.possible()[letters], scores, -np.inf)
            shares = np.exp(scores - scores.max(axis=1, keepdims=True))
            shares /= shares.sum(axis=1, keepdims=True)
            assert np.abs(shares - network.read(case["word"]).probabilities).max() < 1e-12
            assert np.abs(shares - np.array(case["networks"][name]["probabilities"])).max() < 1e-12


def test_a_batch_is_its_words_one_by_one(words):
    some = words.test[:40]
    lengths = np.array([len(word) for word in some])
    letters = np.zeros((len(some), lengths.max()), dtype=int)
    for row, word in enumerate(some):
        letters[row, : len(word)] = [words_of.LETTERS.index(letter) for letter in words_of.strip(word)]
    together = accents.load("bilstm").probabilities(letters, lengths)
    for row, word in enumerate(some):
        alone = accents.load("bilstm").read(word).probabilities
        assert np.abs(together[row, : len(word)] - alone).max() < 1e-12


def test_the_examples_are_what_the_networks_say(words):
    rows = examples("accents")["words"]
    assert [row["right"] for row in rows] == area.shown_words(words)
    for row in rows[:: max(1, len(rows) // 12)]:
        assert words_of.strip(row["right"]) == row["bare"]
        for name in accents.NAMES:
            assert accents.load(name).read(row["bare"]).word == row[name]


# The explorable


def test_the_widget_is_typed_and_kind():
    widget = widgets.Accents(word="Ação", id="accents")
    assert {name: found.bare for name, found in widget.readings.items()} == {"lstm": "acao", "bilstm": "acao"}
    for wrong, message in (({"word": ""}, "expected one Portuguese word"), ({"word": "dois nomes"}, "one"),
                           ({"word": "a" * 25}, "at most 24"), ({"letter": 4}, "0 to 3"),
                           ({"hide": ["nothing"]}, "none of")):  # fmt: skip
        with pytest.raises(ValueError, match=message):
            widget.update(**wrong)
        assert widget.word == "Ação" and widget.letter == -1
    widget.update(letter=3)
    widget.word = "pé"
    assert widget.letter == -1
    with pytest.raises(TypeError, match="shipped"):
        widgets.Accents(weights={})
    assert "weights" not in widget.static_state()
    widget.set_state({"word": "", "letter": 7})
    assert widget.readings == {} and widget.figure() is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_says_what_the_networks_wrote(lang):
    figure = figures.accents("historia", lang=lang)
    drawn = re.sub("<[^>]+>", " ", figure.to_html())
    for name in accents.NAMES:
        found = accents.load(name).read("historia")
        said = "right" if found.word == "história" else "wrong"
        assert text(f"accents.verdict.{said}.short", lang) in drawn
        assert f"“{found.word}”" in figure.alt and text(f"accents.verdict.{said}", lang) in figure.alt
    unknown = figures.accents("zebrinha", lang=lang)
    assert text("accents.verdict.unknown", lang) in unknown.alt
    assert "✓" not in unknown.to_html() and "✗" not in unknown.to_html()


# Chorales: a few pieces that a test makes, and what was recorded of all


def piece(number, start, length=20, shift=0, part=""):
    frames = np.array(LOWEST) + np.arange(length)[:, None] % 5 + start
    return Chorale(f"bwv{number}{part}", "", "", shift, frames)


def test_frames_become_classes_and_come_back():
    frames = np.array([[60, 55, 50, 40], [REST, 57, 52, 41]])
    classes = to_classes(frames, 2)
    assert classes[1, 0] == 0 and classes[0, 0] == 60 + 2 - LOWEST[0] + 1
    assert np.array_equal(to_midi(classes, 2), frames)
    assert one_hot(classes).shape == (2, len(VOICES) * CLASSES) and (one_hot(classes).sum(axis=1) == 4).all()
    with pytest.raises(ValueError, match="outside the range"):
        to_classes(np.array([[10, 55, 50, 40]]), 0)


def test_versions_of_a_piece_stay_together():
    pieces = [piece(1, 0, part=".1"), piece(2, 3), piece(3, 0), piece(1, 6, part=".2"), piece(4, 1, shift=2)]
    families = [{found.name for found in family} for family in _families(pieces)]
    assert sorted(map(sorted, families)) == [["bwv1.1", "bwv1.2", "bwv3"], ["bwv2", "bwv4"]]
    assert len(pieces[0].frames) > SAME


def test_the_music_shown_is_bachs_and_each_goes_on():
    shown = examples("music")["pieces"]
    assert len(shown) == 4 and len({piece["bwv"] for piece in shown}) == 4
    for one in shown:
        assert len(one["frames"]) == music.FRAMES and one["given"] == music.GIVEN and one["title"]
        for name in ("lstm", "rnn", "bigram"):
            assert len(one["continuations"][name]) == music.FRAMES - music.GIVEN
        for frame in (*one["frames"], *one["continuations"]["lstm"]):
            assert len(frame) == 4 and all(note is None or 20 < note < 90 for note in frame)
        for surprise in one["surprise"].values():
            assert surprise[0] is None and len(surprise) == music.FRAMES and min(surprise[1:]) > 0


def test_a_score_is_read_as_its_frames():
    """One piece, parsed from its file: four voices on every quarter, as the notes last."""
    from lstm_lib.datasets import files

    path = files.find("music21", "corpus/bach") / "bwv66.6.mxl"
    found = read_score(path, {"66.6": "a title"})
    assert (found.title, found.number, found.key, found.shift) == ("a title", 66, "F# minor", 3)
    assert found.frames.shape == (36, 4) and found.frames[0].tolist() == [73, 64, 57, 57]
    assert (found.classes > 0).all()


def test_a_damaged_cache_is_read_anew(tmp_path, monkeypatch):
    from lstm_lib.datasets import bach as module

    pieces = [piece(number, number % 5) for number in range(3)]
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setattr(module, "_read_all", lambda paths, progress: pieces)
    first = module._cached(False)
    (stored,) = tmp_path.rglob("*.npz")
    again = module._cached(False)
    assert [found.name for found in again] == [found.name for found in first]
    assert all(np.array_equal(a.frames, b.frames) for a, b in zip(first, again, strict=True))
    stored.write_bytes(b"no zip")
    assert len(module._cached(False)) == 3 and stored.stat().st_size > 100
