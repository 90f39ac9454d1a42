"""Language models: words of a text, readings, interventions, saving and loading."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lstm_lib as ll
from lstm_lib import weights
from lstm_lib.language_model import LanguageModel, available

VECTORS = Path(__file__).parents[1] / "vectors"
SENTENCE = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"


@pytest.mark.parametrize(
    "vector",
    json.loads((VECTORS / "tokenize.json").read_text(encoding="utf-8")),
    ids=lambda vector: vector["why"],
)
def test_tokenize_vectors(vector):
    assert ll.tokenize(vector["text"]) == vector["words"]


@settings(deadline=None, max_examples=300)
@given(st.text(st.characters(exclude_categories=[])))
def test_tokenize_takes_any_text_and_is_stable(text):
    words = ll.tokenize(text)
    assert all(word and not any(character.isspace() for character in word) for word in words)
    assert ll.tokenize(" ".join(words)) == words


def test_tokenize_wants_text():
    with pytest.raises(TypeError, match="expects a text"):
        ll.tokenize(["a", "menina"])


def test_reading_is_the_formula(lstm):
    reading = lstm.read(SENTENCE)
    assert reading.words == SENTENCE.split() and reading.unknown == [] and len(reading) == 15
    trace = lstm.network.forward(
        np.array([lstm.embedding[lstm.vocabulary.index(word)] for word in reading.words])
    )
    np.testing.assert_array_equal(reading.trace.cell, trace.cell)
    weights = np.exp(trace.hidden @ lstm.decoder_weight.T + lstm.decoder_bias)
    np.testing.assert_allclose(
        reading.probabilities, weights / weights.sum(axis=1, keepdims=True), rtol=1e-12
    )
    mass = [
        sum(reading.probabilities[:, lstm.vocabulary.index(word)] for word in forms)
        for forms in (lstm.feminine, lstm.masculine)
    ]
    np.testing.assert_allclose(reading.share_feminine, mass[0] / (mass[0] + mass[1]), rtol=1e-12)


@pytest.mark.parametrize("name", available())
def test_a_reading_equals_torchs(name):
    torch = pytest.importorskip("torch")
    model = ll.load(name)
    module = model.network.to_torch()
    words = [model.index[word] for word in SENTENCE.split()]
    with torch.no_grad():
        hidden, _ = module(torch.from_numpy(model.embedding[words])[:, None])
        logits = hidden[:, 0] @ torch.from_numpy(model.decoder_weight).T + torch.from_numpy(
            model.decoder_bias
        )
        expected = torch.softmax(logits, dim=-1).numpy()
    np.testing.assert_allclose(model.read(SENTENCE).probabilities, expected, atol=1e-12)


def test_list_and_text_are_read_alike(lstm):
    a, b = lstm.read("A Menina disse que, ontem!"), lstm.read(["A", "menina", "disse", "que", "ontem"])
    assert a.words == b.words
    np.testing.assert_array_equal(a.share_feminine, b.share_feminine)


def test_unknown_words_are_named_and_get_the_mean_embedding(lstm):
    reading = lstm.read("a astronauta 😀 disse que a xícara estava")
    assert reading.unknown == ["astronauta", "xícara"]
    np.testing.assert_allclose(reading.trace.inputs[1], lstm.embedding.mean(axis=0))
    assert np.isfinite(reading.share_feminine).all()


@pytest.mark.parametrize(
    "text", ["😀 a", "<b>a menina</b>", "مرحبا", "x", " ".join(["a menina disse que"] * 100)]
)
def test_strange_and_long_texts_are_read(text):
    for model in map(ll.load, available()):
        reading = model.read(text)
        assert reading.share_feminine.shape == (len(reading.words),)
        assert ((reading.share_feminine >= 0) & (reading.share_feminine <= 1)).all()
        np.testing.assert_allclose(reading.probabilities.sum(axis=1), 1)


@pytest.mark.parametrize("text", ["", "  ", "😀 ...", []])
def test_nothing_to_read(lstm, text):
    with pytest.raises(ValueError, match="no word to read"):
        lstm.read(text)


def test_wrong_kind_of_text(lstm):
    for item in (3, None, b"a"):
        with pytest.raises(TypeError, match=f"holds {item!r}"):
            lstm.read(["a", item])
    for text in (3, None, b"a menina", {"a": 1}, {"a"}):
        with pytest.raises(TypeError, match=f"list of words, got {type(text).__name__}"):
            lstm.read(text)
    with pytest.raises(ValueError, match="none at position 1"):
        lstm.read(["a", " ", "menina"])


def test_interventions(lstm, rnn):
    plain = lstm.read(SENTENCE)
    np.testing.assert_array_equal(lstm.edit(15, 4, "none"), np.ones((15, 32)))
    same = lstm.read(SENTENCE, cell_factor=lstm.edit(15, 4, "none"))
    np.testing.assert_array_equal(same.share_feminine, plain.share_feminine)
    off = lstm.read(SENTENCE, cell_factor=lstm.edit(15, 4, "off"))
    assert not off.trace.cell[:, 4].any() and plain.trace.cell[:, 4].all()
    flipped = lstm.read(SENTENCE, cell_factor=lstm.edit(15, 4, "flip", 6))
    np.testing.assert_allclose(flipped.trace.cell[6, 4], -plain.trace.cell[6, 4])
    np.testing.assert_array_equal(flipped.trace.cell[:6], plain.trace.cell[:6])
    shifted = lstm.read(SENTENCE, forget_bias_shift=-4.0)
    assert (shifted.trace.forget_gate[0] < plain.trace.forget_gate[0]).all()
    with pytest.raises(ValueError, match="act on an LSTM"):
        rnn.read(SENTENCE, cell_factor=np.ones((15, 72)))


def test_likeliest(lstm):
    reading = lstm.read(SENTENCE)
    words = reading.likeliest(-1, 4)
    assert [p for _, p in words] == sorted(reading.probabilities[-1], reverse=True)[:4]
    assert reading.probabilities[-1][lstm.vocabulary.index(words[0][0])] == words[0][1]
    for step, n, message in ((15, 1, "step is 15, expected from -15 to 14"), (0, -1, "n is -1, expected at")):
        with pytest.raises(ValueError, match=message):
            reading.likeliest(step, n)


def test_load_says_what_there_is():
    assert available() == [f"agreement/{name}" for name in ("gru", "lstm", "lstm-long", "rnn", "rnn-long")]
    for name in ("agreement/elman", "../pretrained/agreement/lstm", "nowhere.safetensors", ""):
        with pytest.raises(ValueError, match="Available: agreement/gru, agreement/lstm"):
            ll.load(name)
    with pytest.raises(TypeError, match="expects the name"):
        ll.load(3)


def test_loading_does_not_need_torch():
    code = "import sys, lstm_lib as l; l.load('agreement/lstm').read('a'); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_save_and_load_give_the_same_model(tmp_path, lstm):
    path = lstm_copy(lstm).save(tmp_path / "folder" / "copy.safetensors")
    copy = ll.load(path)
    assert path.stat().st_size == lstm.path.stat().st_size
    assert (copy.name, copy.vocabulary, copy.metadata) == (lstm.name, lstm.vocabulary, lstm.metadata)
    for name, weight in lstm.network.weights.items():
        np.testing.assert_array_equal(copy.network.weights[name], weight)
    np.testing.assert_array_equal(copy.read(SENTENCE).probabilities, lstm.read(SENTENCE).probabilities)
    assert [file.name for file in path.parent.iterdir()] == ["copy.safetensors"]


def test_a_file_holds_two_bytes_a_weight_and_stored_is_what_it_gives_back(tmp_path, lstm):
    rng = np.random.default_rng(0)
    model = lstm_copy(lstm)
    model.embedding = model.embedding + 1e-3 * rng.normal(size=model.embedding.shape)
    copy, stored = ll.load(model.save(tmp_path / "copy.safetensors")), model.stored()
    np.testing.assert_array_equal(copy.embedding, stored.embedding)
    np.testing.assert_allclose(copy.embedding, model.embedding, rtol=1e-3)
    assert (copy.embedding != model.embedding).any() and copy.embedding.dtype == np.float64
    model.embedding = np.full_like(model.embedding, 1e5)
    with pytest.raises(ValueError, match=r"embedding.weight has a weight of size 1e\+05, and a file holds"):
        model.save(tmp_path / "too-large.safetensors")
    assert [path.name for path in tmp_path.iterdir()] == ["copy.safetensors"]


def lstm_copy(model):
    return LanguageModel(
        model.name,
        model.network,
        model.embedding,
        model.vocabulary,
        model.decoder_weight,
        model.decoder_bias,
        model.feminine,
        model.masculine,
        model.metadata,
    )


def test_a_failed_save_leaves_the_old_file_alone(tmp_path, lstm, monkeypatch):
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"old")

    def half(target, *_):
        Path(target).write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr("lstm_lib.weights.write_safetensors", half)
    with pytest.raises(OSError, match="disk full"):
        lstm_copy(lstm).save(path)
    assert path.read_bytes() == b"old" and [file.name for file in tmp_path.iterdir()] == [path.name]


def test_files_that_are_no_language_model(tmp_path, lstm):
    plain = tmp_path / "plain.safetensors"
    ll.save_network(lstm.network, plain)
    with pytest.raises(ValueError, match="holds no language model"):
        ll.load(plain)
    rubbish = tmp_path / "rubbish.safetensors"
    rubbish.write_bytes(b"not a model")
    with pytest.raises(ValueError, match="safetensors"):
        ll.load(rubbish)


@pytest.mark.parametrize(("key", "value", "message"), [
    ("vocabulary", '["a', "damaged: vocabulary is .*expected a list of words"),
    ("feminine", "3", "damaged: feminine is '3', expected a list of words"),
    ("masculine", "[1, 2]", "damaged: masculine"),
    ("vocabulary", None, "not complete: it has no vocabulary"),
    ("decoder.bias", np.full(211, np.nan), "decoder_bias has nan at position"),
    ("embedding.weight", None, "not complete: it has no embedding.weight"),
])
def test_damaged_files_are_refused(tmp_path, lstm, key, value, message):
    tensors, stored = weights.read_safetensors(lstm.path)
    part = tensors if key in tensors else stored
    if value is None:
        del part[key]
    else:
        part[key] = value
    weights.write_safetensors(tmp_path / "damaged.safetensors", tensors, stored)
    with pytest.raises(ValueError, match=message):
        ll.load(tmp_path / "damaged.safetensors")


def test_parts_that_do_not_fit_are_refused(lstm):
    def changed(**parts):
        fields = {
            name: getattr(lstm, name)
            for name in (
                "name",
                "network",
                "embedding",
                "vocabulary",
                "decoder_weight",
                "decoder_bias",
                "feminine",
                "masculine",
            )
        }
        return LanguageModel(**{**fields, **parts})

    with pytest.raises(ValueError, match=r"embedding has shape \(5, 16\)"):
        changed(embedding=lstm.embedding[:5])
    with pytest.raises(ValueError, match="missing from it: xícara"):
        changed(feminine=["xícara"], masculine=["cansado"])


@pytest.mark.parametrize("name", available())
def test_reading_vectors(name):
    """The same numbers are checked in the TypeScript core; make_reading.py writes them."""
    vectors = json.loads((VECTORS / "reading.json").read_text(encoding="utf-8"))
    cases = [case for case in vectors["cases"] if case["model"] == name]
    assert len(cases) >= 2
    model = ll.load(name)
    for case in cases:
        changes = {}
        if case["action"] != "none":
            place = (len(case["words"]), case["action_unit"], case["action"], case["action_step"])
            changes["cell_factor"] = model.edit(*place)
        reading = model.read(case["text"], forget_bias_shift=case["forget_bias_shift"], **changes)
        assert reading.words == case["words"]
        assert reading.unknown == case["unknown"]
        np.testing.assert_allclose(reading.share_feminine, case["share_feminine"], atol=1e-12)
        for state, units in case["states"].items():
            for unit, values in units.items():
                np.testing.assert_allclose(
                    getattr(reading.trace, state)[:, int(unit)], values, atol=1e-12
                )
