"""Adaptability is graded on what comes after the twist."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.document import Pattern
from agent.transcript import Mark
from agent.verdict import GradeReport, State

BEFORE = "I would use the click history of the last year and train a ranking model with it, and we evaluate it every week."
HANDLED = (
    "Understood, so the click history cannot be used and the ranking model is off. The evaluation can stay, the personal part goes out."
    " By Thursday we can show the bestsellers per category, that is simple but useful. Later we collect new clicks with consent for"
    " two months. I will let the shop owners know today."
)
IGNORED = "The ranking model has an input layer for categories and prices. Its output is sorted and the page shows ten products of it."
ASKED = "How long will it take until the lawyers are done with looking at this whole matter here? And which countries is it about exactly?"
TWIST = Mark(
    turn=3, kind="twist", label="Privacy objection", text="The click history may not be used.", expected=("Tells stakeholders early",)
)


@pytest.fixture
def adaptability(grade: Callable[..., GradeReport]) -> Callable[..., GradeReport]:
    def graded(*answers: str, mark: Mark = TWIST) -> GradeReport:
        return grade(*answers, marks=(mark,))

    return graded


def test_a_handled_twist_is_above_an_ignored_one(adaptability: Callable[..., GradeReport]) -> None:
    handled = adaptability(BEFORE, HANDLED).verdicts["adaptability"]
    ignored = adaptability(BEFORE, IGNORED).verdicts["adaptability"]

    assert (handled.score or 0.0) > (ignored.score or 5.0)
    assert {one.turn for one in (*handled.evidence, *ignored.evidence)} == {4}


def test_what_was_said_before_the_twist_does_not_count(adaptability: Callable[..., GradeReport]) -> None:
    after_much, after_little = (adaptability(before, IGNORED).verdicts["adaptability"] for before in (HANDLED, BEFORE))

    assert abs((after_much.score or 0.0) - (after_little.score or 9.0)) <= 0.5
    assert {one.turn for one in after_much.evidence} == {4}


def test_a_scene_that_ends_with_the_twist_is_not_observed(adaptability: Callable[..., GradeReport]) -> None:
    report = adaptability(HANDLED)

    assert report.verdicts["adaptability"].state is State.NOT_OBSERVED
    assert report.twists[0].after is None
    assert report.twists[0].missing == TWIST.expected


def test_asking_back_is_not_ignoring(adaptability: Callable[..., GradeReport]) -> None:
    assert "carries-on" not in {one.indicator for one in adaptability(BEFORE, ASKED).verdicts["adaptability"].evidence}


def test_the_response_shows_the_words_before_and_after(adaptability: Callable[..., GradeReport]) -> None:
    response = adaptability(BEFORE, HANDLED).twists[0]

    assert (response.before.turn, response.after.turn) == (2, 4)
    assert response.before.quote in BEFORE
    assert response.after.quote in HANDLED
    assert response.heard == TWIST.expected
    assert response.missing == ()


def test_expected_behaviours_are_heard_by_their_patterns(adaptability: Callable[..., GradeReport]) -> None:
    pattern = Pattern(
        examples=("We show what sells best in each category until then.", "By Friday there is a list of the most bought items.")
    )
    mark = TWIST.model_copy(
        update={"expected": ("Puts up something simple", "Sings a song"), "patterns": (pattern, Pattern(examples=("La la la la la.",)))}
    )

    response = adaptability(BEFORE, HANDLED, mark=mark).twists[0]

    assert response.heard == ("Puts up something simple",)
    assert response.missing == ("Sings a song",)


def test_without_a_mark_a_line_that_brings_news_is_enough(grade: Callable[..., GradeReport]) -> None:
    verdict = grade(HANDLED, prompt="Legal told me this morning: the click history may not be used any more, from today.").verdicts[
        "adaptability"
    ]

    assert (verdict.score or 0.0) >= 3.0


def test_without_a_mark_and_without_noticing_a_change_nothing_is_observed(grade: Callable[..., GradeReport]) -> None:
    report = grade(
        "For now I would put a simple rule in place this week. After that we collect new labels for two months and then retrain."
    )

    assert report.verdicts["adaptability"].state is State.NOT_OBSERVED
