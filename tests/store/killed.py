"""Run by test_kill: forks players of one session, each of which appends turns until it is killed.

Every line read asks for a player; printed are its process id, each length that an append returned, and its end.
"""

from __future__ import annotations

import os
import sys
from itertools import count

from alembic import command  # noqa: F401  (loaded before the fork, so that players start at once)

from agent.errors import SessionNotFound
from agent.events import CandidateSaid, Mode, SessionStarted
from agent.store.sqlite import LogStore


def tell(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def play(database: str) -> None:
    store = LogStore.open(database)
    try:
        length = len(store.read("one"))
    except SessionNotFound:
        pins: dict[str, str] = {}
        first = SessionStarted(at=0, session="one", scenario="s", mode=Mode.PRACTICE, seed=1, minutes=5, pins=pins, package="0")
        length = store.append("one", 0, [first])
        tell(f"saved {length}")
    for turn in count():
        size = 1 + (length + turn) % 7
        events = [CandidateSaid(at=seq, text=f"{seq} " + "word " * (seq % 400)) for seq in range(length, length + size)]
        length = store.append("one", length, events)
        tell(f"saved {length}")


for database in sys.stdin:
    child = os.fork()
    if child == 0:
        tell(f"player {os.getpid()}")
        play(database.strip())
    os.waitpid(child, 0)
    tell("dead")
