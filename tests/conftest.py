"""Fixtures of all tests, and who may run beside whom."""

import pytest
from shared import Site, build_once, one_turn, served


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """With several processes (pytest -n 2) a test that measures time waits until no other one runs."""
    with one_turn(alone=item.get_closest_marker("alone") is not None):
        return (yield)


@pytest.fixture(scope="session")
def site():
    """The built and served book, see `Site`."""
    folder = build_once()
    with served(folder) as url:
        yield Site(folder, url)
