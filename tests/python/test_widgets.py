"""The explorables as Python objects: typed state, two ways, and what a page without a kernel gets."""

import base64
import dataclasses
import html
import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest
import torch

import lstm_lib as ll
from lstm_lib import widgets
from lstm_lib.puzzles import puzzles
from lstm_lib.weights import write_safetensors
from lstm_lib.widgets import base, source
from lstm_lib.widgets.reading import SENTENCE

CLASSES = {
    cls.element: cls
    for cls in vars(widgets).values()
    if isinstance(cls, type) and issubclass(cls, base.BookWidget) and cls.element
}


@pytest.fixture
def static(monkeypatch):
    monkeypatch.setenv("LSTM_LIB_STATIC", "1")


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


class Element(HTMLParser):
    """The attributes of the first lstm-widget in a page, and every tag that was met."""

    def __init__(self, page):
        super().__init__()
        self.attributes, self.tags = None, []
        self.feed(page)
        self.state = json.loads(self.attributes["data-state"])

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        if tag == "lstm-widget":
            self.attributes = dict(attributes)


def page_of(widget):
    return widget._repr_mimebundle_()[0]["text/html"]


# State


@pytest.mark.parametrize("element", sorted(CLASSES))
def test_traits_are_the_state_of_the_front_end(element):
    manifest = json.loads((base.STATIC_FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == set(CLASSES)
    ours = {key: None if value == b"" else value for key, value in CLASSES[element].defaults().items()}
    assert ours == manifest[element]


@pytest.mark.parametrize("element", sorted(CLASSES))
def test_the_front_end_is_one_module_that_imports_nothing(element):
    module = base.bundle(element)
    assert "export" in module and "default" in module
    assert not re.search(r"\bimport\s*[({*\"']", module), "a Blob address cannot import a sibling"
    assert set(re.findall(r"https?://[^/\"'`]+", module)) <= {"http://www.w3.org"}


def test_a_widget_carries_its_module_and_its_state_to_the_notebook():
    widget = widgets.GatesByHand(puzzle="leak")
    state = widget.get_state()
    assert state["_esm"] == base.bundle("gates-by-hand")
    assert {key: state[key] for key in widget.state_keys()} == widget.state
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data and "image/png" in data


def test_unknown_keys_and_wrong_types_are_refused():
    with pytest.raises(TypeError, match="Gates has no stp; its state is lang, model"):
        widgets.Gates(stp=3)
    with pytest.raises(TypeError, match="expected an int, not the str 'x'"):
        widgets.Gates(step="x")
    with pytest.raises(TypeError, match="quantity"):
        widgets.Gates(quantity="forget")
    with pytest.raises(TypeError, match="lang"):
        widgets.Gates(lang="fr")
    with pytest.raises(ValueError, match="hide was .*; sky is none of title, composer"):
        widgets.Gates(hide=["sky"])
    with pytest.raises(ValueError, match="The id was '1 2'"):
        widgets.Gates(id="1 2")


def test_several_keys_are_set_together_or_not_at_all():
    widget = widgets.Gates(ll.LSTM.init(2, 3), inputs=np.ones((5, 2)), unit=1)
    widget.update(step=4, unit=2, quantity="cell")
    assert (widget.step, widget.unit, widget.quantity) == (4, 2, "cell")
    for wrong, error in (({"unit": 0, "step": 5}, ValueError), ({"unit": 0, "quantity": "x"}, TypeError),
                         ({"unit": 0, "stp": 1}, TypeError)):  # fmt: skip
        with pytest.raises(error):
            widget.update(**wrong)
        assert (widget.step, widget.unit, widget.quantity) == (4, 2, "cell")
    with pytest.raises(ValueError, match="step was 5; the sequence has 5 steps, so 0 to 4"):
        widget.step = 5
    assert widget.step == 4


def test_what_the_page_sends_is_taken_and_clamped_where_it_is_used():
    widget = widgets.Gates("agreement/lstm", step=3)
    widget.set_state({"step": 99, "unit": 31, "quantity": "cell"})
    assert widget.step == 99
    assert widget.selection.step == len(widget.words) - 1 and widget.selection.word == "muito"
    assert widget.selection.value == pytest.approx(widget.trace.cell[-1, 31])
    assert widget.figure().alt


# Gates of a trained network


def test_the_default_is_the_book_s_own_network_and_sentence():
    widget = widgets.Gates()
    assert widget.model == "agreement/lstm" and widget.sentence == SENTENCE
    assert widget.weights == ll.load("agreement/lstm").path.read_bytes()
    assert widget.reading.words == SENTENCE.split()
    assert widget.reading.unknown == []


@pytest.mark.parametrize("given", ["name", "language model", "network", "torch"])
def test_every_kind_of_network_is_shown_as_it_computes(given):
    lm = ll.load("agreement/lstm")
    x = np.random.default_rng(0).standard_normal((6, 3))
    module = torch.nn.LSTM(3, 4, dtype=torch.float64)
    network = ll.LSTM.init(3, 4, seed=2)
    widget, expected = {
        "name": lambda: (
            widgets.Gates("agreement/lstm", sentence="o menino disse"),
            lm.read("o menino disse").trace,
        ),
        "language model": lambda: (widgets.Gates(lm, sentence=["o", "menino"]), lm.read("o menino").trace),
        "network": lambda: (widgets.Gates(network, inputs=x), network.forward(x)),
        "torch": lambda: (
            widgets.Gates(module, inputs=torch.from_numpy(x)),
            ll.from_torch(module).forward(x),
        ),
    }[given]()
    assert np.array_equal(widget.trace.hidden, expected.hidden)
    assert (widget.reading is None) is (given in ("network", "torch"))
    # What travels is enough to make the same network again, as the page does.
    again = source.source_from_page(widget.model, widget.weights)
    assert all(
        np.array_equal(again.network.weights[key], widget.network.weights[key])
        for key in again.network.weights
    )


def test_a_shipped_network_that_was_changed_travels_as_it_is_now():
    lm = ll.load("agreement/lstm")
    lm.network = lm.network.replace(weight_hh=np.zeros_like(lm.network.weight_hh))
    widget = widgets.Gates(lm, sentence="a menina")
    assert widget.model == "" and not source.source_from_page("", widget.weights).network.weight_hh.any()
    assert ll.load("agreement/lstm").network.weight_hh.any()


@pytest.mark.parametrize("bidirectional", [False, True])
def test_a_chosen_layer_reads_what_torch_gives_it(bidirectional):
    torch.manual_seed(0)
    module = torch.nn.LSTM(3, 4, num_layers=3, bidirectional=bidirectional, dtype=torch.float64)
    x = np.random.default_rng(1).standard_normal((7, 3))
    out = module(torch.from_numpy(x))[0].detach().numpy()
    widget = widgets.Gates(module, inputs=x, layer=2)
    assert np.allclose(widget.trace.hidden, out[:, :4], atol=1e-12)
    if bidirectional:
        backwards = widgets.Gates(module, inputs=x, layer=2, direction=1)
        assert np.allclose(backwards.trace.hidden[::-1], out[:, 4:], atol=1e-12)


def test_without_inputs_the_numbers_are_always_the_same():
    module = torch.nn.LSTM(3, 4)
    first, second = widgets.Gates(module), widgets.Gates(module)
    assert first.inputs == second.inputs and len(first.inputs) == source.RANDOM_STEPS
    assert np.abs(first.trace.hidden).sum() > 0


def test_the_trace_follows_what_the_reader_does():
    lm = ll.load("agreement/lstm")
    widget = widgets.Gates(lm, sentence="a menina disse que estava muito")
    widget.set_state({"action": "off", "action_unit": 3, "unit": 5})
    assert not widget.trace.cell[:, 3].any() and widget.trace.cell[:, 5].any()
    edited = lm.read(widget.sentence, cell_factor=lm.edit(6, 3, "off"))
    assert np.array_equal(widget.reading.share_feminine, edited.share_feminine)
    widget.set_state({"action": "flip", "action_step": 2})
    before = lm.read(widget.sentence).trace.cell
    assert widget.trace.cell[2, 3] == -before[2, 3] and np.array_equal(widget.trace.cell[:2], before[:2])
    widget.set_state({"action": "none", "forget_bias_shift": -2.0})
    assert np.array_equal(widget.trace.cell, lm.read(widget.sentence, forget_bias_shift=-2.0).trace.cell)
    widget.set_state({"forget_bias_shift": 0.0, "sentence": "o menino disse"})
    assert np.array_equal(widget.trace.cell, lm.read("o menino disse").trace.cell)


def test_a_file_dropped_on_the_page_is_read_here_too(tmp_path):
    own = ll.LSTM.init(2, 3, seed=5)
    ll.save_network(own, tmp_path / "own.safetensors")
    widget = widgets.Gates()
    state = {
        "weights": (tmp_path / "own.safetensors").read_bytes(),
        "inputs": [[0.5, 1.0]] * 4,
        "step": 0,
        "unit": 0,
    }
    widget.set_state(state)
    x = np.array(state["inputs"])
    assert widget.reading is None and np.array_equal(widget.trace.hidden, own.forward(x).hidden)
    as_json = json.dumps({f"{name}_l0": array.tolist() for name, array in own.weights.items()}).encode()
    widget.set_state({"weights": as_json})
    assert np.array_equal(widget.trace.hidden, own.forward(x).hidden)
    widget.set_state({"weights": b"", "model": "agreement/lstm"})
    assert widget.reading.words == SENTENCE.split()


def test_a_new_sequence_moves_the_selection_to_its_end():
    widget = widgets.Gates(sentence="a menina disse que estava muito", step=5, action_step=4)
    widget.sentence = "o menino disse"
    assert (widget.step, widget.action_step) == (2, 2)


def test_another_network_is_shown_at_once_or_not_at_all():
    widget = widgets.Gates(step=11, unit=27, action="flip", action_step=6, action_unit=27)
    net, x = ll.LSTM.init(2, 3, seed=4), np.ones((5, 2))
    widget.show(net, inputs=x)
    assert np.array_equal(widget.trace.hidden, net.forward(x).hidden)
    assert (widget.model, widget.sentence, widget.reading) == ("", "", None)
    assert (widget.step, widget.unit, widget.action, widget.action_unit) == (4, 2, "none", 2)
    before = dict(widget.state)
    for network, sequence in (
        (net, {"sentence": "a"}),
        (net, {"inputs": [[1.0]]}),
        ("agreement/lstm", {"sentence": "?"}),
    ):
        with pytest.raises((TypeError, ValueError)):
            widget.show(network, **sequence)
        assert widget.state == before and np.array_equal(widget.trace.hidden, net.forward(x).hidden)
    widget.show("agreement/lstm", sentence=["o", "menino"])
    assert widget.selection.word == "menino" and widget.model == "agreement/lstm"


def test_weights_can_be_set_from_python_if_they_are_a_network_that_fits():
    widget = widgets.Gates(ll.LSTM.init(2, 3), inputs=np.ones((5, 2)), unit=2)
    smaller, other = ll.LSTM.init(2, 1, seed=1), widgets.Gates(ll.LSTM.init(4, 3), inputs=np.ones((6, 4)))
    before = dict(widget.state)
    for wrong, message in (
        (b"rubbish", "^weights could not be read as safetensors"),
        (b"", "weights is empty"),
        (other.weights, r"takes input_size = 4.*show\(network"),
        (widgets.Gates().weights, "no word to read.*show"),
    ):
        with pytest.raises(ValueError, match=message):
            widget.weights = wrong
        assert widget.state == before and widget.trace.hidden.shape == (5, 3)
    with pytest.raises(ValueError, match="input_size = 4"):
        widget.update(weights=other.weights, inputs=[[1.0, 2.0]])
    assert widget.state == before and widget.network.input_size == 2
    widget.weights = widgets.Gates(smaller).weights
    assert np.array_equal(widget.trace.hidden, smaller.forward(np.ones((5, 2))).hidden) and widget.unit == 0
    widget.update(inputs=other.inputs, weights=other.weights, step=5)
    assert widget.trace.hidden.shape == (6, 3) and widget.selection.step == 5


def test_a_shipped_network_is_named_or_given_never_both():
    widget = widgets.Gates()
    own = dataclasses.replace(ll.load("agreement/lstm"), decoder_bias=np.zeros(211))
    widget.weights = widgets.Gates(own).weights
    assert widget.model == "" and "weights" in widget.static_state()
    widget.model = "agreement/lstm"
    assert widget.weights == widgets.Gates().weights and "weights" not in widget.static_state()
    for wrong in ("agreement/rnn", "nowhere/lstm"):
        with pytest.raises(ValueError):
            widget.model = wrong
        assert widget.model == "agreement/lstm"
    numbers = widgets.Gates(ll.LSTM.init(2, 3))
    with pytest.raises(ValueError, match="no word to read.*show"):
        numbers.model = "agreement/lstm"
    assert numbers.model == "" and numbers.trace.hidden.shape == (20, 3)
    for arguments in ((("agreement/lstm",), {"model": "agreement/lstm"}), ((), {"weights": b"x"})):
        with pytest.raises(TypeError, match="given"):
            widgets.Gates(*arguments[0], **arguments[1])


def test_sequences_are_taken_as_they_come_and_bad_ones_change_nothing():
    widget = widgets.Gates(ll.LSTM.init(2, 3), inputs=np.ones((5, 2)))
    for rows in (np.zeros((3, 2)), torch.zeros(3, 2), [[0, 0]] * 3):
        widget.inputs = [[1.0, 1.0]]
        widget.inputs = rows
        assert widget.inputs == [[0.0, 0.0]] * 3 and len(widget.trace.hidden) == 3
    for wrong in ([], [[np.nan, 0.0]], [[1.0]], ["ab"]):
        with pytest.raises(ValueError):
            widget.inputs = wrong
        assert widget.inputs == [[0.0, 0.0]] * 3
    for wrong in (np.nan, np.inf):
        with pytest.raises(ValueError, match="expected a finite number"):
            widget.forget_bias_shift = wrong
        assert widget.forget_bias_shift == 0
    reader = widgets.Gates()
    reader.sentence = ["o", "menino", "disse"]
    assert reader.words == ["o", "menino", "disse"]
    with pytest.raises(ValueError, match="reads words: set sentence"):
        reader.inputs = [[1.0]]
    with pytest.raises(TypeError, match="sentence was 3, expected a text or a list of words"):
        widgets.Gates(sentence=3)


def test_the_lstm_in_a_model_with_words_of_its_own_is_read(tmp_path):
    own = ll.LSTM.init(2, 3, seed=5)
    tensors = {f"lstm.{name}_l0": array for name, array in own.weights.items()}
    write_safetensors(tmp_path / "own.safetensors", {**tensors, "embedding.weight": np.zeros((9, 2))})
    widget = widgets.Gates(ll.LSTM.init(2, 3), inputs=np.ones((4, 2)))
    widget.weights = (tmp_path / "own.safetensors").read_bytes()
    assert np.array_equal(widget.trace.hidden, own.forward(np.ones((4, 2))).hidden)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((torch.nn.GRU(2, 3),), TypeError, "A GRU was given, expected an LSTM"),
        ((torch.nn.Linear(2, 3),), TypeError, "Linear was given"),
        ((torch.nn.LSTM(2, 3, proj_size=1),), ValueError, "proj_size"),
        ((ll.RNN.init(2, 3),), TypeError, "A RNN was given"),
        ((42,), TypeError, "A int was given"),
        (("agreement/rnn",), TypeError, "is a RNN, expected a language model with an LSTM"),
        (("nowhere/lstm",), ValueError, "no model 'nowhere/lstm'"),
    ],
)
def test_other_networks_are_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        widgets.Gates(*arguments)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"sentence": "a menina"}, TypeError, "reads numbers, not words"),
        ({"inputs": np.ones((4, 3))}, ValueError, "takes input_size = 2"),
        ({"inputs": [[1.0, np.nan]]}, ValueError, "nan at position"),
        ({"inputs": np.ones((4, 2, 2))}, ValueError, "expected one sequence"),
        ({"inputs": []}, ValueError, "shape"),
        ({"inputs": "abc"}, TypeError, "text"),
        ({"unit": 3}, ValueError, "the network has 3 units, so 0 to 2"),
        ({"step": -1}, ValueError, "step was -1"),
        ({"layer": 1}, ValueError, "only one"),
    ],
)
def test_inputs_that_do_not_fit_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        widgets.Gates(ll.LSTM.init(2, 3), **options)


