from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from agent.events import CandidateSaid, SessionStarted
from agent.store.sqlite import LogStore

_ROUNDS = 60


@pytest.fixture
def players():
    """A process that starts players of a session on demand."""
    script = Path(__file__).with_name("killed.py")
    process = subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        yield process
        process.stdin.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_acknowledged_event_is_lost_or_doubled_by_kill_9_at_any_point(players, database):
    acknowledged, chance = 0, random.Random(9)
    killed_before_an_answer = 0
    for number in range(_ROUNDS):
        saved = _play_and_kill(players, database, after=chance.uniform(0, 0.12 if number % 3 else 0.02))
        killed_before_an_answer += not saved
        acknowledged = max([acknowledged, *saved])
        acknowledged = _look(database, acknowledged)
    assert acknowledged > _ROUNDS
    assert 0 < killed_before_an_answer < _ROUNDS


def _play_and_kill(players: subprocess.Popen[str], database: Path, *, after: float) -> list[int]:
    """The lengths that a player was told before it was killed, so many seconds after it started."""
    players.stdin.write(f"{database}\n")
    players.stdin.flush()
    lines = iter(players.stdout.readline, "dead\n")
    saved = []
    for line in lines:
        kind, number = line.split()
        if kind == "saved":
            saved.append(int(number))
            continue
        time.sleep(after)
        os.kill(int(number), signal.SIGKILL)
    return saved


def _look(database: Path, acknowledged: int) -> int:
    """Checks the log, plays one turn on, and says how long it is now."""
    with LogStore.open(database) as store:
        if not store.sessions():
            assert acknowledged == 0
            return 0
        log = store.read("one")
        assert len(log) >= acknowledged
        assert isinstance(log[0], SessionStarted)
        assert [int(event.text.split()[0]) for event in log[1:]] == list(range(1, len(log)))
        assert store.sessions()[0].turns == len(log) - 1
        return store.append("one", len(log), [CandidateSaid(at=1, text=f"{len(log)} after the crash")])
