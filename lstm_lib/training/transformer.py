"""A small Transformer encoder: every step looks at all the others instead of keeping a state.

    x_t = W input_t + p_t        one block, twice "add to x what comes out":
    attention      sum_s softmax_s(q_t . k_s / sqrt(d / heads)) v_s,    q, k, v = W_q, W_k, W_v norm(x)
    feed-forward   W_2 max(0, W_1 norm(x) + b_1) + b_2

p_t: sines and cosines of the step, so that the order is known. Source: Vaswani et al. (2017), sections 3.1 to
3.5; the norm stands before each part, not after it. It is read as `sequences.build` reads a recurrent
network: from the mean of the steps, or from the last one.
"""

import math

import numpy as np
import torch


class Encoder(torch.nn.Module):
    """inputs (n, T, I) and lengths (n,) or None give outputs (n, K); one block of width `width`."""

    def __init__(self, input_size, output_size, width, heads, inner, *, seed, read="mean", dropout=0.0):
        super().__init__()
        self.heads, self.read = heads, read
        with torch.random.fork_rng(devices=[]):  # the modules draw numbers when they are made
            self.enter = torch.nn.Linear(input_size, width)
            self.norms = torch.nn.ModuleList(torch.nn.LayerNorm(width) for _ in range(3))
            self.queries = torch.nn.Linear(width, 3 * width)  # and keys, and values
            self.mix = torch.nn.Linear(width, width)
            self.wide, self.narrow = torch.nn.Linear(width, inner), torch.nn.Linear(inner, width)
            self.dropout, self.leave = torch.nn.Dropout(dropout), torch.nn.Linear(width, output_size)
        rng = np.random.default_rng([seed, 1])
        with torch.no_grad():
            for layer in (self.enter, self.queries, self.mix, self.wide, self.narrow, self.leave):
                bound = layer.in_features**-0.5  # torch's own start, from numpy's numbers
                for weight in (layer.weight, layer.bias):
                    weight.copy_(torch.from_numpy(rng.uniform(-bound, bound, tuple(weight.shape))))

    def forward(self, inputs, lengths=None):
        """Outputs (n, K) of n sequences."""
        n, T = inputs.shape[:2]
        if lengths is None:
            lengths = torch.full((n,), T)
        inside = torch.arange(T)[None] < lengths[:, None]
        x = self.enter(inputs)
        x = x + positions(T, x.shape[-1])
        x = x + self._attention(self.norms[0](x), inside)
        x = x + self.narrow(torch.relu(self.wide(self.norms[1](x))))
        x = self.norms[2](x)
        if self.read == "mean":
            x = (x * inside[..., None]).sum(1) / lengths[:, None]
        else:
            x = x[torch.arange(n), lengths - 1]
        return self.leave(self.dropout(x))

    def _attention(self, x, inside):
        n, T, width = x.shape
        parts = self.queries(x).view(n, T, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = torch.nn.functional.scaled_dot_product_attention(*parts, attn_mask=inside[:, None, None])
        return self.mix(mixed.transpose(1, 2).reshape(n, T, width))


def positions(T: int, width: int):
    """(T, width): sines and cosines of the step, of wavelengths from 2 pi to 10 000 times that."""
    angles = torch.arange(T)[:, None] * torch.exp(torch.arange(0, width, 2) * (-math.log(10_000) / width))
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)[:, :width]


def parameter_count(input_size: int, output_size: int, width: int, inner: int) -> int:
    """How many weights and biases an Encoder has."""
    linear = ((input_size, width), (width, 3 * width), (width, width), (width, inner), (inner, width),
              (width, output_size))  # fmt: skip
    return sum((wide + 1) * out for wide, out in linear) + 3 * 2 * width


def equal_inner(input_size: int, output_size: int, width: int, wanted: int) -> int:
    """The inner width with which an Encoder has most nearly `wanted` parameters. ValueError if none has."""
    rest = wanted - parameter_count(input_size, output_size, width, 0)
    inner = round(rest / (2 * width + 1))
    if inner < 1:
        raise ValueError(
            f"width is {width}: an encoder so wide has more than {wanted} parameters; take a smaller width."
        )
    return inner