def test_sentences_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="no word to read"):
        widgets.Gates(sentence="...")
    with pytest.raises(TypeError, match="reads words"):
        widgets.Gates(inputs=[[1.0]])
    with pytest.raises(TypeError, match="expected a text or a list of words"):
        widgets.Gates(sentence=["a", 3])
    widget = widgets.Gates(sentence="a menina")
    with pytest.raises(ValueError, match="no word to read"):
        widget.sentence = " ! "
    assert widget.sentence == "a menina"
    assert widgets.Gates(sentence="a xyzzy dormiu").reading.unknown == ["xyzzy"]


# Gates by hand


@pytest.mark.parametrize("puzzle", puzzles())
def test_a_puzzle_is_open_at_first_and_solved_by_its_solution(puzzle):
    widget = widgets.GatesByHand(puzzle=puzzle)
    assert not widget.is_solved and widget.problems[0].step < widget.steps
    widget.update(**puzzles()[puzzle]["solution"])
    assert widget.is_solved and widget.problems == []
    assert widget.figure().alt


def test_the_hand_s_run_is_the_lstm_s_equation():
    widget = widgets.GatesByHand(puzzle="first-bit", forget_gate=[0.9] * 5, input_gate=[1, 0, 0, 0, 0.5])
    trace = widget.trace
    for case, x in enumerate(trace.inputs.T):
        c = 0.0
        for t in range(5):
            c = 0.9 * c + widget.input_gate[t] * x[t]
            assert trace.cell[t, case] == pytest.approx(c, abs=1e-15)
            assert trace.hidden[t, case] == pytest.approx(np.tanh(c), abs=1e-15)


