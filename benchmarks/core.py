"""Speed of the numpy core beside torch: ratios of times, measured in one run and in turns.

    python benchmarks/core.py             a table
    python benchmarks/core.py --json      the same as JSON

`ratios()` returns {"forward": {"B=1": {name: ratio}, ...}, "gradients": ...}, where a ratio is the time of
the numpy core divided by the time of `name`: below 1 the core is faster. All work on the same LSTM and the
same sequences, with one thread, and are first checked to agree. What each of them keeps differs, which the
names say: nn.LSTM shows no gates and no gradient of the steps in between, the loop cell and the core show
all.
"""

import argparse
import json
import os
import subprocess
import sys
import time

STEPS, INPUT_SIZE, HIDDEN_SIZE = 100, 16, 32
BATCHES = (1, 32)
CORE = "numpy core, float64"
THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")      # a kernel forced from outside says little


def ratios(rounds=150):
    """Measure in a process of its own, where BLAS chooses its kernel and uses one thread."""
    times = measure_apart(rounds)
    return {part: {batch: {name: row[CORE] / value for name, value in row.items() if name != CORE}
                   for batch, row in rows.items()} for part, rows in times.items()}


def measure_apart(rounds=150):
    """Times in microseconds from a process of its own: {"forward": {"B=1": {name: time}}, ...}."""
    environment = {key: value for key, value in os.environ.items() if key not in UNSET} | THREADS
    command = [sys.executable, __file__, "--worker", "--rounds", str(rounds)]
    worker = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(worker.stdout)


def measure(rounds):
    """The same in this process."""
    forward, gradients = {}, {}
    for B in BATCHES:
        forward_runs, gradient_runs = contestants(B)
        forward[f"B={B}"] = in_turns(forward_runs, rounds)
        gradients[f"B={B}"] = in_turns(gradient_runs, max(rounds // 5, 5))
    return {"forward": forward, "gradients": gradients}


def in_turns(runs, rounds):
    """The shortest time of each, in microseconds; every round runs each once, so a busy moment hits all."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - start)
    return {name: seconds * 1e6 for name, seconds in best.items()}


def contestants(B):
    """Two dicts of functions to call: the forward pass, and forward and backward of L = sum of h_T."""
    import numpy as np
    import torch

    import lstm_lib as ll

    torch.set_num_threads(1)
    network = ll.LSTM.init(INPUT_SIZE, HIDDEN_SIZE, seed=0)
    x = np.random.default_rng(0).normal(size=(STEPS, B, INPUT_SIZE))
    x = x[:, 0] if B == 1 else x
    direct = np.zeros((*x.shape[:-1], HIDDEN_SIZE))
    direct[-1] = 1.0

    def core_gradients():
        gradients = network.forward(x).backward(direct)
        return gradients, np.linalg.norm(gradients.hidden, axis=-1)

    forward = {CORE: lambda: network.forward(x)}
    gradients = {CORE: core_gradients}
    for dtype in (torch.float64, torch.float32):
        precision = str(dtype).removeprefix("torch.")
        module, inputs = network.to_torch().to(dtype), torch.tensor(x, dtype=dtype)
        loop, fused = f"torch loop cell, {precision}", f"torch nn.LSTM, {precision}"

        def run_module(module=module, inputs=inputs):
            with torch.no_grad():
                return module(inputs)[0]

        def run_loop(module=module, inputs=inputs):
            with torch.no_grad():
                return loop_cell(module, inputs)["hidden"]

        def module_gradients(module=module, inputs=inputs):
            module.zero_grad()
            module(inputs)[0][-1].sum().backward()
            return module.weight_hh_l0.grad

        def loop_gradients(module=module, inputs=inputs):
            module.zero_grad()
            states = loop_cell(module, inputs, keep_gradients=True)["hidden"]
            states[-1].sum().backward()
            return torch.stack([h.grad.norm(dim=-1) for h in states])

        forward |= {loop: run_loop, fused: run_module}
        gradients |= {loop: loop_gradients, fused: module_gradients}

        tolerance = 1e-12 if dtype == torch.float64 else 1e-4
        hidden = network.forward(x).hidden
        exact, norms = core_gradients()
        for found, expected in ((run_module().numpy(), hidden),
                                (torch.stack(run_loop()).numpy(), hidden),
                                (module_gradients().numpy(), exact.weights["weight_hh"]),
                                (loop_gradients().numpy(), norms)):
            gap = np.abs(found - expected).max() / max(1.0, np.abs(expected).max())
            if gap > tolerance:
                raise RuntimeError(f"B={B}, {precision}: the results differ by {gap:.1e}, so there is "
                                   "nothing to compare.")
    return forward, gradients


def loop_cell(module, inputs, keep_gradients=False):
    """The LSTM in torch, one step at a time, with every gate kept: what one writes to look inside."""
    import torch

    W, U, b = module.weight_ih_l0, module.weight_hh_l0, module.bias_ih_l0 + module.bias_hh_l0
    h = c = inputs.new_zeros((*inputs.shape[1:-1], module.hidden_size))
    kept = {name: [] for name in ("input_gate", "forget_gate", "candidate", "output_gate", "cell", "hidden")}
    for a in inputs @ W.T + b:
        i, f, g, o = (a + h @ U.T).chunk(4, dim=-1)
        i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
        c = f * c + i * g
        h = o * torch.tanh(c)
        if keep_gradients:
            h.retain_grad()
            c.retain_grad()
        for name, value in zip(kept, (i, f, g, o, c, h), strict=True):
            kept[name].append(value)
    return kept


def table(times):
    """The times as text, with the ratio of the numpy core's time to each."""
    headings = {"forward": "Forward", "gradients": "Forward and backward"}
    keeps = {"numpy": ("all gates", "all gates, dL/dh_t and dL/dc_t by path"),
             "torch loop": ("all gates", "dL/dh_t and dL/dc_t"), "torch nn.LSTM": ("h only", "weights only")}
    lines = [f"LSTM, T={STEPS}, I={INPUT_SIZE}, H={HIDDEN_SIZE}, one thread, shortest of all rounds; "
             "ratio = numpy core / this one"]
    for column, (part, rows) in enumerate(times.items()):
        for batch, row in rows.items():
            lines.append(f"\n{headings[part]}, {batch}")
            for name, value in row.items():
                kept = next(text[column] for start, text in keeps.items() if name.startswith(start))
                lines.append(f"  {name:26} {value:9.0f} us   ratio {row[CORE] / value:6.2f}   keeps {kept}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description="Time the numpy core beside torch.")
    parser.add_argument("--json", action="store_true", help="print the ratios as JSON")
    parser.add_argument("--rounds", type=int, default=150, help="rounds of the forward pass (default 150)")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(measure(options.rounds)))
    elif options.json:
        print(json.dumps(ratios(options.rounds), indent=2))
    else:
        print(table(measure_apart(options.rounds)))


if __name__ == "__main__":
    main()
