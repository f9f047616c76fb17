"""A model that fails in every way that models fail: no verdict is invented, dropped or doubled, and the counts add up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from agent.evaluation.runs.reading import read_run
from agent.evaluation.runs.run_report import Ending, JudgeResult
from agent.evaluation.runs.stored import JudgeGone
from agent.verdict import State
from tests.conftest import offline
from tests.evaluation.runs.world import COMPETENCIES, JudgeServer, World, at, grades, states
from tests.llm.loopback import End, Steps, body, chunk, fails, head, says, whole

Serve = Callable[..., JudgeServer]
EVENTS = {"Content-Type": "text/event-stream", "Connection": "close"}
SOON = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)

PASSING: dict[str, Steps] = {
    "429": fails(429, "slow down"),
    "429, seconds": fails(429, "slow down", headers={"Retry-After": "1"}),
    "429, a fraction": fails(429, "slow down", headers={"Retry-After": "0.1"}),
    "429, milliseconds": fails(429, "slow down", headers={"retry-after-ms": "120"}),
    "429, a date": fails(429, "slow down", headers={"Retry-After": SOON}),
    "429, a date that has passed": fails(429, "slow down", headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}),
    "429, negative": fails(429, "slow down", headers={"Retry-After": "-5"}),
    "429, nonsense": fails(429, "slow down", headers={"Retry-After": "soon"}),
    "500": fails(500),
    "502": body(502, "<html>bad gateway</html>"),
    "503": fails(503, headers={"Retry-After": "0"}),
    "529": fails(529, "overloaded"),
    "reset before the answer": (End.RESET,),
    "closed before the answer": (End.CLOSE,),
    "reset in the body": (head(200, EVENTS), chunk({"content": '{"grades": ['}), End.RESET),
    "broken off": (head(200, EVENTS), chunk({"content": '{"grades": ['}), End.CLOSE),
    "hang": (End.SILENCE,),
    "hang in the body": (head(200, EVENTS), chunk({"content": '{"grades": ['}), End.SILENCE),
    "an empty body": body(200, ""),
    "an error with a status of success": body(200, {"error": {"message": "try again", "code": 503}}),
}


def _spoilt(words: str, change: Callable[[list[dict[str, Any]]], object]) -> str:
    """An answer with something wrong in it."""
    given = grades(words)
    changed = change(given)
    return changed if isinstance(changed, str) else json.dumps({"grades": given})


def _set(**fields: object) -> Callable[[list[dict[str, Any]]], object]:
    return lambda given: given[0].update(fields)


def _wrong_quote(given: list[dict[str, Any]]) -> None:
    given[0]["evidence"][0]["quote"] = "These words were never said by anybody here."


def _two(given: list[dict[str, Any]]) -> str:
    return f"{json.dumps({'grades': given})}\n{json.dumps({'grades': given[:1]})}"


MENDED: dict[str, Callable[[list[dict[str, Any]]], object]] = {
    "nothing": lambda given: "",
    "truncated": lambda given: json.dumps({"grades": given})[:-25],
    "two objects": _two,
    "NaN": lambda given: json.dumps({"grades": [{**given[0], "confidence": float("nan")}, *given[1:]]}),
    "a level out of range": _set(level=7),
    "a level in words": _set(level="four"),
    "a confidence out of range": _set(confidence=1.5),
    "an unknown competency": _set(competency="charisma"),
    "a missing competency": lambda given: given.pop(),
    "a competency twice": lambda given: given.append({**given[0], "level": given[0]["level"] % 5 + 1}),
    "a wrong quote": _wrong_quote,
    "no quote": _set(evidence=[]),
    "a field too many": _set(mood="good"),
    "no JSON": lambda given: "I would say it is a four.",
    "1 MB": lambda given: "x" * 1_000_000,
    "1 MB of brackets": lambda given: "[" * 1_000_000,
}


class Steady(NamedTuple):
    """A server, a suite that asks it, and the run of this suite when nothing failed."""

    server: JudgeServer
    world: World
    suite: str
    undisturbed: JudgeResult


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steady]:
    world = World(tmp_path_factory.mktemp("steady"))
    with JudgeServer() as server:
        offline.opened.add(("127.0.0.1", server.port))
        suite = world.suite({"model": at(server)})
        yield Steady(server, world, suite, world.run(suite, "undisturbed").judges["model"])


@pytest.fixture
def steady(running: Steady) -> Iterator[Steady]:
    offline.opened.add(("127.0.0.1", running.server.port))
    running.server.forget()
    yield running
    offline.opened.clear()


@pytest.mark.parametrize("name", PASSING)
def test_a_failure_that_passes_leaves_no_trace_in_the_report(name: str, steady: Steady) -> None:
    steady.server.fault = lambda words, before: PASSING[name] if "week 2" in words and before == 0 else None

    report = steady.world.run(steady.suite, name)

    assert states(report) == (8, 0, 0, 0)
    assert steady.world.report(name) == steady.world.report("undisturbed")


@pytest.mark.parametrize("name", MENDED)
def test_an_answer_that_cannot_be_used_is_asked_for_again_and_the_verdicts_are_the_same(name: str, steady: Steady) -> None:
    def spoils(words: str, before: int) -> Steps | None:
        return whole(_spoilt(words, MENDED[name])) if "week 2" in words and "Write only" not in words else None

    steady.server.fault = spoils

    disturbed = steady.world.run(steady.suite, name).judges["model"]

    assert disturbed.counts == steady.undisturbed.counts
    assert disturbed.agreement == steady.undisturbed.agreement
    assert disturbed.calls.number == steady.undisturbed.calls.number + 1


@pytest.mark.parametrize(
    "text", ["```json\n{}\n```", "Here it is:\n\n{}", "\ufeff{}\n\n"], ids=["fenced", "with a word before", "with a mark before"]
)
def test_an_answer_in_a_wrapping_is_read(text: str, world: World, serve: Serve) -> None:
    server = serve(lambda words, before: whole(text.replace("{}", json.dumps({"grades": grades(words)}))))
    report = world.run(world.suite({"model": at(server)}))
    assert (states(report), report.judges["model"].calls.number) == ((8, 0, 0, 0), 4)


STAYING: dict[str, tuple[Callable[[str], Steps], State]] = {
    "a refusal": (lambda words: says("I'm sorry, but I can't help with that.", field="refusal"), State.INSTRUMENT_ERROR),
    "never JSON": (lambda words: whole("I would say it is a four."), State.INSTRUMENT_ERROR),
    "always NaN": (
        lambda words: whole(_spoilt(words, lambda given: [each.update(level=float("nan")) for each in given])),
        State.INSTRUMENT_ERROR,
    ),
    "never a right quote": (
        lambda words: whole(_spoilt(words, lambda given: [each["evidence"][0].update(quote="Nobody said these words.") for each in given])),
        State.ABSTAINED,
    ),
    "a day to wait": (lambda words: fails(429, "come back tomorrow", headers={"Retry-After": "86400"}), State.INSTRUMENT_ERROR),
    "always 500": (lambda words: fails(500), State.INSTRUMENT_ERROR),
}


@pytest.mark.parametrize("name", STAYING)
def test_a_failure_that_stays_is_counted_and_named_and_never_a_level(name: str, world: World, serve: Serve) -> None:
    says_what, state = STAYING[name]
    spoils = lambda words, before: says_what(words) if "week 2" in words else None  # noqa: E731
    suite = world.suite({"model": at(serve(spoils), attempts=2)})

    report = world.run(suite)

    (lost,) = [each for each in read_run(world.root / "out").of_items("model") if each.item == "orders-2"]
    assert {(each.state, each.level) for each in lost.report.verdicts.values()} == {(state, None)}
    assert all(each.reasoning for each in lost.report.verdicts.values())
    counts = report.judges["model"].counts
    assert (counts.planned, counts.scored, getattr(counts, state.value)) == (8, 6, 2)
    assert report.outcome is (Ending.BROKEN if state is State.INSTRUMENT_ERROR else Ending.HELD)


def test_what_failed_is_tried_again_when_the_suite_is_run_again(world: World, serve: Serve) -> None:
    server = serve()
    suite = world.suite({"model": at(server, attempts=1)})
    world.run(suite, "undisturbed")
    server.fault = lambda words, before: fails(500) if "week 2" in words else None
    assert states(world.run(suite)) == (6, 0, 0, 2)
    server.fault, before = lambda words, before: None, server.answered

    assert states(world.run(suite)) == (8, 0, 0, 0)
    assert server.answered == before + 1
    assert world.report() == world.report("undisturbed")


@pytest.mark.parametrize(
    ("steps", "says_what"),
    [
        (fails(401, "bad key"), "refused the key"),
        (fails(429, "no credit", code="insufficient_quota"), "no quota or credit"),
        (fails(404, "no such model"), "was not found"),
        (fails(500), "failed 3 times in a row"),
    ],
    ids=["key", "quota", "model", "down"],
)
def test_a_model_that_is_gone_ends_the_run_and_what_it_would_have_spoilt_is_graded_later(steps, says_what, tmp_path, serve) -> None:
    server, world = serve(), World(tmp_path, items=6)
    suite = world.suite({"model": at(server, attempts=1)})
    world.run(suite, "undisturbed")
    left = {"answers": 1}

    def runs_out(words: str, before: int) -> Steps | None:
        left["answers"] -= 1
        return None if left["answers"] >= 0 else steps

    server.fault = runs_out
    with pytest.raises(JudgeGone, match=says_what):
        world.run(suite, at_once=1)
    server.fault = lambda words, before: None
    _forget_the_breaker()

    assert states(world.run(suite)) == (12, 0, 0, 0)
    assert world.report() == world.report("undisturbed")


def test_a_server_that_is_not_there_ends_the_run(world: World, closed_port: int) -> None:
    suite = world.suite({"model": {"model": f"openai/judge@http://127.0.0.1:{closed_port}/v1", "attempts": 1}})
    with pytest.raises(JudgeGone, match="cannot go on"):
        world.run(suite, at_once=1)


def test_a_model_that_changes_its_name_on_the_way_is_told(world: World, serve: Serve) -> None:
    def renamed(words: str, before: int) -> Steps | None:
        answer = {"choices": [{"index": 0, "message": {"content": json.dumps({"grades": grades(words)})}, "finish_reason": "stop"}]}
        return body(200, {"id": "c", "model": "served-model-2", "usage": None, **answer}) if "week 3" in words else None

    report = world.run(world.suite({"model": at(serve(renamed))}))

    assert report.judges["model"].models == {"served-model": 3, "served-model-2": 1}
    assert "changed on the way" in report.notes[0]


def test_in_a_storm_every_verdict_that_was_planned_is_there_once(tmp_path: Path, serve: Serve) -> None:
    kinds = [PASSING[name] for name in ("500", "429, milliseconds", "reset in the body", "an empty body", "broken off")]
    storm = lambda words, before: kinds[(len(words) + before) % 5] if before < 2 else None  # noqa: E731
    world = World(tmp_path, items=12)
    suite = world.suite({"model": at(serve(storm), repeats=3, total_timeout=60)}, concurrency=8)
    report = world.run(suite, at_once=8)

    run = read_run(world.root / "out")
    found = [(each.item, name) for each in run.judgements() for name in each.report.verdicts]
    assert sorted(found) == sorted((item, name) for item in run.plan.items for name in COMPETENCIES)
    assert states(report) == (24, 0, 0, 0)
    assert {len(verdict.opinions[0].levels) for each in run.judgements() for verdict in each.report.verdicts.values()} == {3}


def _forget_the_breaker() -> None:
    from agent.llm.breaker import SHARED

    SHARED._breakers.clear()
