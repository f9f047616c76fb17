"""Quotes are shown only if the candidate said them in that turn."""

from __future__ import annotations

import pytest

from agent.judge.quotes import is_verified
from agent.transcript import Transcript, Turn
from agent.verdict import Evidence

TALK = Transcript(
    turns=(
        Turn(number=1, role="interviewer", speaker="Mara", text="We lose 40 dollars per refusal."),
        Turn(number=2, role="candidate", speaker="Candidate", text="I’d keep the rule —  it’s “good enough”.\nFor now."),
    )
)


@pytest.mark.parametrize("quote", ["I’d keep the rule", "i'd keep the rule - it's \"good enough\"", "GOOD ENOUGH”. For now."])
def test_words_of_the_candidate_are_verified(quote: str) -> None:
    assert is_verified(Evidence(turn=2, quote=quote), TALK)


@pytest.mark.parametrize(
    ("turn", "quote"),
    [
        (1, "We lose 40 dollars per refusal."),
        (2, "We lose 40 dollars"),
        (3, "I’d keep the rule"),
        (2, "I’d drop the rule"),
        (2, " "),
        (2, "\u200b"),
    ],
)
def test_anything_else_is_not(turn: int, quote: str) -> None:
    assert not is_verified(Evidence(turn=turn, quote=quote), TALK)
