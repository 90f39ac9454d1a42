"""The three cells written a second time, step by step with torch's autograd, to test the core against.

Nothing here comes from lstm_lib but the weights. The states that go into each gate are separate copies, so
that autograd itself says how much of the gradient arrives through which gate.
"""

import torch

PATHS = {"lstm": ("input", "forget", "candidate", "output"), "gru": ("carry", "reset", "update", "candidate"),
         "rnn_tanh": ("recurrent",), "rnn_relu": ("recurrent",)}


def tensor(value):
    return torch.tensor(value, dtype=torch.float64)


def run(network, x, d_hidden, d_cell=None, h0=None, c0=None, cell_factor=None, forget_bias_shift=0.0):
    """Forward and backward. Returns (values, gradients), dicts of numpy arrays named as in lstm_lib."""
    w = {name: tensor(array).requires_grad_() for name, array in network.weights.items()}
    x = tensor(x).requires_grad_()
    shape = (*x.shape[1:-1], network.hidden_size)
    zeros = torch.zeros(shape, dtype=torch.float64)
    h0 = (zeros.clone() if h0 is None else tensor(h0)).requires_grad_()
    c0 = (zeros.clone() if c0 is None else tensor(c0)).requires_grad_()
    lstm = network.kind == "lstm"

    steps, copies, h, c = [], [], h0, c0
    for t, x_t in enumerate(x):
        paths = {path: h.clone() for path in PATHS[network.kind]}          # the same state, one for each gate
        if lstm:
            paths["cell"] = c.clone()
        for copy in paths.values():
            copy.retain_grad()
        copies.append(paths)
        if lstm:
            k = 1.0 if cell_factor is None else tensor(cell_factor)[t]
            values = lstm_step(w, x_t, paths, forget_bias_shift, k)
        elif network.kind == "gru":
            values = gru_step(w, x_t, paths)
        else:
            values = rnn_step(w, x_t, paths, network.kind)
        h, c = values["hidden"], values.get("cell", c)
        h.retain_grad()
        if lstm:
            c.retain_grad()
        steps.append(values)

    values = {name: torch.stack([step[name] for step in steps]) for name in steps[0]}
    loss = (values["hidden"] * tensor(d_hidden)).sum()
    if d_cell is not None:
        loss = loss + (values["cell"] * tensor(d_cell)).sum()
    loss.backward()

    T = len(steps)
    gradients = {"hidden": torch.stack([step["hidden"].grad for step in steps]),
                 "inputs": x.grad, "h0": h0.grad,
                 "weights": {name: array.grad for name, array in w.items()}}
    zero = torch.zeros_like(h)
    share = {path: torch.stack([copies[t + 1][path].grad if t + 1 < T else zero for t in range(T)])
             for path in copies[0]}
    highway = share.pop("cell", None)
    gradients["paths"] = {"hidden": {"direct": tensor(d_hidden), **share}}
    if lstm:
        gradients["cell"], gradients["c0"] = torch.stack([step["cell"].grad for step in steps]), c0.grad
        by_cell = values["output_gate"] / torch.cosh(values["cell"]) ** 2  # dh_t/dc_t
        cell_paths = {path: part * by_cell for path, part in gradients["paths"]["hidden"].items()}
        if d_cell is not None:
            cell_paths["direct"] = cell_paths["direct"] + tensor(d_cell)
        gradients["paths"]["cell"] = {**cell_paths, "cell": highway}
    return as_numpy(values), as_numpy(gradients)


def lstm_step(w, x, before, shift, k):
    W, U, b = (part.chunk(4) for part in (w["weight_ih"], w["weight_hh"], w["bias_ih"] + w["bias_hh"]))
    i = torch.sigmoid(x @ W[0].T + before["input"] @ U[0].T + b[0])
    f = torch.sigmoid(x @ W[1].T + before["forget"] @ U[1].T + b[1] + shift)
    g = torch.tanh(x @ W[2].T + before["candidate"] @ U[2].T + b[2])
    o = torch.sigmoid(x @ W[3].T + before["output"] @ U[3].T + b[3])
    c = k * (f * before["cell"] + i * g)
    h = o * torch.tanh(c)
    return {"input_gate": i, "forget_gate": f, "candidate": g, "output_gate": o, "cell": c, "hidden": h}


def gru_step(w, x, before):
    W, U, b, v = (w[name].chunk(3) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
    r = torch.sigmoid(x @ W[0].T + b[0] + before["reset"] @ U[0].T + v[0])
    z = torch.sigmoid(x @ W[1].T + b[1] + before["update"] @ U[1].T + v[1])
    n = torch.tanh(x @ W[2].T + b[2] + r * (before["candidate"] @ U[2].T + v[2]))
    return {"reset_gate": r, "update_gate": z, "candidate": n, "hidden": (1 - z) * n + z * before["carry"]}


def rnn_step(w, x, before, kind):
    a = x @ w["weight_ih"].T + before["recurrent"] @ w["weight_hh"].T + w["bias_ih"] + w["bias_hh"]
    return {"hidden": torch.tanh(a) if kind == "rnn_tanh" else torch.relu(a)}


def as_numpy(tree):
    if isinstance(tree, dict):
        return {name: as_numpy(part) for name, part in tree.items()}
    return tree.detach().numpy()
