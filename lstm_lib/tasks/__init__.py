"""The tasks the book's networks are trained on; each is a generator with its own exact rule."""

from . import agreement

__all__ = ["agreement"]