def test_locked_and_shared_gates_obey_the_puzzle():
    locked = widgets.GatesByHand(puzzle="cell-of-1997", forget_gate=[0.0] * 6)
    assert (locked.trace.forget_gate == 1).all()
    shared = widgets.GatesByHand(puzzle="leak", forget_gate=[0.8, 0.1, 0.1, 0.1])
    assert (shared.trace.forget_gate == 0.8).all()


def test_openings_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="there are first-bit, release-at-cue"):
        widgets.GatesByHand(puzzle="nothing")
    with pytest.raises(ValueError, match="2 openings, expected 5"):
        widgets.GatesByHand(forget_gate=[1.0, 1.0])
    with pytest.raises(ValueError, match="from 0 .closed. to 1 .open."):
        widgets.GatesByHand(forget_gate=[2.0] * 5)
    widget = widgets.GatesByHand(forget_gate=[0.5] * 5, step=4)
    widget.puzzle = "leak"
    assert widget.forget_gate == [] and widget.step == 3


# Questions


def test_a_question_is_judged_where_it_is_answered():
    widget = widgets.Question("gates/decay")
    assert widget.verdict == "" and widget.check().verdict == ""
    widget.answer = widget.question["answer"]
    assert widget.verdict == "right" and widget.check("en").startswith("Right.")
    widget.answer = "99"
    assert widget.verdict == "wrong"
    widget.answer = None
    assert widget.verdict == ""
    with pytest.raises(ValueError, match="no exercise"):
        widgets.Question("gates/nothing")


