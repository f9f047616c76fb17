"""A playing process is killed at many moments: what was replied to on the screen is saved, once and in order, and play goes on."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from agent.events import CandidateSaid, Event
from agent.scene import Scene, effective, fold
from agent.store import LogStore

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

ANSWERS = [f"Number {number}: a missed parcel costs {number} euros more than a check." for number in range(1, 30)]
_REPLIED = re.compile(r"^⌨?(?:You|Your answer): (.*)\n+Parcels: ", re.MULTILINE)
_MOMENTS = ("start-up", "start-up", "loading", "turn", "turn", "turn", "turn", "grading")
_ROUNDS = 26


def test_kill_9_at_any_moment_loses_no_answer_and_doubles_none(launch, hotseat, parcels, tmp_path):
    chance, killed = random.Random(29), 0
    for number in range(_ROUNDS):
        database = tmp_path / f"{number // 6}.db"
        before = _unfinished(database)
        playing = launch(*_going_on(before), stdin=_rest(before), HOTSEAT_DB=str(database), **parcels)
        _wait_for(_MOMENTS[number % len(_MOMENTS)], playing, database, chance)
        playing.kill()
        killed += playing.wait().code == -signal.SIGKILL
        _check(before, _saved(database), _REPLIED.findall(playing.out))
    assert killed >= 24
    _play_to_the_end(hotseat, database, parcels)


def test_kill_9_of_a_terminal_at_any_moment(terminal, hotseat, parcels, tmp_path):
    chance, database = random.Random(31), tmp_path / "sessions.db"
    for _ in range(8):
        before = _unfinished(database)
        shown = terminal(*_going_on(before), "--fast", HOTSEAT_DB=str(database), **parcels)
        if not before:
            shown.see("Press Enter")
            shown.type("\r")
        for answer in _rest(before).splitlines()[: chance.randint(1, 3)]:
            if "Report: " in shown.see("⌨|Report: "):
                break
            shown.type(f"{answer}\r")
        time.sleep(chance.uniform(0, 0.2))
        shown.kill()
        _check(before, _saved(database), _REPLIED.findall(shown.text))
    _play_to_the_end(hotseat, database, parcels)


def _going_on(before: Sequence[Event]) -> tuple[str, ...]:
    return ("resume", "last", "--plain") if before else ("play", "parcels", "--seed", "7", "--plain")


def _rest(before: Sequence[Event]) -> str:
    return "\n".join(ANSWERS[len(_said(before)) :])


def _wait_for(moment: str, playing: Any, database: Path, chance: random.Random) -> None:
    if moment == "loading":
        _until(lambda: "Parcels: " in playing.out)
    elif moment == "turn":
        replies = chance.randint(1, 4)
        _until(lambda: len(_REPLIED.findall(playing.out)) >= replies or "Report: " in playing.out)
    elif moment == "grading":
        _until(lambda: bool(_scene(_saved(database))["ended"]))
    time.sleep(chance.uniform(0, 0.3 if moment in ("start-up", "loading") else 0.06))


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.003)


def _check(before: list[Event], after: list[Event], replied: list[str]) -> None:
    heard, said = len(_said(before)), _said(after)
    assert after[: len(before)] == before
    assert said == ANSWERS[: len(said)]
    assert replied == said[heard : heard + len(replied)]
    assert _scene(after)["turns"] == len(said)
    assert [event.type for event in after].count("graded") <= 1


def _play_to_the_end(hotseat: Any, database: Path, parcels: dict[str, str]) -> None:
    before = _unfinished(database)
    done = hotseat(*_going_on(before), stdin=_rest(before), HOTSEAT_DB=str(database), **parcels)
    assert done.code == 0, done.err
    assert "Report: " in done.out
    after = _saved(database)
    _check(before, after, _REPLIED.findall(done.out))
    assert _scene(after)["ended"]
    assert [event.type for event in after].count("graded") == 1


def _said(events: Sequence[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, CandidateSaid)]


def _scene(events: Sequence[Event]) -> Scene:
    return fold(effective(events))


def _unfinished(database: Path) -> list[Event]:
    """The log of the session played last, unless it is over."""
    saved = _saved(database)
    return [] if _scene(saved)["ended"] else saved


def _saved(database: Path) -> list[Event]:
    with LogStore.open(database) as store:
        return [event for row in store.sessions(limit=1) for event in store.read(row.id)]
