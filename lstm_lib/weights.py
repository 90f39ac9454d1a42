"""Reading and writing the weights of one-layer networks: safetensors, or JSON. Never pickle.

Names are torch's: `weight_ih_l0`, `weight_hh_l0`, and `bias_ih_l0`, `bias_hh_l0` if there are biases, with any common
prefix ("rnn.", "lstm.", ...). The kind of cell is read from the metadata key `cell` ("lstm", "rnn_tanh",
"rnn_relu", "gru") or, where there is none, from the shape: 4H, 3H or H rows of weight_hh.
"""

import json
import re
from pathlib import Path

import numpy as np

from lstm_lib import arrays
from lstm_lib.cells import GRU, LSTM, RNN

KINDS = {"lstm": (LSTM, {}), "gru": (GRU, {}),
         "rnn_tanh": (RNN, {"nonlinearity": "tanh"}), "rnn_relu": (RNN, {"nonlinearity": "relu"})}
KIND_BY_BLOCKS = {4: "lstm", 3: "gru", 1: "rnn_tanh"}


def save_network(network, path, prefix="", metadata=None, dtype="float64"):
    """Write a network as safetensors. Everything is checked before the file is touched.

    prefix goes before torch's names ("rnn." gives rnn.weight_ih_l0); metadata is a dict of strings, to which `cell` is
    added; dtype "float64" or "float32".
    """
    dtype = arrays.one_of("dtype", dtype, ("float64", "float32"))
    tensors = {f"{prefix}{name}_l0": array.astype(dtype) for name, array in network.weights.items()}
    write_safetensors(path, tensors, {**(metadata or {}), "cell": network.kind})


def load_network(path, layer=0, direction=0):
    """Read one layer of an RNN, LSTM or GRU from a .safetensors or .json file.

    Raises FileNotFoundError if there is no such file, ValueError if it does not hold such a network.
    """
    path = Path(path)
    if path.suffix == ".json":
        tensors, metadata = _read_json(path), {}
    else:
        tensors, metadata = read_safetensors(path)
    return network_from_tensors(tensors, metadata.get("cell"), layer, direction)


def network_from_tensors(tensors, kind=None, layer=0, direction=0):
    """The network among named arrays {"rnn.weight_ih_l0": array, ...}; other names are passed over.

    kind: "lstm", "gru", "rnn_tanh" or "rnn_relu"; None tells them apart by their rows (an RNN is then a tanh RNN).
    """
    layer = arrays.whole_number("layer", layer, 0, None)
    direction = arrays.whole_number("direction", direction, 0, 2)
    suffix = f"_l{layer}" + ("_reverse" if direction else "")
    prefix = _common_prefix(tensors, suffix)
    if f"{prefix}weight_hr{suffix}" in tensors:
        raise ValueError(f"The file has {prefix}weight_hr{suffix}, so it was made with proj_size, which is a "
                         "different cell; expected a network without projection.")
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    weights = {name: arrays.real_array(prefix + name + suffix, tensors[prefix + name + suffix])
               for name in names if prefix + name + suffix in tensors}
    for name in ("weight_ih", "weight_hh"):
        if name not in weights:
            raise ValueError(f"{prefix}{name}{suffix} is missing; the file has {_listed(tensors)}.")
    if kind is None:
        rows, columns = (*weights["weight_hh"].shape, 0, 0)[:2]
        kind = KIND_BY_BLOCKS.get(rows / columns if columns else 0)
        if kind is None:
            raise ValueError(f"{prefix}weight_hh{suffix} has shape {weights['weight_hh'].shape}, expected (4H, H) for "
                             "an LSTM, (3H, H) for a GRU or (H, H) for an RNN.")
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
            return {name: file.get_tensor(name) for name in file.keys()}, dict(file.metadata() or {})
    except (SafetensorError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} could not be read as safetensors ({error}); save float32 or float64 tensors with "
                         "safetensors.torch.save_file. Files of torch.save are not read, since they can run code."
                         ) from error


def write_safetensors(path, tensors, metadata=None):
    """Write arrays and a dict of strings as one safetensors file."""
    from safetensors.numpy import save_file

    for key, value in (metadata or {}).items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise TypeError(f"metadata[{key!r}] is {value!r}, expected strings; json.dumps makes one of a list.")
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
        raise ValueError(f"More than one network: {', '.join(prefix + 'weight_ih' + suffix for prefix in prefixes)}; "
                         "give the tensors of one of them.")
    return prefixes[0]


def _listed(tensors):
    names = sorted(tensors)
    return (", ".join(names[:8]) + (", ..." if len(names) > 8 else "")) or "nothing"
