"""The embedded Reber grammar: predict the next symbol; the last but one repeats the second.

    B T <a Reber string> T E      or      B P <a Reber string> P E

Where the grammar offers two ways each is taken half of the time, so that the next symbol cannot be told,
only which ones are legal. To know the last T or P the network must hold the second symbol over the whole
string within, which is often short: the two may be only 6 places apart. Source: Hochreiter & Schmidhuber
(1997), experiment 1, who call it *not* a problem of long lags. There, too, a string is right when after every
symbol the legal next ones have the largest outputs.
"""

from __future__ import annotations

import numpy as np

from lstm_lib import arrays
from lstm_lib.tasks import episodes
from lstm_lib.tasks.episodes import Episodes

SYMBOLS = tuple("BTSXPVE")
INPUTS = OUTPUTS = len(SYMBOLS)
LOSS = "cross_entropy"
LENGTHS = ()  # the grammar decides

# The simple grammar: node -> ((symbol, next node), ...); node 7 is its end.
GRAMMAR = {
    0: (("B", 1),),
    1: (("T", 2), ("P", 3)),
    2: (("S", 2), ("X", 4)),
    3: (("T", 3), ("V", 5)),
    4: (("X", 3), ("S", 6)),
    5: (("P", 4), ("V", 6)),
    6: (("E", 7),),
}
END = 7


def embedded() -> list[tuple[tuple[str, int], ...]]:
    """The embedded grammar as a list: what may follow at each node, ((symbol, next node), ...).

    0 is the start, 1 the choice of T or P, 2 the last E, 3 the end; then the nodes 0 to 7 of the simple
    grammar twice, after T and after P, their end being the place where the second symbol comes back.
    """
    after = {"T": 4, "P": 4 + END + 1}
    edges = [(("B", 1),), tuple(after.items()), (("E", 3),), ()]
    for kept, base in after.items():
        for node in range(END):
            edges.append(tuple((symbol, base + following) for symbol, following in GRAMMAR[node]))
        edges.append(((kept, 2),))
    return edges


def sequences(n: int, seed) -> Episodes:
    """`n` strings, one-hot, without their last symbol: inputs (n, T, 7), targets (n, T) the next symbols
    (-1 after the end), legal (n, T, 7) which may come next.

    seed: a whole number or a numpy generator. Lengths are as the grammar gives them.
    """
    n = arrays.whole_number("n", n, 1, None)
    rng = arrays.random_numbers(seed)
    edges = embedded()
    ways = [row * 2 if len(row) == 1 else row or (("E", 3), ("E", 3)) for row in edges]
    symbol = np.array([[SYMBOLS.index(name) for name, _ in row] for row in ways])
    following = np.array([[node for _, node in row] for row in ways])
    nodes, path, written = np.zeros(n, int), [], []
    while (nodes != 3).any():
        way = rng.integers(0, 2, n)
        written.append(symbol[nodes, way])
        path.append(nodes)
        nodes = following[nodes, way]
    path, written = np.stack(path, axis=1), np.stack(written, axis=1)
    lengths = (path != 3).sum(axis=1) - 1
    inside = np.arange(path.shape[1] - 1) < lengths[:, None]
    may = np.array([[any(name == s for name, _ in row) for s in SYMBOLS] for row in edges])
    return Episodes(
        inputs=(np.eye(INPUTS)[written[:, :-1]] * inside[..., None]).astype(np.float32),
        lengths=lengths,
        targets=np.where(inside, written[:, 1:], -1),
        legal=may[path[:, 1:]] & inside[..., None],
    )


def right(outputs, sequences: Episodes) -> np.ndarray:
    """Which strings are right, (n,) of bool: at every step the legal symbols have the largest scores.

    outputs (n, T, 7) are scores or probabilities.
    """
    return _legal_on_top(outputs, sequences).all(axis=1)


def error(outputs, sequences: Episodes) -> float:
    """The share of predictions, over all steps, at which an illegal symbol comes before a legal one."""
    inside = sequences.targets >= 0
    return float(1 - _legal_on_top(outputs, sequences)[inside].mean())


def spelled(inputs) -> list[str]:
    """One-hot strings (n, T, 7) as text, such as BTBTXSETE without its last letter."""
    inputs = np.asarray(inputs)
    return ["".join(SYMBOLS[row.argmax()] for row in string if row.any()) for string in inputs]


def _legal_on_top(outputs, sequences):
    """(n, T): the smallest score of a legal symbol exceeds every other's; true after the end."""
    outputs = episodes.outputs_of(outputs, sequences, OUTPUTS)
    least = np.where(sequences.legal, outputs, np.inf).min(axis=-1)
    most = np.where(sequences.legal, -np.inf, outputs).max(axis=-1)
    return (least > most) | (sequences.targets < 0)
