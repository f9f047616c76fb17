"""The first clause of a sentence stands alone, and says nothing else than the sentence did."""

from __future__ import annotations

import pytest

from agent.simulation.fragment import fragment


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("People click on what is on top, so I would randomise a small share.", "People click on what is on top."),
        ("Split by group and not by person, because members talk to each other.", "Split by group and not by person."),
        ("Split by group and not by person because members talk to each other.", "Split by group and not by person."),
        ("What did you get wrong as a manager, and what did you change?", "What did you get wrong as a manager?"),
        ("That's a really serious point. No new recordings get processed.", "That's a really serious point."),
        ("If the data comes late, we tell the client on Monday, and we say why.", "If the data comes late, we tell the client on Monday."),
    ],
)
def test_the_reason_and_the_rest_are_left_out(sentence: str, says: str) -> None:
    assert fragment(sentence) == says


@pytest.mark.parametrize(
    "sentence",
    [
        "We keep the pipeline and stop the work on the old goal.",
        "If the data comes late, we will not make it.",
        "Each false decline is cheap, but together they cost more than the fraud.",
        "You, I, he, and they.",
        'I would write back, "I suppose that you want shorter queues, is that right".',
        "My part is this: the filter until Wednesday, the rest later.",
    ],
)
def test_what_cannot_be_cut_is_said_whole(sentence: str) -> None:
    assert fragment(sentence) == sentence
