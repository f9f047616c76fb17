"""Whole turns over a real connection: spoken by a model, over its budget, and when the server fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from agent.engine import Engine
from agent.errors import FailureKind
from agent.events import Line, ModelCalled, ModelFailed
from agent.grading import grade
from agent.library import Library
from agent.library.library import shipped
from agent.model_settings import Budget, Waiting
from agent.models import Models
from agent.move import Streamed
from agent.session import Interview
from tests.llm.conftest import Serve
from tests.llm.loopback import fails, says

SCENE = "fraud-trade-off"
FIRST = ("So the model", " says no", " and I answer the phone. Tell me how you see it.")
QUICK = Waiting(attempt_timeout=5.0, total_timeout=5.0, attempts=2)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library((shipped(),))


Begin = Callable[..., Interview]


@pytest.fixture
def interview(library: Library) -> Iterator[Begin]:
    engines = []

    def begun(base_url: str, **settings: object) -> Interview:
        models = Models(voice=f"openai/m@{base_url}", waiting=QUICK, **settings)  # type: ignore[arg-type]
        engines.append(Engine(library=library, models=models))
        return Interview(SCENE, seed=1, minutes=0, engine=engines[-1])

    yield begun
    for engine in engines:
        engine.close()


def test_a_line_arrives_piece_by_piece_and_stands_at_the_end(loopback: Serve, interview: Begin) -> None:
    heard: list[Streamed] = []
    live = interview(loopback(says(*FIRST)).base_url)
    live.hear = heard.append

    (line,) = live.start()

    assert line.text == "".join(FIRST)
    assert [one.text for one in heard] == [FIRST[0], "".join(FIRST[:2]), "".join(FIRST), "".join(FIRST)]
    assert [one.done for one in heard] == [False, False, False, True]
    (call,) = [event for event in live.events if isinstance(event, ModelCalled)]
    assert (call.role, call.outcome, call.input_tokens, call.attempts, call.replayed) == ("voice", "used", 11, 1, False)


def test_over_its_budget_a_session_goes_on_without_models(loopback: Serve, interview: Begin) -> None:
    server = loopback(says(*FIRST))
    live = interview(server.base_url, budget=Budget(tokens=15, dollars=None))

    live.start()
    live.say("What does it cost us to turn away an honest payment?")
    live.say("I would set the threshold where both costs together are lowest.")

    assert len(server.requests) == 1
    (failed,) = [event for event in live.events if isinstance(event, ModelFailed)]
    assert (failed.role, failed.reason, failed.instead) == ("session", "the budget is used up", "embedded")
    assert sum(isinstance(event, Line) for event in live.events) >= 3


def test_a_budget_of_nothing_asks_no_model_and_the_embedded_judge_grades(loopback: Serve, interview: Begin) -> None:
    server = loopback(says(*FIRST))
    live = interview(server.base_url, judge=f"openai/m@{server.base_url}", budget=Budget(tokens=0))

    live.start()
    live.say("I would set the threshold where both costs together are lowest.")
    report = grade(live)

    assert server.requests == []
    assert not report.judge.id.startswith("model:")
    assert [event.reason for event in live.events if isinstance(event, ModelFailed)] == ["the budget is used up"]


@pytest.mark.parametrize(
    ("fault", "kind"), [(fails(401), FailureKind.AUTH), (fails(400), FailureKind.BAD_REQUEST), (fails(503), FailureKind.SERVER)]
)
def test_no_fault_of_a_server_ends_a_scene(loopback: Serve, interview: Begin, fault: object, kind: FailureKind) -> None:
    live = interview(loopback(*[fault] * 4).base_url)

    (line,) = live.start()

    assert line.text
    (failed,) = [event for event in live.events if isinstance(event, ModelFailed)]
    assert failed.reason.startswith(f"{kind}: ")
    assert failed.instead == "embedded"
