from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest

from agent.events import CandidateSaid, SessionStarted
from agent.store.sqlite import LogStore

_ROUNDS = 40


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
    chance, acknowledged = random.Random(9), 0
    for number in range(_ROUNDS):
        answers = chance.randint(0, 12) if number % 3 else 0
        saved = _play_and_kill(players, database, answers=answers, then=chance.uniform(0, 0.01 if answers else 0.06))
        assert len(saved) >= answers
        acknowledged = _look(database, max([acknowledged, *saved]))
    assert acknowledged > 10 * _ROUNDS


def _play_and_kill(players: subprocess.Popen[str], database: Path, *, answers: int, then: float) -> list[int]:
    """The lengths that a player was told before it was killed: so many seconds after so many answers."""
    players.stdin.write(f"{database}\n")
    players.stdin.flush()
    lines = iter(players.stdout.readline, "dead\n")
    player = int(next(lines).removeprefix("player"))
    saved = [_length(line) for line in islice(lines, answers)]
    time.sleep(then)
    os.kill(player, signal.SIGKILL)
    return saved + [_length(line) for line in lines]


def _length(line: str) -> int:
    assert line.endswith("\n")
    return int(line.removeprefix("saved"))


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
