"""A grading over a real connection: few requests that begin alike, one form found out once, one part asked for again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest

from agent.judge import ModelJudge
from agent.library import Library
from agent.library.library import shipped
from agent.llm.making import make_model
from agent.prompting import Prompts
from agent.rubric import Rubric
from agent.transcript import Transcript, Turn
from agent.verdict import GradeReport
from tests.judge.scripted_judge import COMPETENCY, UNSEEN, answer, quoted
from tests.llm.conftest import Serve
from tests.llm.loopback import Loopback, Steps, fails, says

SAID = "A false decline costs us forty euros, so I would accept more fraud."
TALK = Transcript(
    turns=(
        Turn(number=1, role="interviewer", speaker="Mara", title="product manager", text="What would you do?"),
        Turn(number=2, role="candidate", speaker="Bo", text=SAID),
    )
)
LIBRARY = Library((shipped(),))
RUBRIC = LIBRARY.rubric("core")

Grade = Callable[..., GradeReport]


def grades(quote: str = SAID, level: int = 4) -> Steps:
    """An answer to any question: trade-offs with that quote, the rest not observed."""
    names = [each.id for each in RUBRIC.competencies]
    seen = answer(quoted(2, quote), level=level)
    return says(json.dumps({"grades": [{"competency": name, **(seen if name == COMPETENCY else UNSEEN)} for name in names]}))


@pytest.fixture
def graded() -> Grade:
    """Grades the talk by the model of a server."""

    def by(server: Loopback, rubric: Rubric = RUBRIC) -> GradeReport:
        return asyncio.run(_graded(server, rubric))

    return by


async def _graded(server: Loopback, rubric: Rubric) -> GradeReport:
    model = make_model(f"openai/m@{server.base_url}", "judge", env={})
    assert model
    try:
        return await ModelJudge(Prompts(LIBRARY), model).grade(TALK, rubric)
    finally:
        await model.aclose()


def test_four_requests_begin_alike(loopback: Serve, graded: Grade) -> None:
    server = loopback(*[grades()] * 4)
    report = graded(server)

    assert report.verdicts[COMPETENCY].level == 4
    assert len(server.asked) == 4
    assert len({str((asked["messages"][:2], asked["response_format"])) for asked in server.asked}) == 1
    assert "Interviewer 1 (product manager)" in server.asked[0]["messages"][1]["content"]
    assert "Mara" not in str(server.asked)


def test_a_form_that_is_turned_down_is_found_out_once(loopback: Serve, graded: Grade) -> None:
    server = loopback(fails(400, "response_format is not supported"), *[grades()] * 4)
    report = graded(server)

    assert report.verdicts[COMPETENCY].level == 4
    assert ["response_format" in asked for asked in server.asked] == [True, False, False, False, False]


def test_a_quote_that_is_none_costs_one_more_request_about_that_competency(loopback: Serve, graded: Grade) -> None:
    server = loopback(grades("I never said anything like this."), grades(level=2))
    report = graded(server, RUBRIC.model_copy(update={"competencies": RUBRIC.competencies[3:6]}))

    first, again = (asked["messages"] for asked in server.asked)
    assert again[: len(first)] == first
    assert f"Write only {COMPETENCY} again" in again[-1]["content"]
    assert report.verdicts[COMPETENCY].level == 2
