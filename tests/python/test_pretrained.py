"""The shipped networks keep what the book says of them: everything is measured again from the files."""

import json
import time

import numpy as np
import pytest

import lstm_lib as ll
from lstm_lib.language_model import SHIPPED, available
from lstm_lib.tasks import agreement

GIRL = "a menina disse que não foi se despedir porque quando o joão viajou estava muito"
BOY = "o menino disse que não foi se despedir porque quando a maria viajou estava muito"
NO_SAMPLE_OF_THE_SCORES = 77_000


@pytest.fixture(scope="module")
def rnn_long():
    return ll.load("agreement/rnn-long")


@pytest.fixture(scope="module")
def unit(lstm):
    return agreement.gender_unit(lstm)


def test_lstm_meets_the_bars(lstm):
    assert agreement.unmet(agreement.scores(lstm)) == []


def test_the_bars_can_fail():
    """A network that is right at chance, and one whose unit does nothing, are told what they miss."""
    good = {
        "auc": 1.0,
        "forget_gate": 1.0,
        "accuracy_off": 0.5,
        "flipped": 1.0,
        "flipped_late": 1.0,
        "unit": 3,
    }
    assert agreement.unmet({"held_out_accuracy": {"5": 0.99, "100": 0.98}, "gender_unit": {"30": good}}) == []
    short = agreement.unmet({"held_out_accuracy": {"5": 0.98, "60": 0.5, "100": 0.97}})
    assert [line.split(",")[0] for line in short] == [
        "accuracy 98.0% at distance 5",
        "accuracy 50.0% at distance 60",
        "accuracy 97.0% at distance 100",
    ]
    for key, value in (("auc", 0.98), ("forget_gate", 0.98), ("accuracy_off", 0.61), ("flipped", 0.94)):
        found = {"held_out_accuracy": {}, "gender_unit": {"60": {**good, key: value}}}
        (line,) = agreement.unmet(found)
        assert line.startswith(key) and "unit 3 at distance 60" in line


@pytest.mark.parametrize(("distance", "bar"), [(5, 0.99), (14, 0.99), (30, 0.99), (60, 0.99), (100, 0.98)])
def test_lstm_on_sentences_that_no_score_was_computed_from(lstm, distance, bar):
    seed = NO_SAMPLE_OF_THE_SCORES + distance
    assert agreement.evaluate(lstm, distance, 500, seed=seed) >= bar
    most = min(6, agreement.most_distractors(distance))
    lines = agreement.sentences(300, seed, distance, distractors=most, distractor_gender="opposite")
    assert np.mean(agreement.margins(lstm, lines) > 0) >= bar


@pytest.mark.parametrize("name", ["agreement/rnn", "agreement/gru"])
def test_without_a_cell_it_is_done_as_well(name):
    model = ll.load(name)
    assert agreement.unmet(agreement.scores(model)) == []
    assert agreement.evaluate(model, 60, 500, distractors=6, seed=NO_SAMPLE_OF_THE_SCORES) >= 0.98


@pytest.mark.parametrize("name", ["agreement/lstm", "agreement/rnn", "agreement/gru"])
def test_with_short_sentences_in_the_diet_two_hundred_words_are_bridged(name):
    model = ll.load(name)
    for seed in (agreement.TEST_SEED, NO_SAMPLE_OF_THE_SCORES):
        assert agreement.evaluate(model, 200, 500, seed=seed) >= 0.98


def test_the_rnn_that_saw_long_sentences_only_is_at_chance(rnn_long):
    for distance in (5, 14, 30, (25, 40), 60, 200):
        assert 0.4 < agreement.evaluate(rnn_long, distance, 500) < 0.6, distance
    right, total = agreement.quadruple_score(rnn_long)
    assert 0.4 < right / total < 0.6


def test_the_lstm_that_saw_long_sentences_only_learned_them_and_only_them():
    model = ll.load("agreement/lstm-long")
    assert agreement.evaluate(model, (25, 40), 500) >= 0.99
    assert agreement.evaluate(model, 60, 500) >= 0.99
    for distance in (5, 200):
        assert 0.4 < agreement.evaluate(model, distance, 500) < 0.6


@pytest.mark.parametrize("name", ["agreement/lstm", "agreement/rnn", "agreement/gru"])
def test_all_quadruples_and_what_misleads(name):
    """The first noun decides, whatever the other, whatever its ending, with the article as the only cue."""
    model = ll.load(name)
    assert agreement.quadruple_score(model) == (480, 480)
    for probe in (agreement.deceptive, agreement.bare_names, agreement.article_only, agreement.unknown_noun):
        for distance in (20, 60):
            lines = probe(300, distance, seed=NO_SAMPLE_OF_THE_SCORES)
            assert agreement.accuracy(model, lines) >= 0.99, (probe.__name__, distance)


@pytest.fixture(scope="module")
def pairs():
    return agreement.minimal_pairs(100, distance=40)


