from __future__ import annotations

import stat
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from threading import Barrier, Thread
from typing import get_args
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.errors import SequenceConflict, SessionNotFound, StoreError
from agent.events import CandidateSaid, Ended, EndReason, Event, Graded, Mode, Retracted, SessionStarted
from agent.store.jsonl import import_jsonl, to_jsonl
from agent.store.sqlite import LogStore

_FINITE = st.floats(allow_nan=False, allow_infinity=False)
_ANY_TEXT = st.text(st.characters())
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _FINITE | _ANY_TEXT, lambda inner: st.lists(inner) | st.dictionaries(_ANY_TEXT, inner)
)
_OBJECT = st.dictionaries(_ANY_TEXT, _JSON, max_size=4)
_FIELDS = {
    "at": st.floats(min_value=0, allow_infinity=False),
    "seconds": _FINITE,
    "minutes": _FINITE,
    "text": _ANY_TEXT,
    "seen": _OBJECT,
    "added": _OBJECT,
    "report": _OBJECT,
}
_LATER = [kind for kind in get_args(get_args(Event)[0]) if kind is not SessionStarted]
_EVENTS = st.one_of([st.builds(kind, **{name: _FIELDS[name] for name in kind.model_fields if name in _FIELDS}) for kind in _LATER])


def test_what_was_appended_is_read_after_opening_again(database, start, turn):
    with LogStore.open(database) as store:
        assert store.append("one", 0, [start()]) == 1
        assert store.append("one", 1, turn(1)) == 5

    with LogStore.open(database) as store:
        assert store.read("one") == [start(), *turn(1)]


@pytest.fixture(scope="module")
def two_stores(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    with LogStore.open(folder / "a.db") as store, LogStore.open(folder / "b.db") as other:
        yield store, other, folder / "log.jsonl"


@settings(deadline=None, max_examples=80)
@given(chunks=st.lists(st.lists(_EVENTS, max_size=4), max_size=6))
def test_any_chunking_of_any_events_is_read_as_it_was_and_survives_export_and_import(start, two_stores, chunks):
    store, other, file = two_stores
    name = f"s{uuid4()}"
    log = [start(name), *(event for chunk in chunks for event in chunk)]

    length = store.append(name, 0, log[:1])
    for chunk in chunks:
        length = store.append(name, length, chunk)
    assert (length, store.read(name)) == (len(log), log)

    file.write_text(to_jsonl(log), encoding="ascii")
    assert import_jsonl(other, file) == name
    assert to_jsonl(other.read(name)) == to_jsonl(log)
    assert other.sessions() == store.sessions()


def test_file_and_folder_belong_to_the_owner_alone(database, store, start):
    store.append("one", 0, [start()])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (database.parent, *database.parent.iterdir())}
    assert modes == {"data": 0o700, "sessions.db": 0o600, "sessions.db-wal": 0o600, "sessions.db-shm": 0o600}


def test_an_sqlite_url_opens_the_same_file_as_its_path(database, store, start):
    store.append("one", 0, [start()])
    with LogStore.open(f"sqlite:///{database}") as other:
        assert other.read("one") == [start()]


def test_the_second_of_two_terminals_is_told_and_nothing_of_its_step_is_saved(database, store, start, turn):
    store.append("one", 0, [start()])
    with LogStore.open(database) as other:
        store.append("one", 1, turn(1))
        with pytest.raises(SequenceConflict, match="another terminal plays session 'one': its log is 5 events long, not 1"):
            other.append("one", 1, turn(2))
        assert other.read("one") == [start(), *turn(1)]
        assert other.append("one", 5, turn(2)) == 9


def test_a_session_cannot_begin_twice(store, start, turn):
    store.append("one", 0, [start(), *turn(1)])
    with pytest.raises(SequenceConflict, match="5 events long, not 0"):
        store.append("one", 0, [start()])
    assert store.append("one", 5, turn(2)) == 9


