"""The tasks the book's networks are trained on; each is a generator with its own exact rule.

agreement: gender agreement over a distance, the book's own. adding, temporal_order, latch, reber: experiments
4, 6a, 3a and 1 of Hochreiter & Schmidhuber (1997). trial: one of eight networks on one of these.
"""

from . import adding, agreement, latch, reber, temporal_order, trial

__all__ = ["adding", "agreement", "latch", "reber", "temporal_order", "trial"]
