"""Fixtures of all tests, and who may run beside whom."""

import pytest
from executed import Executed
from shared import Site, build_once, one_turn, served

TURN = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """With several processes (pytest -n 2) a test that measures time waits until no other one runs."""
    with one_turn(alone=item.get_closest_marker("alone") is not None) as item.stash[TURN]:
        return (yield)


@pytest.fixture
def quiet(request):
    """`with quiet():` no other test runs, for those that prepare something before they measure time."""
    return request.node.stash[TURN].alone


@pytest.fixture(scope="session")
def executed(tmp_path_factory, request):
    """Gives the executed cells of a page, see `Executed`; each page is executed once in a test run."""
    folder = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):  # one process of several: they share what is above
        folder = folder.parent
    return Executed(folder / "executed")


@pytest.fixture(scope="session")
def site(executed):
    """The built and served book, see `Site`."""
    folder = build_once(executed.keep_for_the_site)
    with served(folder) as url:
        yield Site(folder, url)
