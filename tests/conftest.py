"""Fixtures of all tests."""

import pytest
from shared import Site, build_once, served


@pytest.fixture(scope="session")
def site():
    """The built and served book, see `Site`."""
    folder = build_once()
    with served(folder) as url:
        yield Site(folder, url)