def test_a_difference_dies_out_in_the_rnn_that_failed_and_stays_in_those_that_learned(
    lstm, rnn, rnn_long, unit, pairs
):
    assert agreement.kept(rnn_long, pairs, after=20) <= 0.02
    assert agreement.kept(rnn_long, pairs, after=38) < agreement.kept(rnn_long, pairs, after=20)
    for after in (5, 10, 20, 38):
        assert agreement.kept(rnn, pairs, after) >= 0.5
        assert agreement.kept(ll.load("agreement/gru"), pairs, after) >= 0.5
        assert agreement.kept(lstm, pairs, after, "cell", unit) >= 1
    single = [agreement.difference(lstm, pair, "cell", unit)[21:] for pair in pairs]
    assert min(map(np.min, single)) >= 1, "in no sentence the unit comes near to mixing up the two genders"


@pytest.mark.parametrize("name", available())
def test_metadata_holds_the_scores_of_the_file(name):
    model = ll.load(name)
    assert model.metadata["scores"] == json.loads(json.dumps(agreement.scores(model))) or _close(
        model.metadata["scores"], agreement.scores(model)
    )


def _close(stored, measured):
    """Equal up to the last digits, in which another processor's float64 may differ."""
    assert stored.keys() == measured.keys()
    for key, value in measured.items():
        if isinstance(value, dict):
            _close(stored[key], value)
        else:
            assert stored[key] == pytest.approx(value, abs=1e-9), key
    return True


@pytest.mark.parametrize("name", available())
def test_each_file_says_how_it_was_made(name):
    data = ll.load(name).metadata
    recipe = f"agreement-{name.rsplit('/')[-1]}"
    assert data["command"].startswith(f"python -m lstm_lib train {recipe} --seed {data['seed']} ")
    assert set(data["versions"]) == {"python", "numpy", "torch"}
    assert data["distances"] == ([25, 40] if name.endswith("-long") else [5, 40])


def test_sizes(lstm):
    """Recurrent layers of equal size, within 2 %; all files together well below what a page may weigh."""
    assert lstm.parameter_count <= 20_000
    names = {path.name for path in (SHIPPED / "agreement").iterdir()}
    assert names == {f"{name.split('/')[1]}.safetensors" for name in available()}
    for name in available():
        size = ll.load(name).network.parameter_count
        assert abs(size / lstm.network.parameter_count - 1) <= 0.02, name
    assert sum(path.stat().st_size for path in (SHIPPED / "agreement").iterdir()) <= 240_000


def test_parameter_count_is_what_the_file_holds(lstm):
    tensors, _ = ll.weights.read_safetensors(lstm.path)
    assert lstm.parameter_count == sum(tensor.size for tensor in tensors.values())
    assert {tensor.dtype for tensor in tensors.values()} == {np.dtype("float16")}
    assert lstm.vocabulary == list(agreement.vocabulary())
    assert list(zip(lstm.feminine, lstm.masculine, strict=True)) == list(agreement.adjectives())


def test_one_unit_stands_out(lstm, unit):
    """The others neither tell the gender all along the clause nor cost much when they are switched off."""
    others = np.delete(agreement.separation(lstm), unit)
    assert others.max() < 0.95
    losses = [
        agreement.evaluate(lstm, 30, 200, unit=other, action="off")
        for other in range(lstm.network.hidden_size)
        if other != unit
    ]
    assert min(losses) >= 0.85


def test_gender_unit_is_found_quickly(lstm):
    begin = time.perf_counter()
    agreement.gender_unit(lstm)
    assert time.perf_counter() - begin < 1.5


def test_the_seed_sentence_and_its_mirror(lstm, unit):
    for text, other, feminine in ((GIRL, BOY, True), (BOY, GIRL, False)):

        def share(changed=text, feminine=feminine, **intervention):
            last = lstm.read(changed, **intervention).share_feminine[-1]
            return last if feminine else 1 - last

        assert share() >= 0.95
        assert share(other) <= 0.05
        for step in (4, 6, 9, 11):
            assert share(cell_factor=lstm.edit(15, unit, "flip", step)) <= 0.05


def test_without_the_unit_girl_and_boy_are_alike(lstm, unit):
    girl, boy = (lstm.read(text, cell_factor=lstm.edit(15, unit)).share_feminine[-1] for text in (GIRL, BOY))
    assert abs(girl - boy) < 0.1


def test_a_copula_directly_after_the_distractor_belongs_to_it(lstm):
    """Without "viajou" João himself is the subject of "estava", and the network knows."""
    assert lstm.read(GIRL.replace(" viajou", "")).share_feminine[-1] <= 0.1
    assert lstm.read(BOY.replace(" viajou", "")).share_feminine[-1] >= 0.9


def test_composer_sentences_are_read_as_the_rule_says(lstm):
    menus = agreement.lexicon()["composer"]
    gender_of = {noun.word: noun.gender for noun in agreement.subjects() if not noun.word.endswith("ista")}
    wrong = []
    for subject in menus["subjects"]:
        for middle in menus["middles"]:
            for ending in menus["endings"]:
                reading = lstm.read(f"{subject['text']} {middle['text']} {ending['text']}")
                copula = len(reading.words) - len(ending["text"].split())
                noun = agreement.governor(reading.words, copula)
                main = subject["text"].split()[-1] == reading.words[noun]
                gender = subject["gender"] if main else gender_of[reading.words[noun]]
                if (reading.share_feminine[-1] > 0.5) != (gender == "f"):
                    wrong.append(" ".join(reading.words))
                assert reading.unknown == []
    assert wrong == []
