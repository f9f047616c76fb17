"""Delivery measures against counts made by hand."""

from __future__ import annotations

from collections.abc import Callable

from agent.judge.delivery import measure, words_to_the_point
from agent.transcript import Transcript, Turn
from agent.verdict import GradeReport

TALK = Transcript(
    turns=(
        Turn(number=1, role="interviewer", speaker="Mara", text="Tell me about a time you failed.", asks_story=True),
        Turn(
            number=2,
            role="candidate",
            speaker="Candidate",
            text="Last year we had a broken ranking. I was responsible for it. I pulled the logs."
            " In the end clicks rose by 12% in 3 weeks.",
            seconds=30.0,
        ),
        Turn(number=3, role="interviewer", speaker="Mara", text="And now?"),
        Turn(
            number=4,
            role="candidate",
            speaker="Candidate",
            text="Um, maybe the AUC. How many users are there? Does that make sense?",
            seconds=10.0,
        ),
        Turn(number=5, role="candidate", speaker="Candidate", text=""),
    ),
    jargon=("auc",),
)


def test_counts_are_those_made_by_hand() -> None:
    found = measure(TALK)

    assert (found["answers"], found["words"]) == (2, 39)
    assert found["words_per_answer"] == {"mean": 19.5, "median": 19.5, "max": 26}
    assert (found["filler_words"], found["hedges"]) == (1, 1)
    assert (found["questions"], found["clarifying_questions"], found["check_ins"]) == (2, 1, 1)
    assert (found["numbers"], found["numbers_with_units"]) == (2, 2)
    assert (found["we"], found["i"]) == (1, 2)
    assert (found["jargon"], found["jargon_share"]) == (1, round(1 / 39, 4))
    assert found["response_seconds"] == 20.0


def test_a_story_is_taken_apart() -> None:
    (story,) = measure(TALK)["stories"]

    assert (story["turn"], story["words"]) == (2, 26)
    assert story["star"] == ["situation", "task", "action", "result"]


def test_words_to_the_point_are_those_before_it() -> None:
    assert words_to_the_point("That is a good one. Let me see. I would choose the rule.") == 8
    assert words_to_the_point("I would choose the rule.") == 0
    assert words_to_the_point("That is a good one.") is None


def test_silence_measures_nothing() -> None:
    found = measure(Transcript(turns=()))

    assert found["words"] == 0
    assert found["words_to_the_point"] is None
    assert found["jargon_share"] is None
    assert found["stories"] == []


def test_delivery_does_not_move_a_grade(grade: Callable[..., GradeReport]) -> None:
    plain = "One option is to call them, the other is to send a letter to everyone. If replies stay under ten a day I'd switch to calling."
    stumbling = plain.replace("One option", "Um, basically One option")

    assert grade(stumbling).delivery["filler_words"] == 2
    assert grade(stumbling).verdicts["trade_off_thinking"].score == grade(plain).verdicts["trade_off_thinking"].score
