"""An outbox with a scripted platform, open to several connections at once."""

import threading

import pytest
from django.db import connection

from tests.publishing.conftest import channel, kinds, schedule, script  # noqa: F401 (fixtures)


@pytest.fixture(autouse=True)
def real_transactions(transactional_db):
    """Each thread has a connection of its own and sees what the others commit."""


class Racer(threading.Thread):
    """A thread with a database connection of its own; ``result`` gives what it returned, or raises what it raised."""

    def __init__(self, function):
        super().__init__(daemon=True)
        self.function, self._value, self.error = function, None, None

    def run(self):
        try:
            self._value = self.function()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def result(self):
        self.join(30)
        assert not self.is_alive(), "it never came to an end"
        if self.error is not None:
            raise self.error
        return self._value


@pytest.fixture
def start():
    """Run something beside us."""

    def begin(function):
        racer = Racer(function)
        racer.start()
        return racer

    return begin


@pytest.fixture
def race(start):
    """Run all of these at the same moment; what each returned."""

    def run(*functions):
        line = threading.Barrier(len(functions))

        def from_the_line(function):
            line.wait(10)
            return function()

        racers = [start(lambda function=function: from_the_line(function)) for function in functions]
        return [racer.result() for racer in racers]

    return run
