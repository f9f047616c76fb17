"""What models took, counted from a log."""

from __future__ import annotations

from typing import Any

from agent.events import Event, Graded, ModelCalled, ModelFailed
from agent.scene import fold
from agent.usage import taken_over, usage

CALL: dict[str, Any] = {"role": "voice", "model": "openai/m", "prompt": "voice/line@1.2.0", "total_ms": 900.0}


def called(**more: Any) -> ModelCalled:
    return ModelCalled(at=0.0, **{**CALL, "input_tokens": 100, "cached_tokens": 60, "output_tokens": 10, "cost": 0.01, **more})


def test_calls_are_added_up_by_role_and_model() -> None:
    events: list[Event] = [
        called(first_token_ms=300.0),
        called(first_token_ms=500.0, outcome="rejected: praises"),
        called(role="observer", model="openai/n", cost=0.0),
    ]
    voice, observer = usage(events)
    assert (voice.calls, voice.not_used, voice.input_tokens, voice.cached_tokens, voice.output_tokens) == (2, 1, 200, 120, 20)
    assert (voice.cost, voice.first_token_ms, voice.total_ms) == (0.02, 400.0, 900.0)
    assert (observer.role, observer.model, observer.cost) == ("observer", "openai/n", 0.0)


def test_an_unknown_price_is_unknown_and_a_call_that_was_broken_off_has_none() -> None:
    broken = called(input_tokens=None, output_tokens=None, cost=None, outcome="given up")
    assert usage([called(), broken])[0].cost == 0.01
    assert usage([called(), called(cost=None)])[0].cost is None


def test_the_judge_s_calls_lie_in_its_report() -> None:
    graded = Graded(at=0.0, report={"context": {"calls": [called(role="judge").model_dump()]}})
    (judge,) = usage([graded])
    assert (judge.role, judge.calls, judge.cost) == ("judge", 1, 0.01)


def test_what_was_replayed_counts_for_no_budget() -> None:
    scene = fold([called(), called(replayed=True, cost=0.0)])
    assert (scene["tokens"], scene["dollars"]) == (110, 0.01)


def test_every_time_the_embedded_parts_took_over_is_told() -> None:
    failed = ModelFailed(at=0.0, role="voice", model="openai/m", reason="timeout: too slow", instead="embedded")
    assert taken_over([failed, called(), failed]) == ("timeout: too slow", "timeout: too slow")
