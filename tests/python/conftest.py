"""The shipped networks, loaded once for all the tests: nothing in them changes."""

import pytest

import lstm_lib as ll


@pytest.fixture(scope="session")
def lstm():
    return ll.load("agreement/lstm")


@pytest.fixture(scope="session")
def rnn():
    return ll.load("agreement/rnn")
