from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agent.feedback import Mistake
from agent.judge.feedback import feedback
from agent.memory.embedder import default_embedder
from agent.rubric import Rubric
from agent.transcript import Mark
from tests.judge.feedback.conftest import evidence

OTHER = "We move the threshold for old customers first, and that costs two days."
LISTED = "We put it on Airflow, MLflow, Feast and Grafana for now."


@pytest.fixture
def named(rubric: Rubric, talk: Callable[..., Any], graded: Callable[..., Any]) -> Callable[..., list[Mistake]]:
    """The mistakes in a talk in which business awareness was scored, by words alone unless asked to hear."""

    def build(*answers: str, hears: bool = False, scored: dict[str, Any] | None = None, **rest: Any) -> list[Mistake]:
        verdicts = graded(business_awareness=(3, [evidence(2, answers[0], "names-the-user-effect")]), **(scored or {}))
        made = feedback(talk(*answers, **rest), rubric, verdicts, embedder=default_embedder() if hears else None)
        assert made
        return list(made.mistakes)

    return build


@pytest.mark.parametrize(
    ("answer", "mistake"),
    [
        ("That was clearly the data team's fault, honestly.", "shifts-blame"),
        ("I don't think it needs to be either-or here.", "dodges-the-trade-off"),
        (LISTED, "tool-list"),
        ("Sorry, where was I, there is another thing too.", "stream-of-consciousness"),
        ("Great question, I am really passionate about this and a real team player.", "rehearsed-speech"),
        ("I totally understand your frustration with all of that.", "faked-empathy"),
    ],
)
def test_words_alone_decide_where_they_are_sure(named: Callable[..., list[Mistake]], answer: str, mistake: str) -> None:
    (one,) = named(OTHER, answer)

    assert (one.id, one.turn, one.quote) == (mistake, 4, answer)


@pytest.mark.parametrize(
    "answer",
    [
        "I should have asked the data team, so that one is on me.",
        "We can't have both in three weeks, so I choose English first.",
        "Your counter staff had to refuse people for two days, and I call them tonight.",
        "A nightly query is enough, no Spark needed, and Kafka only if it must be fast.",
    ],
)
def test_a_good_answer_is_not_accused(named: Callable[..., list[Mistake]], answer: str) -> None:
    assert named(OTHER, answer, hears=True) == []


def test_heads_hear_what_words_do_not_decide(named: Callable[..., list[Mistake]]) -> None:
    answer = "The labels they gave us were bad, so the model had to be bad too."

    assert named(OTHER, answer) == []
    assert [one.id for one in named(OTHER, answer, hears=True)] == ["shifts-blame"]


def test_a_mistake_that_happened_again_is_named_once(named: Callable[..., list[Mistake]]) -> None:
    (one,) = named(OTHER, "It was the vendor's fault again.", OTHER, "They should have told us before the launch.")

    assert (one.turn, one.also) == (4, (8,))


def test_a_strong_competency_is_not_accused(named: Callable[..., list[Mistake]]) -> None:
    strong = {"production_judgment": (4, [evidence(2, OTHER, "careful-rollout")])}

    assert named(OTHER, LISTED, scored=strong) == []


def test_a_verdict_that_heard_what_is_missing_denies_the_mistake(named: Callable[..., list[Mistake]]) -> None:
    heard = {"production_judgment": (2, [evidence(2, OTHER, "why-not-fancier")])}

    assert named(OTHER, LISTED, scored=heard) == []


def test_a_sentence_shown_as_the_best_moment_is_no_mistake(named: Callable[..., list[Mistake]]) -> None:
    assert named(LISTED) == []


def test_going_on_as_planned_is_a_mistake_only_after_a_twist(named: Callable[..., list[Mistake]]) -> None:
    twist = (Mark(turn=3, kind="twist", label="lost", text="The data is lost."),)

    assert named(OTHER, "We continue as planned with the model.") == []
    assert [one.id for one in named(OTHER, "We continue as planned with the model.", marks=twist)] == ["rigid-after-a-twist"]


def test_jargon_is_counted_for_these_listeners(named: Callable[..., list[Mistake]]) -> None:
    answer = "The recall and the precision and the logits and the recall of the encoder."

    (one,) = named(OTHER, answer, jargon=("recall", "precision", "logits", "encoder"))

    assert one.fix.endswith("(5 terms in 14 words)")


def test_at_most_five_are_named_the_worst_first(named: Callable[..., list[Mistake]]) -> None:
    found = named(
        OTHER,
        LISTED,
        "It was the vendor's fault again.",
        "You are both right about that metric.",
        "Sorry, where was I, there is another thing too.",
        "I totally understand your frustration with all of that.",
        "Great question, I am really passionate about this and a real team player.",
    )

    assert [one.id for one in found] == ["shifts-blame", "dodges-the-trade-off", "faked-empathy", "tool-list", "rehearsed-speech"]