def test_writers_racing_for_one_session_never_share_a_place(database, store, start, turn):
    store.append("one", 0, [start()])
    barrier, done = Barrier(4), []

    def race(number: int) -> None:
        with LogStore.open(database) as mine:
            barrier.wait()
            for step in range(25):
                expected = len(mine.read("one"))
                try:
                    mine.append("one", expected, turn(1000 * number + step))
                except SequenceConflict:
                    continue
                done.append(turn(1000 * number + step)[0].text)

    threads = [Thread(target=race, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = [event.text for event in store.read("one") if isinstance(event, CandidateSaid)]
    assert sorted(said) == sorted(done)
    assert len(done) >= 25


def test_one_store_serves_several_threads(store, start, turn):
    def play(session: str) -> None:
        length = store.append(session, 0, [start(session)])
        for number in range(20):
            length = store.append(session, length, turn(number))

    threads = [Thread(target=play, args=(f"s{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {row.id: row.turns for row in store.sessions()} == {f"s{number}": 20 for number in range(4)}


@pytest.mark.parametrize("events", [[], [CandidateSaid(at=1, text="hello")]])
def test_a_log_starts_with_its_start(store, events):
    with pytest.raises(StoreError, match="does not start with"):
        store.append("one", 0, events)
    assert store.sessions() == []


def test_a_log_starts_with_the_start_of_that_session(store, start):
    with pytest.raises(StoreError, match="does not start with"):
        store.append("two", 0, [start("one")])


@pytest.mark.parametrize("name", ["last", "", "../etc", "a b", "\x1b[31m", "a" * 101, "\udcff"])
def test_a_session_has_a_name_that_can_be_typed(store, start, name):
    with pytest.raises(StoreError, match="cannot name a session"):
        store.append(name, 0, [start(name)])


@pytest.mark.parametrize("at", [float("nan"), float("inf")])
def test_an_event_that_json_cannot_hold_is_refused_whole(store, start, at):
    store.append("one", 0, [start()])
    with pytest.raises(StoreError, match="'candidate_said' cannot be stored"):
        store.append("one", 1, [CandidateSaid(at=1, text="a"), CandidateSaid(at=at, text="b")])
    assert store.read("one") == [start()]


def test_text_that_no_database_holds_is_refused(store, start):
    with pytest.raises(StoreError, match="cannot hold this text"):
        store.append("one", 0, [start().model_copy(update={"scenario": "\udcff"})])
    assert store.sessions() == []


def test_what_is_not_there_is_named_with_what_is_near(store, start, turn):
    store.append("brave-otter", 0, [start("brave-otter")])
    for ask in (store.read, store.delete, store.resolve, lambda name: store.append(name, 3, turn(1))):
        with pytest.raises(SessionNotFound, match="no session 'brave-oter'; did you mean 'brave-otter'"):
            ask("brave-oter")


def test_a_prefix_stands_for_the_one_session_it_fits(store, start):
    for number, name in enumerate(["calm-fox", "calm-fox-2", "calm-owl", "Calm"]):
        store.append(name, 0, [start(name, at=number)])

    assert store.resolve("calm-o") == "calm-owl"
    assert store.resolve("calm-fox") == "calm-fox"
    assert store.resolve("C") == "Calm"
    with pytest.raises(StoreError, match="several sessions begin with 'calm': calm-fox, calm-fox-2, calm-owl"):
        store.resolve("calm")
    for nothing in ("", "%", "_", "calm%", "\udcff"):
        with pytest.raises(SessionNotFound):
            store.resolve(nothing)


def test_last_is_the_session_played_last(store, start, turn):
    with pytest.raises(SessionNotFound, match="'last'"):
        store.resolve("last")
    store.append("early", 0, [start("early", at=1)])
    store.append("late", 0, [start("late", at=50)])
    assert store.resolve("last") == "late"
    store.append("early", 1, turn(1))
    assert store.resolve("last") == "early"


def test_the_list_tells_how_far_each_session_is(store, start, turn):
    store.append("done", 0, [start("done", at=90, mode=Mode.ASSESSED), *turn(1)])
    store.append("done", 5, [*turn(2), Retracted(at=103, since=5), Ended(at=104, reason=EndReason.LEFT)])
    store.append("done", 11, [Graded(at=105, report={"overall": {"score": 3.25}})])
    store.append("open", 0, [start("open", at=200)])

    opened, done = store.sessions()
    assert (opened.id, opened.turns, opened.ended, opened.overall) == ("open", 0, None, None)
    assert (done.id, done.scenario, done.mode, done.started_at, done.last_at) == ("done", "fraud", "assessed", 90, 105)
    assert (done.turns, done.ended, done.overall) == (2, EndReason.LEFT, 3.25)
    assert store.sessions(limit=1) == [opened]


def test_deleted_text_is_gone_from_the_disk(database, store, start):
    store.append("one", 0, [start(), CandidateSaid(at=1, text="my secret employer " * 40)])
    store.append("two", 0, [start("two")])
    assert _on_disk(database, b"my secret employer")

    store.delete("one")

    assert not _on_disk(database, b"my secret employer")
    assert [row.id for row in store.sessions()] == ["two"]
    with pytest.raises(SessionNotFound):
        store.read("one")


def test_a_session_played_while_it_is_deleted_ends_in_a_sentence(store, start, turn):
    store.append("one", 0, [start()])
    store.delete("one")
    with pytest.raises(SessionNotFound):
        store.append("one", 1, turn(1))


def test_storage_per_turn_is_flat(database, start, turn):
    with LogStore.open(database) as store:
        store.append("one", 0, [start(), *turn(1)])
    sizes = [_size_after(database, turn, range(first, last)) for first, last in [(2, 6), (6, 71), (71, 136), (136, 201)]]
    early, middle, late = (after - before for before, after in pairwise(sizes))
    assert early / 65 < 3000
    assert max(early, middle, late) <= 1.15 * min(early, middle, late)


def _size_after(database: Path, turn, numbers: range) -> int:
    with LogStore.open(database) as store:
        for number in numbers:
            store.append("one", 1 + 4 * (number - 1), turn(number))
    return database.stat().st_size


def test_a_long_answer_and_large_numbers_are_kept(store, start):
    events = [start(), CandidateSaid(at=2**52 + 0.5, text="\x00\u2028é😀" * 50_000, seconds=1e-300)]
    store.append("one", 0, events)
    assert store.read("one") == events


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("mysql://root@localhost/x", "no store for 'mysql'"),
        ("nonsense://", "no store for 'nonsense'"),
        ("://", "URL cannot be read"),
        ("sqlite://", "kept in a file"),
        ("sqlite:///:memory:", "kept in a file"),
    ],
)
def test_a_url_that_leads_nowhere_is_refused(where, says):
    with pytest.raises(StoreError, match=says):
        LogStore.open(where)


def test_nobody_needs_the_store_to_import_the_events():
    code = "import sys, agent.events, agent.errors, agent.protocols; assert not {'sqlalchemy', 'alembic', 'sqlite3'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _on_disk(database: Path, text: bytes) -> bool:
    return any(text in path.read_bytes() for path in database.parent.iterdir())
