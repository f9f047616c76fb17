from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agent.feedback import CompetencyMoments
from agent.judge.feedback.facts import Facts
from agent.judge.feedback.moments import moments
from agent.judge.own_words import own_words
from agent.rubric import Rubric
from tests.judge.feedback.conftest import evidence

CHOICE = "We should use the smaller model for shops."
VAGUE = "Everything has some cost somewhere."
FIGURE = "Blocked payments cost the shops 242 thousand euros a month."


@pytest.fixture
def made(rubric: Rubric, talk: Callable[..., Any], graded: Callable[..., Any]) -> Callable[..., CompetencyMoments]:
    def build(level: int, *found: Any, answers: tuple[str, ...] = (CHOICE, f"{VAGUE} {FIGURE}")) -> CompetencyMoments:
        transcript = talk(*answers)
        (one,) = moments(transcript, rubric, graded(trade_off_thinking=(level, list(found))), Facts(own_words(transcript).said))
        return one

    return build


def test_the_best_moment_is_the_most_telling_one_and_the_weakest_the_vaguest(made: Callable[..., CompetencyMoments]) -> None:
    one = made(2, evidence(4, VAGUE, "states-the-cost"), evidence(4, FIGURE, "puts-it-in-figures"))

    assert one.best
    assert one.weakest
    assert (one.best.quote, one.weakest.quote) == (FIGURE, VAGUE)


def test_what_speaks_against_it_is_the_weakest_moment(made: Callable[..., CompetencyMoments]) -> None:
    one = made(4, evidence(4, FIGURE, "puts-it-in-figures"), evidence(4, VAGUE, "balanced-everything", supports=False))

    assert one.weakest
    assert (one.weakest.quote, one.weakest.supports) == (VAGUE, False)


def test_a_level_higher_takes_up_the_candidates_own_words(made: Callable[..., CompetencyMoments]) -> None:
    one = made(3, evidence(2, CHOICE, "names-options"))

    assert one.higher
    assert one.higher.turn == 2
    assert one.higher.text.startswith("We should use the smaller model for shops [, because for shops")


def test_nothing_is_above_the_highest_level(made: Callable[..., CompetencyMoments]) -> None:
    assert made(5, evidence(4, FIGURE, "puts-it-in-figures")).higher is None


def test_where_nothing_can_be_taken_up_the_rubric_speaks(made: Callable[..., CompetencyMoments]) -> None:
    one = made(2, evidence(2, VAGUE, "states-the-cost"), answers=(VAGUE,))

    assert one.higher
    assert (one.higher.text, one.higher.turn) == ("", None)
    assert one.higher.adds == "Puts two or more real options side by side."


def test_a_quote_that_is_not_there_is_no_moment(made: Callable[..., CompetencyMoments]) -> None:
    one = made(2, evidence(2, "I never said that about the model.", "states-the-cost"))

    assert one.best is None
