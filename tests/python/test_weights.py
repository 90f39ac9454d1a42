"""Weights in files: what is written is read again, other names are understood, wrong files get a sentence."""

import json
import pickle

import numpy as np
import pytest
import torch
from runs import KINDS, make
from safetensors.numpy import save_file

import lstm_lib as ll
from lstm_lib import weights

LSTM_SHAPES = {"weight_ih_l0": (8, 3), "weight_hh_l0": (8, 2), "bias_ih_l0": (8,), "bias_hh_l0": (8,)}


def random_tensors(shapes, prefix=""):
    rng = np.random.default_rng(0)
    return {prefix + name: rng.normal(size=shape) for name, shape in shapes.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_saved_and_loaded_again(tmp_path, kind):
    network = make(kind, 3, 4)
    ll.save_network(network, tmp_path / "net.safetensors", prefix="rnn.", metadata={"command": "none"})
    back = ll.load_network(tmp_path / "net.safetensors")
    assert back.kind == kind                                # also tells relu from tanh
    assert all(np.array_equal(back.weights[name], network.weights[name]) for name in network.weights)
    tensors, metadata = weights.read_safetensors(tmp_path / "net.safetensors")
    assert set(tensors) == {f"rnn.{name}_l0" for name in network.weights}
    assert metadata == {"command": "none", "cell": kind}


def test_float32_halves_the_file_and_keeps_seven_digits(tmp_path):
    network = ll.LSTM.init(8, 16)
    for dtype in ("float32", "float64"):
        ll.save_network(network, tmp_path / dtype, dtype=dtype)
    assert (tmp_path / "float32").stat().st_size < 0.6 * (tmp_path / "float64").stat().st_size
    back = ll.load_network(tmp_path / "float32")
    assert back.weight_ih.dtype == np.float64
    assert np.abs(back.weight_ih - network.weight_ih).max() < 1e-7


@pytest.mark.parametrize("module", [torch.nn.LSTM(3, 2), torch.nn.GRU(3, 2), torch.nn.RNN(3, 2)])
def test_a_state_dict_saved_by_torch_is_read(tmp_path, module):
    from safetensors.torch import save_file as save_torch
    tensors = {f"encoder.rnn.{name}": array for name, array in module.state_dict().items()}
    save_torch(tensors, tmp_path / "a.safetensors")
    network = ll.load_network(tmp_path / "a.safetensors")
    expected = ll.from_torch(module)
    assert type(network) is type(expected)
    assert all(np.array_equal(network.weights[name], expected.weights[name]) for name in expected.weights)


def test_json_of_the_reader(tmp_path):
    tensors = random_tensors(LSTM_SHAPES)
    (tmp_path / "own.json").write_text(json.dumps({name: array.tolist() for name, array in tensors.items()}))
    network = ll.load_network(tmp_path / "own.json")
    assert isinstance(network, ll.LSTM) and np.array_equal(network.weight_ih, tensors["weight_ih_l0"])


def test_biases_may_be_missing(tmp_path):
    tensors = {name: array for name, array in random_tensors(LSTM_SHAPES).items() if "bias" not in name}
    save_file(tensors, tmp_path / "a.safetensors")
    assert not ll.load_network(tmp_path / "a.safetensors").bias_ih.any()


def test_layer_and_direction_are_chosen(tmp_path):
    module = torch.nn.LSTM(3, 2, num_layers=2, bidirectional=True)
    tensors = {name: array.numpy() for name, array in module.state_dict().items()}
    save_file(tensors, tmp_path / "a.safetensors")
    for layer in range(2):
        for direction in range(2):
            found = ll.load_network(tmp_path / "a.safetensors", layer, direction)
            expected = ll.from_torch(module, layer, direction)
            assert np.array_equal(found.weight_ih, expected.weight_ih)


def test_other_tensors_of_the_file_are_passed_over():
    others = {"embedding.weight": np.zeros((5, 3)), "decoder.bias": np.zeros(5)}
    tensors = random_tensors(LSTM_SHAPES, "rnn.") | others
    assert isinstance(weights.network_from_tensors(tensors), ll.LSTM)


def test_one_of_several_networks_is_chosen_by_prefix():
    gru = random_tensors({"weight_ih_l0": (6, 3), "weight_hh_l0": (6, 2)}, "decoder.")
    tensors = random_tensors(LSTM_SHAPES, "encoder.") | gru
    words = "More than one network.*decoder.weight_ih_l0, encoder.weight_ih_l0.*prefix="
    with pytest.raises(ValueError, match=words):
        weights.network_from_tensors(tensors)
    assert isinstance(weights.network_from_tensors(tensors, prefix="decoder."), ll.GRU)


@pytest.mark.parametrize(("shapes", "words"), [
    ({}, "No weight_ih_l0 and weight_hh_l0.*found nothing"),
    ({"conv.weight": (2, 2)}, "No weight_ih_l0.*found conv.weight"),
    ({"weight_ih_l0": (8, 3)}, "weight_hh_l0 is missing; found weight_ih_l0"),
    ({**LSTM_SHAPES, "weight_hh_l0": (9, 2)}, r"weight_hh_l0 has shape \(9, 2\), expected \(4H, H\) for"),
    ({**LSTM_SHAPES, "weight_hh_l0": (8,)}, r"weight_hh_l0 has shape \(8,\), expected \(4H, H\)"),
    ({**LSTM_SHAPES, "weight_ih_l0": (7, 3)}, r"weight_ih has shape \(7, 3\), expected \(8, input_size\)"),
    ({**LSTM_SHAPES, "bias_ih_l0": (2,)}, r"bias_ih has shape \(2,\), expected \(8,\)"),
    ({**LSTM_SHAPES, "weight_hr_l0": (1, 2)}, "weight_hr_l0 was found.*proj_size"),
])
def test_wrong_tensors_are_refused(shapes, words):
    with pytest.raises(ValueError, match=words):
        weights.network_from_tensors(random_tensors(shapes))


def test_nan_in_a_weight_is_named_with_its_place():
    tensors = random_tensors(LSTM_SHAPES)
    tensors["weight_hh_l0"][3, 1] = np.nan
    with pytest.raises(ValueError, match=r"weight_hh_l0 has nan at position \(3, 1\)"):
        weights.network_from_tensors(tensors)


def test_an_unknown_kind_of_cell_is_refused():
    with pytest.raises(ValueError, match="cell is 'mamba', expected one of 'lstm', 'gru'"):
        weights.network_from_tensors(random_tensors(LSTM_SHAPES), kind="mamba")


class Harmful:
    """Unpickling this would raise, which shows whether a file is unpickled."""

    def __reduce__(self):
        return exec, ("raise SystemExit('the file was executed')",)


def test_the_network_of_a_shipped_language_model_can_be_loaded_alone():
    model = ll.load("agreement/lstm")
    network = ll.load_network(model.path)
    assert isinstance(network, ll.LSTM)
    assert all(np.array_equal(network.weights[name], model.network.weights[name]) for name in network.weights)


def test_a_pickle_is_never_read(tmp_path):
    path = tmp_path / "model.pt"
    path.write_bytes(pickle.dumps(Harmful()))
    with pytest.raises(ValueError, match="could not be read as safetensors.*can run code"):
        ll.load_network(path)


def test_wrong_files_get_a_sentence(tmp_path):
    with pytest.raises(FileNotFoundError, match="There is no file .*nothing.safetensors"):
        ll.load_network(tmp_path / "nothing.safetensors")
    (tmp_path / "empty.safetensors").write_bytes(b"")
    with pytest.raises(ValueError, match="could not be read as safetensors"):
        ll.load_network(tmp_path / "empty.safetensors")
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(ValueError, match="is not JSON"):
        ll.load_network(tmp_path / "broken.json")
    (tmp_path / "list.json").write_text("[1, 2]")
    with pytest.raises(ValueError, match="holds a list, expected an object"):
        ll.load_network(tmp_path / "list.json")
    (tmp_path / "text.json").write_text(json.dumps({"weight_ih_l0": [["a"]], "weight_hh_l0": [[1]]}))
    with pytest.raises(TypeError, match="weight_ih_l0 holds text, expected real numbers"):
        ll.load_network(tmp_path / "text.json")
    (tmp_path / "ragged.json").write_text(json.dumps({"weight_ih_l0": [[1], [1, 2]], "weight_hh_l0": [[1]]}))
    with pytest.raises(ValueError, match="rows do not all have the same length"):
        ll.load_network(tmp_path / "ragged.json")


def test_metadata_must_be_text_and_nothing_is_written_otherwise(tmp_path):
    path = tmp_path / "net.safetensors"
    with pytest.raises(TypeError, match=r"metadata\['seed'\] is 3, expected strings"):
        ll.save_network(ll.LSTM.init(2, 3), path, metadata={"seed": 3})
    with pytest.raises(FileNotFoundError, match="There is no folder .*nowhere"):
        ll.save_network(ll.LSTM.init(2, 3), tmp_path / "nowhere" / "net.safetensors")
    with pytest.raises(ValueError, match="dtype is 'int8'"):
        ll.save_network(ll.LSTM.init(2, 3), path, dtype="int8")
    with pytest.raises(TypeError, match="A NoneType was given, expected an RNN, LSTM or GRU"):
        ll.save_network(None, path)
    with pytest.raises(IsADirectoryError, match="is a folder; give the path of a file"):
        ll.save_network(ll.LSTM.init(2, 3), tmp_path)
    assert not path.exists()
