"""One symbol after the other without end: what an LSTM keeps and computes for the next one, and what
attention does.

An LSTM keeps c and h, whatever came before. A causal Transformer block keeps the key and the value of every
symbol so far (otherwise it would compute all of them again) and compares the new one with each:

    LSTM     2 H numbers kept,     4 H (I + H) + 3 H multiplications a symbol
    block    2 n d numbers kept,   4 d^2 + 2 d f + 2 n d multiplications for symbol number n

n counts the new symbol too; divisions and the few multiplications of the norms are left out. Sources:
Hochreiter & Schmidhuber (1997), Gers et al. (2000); Vaswani et al. (2017), sections 3.2 and 3.3, the norm
before each part. Weights are random, float32: only cost is asked here.
"""

from __future__ import annotations

from time import perf_counter_ns

import numpy as np

from lstm_lib import arrays

WIDTH, HEADS = 64, 4
POSITIONS = tuple(2**k for k in range(13))  # 1 to 4096


class LstmStream:
    """An LSTM with as many inputs as units that reads symbol by symbol. width: H = I."""

    def __init__(self, width: int = WIDTH, seed=0):
        self.width = arrays.whole_number("width", width, 1, None)
        rng = arrays.random_numbers(seed)
        bound = width**-0.5
        self.weight = rng.uniform(-bound, bound, (4 * width, 2 * width)).astype(np.float32)
        self.bias = rng.uniform(-bound, bound, (2, 4 * width)).astype(np.float32)
        self.hidden, self.cell = np.zeros((2, width), np.float32)

    def step(self, x: np.ndarray) -> np.ndarray:
        """Read x (I,): h (H,)."""
        H = self.width
        sums = self.weight @ np.concatenate([x, self.hidden]) + self.bias[0] + self.bias[1]
        gates = 1 / (1 + np.exp(-sums[: 3 * H]))
        self.cell = gates[:H] * self.cell + gates[H : 2 * H] * np.tanh(sums[3 * H :])
        self.hidden = gates[2 * H :] * np.tanh(self.cell)
        return self.hidden

    @property
    def parameters(self) -> int:
        """Weights and biases, two biases as in torch."""
        return self.weight.size + self.bias.size

    def kept(self, n: int) -> int:
        """How many numbers are kept from one symbol to the next after n symbols: always 2H."""
        return self.hidden.size + self.cell.size

    def multiplications(self, n: int) -> int:
        """How many multiplications symbol number n costs: always the same."""
        return self.weight.size + 3 * self.width


class AttentionStream:
    """A causal Transformer block with a cache that reads symbol by symbol.

    width d, a whole multiple of `heads`; inner width f, None for the one that gives it as many parameters as
    an LstmStream of the same width; longest: how many symbols the cache has room for.
    """

    def __init__(self, width: int = WIDTH, heads: int = HEADS, inner: int | None = None, longest: int = 4096,
                 seed=0):  # fmt: skip
        d = self.width = arrays.whole_number("width", width, 1, None)
        self.heads = arrays.whole_number("heads", heads, 1, None)
        if d % heads:
            raise ValueError(f"width is {d}, heads {heads}: give a width that is a whole multiple of heads.")
        if inner is None:
            inner = round((8 * d * d + 8 * d - (4 * d * d + 4 * d) - 5 * d) / (2 * d + 1))
        rng = arrays.random_numbers(seed)

        def layer(rows, columns):
            bound = columns**-0.5
            return rng.uniform(-bound, bound, (rows, columns + 1)).astype(np.float32)

        self.norms = np.stack([np.ones((2, d)), np.zeros((2, d))], axis=1).astype(np.float32)
        self.queries, self.mix = layer(3 * d, d), layer(d, d)
        self.wide, self.narrow = layer(inner, d), layer(d, inner)
        self.keys = np.zeros((heads, longest, d // heads), np.float32)
        self.values = np.zeros_like(self.keys)
        self.length = 0

    def step(self, x: np.ndarray) -> np.ndarray:
        """Read x (d,): the block's output (d,). ValueError when the cache is full."""
        n = self.length + 1
        if n > self.keys.shape[1]:
            raise ValueError(f"The cache has room for {n - 1} symbols and is full: give a larger `longest`.")
        query, key, value = _linear(self.queries, _norm(x, self.norms[0])).reshape(3, self.heads, -1)
        self.keys[:, n - 1], self.values[:, n - 1] = key, value
        self.length = n
        scores = (self.keys[:, :n] @ query[..., None])[..., 0] * np.float32((self.width / self.heads) ** -0.5)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        x = x + _linear(self.mix, (shares[:, None] @ self.values[:, :n]).ravel())
        return x + _linear(self.narrow, np.maximum(_linear(self.wide, _norm(x, self.norms[1])), 0))

    @property
    def parameters(self) -> int:
        """Weights and biases, those of the norms included."""
        return sum(part.size for part in (self.norms, self.queries, self.mix, self.wide, self.narrow))

    def kept(self, n: int) -> int:
        """How many numbers are kept after n symbols: a key and a value of each."""
        return 2 * n * self.width

    def multiplications(self, n: int) -> int:
        """How many multiplications symbol number n costs: by the weights, with n keys, with n values."""
        weights = (self.queries, self.mix, self.wide, self.narrow)
        return sum(part[:, :-1].size for part in weights) + 2 * n * self.width


STREAMS = {"lstm": LstmStream, "attention": AttentionStream}


def microseconds(name: str, positions=POSITIONS, repeats: int = 200, seed=0) -> list[float]:
    """The median time of symbol number n, for each n of `positions`; the state is what it would be there.

    name: "lstm" or "attention". Times are of this computer, numpy on one core; the caches hold random keys
    and values before that, whose numbers do not change the time.
    """
    stream = STREAMS[arrays.one_of("name", name, tuple(STREAMS))](seed=seed)
    rng = np.random.default_rng(seed)
    symbols = rng.standard_normal((repeats, stream.width)).astype(np.float32)
    if name == "attention":
        stream.keys[:] = rng.standard_normal(stream.keys.shape)
        stream.values[:] = rng.standard_normal(stream.values.shape)
    found = []
    for n in positions:
        times = []
        for x in symbols:
            if name == "attention":
                stream.length = n - 1
            start = perf_counter_ns()
            stream.step(x)
            times.append(perf_counter_ns() - start)
        found.append(float(np.median(times)) / 1000)
    return found


def _linear(layer, x):
    """Weights with their bias as the last column, times x."""
    return layer[:, :-1] @ x + layer[:, -1]


def _norm(x, scale):
    """Mean 0 and variance 1 over the numbers of x; scale (2, d): factor and shift."""
    return (x - x.mean()) / np.sqrt(x.var() + np.float32(1e-5)) * scale[0] + scale[1]
