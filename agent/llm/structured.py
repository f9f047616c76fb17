"""Asking a model for an object of a given shape: strictly checked, with one round of repair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, NamedTuple

from pydantic import BaseModel

from agent.errors import FailureKind, ModelError
from agent.llm.call import Address, Call, Reply
from agent.llm.exchange import Ask, Exchange
from agent.llm.forms import Forms
from agent.llm.json_answer import parse
from agent.llm.shape import Shape, fit, schema_of
from agent.prompting import Message

Repair = Callable[[str, Sequence[str]], Sequence[Message]]
"""Renders the messages that follow an answer that does not do: the model's own text, and what is wrong, one sentence each."""

Check = Callable[[Shape], Sequence[str]]
"""What is wrong with an object that has the right shape, one sentence each; empty if nothing is."""

_LONGEST_SHOWN = 16_000
"""Characters of a wrong answer that are shown to its model again."""


@dataclass(frozen=True)
class Structured(Generic[Shape]):
    """An object that a model gave, with every reply it took.

    `repaired` says that `result` came from the second round; `complaints` are what `check` still says against it.
    """

    result: Shape
    replies: tuple[Reply, ...]
    repaired: bool = False
    complaints: tuple[str, ...] = ()


def _nothing(result: BaseModel) -> Sequence[str]:
    return ()


async def ask_structured(
    ask: Ask, call: Call, shape: type[Shape], *, address: Address, forms: Forms, repair: Repair, check: Check[Shape] = _nothing
) -> Structured[Shape]:
    """Asks for an object of `shape` by `ask`, in the strictest form that `address` takes; `call.schema` is filled in here.

    An answer that is no JSON, does not fit, or that `check` complains about is asked for once more with the messages
    of `repair` behind it. What `check` says after that is handed over; the better of the two answers is kept. An
    answer cut off at `max_tokens` is asked for once more with twice as many.

    Raises:
        ModelError: UNREADABLE (twice not of that shape), CUT_OFF, REFUSED (never asked again), or what `ask` raised.
    """
    exchange = Exchange(ask, address, forms)
    call = replace(call, schema=schema_of(shape))
    first = _read(await exchange.answer(call), shape, check)
    if first.result is not None and not first.complaints:
        return Structured(first.result, tuple(exchange.replies))
    mended = replace(call, messages=(*call.messages, *repair(clipped(exchange.replies[-1].text), first.complaints)))
    second = _read(await exchange.answer(mended), shape, check)
    best = min((second, first), key=_badness)
    if best.result is None:
        raise ModelError(
            FailureKind.UNREADABLE,
            f"{address} did not answer in the form asked for, also when told what was wrong: {second.complaints[0]}; "
            "ask again, or choose a model that is better at JSON",
        )
    return Structured(best.result, tuple(exchange.replies), best is second, best.complaints)


class _Reading(NamedTuple, Generic[Shape]):
    """What was made of one answer. `result` is None if it has another shape."""

    result: Shape | None
    complaints: tuple[str, ...]


def _badness(reading: _Reading[Any]) -> tuple[bool, int]:
    return reading.result is None, len(reading.complaints)


def _read(reply: Reply, shape: type[Shape], check: Check[Shape]) -> _Reading[Shape]:
    try:
        result = fit(parse(reply.text), shape)
    except ModelError as error:
        return _Reading(None, tuple(str(error).splitlines()))
    return _Reading(result, tuple(check(result)))


def clipped(text: str) -> str:
    """A wrong answer as its model is shown it again."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]} …"
