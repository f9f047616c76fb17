from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agent.feedback import Structure
from agent.judge.feedback.answers import answers
from agent.judge.feedback.structures import structures
from agent.judge.own_words import own_words

STORY = (
    "Last spring we had a forecast for eighty bakeries that nobody trusted any more. My job was to find out why. "
    "I measured the error for each shop and rewrote the calendar of holidays. In the end the waste fell from 14 to 9 percent."
)
TELL = "Tell me about a time when something went wrong."


def _seen(talk: Callable[..., Any], *said: str, prompt: str) -> tuple[Structure, ...]:
    transcript = talk(*said, prompt=prompt)
    return structures(answers(transcript, own_words(transcript).said))


def test_a_whole_story_has_all_four_parts_and_a_number(talk: Callable[..., Any]) -> None:
    (one,) = _seen(talk, STORY, prompt=TELL)

    assert (one.frame, one.missing, one.has_number) == ("STAR", (), True)
    assert [part.quote.split()[0] for part in one.parts] == ["Last", "My", "I", "In"]


def test_a_story_without_an_end_lacks_its_result(talk: Callable[..., Any]) -> None:
    (one,) = _seen(talk, STORY.partition(" In the end")[0], prompt=TELL)

    assert [part.name for part in one.missing] == ["result"]
    assert one.has_number is None


def test_a_later_answer_may_bring_the_result(talk: Callable[..., Any]) -> None:
    transcript = talk(STORY.partition(" In the end")[0], "The waste fell from 14 to 9 percent within the quarter.", prompt=TELL)
    turns = [turn.model_copy(update={"text": "And then?"}) if turn.number == 3 else turn for turn in transcript.turns]
    transcript = transcript.model_copy(update={"turns": tuple(turns)})

    (one,) = structures(answers(transcript, own_words(transcript).said))

    assert (one.parts[-1].turn, one.has_number) == (4, True)


def test_a_proposal_is_held_against_pep(talk: Callable[..., Any]) -> None:
    said = (
        "The problem is that the shops lose honest customers and ring you every day about it. "
        "I'd move the threshold for small baskets and look at it again after a month with the support team."
    )
    (one,) = _seen(talk, said, prompt="What would you do?")

    assert (one.frame, [part.name for part in one.missing]) == ("PEP", ["evidence"])


def test_a_short_answer_has_no_structure(talk: Callable[..., Any]) -> None:
    assert _seen(talk, "I rewrote it last year.", prompt=TELL) == ()
