"""What a simulated session shows, and that it depends on the unit alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agent.errors import InputError
from agent.evaluation.scenes.session import SimulatedSession
from agent.evaluation.scenes.unit import Unit
from agent.evaluation.scenes.work import Workshop, do

Sessions = Sequence[SimulatedSession]


def test_a_session_is_the_same_after_others_and_by_text(units: Sequence[Unit], sessions: Sessions, place: Workshop) -> None:
    assert place.do(units[2]) == sessions[2]
    assert SimulatedSession.model_validate_json(do(units[0].model_dump_json())) == sessions[0]


def test_the_arc_the_ledger_and_the_grade_are_there(sessions: Sessions) -> None:
    weak, _, strong, _ = sessions
    assert (weak.candidate, strong.candidate, strong.seed, strong.arc.ended) == ("weak", "strong", 1, "arc_finished")
    assert (strong.arc.left_out, strong.problems, strong.missing_twists, strong.kept) == ((), (), (), ())
    assert (weak.told, len(weak.kept)) == ((), len(strong.told))
    assert (weak.grade.score or 0) < (strong.grade.score or 0)
    assert strong.grade.rubric.startswith("core@")


def test_a_twist_says_when_it_came_and_whether_it_was_ignored(sessions: Sessions) -> None:
    weak, _, strong, _ = sessions
    assert [(one.outcome, one.forced) for one in weak.twists] == [("ignored", True)]
    assert [one.outcome for one in strong.twists] == ["answered"]
    assert 0 < strong.twists[0].turn <= strong.arc.turns


def test_a_worker_with_another_scene_or_package_refuses(units: Sequence[Unit], place: Workshop) -> None:
    with pytest.raises(InputError, match="another version of the scene, the candidate or Hotseat"):
        place.do(units[0].model_copy(update={"key": "0" * 64}))
    with pytest.raises(InputError, match="there is no scenario 'nowhere'"):
        do(units[0].model_copy(update={"scenario": "nowhere"}).model_dump_json())


def test_keys_tell_scenes_candidates_and_seeds_apart(units: Sequence[Unit]) -> None:
    assert len({unit.key for unit in units}) == len(units) == 4
