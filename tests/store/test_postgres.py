"""The same store on a PostgreSQL server; its URL in HOTSEAT_TEST_POSTGRES. The database should be empty."""

from __future__ import annotations

import os
from threading import Barrier, Thread

import pytest

from agent.errors import SequenceConflict, SessionNotFound, StoreUnwritable
from agent.events import CandidateSaid
from agent.store.sqlite import LogStore

_URL = os.environ.get("HOTSEAT_TEST_POSTGRES", "")

pytestmark = pytest.mark.skipif(not _URL, reason="no PostgreSQL server in HOTSEAT_TEST_POSTGRES")


@pytest.fixture
def server():
    with LogStore.open(_URL) as store:
        yield store
        for row in store.sessions():
            store.delete(row.id)


def test_a_session_is_kept_listed_found_and_deleted(server, start, turn):
    odd = CandidateSaid(at=1, text="\x00\udcff\u2028 é")
    server.append("one", 0, [start(), *turn(1), odd])
    assert server.read("one") == [start(), *turn(1), odd]
    assert [(row.id, row.turns) for row in server.sessions()] == [("one", 2)]
    assert (server.resolve("on"), server.resolve("last")) == ("one", "one")
    server.delete("one")
    with pytest.raises(SessionNotFound):
        server.read("one")


def test_a_session_cannot_begin_twice_or_be_played_twice(server, start, turn):
    server.append("one", 0, [start()])
    for expected, events in [(0, [start()]), (3, turn(1))]:
        with pytest.raises(SequenceConflict, match="another terminal"):
            server.append("one", expected, events)
    assert server.read("one") == [start()]


def test_of_writers_at_once_one_wins(server, start, turn):
    server.append("one", 0, [start()])
    barrier = Barrier(4)
    outcomes: list[int | None] = []

    def write(number: int) -> None:
        with LogStore.open(_URL) as mine:
            barrier.wait()
            try:
                outcomes.append(mine.append("one", 1, turn(number)))
            except SequenceConflict:
                outcomes.append(None)

    threads = [Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [5, None, None, None]
    assert len(server.read("one")) == 5


def test_a_server_that_does_not_answer_is_named_without_its_password():
    with pytest.raises(StoreUnwritable, match=r"postgres:\*\*\*@127.0.0.1:1/x cannot be reached"):
        LogStore.open("postgresql://postgres:secret@127.0.0.1:1/x")
