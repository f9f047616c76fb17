"""What is no ordinary interview has a clear outcome."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agent.errors import TranscriptError
from agent.judge import EmbeddedJudge
from agent.reading import read_transcript
from agent.rubric import Rubric
from agent.transcript import Transcript, Turn
from agent.verdict import GradeReport, State

SOUND = (
    "First I would roll back, because forty customers an hour lose their orders. Then I tell the client what we know and what we do not."
)
GERMAN = "Ich würde zuerst zurückrollen, weil uns jede Stunde Kunden verloren gehen. Danach rede ich mit dem Team über die Protokolle."


def states(report: GradeReport) -> set[State]:
    return {verdict.state for verdict in report.verdicts.values()}


def test_two_turns_are_graded(grade: Callable[..., GradeReport]) -> None:
    assert State.SCORED in states(grade(SOUND))


def test_five_hundred_turns_are_graded(grade: Callable[..., GradeReport]) -> None:
    report = grade(*[f"In step {number} I would measure the error of group {number} and tell client {number}." for number in range(250)])

    assert State.SCORED in states(report)


@pytest.mark.parametrize("text", ["Mara: What now?\nMara: Hello?\n", "Mara: What now?\nCandidate:\n", "Mara: What now?\nJonas: Hello?\n"])
def test_a_talk_without_a_candidate_is_refused_with_a_reason(tmp_path: Path, text: str) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(TranscriptError, match=r"only one speaker|who the candidate is"):
        read_transcript(file)


def test_one_word_each_is_abstained_from(grade: Callable[..., GradeReport]) -> None:
    report = grade(*["Yes."] * 8)

    assert states(report) == {State.ABSTAINED}
    assert "different words" in report.notes[-1]


@pytest.mark.parametrize("more", ["", " Many hands make light work, do they not.", " The phrase is escaping me, it'll be back shortly."])
def test_words_about_nothing_do_not_make_enough_of_too_little(grade: Callable[..., GradeReport], more: str) -> None:
    report = grade("Hm.", f"I would look at the data first.{more}", "Not sure.")

    assert states(report) == {State.ABSTAINED}
    assert "different words" in report.notes[-1]


def test_one_answer_among_shrugs_is_no_single_answer(grade: Callable[..., GradeReport]) -> None:
    answer = "First I would roll back, because forty customers an hour lose their orders, and then I would look for the cause."
    alone = grade(answer, competencies=("adaptability",)).verdicts["adaptability"].state
    among = grade("Hm.", "Not sure.", answer, "Nothing much.", "Pass.", competencies=("adaptability",)).verdicts["adaptability"].state

    assert (alone, among) == (State.SCORED, State.NOT_OBSERVED)


@pytest.mark.parametrize("answer", [GERMAN, "我会先回滚，因为每小时都有客户流失。然后我会查看日志并与团队沟通。"])
def test_another_language_is_said_and_abstained_from(grade: Callable[..., GradeReport], answer: str) -> None:
    report = grade(answer)

    assert states(report) == {State.ABSTAINED}
    assert any("not in English" in note for note in report.notes)


def test_of_mixed_languages_the_english_is_graded_and_the_rest_is_named(grade: Callable[..., GradeReport]) -> None:
    report = grade(f"{SOUND} {SOUND} {GERMAN}")

    assert {name: verdict.score for name, verdict in report.verdicts.items()} == {
        name: verdict.score for name, verdict in grade(SOUND).verdicts.items()
    }
    assert any("Turn 2 says something in another language" in note for note in report.notes)


def test_a_turn_twice_counts_once(judge: EmbeddedJudge, rubric: Rubric) -> None:
    turns = [Turn(number=1, role="interviewer", speaker="Mara", text="Go on."), Turn(number=2, role="candidate", speaker="Ivo", text=SOUND)]
    again = [turn.model_copy(update={"number": turn.number + 2}) for turn in turns]

    once, twice = (judge.grade_now(Transcript(turns=tuple(each)), rubric) for each in (turns, turns + again))

    assert once.overall == twice.overall


def test_the_candidates_words_under_two_names_are_all_the_candidates(judge: EmbeddedJudge, rubric: Rubric) -> None:
    turns = tuple(Turn(number=number, role="candidate", speaker=name, text=SOUND) for number, name in ((1, "Ivo"), (2, "Candidate")))

    assert State.SCORED in states(judge.grade_now(Transcript(turns=turns), rubric))


def test_a_rubric_of_one_level_is_refused(rubric: Rubric) -> None:
    data = rubric.model_dump()
    data["competencies"][0]["levels"] = {3: "It can be followed."}

    with pytest.raises(ValueError, match="needs anchors for the levels 1 to 5"):
        Rubric.model_validate(data)


def test_forty_competencies_are_graded(judge: EmbeddedJudge, rubric: Rubric, talk: Callable[..., Transcript]) -> None:
    data = rubric.model_dump()
    letters = "abcdefghijklmnopqrstuvwxyz"
    data["competencies"] = [
        {**data["competencies"][place % 12], "id": f"skill_{letters[place // 26]}{letters[place % 26]}"} for place in range(40)
    ]

    report = judge.grade_now(talk(SOUND), Rubric.model_validate(data))

    assert len(report.verdicts) == 40
