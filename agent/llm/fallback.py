"""Several models in a row: the next one answers where one before it cannot."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence

from agent.errors import RETRYABLE, FailureKind, ModelError
from agent.llm.call import Call, Model, Reply
from agent.llm.stream import opened
from agent.llm.trace import note_attempt

ITS_OWN = RETRYABLE | {FailureKind.AUTH, FailureKind.QUOTA, FailureKind.NOT_FOUND, FailureKind.BREAKER}
"""Failures that another model need not share. A refused request is ours and goes back to whoever made it; a refusal to answer is
an answer, and no reason to shop for another."""


class Fallback(Model):
    """Asks one model after another until one answers. What has been passed on is never repeated, as with `Patient`."""

    def __init__(self, models: Sequence[Model]) -> None:
        if not models:
            raise ValueError("a fallback needs at least one model")
        self.address = models[0].address
        self._models = tuple(models)

    async def ask(self, call: Call) -> AsyncGenerator[str | Reply, None]:
        """The answer of the first model that does not fail.

        Raises:
            ModelError: all failed, with the kind of the first and the words of each; or one failed in a way that others share.
        """
        failed: list[ModelError] = []
        for model in self._models:
            if failed:
                note_attempt(model.address)
            passed_on = False
            try:
                async with opened(model, call) as pieces:
                    async for piece in pieces:
                        passed_on = True
                        yield piece
                return
            except ModelError as error:
                if passed_on or error.kind not in ITS_OWN:
                    raise
                failed.append(error)
        raise _all_failed(failed)

    def warm(self) -> None:
        """Warms the first of them; the others are hoped not to be needed."""
        self._models[0].warm()

    async def aclose(self) -> None:
        """Closes all of them."""
        for model in self._models:
            await model.aclose()


def _all_failed(failed: list[ModelError]) -> ModelError:
    if len(failed) == 1:
        return failed[0]
    told = "\n".join(f"  {number}. {error}" for number, error in enumerate(failed, start=1))
    return ModelError(failed[0].kind, f"none of {len(failed)} models answered:\n{told}", retry_after=failed[0].retry_after)
