"""The calls that one structured answer takes: in the strictest form that is taken, with more room when it is cut off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from agent.errors import FailureKind, ModelError
from agent.llm.call import Address, Call, Finish, Reply
from agent.llm.forms import Forms, is_turned_down
from agent.llm.refusal import is_refusal

Ask = Callable[[Call], Awaitable[Reply]]
"""Asks a model and waits for the whole answer; accounting and patience are inside it."""


@dataclass
class Exchange:
    """What is said to one address until an answer does; `replies` keeps all that came back."""

    ask: Ask
    address: Address
    forms: Forms
    replies: list[Reply] = field(default_factory=list)
    _room: int = 1

    async def answer(self, call: Call) -> Reply:
        """A whole answer that is no refusal. One cut off at `max_tokens` is asked for once more with twice as many.

        Raises:
            ModelError: CUT_OFF, REFUSED (never asked again), or what `ask` raised.
        """
        reply = await self._in_full(call)
        if is_refusal(reply):
            raise ModelError(FailureKind.REFUSED, f"{self.address} refused to answer: {reply.text[:200]!r}; choose another model for this")
        return reply

    async def _in_full(self, call: Call) -> Reply:
        for room in range(self._room, 3):
            self._room = room
            reply = await self._in_some_form(replace(call, max_tokens=call.max_tokens * room))
            if reply.finish is not Finish.LENGTH:
                return reply
        raise ModelError(
            FailureKind.CUT_OFF,
            f"{self.address} was cut off after {call.max_tokens * self._room} tokens, before its answer was whole; "
            "allow it more tokens, or choose a model that needs fewer",
        )

    async def _in_some_form(self, call: Call) -> Reply:
        while True:
            form = self.forms.of(self.address, call.form)
            try:
                reply = await self.ask(replace(call, form=form))
            except ModelError as error:
                if not is_turned_down(form, error):
                    raise
                self.forms.give_up(self.address, form)
            else:
                self.replies.append(reply)
                return reply