def test_a_card_takes_an_exercise_of_one_s_own_and_refuses_a_faulty_one():
    spec = dict(widgets.Question("gates/decay").question, id="my_own/one")
    widget = widgets.Question(spec)
    assert widget.element_id == "q-my_own-one"
    with pytest.raises(ValueError, match="tolerance"):
        widgets.Question(spec | {"tolerance": -1})
    with pytest.raises(ValueError, match="prompt"):
        widget.question = spec | {"prompt": "só português"}
    assert widget.question["prompt"] == spec["prompt"]


# The page without a kernel


def make(element):
    arguments = {
        "gates": {"sentence": "a menina disse", "step": 1, "unit": 3, "lang": "pt", "id": "gates"},
        "gates-by-hand": {"puzzle": "leak", "lang": "en", "id": "hand"},
        "question": {"exercise": "gates/decay", "lang": "en"},
    }
    return CLASSES[element](**arguments.get(element, {"lang": "en", "id": "shown"}))


@pytest.mark.parametrize("element", sorted(CLASSES))
def test_the_page_gets_one_element_with_its_state_and_a_fallback(static, element):
    widget = make(element)
    data, metadata = widget._repr_mimebundle_()
    assert metadata == {} and "application/vnd.jupyter.widget-view+json" not in data
    found = Element(data["text/html"])
    assert found.tags[0] == "lstm-widget" and found.tags.count("lstm-widget") == 1
    assert found.attributes["type"] == element and found.attributes["id"] == widget.element_id
    defaults = CLASSES[element].defaults()
    assert set(found.state) <= set(defaults)
    sent = {key: value for key, value in {**defaults, **found.state}.items() if key != "weights"}
    assert sent == {key: value for key, value in widget.state.items() if key != "weights"}
    assert ("svg" in found.tags) is (element != "question")
    assert len(found.tags) > 1
    assert widget.comm is None


