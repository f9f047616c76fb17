"""Spans and metrics of model calls. One call is one span, with its retries and fallbacks inside.

Only OpenTelemetry's API is used, which records nothing until an SDK is set up; where not even that is installed, calls go
on as ever. What was said stays out unless HOTSEAT_TRACE_TEXT is 1.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from agent.errors import ModelError
from agent.llm import gen_ai
from agent.llm.call import Address, Call, Reply
from agent.llm.trace import Trace
from agent.version import __version__

if TYPE_CHECKING:
    from opentelemetry.metrics import Histogram, MeterProvider
    from opentelemetry.trace import Span, Tracer, TracerProvider


def is_text_wanted() -> bool:
    """Whether the environment lets what was said into traces."""
    return os.environ.get("HOTSEAT_TRACE_TEXT") == "1"


class Took(NamedTuple):
    """How long a call took to the first piece of its answer, None where there was none, and to its end; both in seconds."""

    first: float | None
    whole: float


class Observed:
    """A call that nobody records."""

    def answered(self, trace: Trace, took: Took, reply: Reply) -> None:
        """The call has ended with an answer."""

    def failed(self, trace: Trace, took: Took, kind: str) -> None:
        """The call has ended without one. Of the failure its kind is told alone, since its message may quote what was said."""

    def broken(self, kind: str) -> None:
        """The call ended before anything could be known of it."""


class _Recorded(Observed):
    def __init__(self, call: Call, span: Span, instruments: _Instruments) -> None:
        self._call = call
        self._span = span
        self._instruments = instruments

    def answered(self, trace: Trace, took: Took, reply: Reply) -> None:
        words = gen_ai.answered(reply) if is_text_wanted() else {}
        self._span.set_attributes({**gen_ai.response(reply), **words})
        self._end(trace, took, {"gen_ai.response.model": reply.model}, gen_ai.tokens(reply))

    def failed(self, trace: Trace, took: Took, kind: str) -> None:
        self.broken(kind)
        self._end(trace, took, {"error.type": kind}, {})

    def broken(self, kind: str) -> None:
        from opentelemetry.trace import Status, StatusCode

        self._span.set_attribute("error.type", kind)
        self._span.set_status(Status(StatusCode.ERROR, kind))

    def _end(self, trace: Trace, took: Took, result: gen_ai.Attributes, tokens: Mapping[str, int]) -> None:
        """Says where the call has ended: a fallback may have taken it to another model. A replay asked nobody, so it is not measured."""
        operation = gen_ai.operation(self._call, trace.address)
        self._span.update_name(_name(trace.address))
        self._span.set_attributes({**operation, "hotseat.attempts": trace.attempts, "hotseat.replayed": trace.replayed})
        if took.first is not None:
            self._span.set_attribute("gen_ai.response.time_to_first_chunk", took.first)
        if not trace.replayed:
            self._instruments.measure({**operation, **result}, took, tokens)


@contextmanager
def observed(call: Call, address: Address) -> Iterator[Observed]:
    """A span around one call, which first goes to `address`. It is the current one inside."""
    try:
        from opentelemetry import metrics, trace
    except ImportError:
        yield Observed()
        return
    instruments = _instruments(trace.get_tracer_provider(), metrics.get_meter_provider())
    words = gen_ai.asked(call) if is_text_wanted() else {}
    with instruments.tracer.start_as_current_span(
        _name(address),
        kind=trace.SpanKind.CLIENT,
        attributes={**gen_ai.operation(call, address), **gen_ai.request(call), **words},
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        observation = _Recorded(call, span, instruments)
        try:
            yield observation
        except ModelError:
            raise
        except BaseException as error:
            observation.broken("cancelled" if isinstance(error, asyncio.CancelledError) else type(error).__qualname__)
            raise


def _name(address: Address) -> str:
    return f"chat {address.model}"


class _Instruments(NamedTuple):
    tracer: Tracer
    tokens: Histogram
    duration: Histogram
    first_chunk: Histogram

    def measure(self, attributes: gen_ai.Attributes, took: Took, tokens: Mapping[str, int]) -> None:
        self.duration.record(took.whole, attributes)
        if took.first is not None:
            self.first_chunk.record(took.first, attributes)
        for kind, count in tokens.items():
            self.tokens.record(count, {**attributes, "gen_ai.token.type": kind})


@lru_cache(maxsize=1)
def _instruments(tracers: TracerProvider, meters: MeterProvider) -> _Instruments:
    """Made anew when an SDK is set up later than the first call."""
    meter, tracer = meters.get_meter("hotseat", __version__), tracers.get_tracer("hotseat", __version__)
    histograms = (
        meter.create_histogram(f"gen_ai.client.{name}", unit=unit, description=description, explicit_bucket_boundaries_advisory=bounds)
        for name, unit, bounds, description in (
            ("token.usage", "{token}", gen_ai.TOKENS, "Number of input and output tokens used."),
            ("operation.duration", "s", gen_ai.SECONDS, "Time from the first attempt to the end of the answer."),
            ("operation.time_to_first_chunk", "s", gen_ai.SECONDS, "Time from the first attempt to the first piece of the answer."),
        )
    )
    return _Instruments(tracer, *histograms)
