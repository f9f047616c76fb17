"""Small things to rate."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.evaluation.items import Item, item_of
from agent.library import Library
from agent.library.library import shipped
from agent.rubric import Rubric
from agent.transcript import Transcript, Turn

SAID = ("We saw the gap in the labels on Monday.", "I told the client the same day.")


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    return Library((shipped(),)).rubric("core@1.1.0")


@pytest.fixture(scope="session")
def item() -> Callable[..., Item]:
    """An item of that name, in which the candidate says `SAID`."""

    def made(name: str, *said: str, competencies: tuple[str, ...] = ()) -> Item:
        turns: list[Turn] = []
        for words in said or SAID:
            turns.append(Turn(number=len(turns) + 1, role="interviewer", speaker="Dana", text="What did you see?"))
            turns.append(Turn(number=len(turns) + 1, role="candidate", speaker="Candidate", text=words))
        return item_of(name, Transcript(turns=tuple(turns), competencies=competencies))

    return made