def test_a_shipped_network_goes_by_its_name_and_an_own_one_by_its_bytes(static):
    shipped = Element(page_of(widgets.Gates(sentence="a menina")))
    assert shipped.state["model"] == "agreement/lstm" and "weights" not in shipped.state
    network = ll.LSTM.init(2, 3)
    own = Element(page_of(widgets.Gates(network, inputs=np.ones((3, 2)))))
    assert "model" not in own.state
    again = source.source_from_page("", base64.b64decode(own.state["weights"]["base64"]))
    assert np.array_equal(again.network.weight_hh, network.weight_hh)


@pytest.mark.parametrize(
    "text", ['"><script>alert(1)</script>', "</lstm-widget><img src=x onerror=alert(1)>", "'&amp;\u2028"]
)
def test_a_sentence_cannot_leave_its_attribute(static, text):
    page = page_of(widgets.Gates(sentence=f"a menina {text}"))
    found = Element(page)
    assert found.state["sentence"] == f"a menina {text}"
    assert not {"script", "img"} & set(found.tags)
    assert page.count("</lstm-widget>") == 1 and "<script" not in page
    assert html.escape(text, quote=True).replace("&amp;amp;", "&amp;amp;") in page or "\u2028" in text


def test_a_question_s_text_cannot_leave_its_attribute(static):
    texts = {"pt": '"><script>x</script> $f$', "en": "</lstm-widget>`<b>`"}
    spec = dict(widgets.Question("gates/decay").question, prompt=texts, id="evil/one")
    for lang in ("pt", "en"):
        page = page_of(widgets.Question(spec, lang=lang))
        found = Element(page)
        assert (
            found.state["question"]["prompt"] == texts
            and "script" not in found.tags
            and "b" not in found.tags
        )
        assert page.count("</lstm-widget>") == 1


