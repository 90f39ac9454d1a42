"""First weights of a network: torch's, orthogonal, identity, chrono, and the forget gate's bias.

Every function returns a dict {weight_ih, weight_hh, bias_ih, bias_hh} of float64 arrays in torch's layout:
the blocks of the gates stacked one under the other, `blocks` of them, each with hidden_size = H rows. Two
bias vectors exist because torch has two; the network adds them, so what is meant for a gate's bias is put in
`bias_ih` and `bias_hh` is zero there (a 1 in both would be a bias of 2).
"""

import numpy as np


def uniform(rng, blocks, input_size, hidden_size):
    """torch's own start: every weight and every bias uniform in (-1/sqrt(H), 1/sqrt(H)).

    Source: the documentation of torch.nn.LSTM. The numbers are numpy's, not those torch draws from the same
    seed.
    """
    bound = 1 / np.sqrt(hidden_size)
    rows = blocks * hidden_size
    return {
        "weight_ih": rng.uniform(-bound, bound, (rows, input_size)),
        "weight_hh": rng.uniform(-bound, bound, (rows, hidden_size)),
        "bias_ih": rng.uniform(-bound, bound, rows),
        "bias_hh": rng.uniform(-bound, bound, rows),
    }


def orthogonal(rng, blocks, input_size, hidden_size):
    """Each gate's recurrent matrix orthogonal, input weights uniform with Glorot's bound, biases zero.

    An orthogonal matrix neither shrinks nor stretches a vector, so that the recurrent link alone does not
    make the gradient vanish or explode. Source: Saxe, McClelland & Ganguli (2014); bound: Glorot & Bengio
    (2010), eq. 16.
    """
    bound = np.sqrt(6 / (input_size + hidden_size))
    rows = blocks * hidden_size
    return {
        "weight_ih": rng.uniform(-bound, bound, (rows, input_size)),
        "weight_hh": np.vstack([random_rotation(rng, hidden_size) for _ in range(blocks)]),
        "bias_ih": np.zeros(rows),
        "bias_hh": np.zeros(rows),
    }


def identity(rng, blocks, input_size, hidden_size):
    """The RNN that starts by copying its state: recurrent matrix the identity, biases zero.

    With relu every unit keeps what it holds until an input changes it, and the gradient of a unit that is on
    passes unchanged. Input weights as torch's. Source: Le, Jaitly & Hinton (2015).
    """
    weights = uniform(rng, blocks, input_size, hidden_size)
    return weights | {
        "weight_hh": np.vstack([np.eye(hidden_size) for _ in range(blocks)]),
        "bias_ih": np.zeros(blocks * hidden_size),
        "bias_hh": np.zeros(blocks * hidden_size),
    }


def random_rotation(rng, size):
    """A random orthogonal (size, size) matrix, all equally likely: QR of a Gaussian matrix, signs fixed."""
    q, r = np.linalg.qr(rng.standard_normal((size, size)))
    return q * np.where(np.diag(r) < 0, -1.0, 1.0)


def set_gate_bias(weights, block, value):
    """Set one gate's bias (block 0, 1, ...) to `value`, a number or (H,): all in bias_ih, none in bias_hh."""
    hidden_size = weights["weight_hh"].shape[1]
    rows = slice(block * hidden_size, (block + 1) * hidden_size)
    weights["bias_ih"][rows] = value
    weights["bias_hh"][rows] = 0.0


def chrono_bias(rng, hidden_size, max_lag):
    """Biases (H,) that make units forget over 2 to `max_lag` steps: log u, u uniform in (1, max_lag - 1).

    A gate with bias b and no other input stays at f = sigmoid(b), so that what it keeps decays over about
    1 / (1 - f) = 1 + e^b steps. Source: Tallec & Ollivier (2018), "Can recurrent neural networks warp time?"
    Raises ValueError if max_lag is below 3.
    """
    if max_lag is None or isinstance(max_lag, bool) or not isinstance(max_lag, (int, float, np.number)):
        raise TypeError(f"max_lag is {max_lag!r}, expected a number of steps: scheme='chrono' needs "
                        "max_lag=, the longest dependency the network should be able to bridge.")
    if not 3 <= max_lag < np.inf:
        raise ValueError(f"max_lag is {max_lag}, expected at least 3 steps.")
    return np.log(rng.uniform(1, max_lag - 1, hidden_size))
