from __future__ import annotations

import pytest

from agent.engine import Engine
from agent.errors import SessionError, WorkbenchError
from agent.events import ArtifactChanged
from agent.library import Library
from agent.library.library import shipped
from agent.repair import Repair, wrong_turn
from agent.scenario import Artifact
from agent.session import Interview
from agent.workbench.result import Outcome
from agent.workbench.run import check

SCENE = "debug-the-leak"
LIBRARY = Library((shipped(),))
BROKEN_FILES = [
    pytest.param(artifact, id=f"{name}-{artifact.id}")
    for name in LIBRARY.names("scenario")
    for artifact in LIBRARY.scenario(name).artifacts
    if artifact.test
]
HIDES_ZEROS = ("vibration = [r.vibration for r in known]", "vibration = [r.vibration for r in known if r.vibration > STILL]")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(library=LIBRARY, clock=lambda: 1_000_000.0)


@pytest.fixture
def interview(engine: Engine) -> Interview:
    started = Interview(SCENE, seed=1, engine=engine)
    started.start()
    return started


def edits(interview: Interview) -> list[ArtifactChanged]:
    return [event for event in interview.events if isinstance(event, ArtifactChanged)]


def test_there_are_at_least_four_different_files_to_repair() -> None:
    assert len({case.values[0].bug for case in BROKEN_FILES}) == len(BROKEN_FILES) >= 4


@pytest.mark.parametrize("artifact", BROKEN_FILES)
def test_the_test_of_a_file_fails_as_it_is_shipped_and_passes_when_it_is_mended(artifact: Artifact) -> None:
    outcomes = [check(artifact.file or "", text or "", artifact.test or "").result.outcome for text in (artifact.text, artifact.fixed)]
    assert outcomes == [Outcome.FAILED, Outcome.PASSED]


@pytest.mark.parametrize("artifact", BROKEN_FILES)
def test_mending_a_file_is_no_wrong_turn_and_every_wrong_turn_can_be_told(artifact: Artifact) -> None:
    assert wrong_turn(artifact, artifact.text, artifact.fixed or "") is None
    assert artifact.wrong_turns


def test_the_shipped_file_fails_and_somebody_says_something_to_it(interview: Interview) -> None:
    with Repair(interview) as repair:
        ran = repair.run()
    assert not ran.result.passed
    assert "test_what_comes_later_changes_nothing" in ran.result.output
    assert [line.move for line in ran.said] == ["code"]
    assert interview.scene["runs"] == [False]


def test_the_mended_file_passes_and_what_is_said_to_it_is_something_else(interview: Interview) -> None:
    with Repair(interview) as repair:
        red = repair.run().said
        repair.replace(repair.artifact.fixed or "")
        green = repair.run()
    assert green.result.passed
    assert {line.text for line in red}.isdisjoint(line.text for line in green.said)
    assert interview.scene["runs"] == [False, True]


def test_a_wrong_turn_is_noticed_while_it_is_made_and_the_interrupter_speaks_up(interview: Interview) -> None:
    with Repair(interview) as repair:
        said = repair.replace(repair.text.replace(*HIDES_ZEROS))
        turn = next(one for one in repair.artifact.wrong_turns if one.id == "drops-zeros")
    assert [event.wrong_turn for event in edits(interview)] == ["drops-zeros"]
    assert [(line.persona, line.text in turn.lines) for line in said] == [("interrupter", True)]


def test_the_lines_to_a_wrong_turn_are_never_said_twice(interview: Interview) -> None:
    with Repair(interview) as repair:
        shipped_text, wrong = repair.text, repair.text.replace(*HIDES_ZEROS)
        said = [line.text for _ in range(4) for text in (wrong, shipped_text) for line in repair.replace(text)]
    assert [event.wrong_turn for event in edits(interview)] == ["drops-zeros", None] * 4
    assert len(said) == len(set(said)) >= 4


def test_an_edit_that_leads_nowhere_known_is_answered_as_an_edit(interview: Interview) -> None:
    with Repair(interview) as repair:
        said = repair.replace(repair.text + "\n# looked at it\n")
    assert [event.wrong_turn for event in edits(interview)] == [None]
    assert [line.move for line in said] == ["code"]


def test_another_repair_goes_on_with_the_text_in_the_log(interview: Interview) -> None:
    with Repair(interview) as first:
        first.replace(first.artifact.fixed or "")
        mended = first.text
    with Repair(interview, "features") as second:
        assert second.text == mended
        assert second.run().result.passed


def test_an_edit_that_was_taken_back_with_the_answer_is_gone(interview: Interview) -> None:
    interview.say("I would look at the test first, because it says what changed.")
    with Repair(interview) as repair:
        given = repair.text
        repair.replace(repair.artifact.fixed or "")
    interview.retry()
    with Repair(interview) as again:
        assert again.text == given


def test_the_editor_changes_the_file(interview: Interview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "sed -i 's/HISTORY = timedelta(days=3)/HISTORY = timedelta(days=30)/'")
    with Repair(interview) as repair:
        said = repair.edit()
    assert [event.wrong_turn for event in edits(interview)] == ["moves-the-window"]
    assert [line.persona for line in said] == ["interrupter"]


def test_an_editor_that_fails_changes_nothing(interview: Interview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "false")
    with Repair(interview) as repair, pytest.raises(WorkbenchError, match="ended with code 1, so nothing was changed"):
        repair.edit()
    assert edits(interview) == []


@pytest.mark.parametrize(
    ("scene", "artifact", "sentence"),
    [
        ("fraud-trade-off", None, "there is no file to repair in this scene"),
        ("fraud-trade-off", "features", "there is no file to repair in this scene"),
        (SCENE, "nonsense", "name the file: features"),
    ],
)
def test_where_there_is_no_such_file_a_sentence_says_so(engine: Engine, scene: str, artifact: str | None, sentence: str) -> None:
    with pytest.raises(WorkbenchError, match=sentence):
        Repair(Interview(scene, seed=1, engine=engine), artifact)


def test_after_the_scene_the_test_cannot_be_run_any_more(interview: Interview) -> None:
    interview.leave()
    with Repair(interview) as repair, pytest.raises(SessionError, match="is over"):
        repair.run()
    assert interview.scene["runs"] == []
