"""Random numbers that Python and the explorables share: the same from the same seed, in both languages.

numpy's generators do not exist in the browser. This one is counter-based, so that it is a few lines in
either language (frontend/src/core/random.ts) and fills a whole array at once here: number k of a stream is
the hash of k. The hash is the finaliser of MurmurHash3, twice, with the seed and the stream mixed in; good
enough to start a network, not for secrets.
"""

import numpy as np

from lstm_lib import arrays

_GOLDEN = np.uint32(0x9E3779B9)  # 2^32 / golden ratio: spreads the counters over all 32 bits


class SharedRandom:
    """A stream of numbers from a seed; has the methods of numpy's Generator that `initialise` calls.

    seed and stream: whole numbers from 0; each pair gives other numbers. Every call goes on where the last
    one ended.
    """

    def __init__(self, seed, stream=0):
        seed = arrays.whole_number("seed", seed, 0, 2**32)
        stream = arrays.whole_number("stream", stream, 0, 2**32)
        given = np.array([seed, stream], np.uint32)
        self._key = _mixed(_mixed(given[:1] + _GOLDEN) + given[1:] * _GOLDEN)
        self._used = 0

    def random(self, size):
        """Numbers above 0 and below 1, equally likely: (k + 1/2) / 2^32 for a 32-bit whole number k."""
        count = int(np.prod(size))
        index = np.arange(self._used, self._used + count, dtype=np.uint64).astype(np.uint32)
        self._used += count
        return ((_mixed(_mixed(index * _GOLDEN + self._key)) + 0.5) / 2.0**32).reshape(size)

    def uniform(self, low, high, size):
        """Numbers from `low` to `high`, equally likely."""
        return low + (high - low) * self.random(size)

    def standard_normal(self, size):
        """Normal numbers, mean 0 and variance 1, by Box and Muller: two uniform numbers for each."""
        radius, angle = self.random((int(np.prod(size)), 2)).T
        return (np.sqrt(-2 * np.log(radius)) * np.cos(2 * np.pi * angle)).reshape(size)


def _mixed(x):
    """Every bit of x (an array of uint32) made to depend on all the others."""
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    x = (x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return x ^ (x >> np.uint32(16))
