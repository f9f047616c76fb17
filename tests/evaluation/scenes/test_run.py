"""A run keeps each session once, goes on where it was interrupted, and is nobody else's while it is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from agent.errors import InputError, InstrumentError
from agent.evaluation.scenes.folder import SESSIONS, opened, plan_of
from agent.evaluation.scenes.run import play_all
from agent.evaluation.scenes.session import SimulatedSession
from agent.evaluation.scenes.suite import SceneSuite
from agent.evaluation.scenes.unit import Unit
from agent.evaluation.scenes.work import do
from agent.evaluation.workers.processes import in_processes


class Played:
    """Hands out sessions that were played before, the last first; stops after `most`, as somebody would by Ctrl-C."""

    def __init__(self, sessions: Sequence[SimulatedSession], most: int = 100) -> None:
        self._texts = {one.key: one.model_dump_json() for one in sessions}
        self._most = most
        self.asked: list[str] = []

    def __call__(self, orders: Sequence[str]) -> Iterator[str]:
        for order in orders[::-1]:
            unit = Unit.model_validate_json(order)
            if len(self.asked) == self._most:
                raise KeyboardInterrupt
            self.asked.append(unit.name)
            yield self._texts[unit.key]


def run(folder: Path, suite: SceneSuite, units: Sequence[Unit], played: Played) -> list[SimulatedSession]:
    with opened(folder, plan_of(suite, units)) as sessions:
        play_all(units, sessions, played)
        return list(sessions.each())


def test_a_run_that_was_interrupted_goes_on_and_plays_nothing_twice(tmp_path: Path, suite, units, sessions) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, suite, units, Played(sessions, most=2))
    rest = Played(sessions)
    done = run(tmp_path, suite, units, rest)
    assert sorted(rest.asked) == sorted(unit.name for unit in units[:2])
    assert {one.key: one for one in done} == {one.key: one for one in sessions}
    assert len((tmp_path / SESSIONS).read_bytes().splitlines()) == len(units)


def test_a_torn_line_is_played_again(tmp_path: Path, suite, units, sessions) -> None:
    run(tmp_path, suite, units, Played(sessions))
    file = tmp_path / SESSIONS
    file.write_bytes(file.read_bytes()[:-9])
    again = Played(sessions)
    run(tmp_path, suite, units, again)
    assert again.asked == [units[0].name]


def test_more_seeds_go_on_and_another_scene_is_refused(tmp_path: Path, suite, units, sessions) -> None:
    run(tmp_path, suite, units[:1], Played(sessions))
    rest = Played(sessions)
    run(tmp_path, suite, units, rest)
    assert len(rest.asked) == len(units) - 1
    changed = [unit.model_copy(update={"key": "0" * 64}) for unit in units]
    with pytest.raises(InputError, match="has changed; name another folder with --out, or start over with --anew"):
        run(tmp_path, suite, changed, rest)
    with pytest.raises(InputError, match="another suite"):
        run(tmp_path, suite.model_copy(update={"id": "other"}), units, rest)


def test_two_runs_in_one_folder_are_one_too_many(tmp_path: Path, suite, units) -> None:
    plan = plan_of(suite, units)
    with opened(tmp_path, plan), pytest.raises(InputError, match="another run is at work"), opened(tmp_path, plan):
        pass


def test_what_never_comes_back_and_what_nobody_asked_for_are_told(tmp_path: Path, suite, units, sessions) -> None:
    with opened(tmp_path, plan_of(suite, units)) as kept:
        with pytest.raises(InstrumentError, match="4 sessions never came back"):
            play_all(units, kept, lambda orders: iter(()))
        with pytest.raises(InstrumentError, match="nobody waits for"):
            play_all(units[:1], kept, lambda orders: iter([sessions[3].model_dump_json()]))
        assert len(kept) == 0


def test_two_processes_play_what_one_plays(units, sessions) -> None:
    played = in_processes(do, [unit.model_dump_json() for unit in units[1:3]], 2)
    assert sorted(played) == sorted(one.model_dump_json() for one in sessions[1:3])
