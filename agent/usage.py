"""What models took: tokens, cost and time by role, counted from the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from agent.debrief import ModelUse
from agent.events import Event, Graded, ModelCalled, ModelFailed

BROKEN_OFF = ("failed", "given up", "prepared, withdrawn")
"""Outcomes of calls that came to no end: what they cost nobody says, and it is not guessed."""


def usage(events: Sequence[Event], calls: Sequence[Mapping[str, Any]] = ()) -> tuple[ModelUse, ...]:
    """One entry per role and model, in the order of the first call; `calls` are not in the log yet.

    What was taken back by a retry was paid all the same.
    """
    together: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for call in (*_calls(events), *calls):
        together.setdefault((call["role"], call["model"]), []).append(call)
    return tuple(_use(role, model, calls) for (role, model), calls in together.items())


def taken_over(events: Iterable[Event]) -> tuple[str, ...]:
    """Why the embedded parts took over from a model, once for each time."""
    return tuple(event.reason for event in events if isinstance(event, ModelFailed))


def _calls(events: Iterable[Event]) -> Iterable[Mapping[str, Any]]:
    for event in events:
        if isinstance(event, ModelCalled):
            yield event.model_dump()
        elif isinstance(event, Graded):
            yield from event.report.get("context", {}).get("calls", ())


def _use(role: str, model: str, calls: Sequence[Mapping[str, Any]]) -> ModelUse:
    answered = [call for call in calls if not str(call["outcome"]).startswith(BROKEN_OFF)]
    first = [call["first_token_ms"] for call in calls if call["first_token_ms"] is not None]
    costs = [call["cost"] for call in answered]
    return ModelUse(
        role=role,
        model=model,
        calls=len(calls),
        not_used=sum(not str(call["outcome"]).startswith("used") for call in calls),
        replayed=sum(bool(call["replayed"]) for call in calls),
        input_tokens=sum(call["input_tokens"] or 0 for call in calls),
        cached_tokens=sum(call["cached_tokens"] or 0 for call in calls),
        output_tokens=sum(call["output_tokens"] or 0 for call in calls),
        cost=None if None in costs else round(sum(costs), 6),
        first_token_ms=round(median(first), 1) if first else None,
        total_ms=round(median(call["total_ms"] for call in calls), 1),
    )


def graded_by(calls: Sequence[Mapping[str, Any]]) -> str:
    """Who graded and what it took, in a sentence: `Graded by openai/gpt-5.5: 4 calls, 18,200 tokens, about $0.03.`"""
    return f"Graded by {'; by '.join(map(_took, usage((), calls)))}." if calls else ""


def _took(use: ModelUse) -> str:
    calls = "1 call" if use.calls == 1 else f"{use.calls} calls"
    cached = f" ({use.cached_tokens:,} of them cached)" if use.cached_tokens else ""
    return f"{use.model}: {calls}, {use.input_tokens + use.output_tokens:,} tokens{cached}, {_sum(use)}"


def _sum(use: ModelUse) -> str:
    if use.cost is None:
        return "price unknown"
    if use.replayed == use.calls:
        return "replayed at no cost"
    return f"about ${use.cost:.2f}" if use.cost >= 0.1 else f"about ${use.cost:.4f}".rstrip("0").rstrip(".") if use.cost else "at no cost"