def test_the_static_page_needs_no_built_module(static, monkeypatch, tmp_path):
    monkeypatch.setattr(base, "STATIC_FOLDER", tmp_path)
    assert "<lstm-widget" in page_of(widgets.GatesByHand())
    monkeypatch.delenv("LSTM_LIB_STATIC")
    with pytest.raises(FileNotFoundError, match="npm run build"):
        widgets.GatesByHand()


def test_an_executed_page_stores_no_widget_state(static):
    import nbformat
    from nbclient import NotebookClient

    cells = ["from lstm_lib import widgets\nwidgets.GatesByHand(puzzle='leak', lang='en')"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    data = notebook.cells[0].outputs[0]["data"]
    assert "<lstm-widget" in data["text/html"] and set(data) == {"text/html", "image/png", "text/plain"}
    assert not notebook.metadata.get("widgets")


@pytest.mark.parametrize("kind", [widgets.Sentence, widgets.Difference])
def test_networks_that_cannot_be_leave_the_reading_explorables_as_they_were(kind):
    widget = kind()
    own = dataclasses.replace(ll.load("agreement/lstm"), name="minha")
    before = widget.state
    for state in (
        {"models": [own], "step": 999},
        {"models": [own, own]},
        {"models": []},
        {"models": ["agreement/nenhuma"]},
        {"weights": {"agreement/lstm": b"x"}},
        {"weights": {"minha": 3}},
        {"step": True},
    ):
        with pytest.raises((TypeError, ValueError)):
            widget.update(**state)
        assert widget.state == before, state
    widget.models = [own]
    assert list(widget.language_models) == ["minha"]


@pytest.mark.parametrize("kind", [widgets.Sentence, widgets.Difference])
def test_an_emptied_sentence_has_no_picture_and_still_an_element(kind, monkeypatch):
    widget = kind()
    widget.set_state({"sentence": ""})
    assert widget.figure() is None
    monkeypatch.setenv("LSTM_LIB_STATIC", "1")
    bundle, _ = widget._repr_mimebundle_()
    assert "<lstm-widget" in bundle["text/html"] and "image/png" not in bundle


def test_a_memory_of_no_steps_is_refused_and_nothing_has_changed():
    widget = widgets.Memory()
    before = widget.state
    for steps in (0, 1, 41, -1, True):
        with pytest.raises((TypeError, ValueError)):
            widget.update(weight=0.5, steps=steps)
        assert widget.state == before
