"""Reading and writing the weights of one-layer networks: safetensors, or JSON. Never pickle.

Names are torch's: `weight_ih_l0`, `weight_hh_l0`, and `bias_ih_l0`, `bias_hh_l0` if there are biases, with
any common prefix ("rnn.", "lstm.", ...). The kind of cell is read from the metadata key `cell` ("lstm",
"rnn_tanh", "rnn_relu", "gru") or, where there is none, from the shape: 4H, 3H or H rows of weight_hh.
"""

import json
import re
from pathlib import Path

import numpy as np

from lstm_lib import arrays
from lstm_lib.cells import GRU, LSTM, RNN, Network

KINDS = {"lstm": (LSTM, {}), "gru": (GRU, {}),
         "rnn_tanh": (RNN, {"nonlinearity": "tanh"}), "rnn_relu": (RNN, {"nonlinearity": "relu"})}


def save_network(network, path, prefix="", metadata=None, dtype="float64"):
    """Write a network as safetensors. Everything is checked before the file is touched.

    prefix goes before torch's names ("rnn." gives rnn.weight_ih_l0); metadata is a dict of strings, to which
    `cell` is added; dtype "float64" or "float32".
    """
    if not isinstance(network, Network):
        raise TypeError(f"A {type(network).__name__} was given, expected an RNN, LSTM or GRU of lstm_lib; "
                        "from_torch makes one of a torch module.")
    dtype = arrays.one_of("dtype", dtype, ("float64", "float32"))
    tensors = {f"{prefix}{name}_l0": array.astype(dtype) for name, array in network.weights.items()}
    write_safetensors(path, tensors, {**(metadata or {}), "cell": network.kind})


def load_network(path, layer=0, direction=0, prefix=None):
    """Read one layer of an RNN, LSTM or GRU from a .safetensors or .json file.

    prefix is needed only where a file holds several networks ("encoder.", "decoder.").
    Raises FileNotFoundError if there is no such file, ValueError if it does not hold such a network.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"There is no file {path}; give the path of a .safetensors or .json file.")
    tensors, metadata = (_read_json(path), {}) if path.suffix == ".json" else read_safetensors(path)
    return network_from_tensors(tensors, metadata.get("cell"), layer, direction, prefix)


def network_from_tensors(tensors, kind=None, layer=0, direction=0, prefix=None):
    """The network among named arrays {"rnn.weight_ih_l0": array, ...}; other names are passed over.

    kind: "lstm", "gru", "rnn_tanh" or "rnn_relu"; None tells them apart by their rows (an RNN is then tanh).
    """
    layer = arrays.whole_number("layer", layer, 0, None)
    direction = arrays.whole_number("direction", direction, 0, 2)
    suffix = f"_l{layer}" + ("_reverse" if direction else "")
    prefix = _common_prefix(tensors, suffix) if prefix is None else prefix
    full = {name: f"{prefix}{name}{suffix}" for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
    if f"{prefix}weight_hr{suffix}" in tensors:
        raise ValueError(f"{prefix}weight_hr{suffix} was found, so the network was made with proj_size, "
                         "which is a different cell; expected one without projection.")
    for name in ("weight_ih", "weight_hh"):
        if full[name] not in tensors:
            raise ValueError(f"{full[name]} is missing; found {_listed(tensors)}.")
    weights = {name: arrays.real_array(key, tensors[key]) for name, key in full.items() if key in tensors}
    kind = _kind_by_shape(full["weight_hh"], weights["weight_hh"]) if kind is None else kind
    cell, options = KINDS[arrays.one_of("cell", kind, tuple(KINDS))]
    return cell(**weights, **options)


def read_safetensors(path):
    """All arrays and the metadata of a safetensors file: ({name: array}, {key: string})."""
    from safetensors import SafetensorError, safe_open

    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"There is no file {path}; give the path of a .safetensors file.")
    try:
        with safe_open(path, framework="np") as file:
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a dict)
            return tensors, dict(file.metadata() or {})
    except (SafetensorError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} could not be read as safetensors ({error}); save float32 or float64 "
                         "tensors with safetensors.torch.save_file. Files made by torch.save are never "
                         "read, because reading them can run code.") from error


def write_safetensors(path, tensors, metadata=None):
    """Write arrays and a dict of strings as one safetensors file."""
    from safetensors.numpy import save_file

    for key, value in (metadata or {}).items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise TypeError(f"metadata[{key!r}] is {value!r}, expected strings; json.dumps makes one.")
    folder = Path(path).resolve().parent
    if not folder.is_dir():
        raise FileNotFoundError(f"There is no folder {folder}; make it first, or give another path.")
    if Path(path).is_dir():
        raise IsADirectoryError(f"{path} is a folder; give the path of a file in it.")
    save_file({name: np.ascontiguousarray(array) for name, array in tensors.items()}, str(path), metadata)


def _read_json(path):
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not JSON ({error}).") from error
    if not isinstance(content, dict):
        raise ValueError(f"{path} holds a {type(content).__name__}, expected an object "
                         '{"weight_ih_l0": [[...], ...], "weight_hh_l0": [[...], ...]}.')
    return content


def _common_prefix(tensors, suffix):
    pattern = re.compile(rf"^(.*)weight_[ih]h{suffix}$")
    prefixes = sorted({match[1] for match in map(pattern.match, tensors) if match})
    if not prefixes:
        raise ValueError(f"No weight_ih{suffix} and weight_hh{suffix} among the names; expected those of a "
                         f"torch nn.LSTM, nn.GRU or nn.RNN, found {_listed(tensors)}.")
    if len(prefixes) > 1:
        names = ", ".join(f"{found}weight_ih{suffix}" for found in prefixes)
        raise ValueError(f"More than one network was found: {names}; choose one with prefix={prefixes[0]!r}.")
    return prefixes[0]


def _kind_by_shape(name, weight_hh):
    shape = weight_hh.shape
    if len(shape) == 2 and shape[1] > 0 and shape[0] in (shape[1], 3 * shape[1], 4 * shape[1]):
        return {1: "rnn_tanh", 3: "gru", 4: "lstm"}[shape[0] // shape[1]]
    raise ValueError(f"{name} has shape {shape}, expected (4H, H) for an LSTM, (3H, H) for a GRU or (H, H) "
                     "for an RNN.")


def _listed(tensors):
    names = sorted(tensors)
    return (", ".join(names[:8]) + (", ..." if len(names) > 8 else "")) or "nothing"
